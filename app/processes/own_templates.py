"""A company's own agendas: saved from a meeting, and available to all its processes."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue, ValidationError
from sqlalchemy import Row, delete, insert, select, update

from app.access import Place
from app.engine.agenda import Item, Workshop, items_of
from app.engine.commands import Refused
from app.engine.records import Board
from app.engine.registry import Registry
from app.locales import FALLBACK
from app.method.phases import Phase
from app.method.templates import Earlier, Plan, Setting, Template, template
from app.processes.service import Boards, Missing, Processes
from app.processes.tables import (
    own_template as table,
    process as processes_table,
    workshop as workshops_table,
)
from app.processes.thresholds import asked
from app.storage.database import Database
from app.words.order import by_words

#: The most a company can keep; among more, nobody would find theirs.
MOST_TEMPLATES = 50
#: In stored settings, an item of the same agenda by its place from 0.
ITEM = "$item"


class TooMany(Exception):
    """The company has as many as it can keep."""


@dataclass(frozen=True)
class OwnTemplates:
    """All companies' own agendas."""

    database: Database
    boards: Boards
    processes: Processes
    kinds: Registry

    async def save(self, place: Place, name: str) -> str:
        """The agenda of a meeting under a name, without what belongs to that meeting alone; its id.

        Raises `TooMany`, and `Missing` for a rehearsal, which belongs to no company.
        """
        board = await self.boards.board(place.board) or Board()
        lines = _lines(board, items_of(board, place.workshop), self.kinds)
        id = secrets.token_urlsafe(16)
        async with self.database.begin() as connection:
            company = await connection.scalar(
                select(processes_table.c.company_id).where(processes_table.c.id == place.process)
            )
            if company is None:
                raise Missing
            phase = await connection.scalar(
                select(workshops_table.c.phase).where(workshops_table.c.id == place.workshop)
            )
            kept = (await connection.execute(select(table.c.id).where(table.c.company_id == company))).all()
            if len(kept) >= MOST_TEMPLATES:
                raise TooMany
            await connection.execute(
                insert(table).values(
                    id=id, company_id=company, name=name, phase=phase, items=json.dumps(lines)
                )
            )
        return id

    async def of_template(self, process: str, id: str) -> Template | None:
        """A template of the method, or else one of the company's own."""
        return template(id) or await self.find(process, id)

    async def of_meeting(self, place: Place) -> Template:
        """The agenda of a meeting as it would begin again, without saving it."""
        board = await self.boards.board(place.board) or Board()
        lines = _lines(board, items_of(board, place.workshop), self.kinds)
        query = select(workshops_table.c.phase).where(workshops_table.c.id == place.workshop)
        async with self.database.connect() as connection:
            phase = Phase(await connection.scalar(query) or Phase.WELL_BEING)
        meeting = board.one(Workshop, place.workshop)
        return Template(place.workshop, phase, _plans(lines), name=meeting.title)

    async def threshold(self, place: Place) -> int:
        """A12: how many answers it takes in that meeting, or in the next one of the process."""
        there = await self.boards.board(place.board) or Board()
        meeting = there.find(Workshop, place.workshop)
        _, companys = await asked(self.database, place.process)
        return max(companys, meeting.threshold if meeting else companys)

    async def of(self, process: str) -> list[Template]:
        """Those of the process's company, by name."""
        company = select(processes_table.c.company_id).where(processes_table.c.id == process)
        query = select(table).where(table.c.company_id == company.scalar_subquery())
        async with self.database.connect() as connection:
            rows = (await connection.execute(query)).all()
        key = by_words(FALLBACK)
        return sorted(map(_template, rows), key=lambda own: (key(own.name), own.id))

    async def find(self, process: str, id: str) -> Template | None:
        """One of those by its id."""
        return next((own for own in await self.of(process) if own.id == id), None)

    async def rename(self, account: str, id: str, name: str) -> None:
        """Another name. Raises `Missing` for one that is not the account's to change."""
        await self._mine(account, id)
        async with self.database.begin() as connection:
            await connection.execute(update(table).where(table.c.id == id).values(name=name))

    async def remove(self, account: str, id: str) -> None:
        """Stop offering it; meetings made from it stay. Raises `Missing`."""
        await self._mine(account, id)
        async with self.database.begin() as connection:
            await connection.execute(delete(table).where(table.c.id == id))

    async def _mine(self, account: str, id: str) -> None:
        async with self.database.connect() as connection:
            company = await connection.scalar(select(table.c.company_id).where(table.c.id == id))
        if company is None or not await self.processes.may_add_to(account, company):
            raise Missing


def _lines(board: Board, agenda: list[Item], kinds: Registry) -> list[dict[str, Any]]:
    """The items as they would begin again, without those that only continue another meeting."""
    lines: list[dict[str, Any]] = []
    places: dict[str, int] = {}
    for item in agenda:
        model = kinds.settings_of(item.activity)
        try:
            fresh = model.model_validate(item.settings).fresh().model_dump(mode="json")
            settings = {key: _referring(value, places) for key, value in fresh.items()}
            _checked(settings, board)
        except (ValidationError, Refused):
            continue
        places[item.id] = len(lines)
        about = {"activity": item.activity, "title": item.title, "minutes": item.minutes}
        lines.append({**about, "settings": settings})
    return lines


def _referring(value: JsonValue, places: Mapping[str, int]) -> JsonValue:
    if isinstance(value, str) and value in places:
        return {ITEM: places[value]}
    if isinstance(value, list):
        return [_referring(each, places) for each in value]
    return value


def _checked(settings: Mapping[str, JsonValue], board: Board) -> None:
    """Refuses settings that still name something on the board."""
    for value in settings.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and board.held(each) is not None:
                raise Refused("unknown")


def _template(row: Row[Any]) -> Template:
    return Template(row.id, Phase(row.phase), _plans(json.loads(row.items)), name=row.name)


def _plans(lines: Sequence[Mapping[str, Any]]) -> tuple[Plan, ...]:
    return tuple(
        Plan(
            kind=line["activity"],
            minutes=line["minutes"],
            name=str(n),
            settings={key: _earlier(value) for key, value in line["settings"].items()},
            title=line["title"],
        )
        for n, line in enumerate(lines)
    )


def _earlier(value: Any) -> Setting:
    if isinstance(value, dict) and value.keys() == {ITEM}:
        return Earlier(str(value[ITEM]))
    if isinstance(value, list):
        return [_earlier(each) for each in value]  # type: ignore[return-value]
    return value  # type: ignore[no-any-return]

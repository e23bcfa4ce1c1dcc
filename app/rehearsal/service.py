"""Rehearsals: one per account, started by a facilitator, and gone at the end or after some hours.

They are in no table, so queries for processes, meetings, summaries or backups never find one. Only doors and
screens are stored, and deleted with it; after a crash they are leftovers, which no backup includes.
"""

import asyncio
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from app.access import Place, Places
from app.clock import local_day
from app.engine.agenda import THRESHOLD, Item, Workshop
from app.engine.commands import Role, new_id
from app.engine.records import Record
from app.engine.registry import Registry
from app.limits import HOUR, Clock
from app.live.rooms import OpenRoom
from app.locales import words
from app.method.templates import Template, items
from app.rehearsal.before import before
from app.rehearsal.invented import invented
from app.rehearsal.phones import PHONES, Phones

#: After how long a rehearsal ends by itself, in ms.
LONGEST = 3 * HOUR
#: The most rehearsals at once on one server.
MOST_REHEARSALS = 8


class Full(Exception):
    """There are as many rehearsals as one server holds."""


class Boards(Protocol):
    """The store of its board, in memory only."""

    def begin(self, board_id: str) -> None:
        """A new empty board that is never stored."""


class Rooms(Protocol):
    """What a rehearsal asks of the rooms."""

    async def open(self, board_id: str) -> OpenRoom | None:
        """The room of a board."""

    async def seed(self, board_id: str, records: Sequence[Record], *, settled: bool = False) -> None:
        """Put the first records on a board."""

    async def delete(self, board_id: str) -> None:
        """Disconnect everybody from a board, then delete it."""


class Doors(Protocol):
    """What a rehearsal asks of the doors."""

    async def open(self, workshop: str, board: str) -> object:
        """Let people in, as facilitators may try it with their own phone."""


class WaysIn(Protocol):
    """Doors, or screens."""

    async def remove(self, workshops: Collection[str]) -> None:
        """These workshops have none any more."""


@dataclass(frozen=True)
class _Rehearsal:
    account: str
    workshop: str
    board: str
    until: int
    phones: Phones


class Rehearsals:
    """All rehearsals of this process."""

    def __init__(
        self,
        *,
        clock: Clock,
        rooms: Rooms,
        boards: Boards,
        doors: Doors,
        ways_in: Collection[WaysIn],
        registry: Registry,
        phones: Callable[..., Phones] = Phones,
    ) -> None:
        self._clock = clock
        self._rooms = rooms
        self._boards = boards
        self._doors = doors
        self._ways_in = ways_in
        self._registry = registry
        self._phones = phones
        self._all: dict[str, _Rehearsal] = {}
        #: Pressing the button twice begins only one.
        self._turn = asyncio.Lock()

    def place(self, account: str, workshop: str) -> Place | None:
        """The rehearsal, for the account that started it; it belongs to no process."""
        one = self._all.get(account)
        if one is None or one.workshop != workshop:
            return None
        return Place(Role.FACILITATOR, "", one.board, one.workshop)

    async def begin(
        self, account: str, plan: Template, language: Literal["da", "en"], threshold: int = THRESHOLD
    ) -> str:
        """Begin a meeting with this agenda, an open door and phones; returns its id. Raises `Full`.

        It replaces the account's earlier rehearsal. It has the threshold of the meetings it is for.
        """
        async with self._turn:
            await self._end(account)
            if len(self._all) >= MOST_REHEARSALS:
                raise Full
            return await self._begin(account, plan, language, threshold)

    async def _begin(
        self, account: str, plan: Template, language: Literal["da", "en"], threshold: int
    ) -> str:
        said, say = invented(language), words(language)
        workshop, board = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        now = self._clock()
        opening = Workshop(
            id=workshop,
            title=plan.name or say(f"method.template.{plan.id}"),
            group=said.group,
            language=language,
            date=local_day(now),
            rehearsal=True,
            threshold=threshold,
        )
        past = before(plan, opening, said, self._registry, now)
        rounds = {str(one.settings.get("paper")): one.id for one in past if isinstance(one, Item)}
        self._boards.begin(board)
        try:
            if past:
                await self._rooms.seed(board, past, settled=True)
            await self._rooms.seed(board, [opening, *items(plan, workshop, say, new_id, rounds)])
            opened = await self._rooms.open(board)
            assert opened is not None
            await self._doors.open(workshop, board)
        except BaseException:
            await self._rooms.delete(board)
            raise
        phones = self._phones(opened, workshop, said.says, self._registry, many=max(PHONES, threshold))
        self._all[account] = _Rehearsal(account, workshop, board, now + LONGEST, phones)
        phones.come()
        return workshop

    async def end(self, account: str) -> None:
        """Delete the account's rehearsal, if there is one."""
        async with self._turn:
            await self._end(account)

    async def _end(self, account: str) -> None:
        one = self._all.pop(account, None)
        if one is None:
            return
        one.phones.go()
        await self._rooms.delete(one.board)
        for way_in in self._ways_in:
            await way_in.remove([one.workshop])

    async def tidy(self) -> None:
        """End those that have run for some hours."""
        now = self._clock()
        for one in [each for each in self._all.values() if each.until <= now]:
            await self.end(one.account)


class PlacesToo:
    """Where an account may be: in meetings that are stored, and in the one it rehearses."""

    def __init__(self, stored: Places, rehearsals: Rehearsals) -> None:
        self._rehearsals = rehearsals
        self._stored = stored

    async def workshop(self, account: str, workshop: str) -> Place | None:
        """The workshop, with the account's role in it."""
        return self._rehearsals.place(account, workshop) or await self._stored.workshop(account, workshop)

    async def process(self, account: str, process: str) -> Place | None:
        """The process, with the account's role in it."""
        return await self._stored.process(account, process)

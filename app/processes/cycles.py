"""P5.5: the circle closes, and a process starts a new cycle with the themes that were left over."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select, update

from app.access import Place
from app.engine.records import Board
from app.engine.report import Paper
from app.parts.themes import Theme, chosen_in, influence_of, left_over, notes_in, themes_of
from app.processes.service import Boards
from app.processes.tables import process as processes_table
from app.storage.database import Database


class NoTurn(Exception):
    """The cycle is not started, or not undone; `code` says why."""

    def __init__(self, code: Literal["no_meeting", "has_meetings"]) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ThemeKnown:
    """A theme with what is known about it; `field` is None where it was never placed (P3.1)."""

    id: str
    name: str
    paper: Paper
    notes: int
    field: Literal["can", "cannot"] | None


@dataclass(frozen=True)
class CycleSeen:
    """The state of a process's current cycle.

    `left` carries over into the next cycle; once that has begun, it is what this one began with. `worked` are
    the themes chosen in this cycle, `before` those of the cycles before it.
    """

    cycle: int
    meetings: int
    left: list[ThemeKnown]
    worked: list[ThemeKnown]
    before: list[ThemeKnown]


class Cycles:
    """The cycles of all processes."""

    def __init__(self, database: Database, boards: Boards) -> None:
        self._database = database
        self._boards = boards

    async def seen(self, place: Place) -> CycleSeen:
        """The current cycle."""
        cycle, board = await self._cycle(place), await self._board(place)
        chosen = chosen_in(board, cycle)
        before = frozenset[str]().union(*(chosen_in(board, earlier) for earlier in range(1, cycle)))
        return CycleSeen(
            cycle=cycle,
            meetings=await self._meetings(place, cycle),
            left=[_known(board, theme) for theme in left_over(board, cycle)],
            worked=[_known(board, theme) for theme in themes_of(board) if theme.id in chosen],
            before=[_known(board, theme) for theme in themes_of(board) if theme.id in before - chosen],
        )

    async def begin(self, place: Place) -> CycleSeen:
        """Begin the next one. A cycle without a meeting cannot be left: `NoTurn`."""
        cycle = await self._cycle(place)
        if not await self._meetings(place, cycle):
            raise NoTurn("no_meeting")
        await self._turn(place, cycle, cycle + 1)
        return await self.seen(place)

    async def take_back(self, place: Place) -> CycleSeen:
        """Back to the one before, as long as no meeting belongs to this one: `NoTurn`."""
        cycle = await self._cycle(place)
        if cycle == 1 or await self._meetings(place, cycle):
            raise NoTurn("has_meetings")
        await self._turn(place, cycle, cycle - 1)
        return await self.seen(place)

    async def _turn(self, place: Place, cycle: int, to: int) -> None:
        # If two people press at once, the second finds it done.
        turned = (
            update(processes_table)
            .where(processes_table.c.id == place.process, processes_table.c.cycle == cycle)
            .values(cycle=to)
        )
        async with self._database.begin() as connection:
            await connection.execute(turned)

    async def _cycle(self, place: Place) -> int:
        query = select(processes_table.c.cycle).where(processes_table.c.id == place.process)
        async with self._database.connect() as connection:
            return int(await connection.scalar(query) or 1)

    async def _meetings(self, place: Place, cycle: int) -> int:
        meetings = (await self._boards.workshops(place.board)).values()
        return sum(meeting.cycle == cycle for meeting in meetings)

    async def _board(self, place: Place) -> Board:
        return await self._boards.board(place.board) or Board()


def _known(board: Board, theme: Theme) -> ThemeKnown:
    return ThemeKnown(
        id=theme.id,
        name=theme.name,
        paper=theme.paper,
        notes=len(notes_in(board, theme.id)),
        field=influence_of(board, theme.id),
    )

"""F4: finds and deletes at the start what a power cut or an older version left behind, and reports counts.

It looks twice, a minute apart, since what somebody is just creating is incomplete for a moment.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields

import structlog
from sqlalchemy import delete, select

from app.accounts.tables import account
from app.engine.agenda import THRESHOLD, Workshop
from app.live.rooms import Rooms
from app.live.tables import door, screen
from app.processes.tables import company, membership, process, workshop
from app.storage.base import StoredBoards
from app.storage.database import Database

log = structlog.get_logger("leftovers")


@dataclass(frozen=True)
class Found:
    """Orphans, by id."""

    #: Boards of no process.
    boards: frozenset[str] = frozenset()
    #: Missing boards that a process refers to.
    lost: frozenset[str] = frozenset()
    #: Meetings on a board that no row names, with their board.
    meetings: frozenset[tuple[str, str]] = frozenset()
    #: Rows of meetings that are on no board.
    rows: frozenset[str] = frozenset()
    #: Deleted workshops that still have a door or a screen.
    ways_in: frozenset[str] = frozenset()
    #: Accounts with a personal link to a process that is gone.
    people: frozenset[str] = frozenset()
    #: Memberships of nobody, or of nothing: process and account.
    memberships: frozenset[tuple[str, str]] = frozenset()

    def __and__(self, other: "Found") -> "Found":
        """What both have found."""
        return Found(**{one.name: getattr(self, one.name) & getattr(other, one.name) for one in fields(self)})

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {one.name: len(getattr(self, one.name)) for one in fields(self)}


class Leftovers:
    """Looks for them, and takes them away."""

    def __init__(self, database: Database, store: StoredBoards, rooms: Rooms) -> None:
        self._database = database
        self._store = store
        self._rooms = rooms

    async def work(self, wait: Callable[[], Awaitable[None]]) -> None:
        """Look, wait, look again, and delete what was found both times."""
        first = await self.look()
        await wait()
        found = first & await self.look()
        settled = await self.clean(found)
        if settled or any(found.counts.values()):
            log.warning("leftovers taken away", settled=settled, **found.counts)

    async def look(self) -> Found:
        """The current state of the database and the folder."""
        async with self._database.connect() as connection:
            processes = {row.id: row.board_id for row in await connection.execute(select(process))}
            rows = {row.id: row.process_id for row in await connection.execute(select(workshop))}
            accounts = {row.id: row for row in await connection.execute(select(account))}
            members = [
                (row.process_id, row.account_id) for row in await connection.execute(select(membership))
            ]
            owners = set(await connection.scalars(select(company.c.owner_id)))
            held = set(await connection.scalars(select(door.c.workshop_id)))
            held |= set(await connection.scalars(select(screen.c.workshop_id)))
        boards = set(await self._store.boards())
        named = set(processes.values())
        on_board = {(board, meeting) for board in boards & named for meeting in await self._meetings(board)}
        belong = {id for _, id in members} | owners
        by_link = {id for id, row in accounts.items() if row.email == id}
        return Found(
            boards=frozenset(boards - named),
            lost=frozenset(named - boards),
            meetings=frozenset((board, id) for board, id in on_board if id not in rows),
            rows=frozenset(rows.keys() - {id for _, id in on_board}),
            ways_in=frozenset(held - rows.keys()),
            people=frozenset(by_link - belong),
            memberships=frozenset((p, a) for p, a in members if p not in processes or a not in accounts),
        )

    async def _meetings(self, board: str) -> list[str]:
        try:
            snapshot = await self._store.load(board)
        except sqlite3.Error:
            # A damaged file is left as it is: somebody may restore a backup.
            return []
        await self._store.release(board)
        rows = snapshot.rows if snapshot else ()
        return [held.record.id for held in rows if isinstance(held.record, Workshop)]

    async def clean(self, found: Found) -> int:
        """Delete it; returns how many meetings on the remaining boards had something unsettled."""
        for board in found.boards:
            await self._rooms.delete(board)
        for board in found.lost:
            # The process still has its people and its name, so it gets an empty board.
            await self._store.create(board)
        for board, meeting in found.meetings:
            await self._rooms.forget(meeting, board)
        async with self._database.begin() as connection:
            await connection.execute(delete(workshop).where(workshop.c.id.in_(found.rows)))
            for table in (door, screen):
                await connection.execute(delete(table).where(table.c.workshop_id.in_(found.ways_in)))
            await connection.execute(delete(account).where(account.c.id.in_(found.people)))
            for p, a in found.memberships:
                which = (membership.c.process_id == p) & (membership.c.account_id == a)
                await connection.execute(delete(membership).where(which))
        if any(found.counts.values()):
            self._store.deleted()
        async with self._database.connect() as connection:
            query = select(process.c.board_id, company.c.threshold)
            query = query.join(company, company.c.id == process.c.company_id)
            asked = {row.board_id: row.threshold for row in await connection.execute(query)}
        boards = await self._store.boards()
        return sum([await self._rooms.tidy(board, asked.get(board, THRESHOLD)) for board in boards])

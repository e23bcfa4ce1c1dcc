"""Exports a process as a file, and makes a process from such a file: all of it, or nothing."""

import asyncio
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic_core import to_json
from sqlalchemy import insert, select

from app.clock import local_day
from app.engine.agenda import THRESHOLD, Workshop
from app.engine.commands import Role
from app.engine.records import Record
from app.engine.registry import Registry
from app.faults import Unreadable, object_in
from app.limits import Clock
from app.processes.carrying.file import Laid, Wrong, carried, laid
from app.processes.service import Boards, Missing, Processes
from app.processes.tables import (
    company as companies_table,
    membership,
    process as processes_table,
    workshop as workshops_table,
)
from app.processes.thresholds import hold
from app.storage.database import Database


@dataclass(frozen=True)
class Carrying:
    """The files of all processes."""

    database: Database
    clock: Clock
    boards: Boards
    processes: Processes
    kinds: Registry

    async def taken(self, process: str) -> bytes:
        """The file of a process. Raises `Missing`."""
        rows = select(workshops_table.c.id, workshops_table.c.phase).where(
            workshops_table.c.process_id == process
        )
        query = select(processes_table).where(processes_table.c.id == process)
        async with self.database.connect() as connection:
            row = (await connection.execute(query)).first()
            phases = {one.id: int(one.phase) for one in await connection.execute(rows)}
        board = await self.boards.board(row.board_id) if row else None
        if row is None or board is None:
            raise Missing
        still = board.still()
        # In a thread, so that the server keeps answering.
        return await asyncio.to_thread(
            lambda: to_json(carried(still, row.group, row.cycle, phases, self.kinds), indent=1)
        )

    async def lay(self, account: str, company: str, sent: bytes) -> str:
        """Make a process from a file, led by the caller; returns its id. Raises `Missing` and `Wrong`."""
        if not await self.processes.may_add_to(account, company):
            raise Missing
        new = await asyncio.to_thread(self._read, sent)
        id, board = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        # The board first: one without a process does no harm, and is found at the next start.
        await self.boards.create(board)
        held = _held_to(new.records, await self._threshold(company))
        await self.boards.seed(board, held, settled=True)
        await self._store(new, id, board, account, company)
        await hold(self.database, self.boards, id, board)
        return id

    async def _threshold(self, company: str) -> int:
        query = select(companies_table.c.threshold).where(companies_table.c.id == company)
        async with self.database.connect() as connection:
            return int(await connection.scalar(query) or THRESHOLD)

    def _read(self, sent: bytes) -> Laid:
        try:
            return laid(object_in(sent), self.kinds)
        except Unreadable as fault:
            raise Wrong(fault.code) from None

    async def _store(self, new: Laid, id: str, board: str, account: str, company: str) -> None:
        now = self.clock()
        meetings = [record for record in new.records if isinstance(record, Workshop)]
        order = list(new.phases)
        async with self.database.begin() as connection:
            await connection.execute(
                insert(processes_table).values(
                    id=id,
                    company_id=company,
                    group=new.group,
                    cycle=new.cycle,
                    board_id=board,
                    last_day=local_day(now),
                )
            )
            await connection.execute(
                insert(membership).values(process_id=id, account_id=account, role=Role.FACILITATOR.value)
            )
            await connection.execute(
                insert(workshops_table),
                [
                    {
                        "id": meeting.id,
                        "process_id": id,
                        "title": meeting.title,
                        "language": meeting.language,
                        "date": meeting.date,
                        "phase": new.phases[meeting.id],
                        "made_at": now + order.index(meeting.id),
                    }
                    for meeting in meetings
                ],
            )


def _held_to(records: Iterable[Record], threshold: int) -> tuple[Record, ...]:
    """A12: meetings that have not ended get the new company's threshold, or keep a higher one."""
    return tuple(
        one.with_(threshold=max(threshold, one.threshold))
        if isinstance(one, Workshop) and one.state != "ended"
        else one
        for one in records
    )

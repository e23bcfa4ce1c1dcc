"""A12: no meeting has a lower threshold than its company, even if a change is interrupted half way.

A raise changes the meetings first, then the company, then meetings that were made meanwhile; after making a
meeting, its company is checked again. What a power cut leaves is found at the next start
(`app/operations/leftovers.py`).
"""

from typing import Protocol

from sqlalchemy import select

from app.engine.agenda import THRESHOLD
from app.processes.tables import company as companies, process as processes
from app.storage.database import Database


class Boards(Protocol):
    """The boards that hold the meetings."""

    async def raise_threshold(self, board_id: str, threshold: int) -> None:
        """Ask for at least this many answers from now on; a higher threshold stays."""


async def asked(database: Database, process: str) -> tuple[int, int]:
    """The cycle of a process, and its company's threshold."""
    query = (
        select(processes.c.cycle, companies.c.threshold)
        .join(companies, companies.c.id == processes.c.company_id)
        .where(processes.c.id == process)
    )
    async with database.connect() as connection:
        row = (await connection.execute(query)).first()
    return (row.cycle, row.threshold) if row else (1, THRESHOLD)


async def hold(database: Database, boards: Boards, process: str, board: str) -> None:
    """Apply the company's threshold to a new meeting: it may have been raised while the meeting was made."""
    _, threshold = await asked(database, process)
    await boards.raise_threshold(board, threshold)


async def raise_all(database: Database, boards: Boards, company: str, threshold: int) -> None:
    """Raise it in all meetings. They never get a lower one, since people were promised the higher."""
    async with database.connect() as connection:
        query = select(processes.c.board_id).where(processes.c.company_id == company)
        its = list(await connection.scalars(query))
    for board in its:
        await boards.raise_threshold(board, threshold)

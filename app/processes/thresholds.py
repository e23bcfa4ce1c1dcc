"""A12: no meeting that goes on asks for less than its company says, whatever ends half way and wherever.

Raising begins with the meetings and ends with the company, and then looks for meetings that were made
meanwhile; whoever makes one looks at the company again once it is there. What a power cut leaves of that is
found at the next start (`app/operations/leftovers.py`).
"""

from typing import Protocol

from sqlalchemy import select

from app.engine.agenda import THRESHOLD
from app.processes.tables import company as companies, process as processes
from app.storage.database import Database


class Boards(Protocol):
    """Where the meetings are."""

    async def raise_threshold(self, board_id: str, threshold: int) -> None:
        """From now on at least so many answers on it; where it is more already nothing changes."""


async def asked(database: Database, process: str) -> tuple[int, int]:
    """Which time round a process is, and its company's threshold."""
    query = (
        select(processes.c.cycle, companies.c.threshold)
        .join(companies, companies.c.id == processes.c.company_id)
        .where(processes.c.id == process)
    )
    async with database.connect() as connection:
        row = (await connection.execute(query)).first()
    return (row.cycle, row.threshold) if row else (1, THRESHOLD)


async def hold(database: Database, boards: Boards, process: str, board: str) -> None:
    """The company may have come to ask for more while a meeting was made."""
    _, threshold = await asked(database, process)
    await boards.raise_threshold(board, threshold)


async def raise_all(database: Database, boards: Boards, company: str, threshold: int) -> None:
    """In all meetings. A lower one is for what is made from now on: people were told the higher one."""
    async with database.connect() as connection:
        query = select(processes.c.board_id).where(processes.c.company_id == company)
        its = list(await connection.scalars(query))
    for board in its:
        await boards.raise_threshold(board, threshold)

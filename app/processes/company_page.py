"""A company's page: its settings and its logo (X26). Its owner changes it; its facilitators read it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from app.processes.service import Missing, Processes
from app.processes.tables import company as table, company_logo as logos, process
from app.processes.thresholds import Boards, raise_all
from app.storage.database import Database


@dataclass(frozen=True)
class CompanyPage:
    """What is set for a company. `logo` identifies the picture: another one has another number."""

    id: str
    name: str
    own: bool
    language: str
    colour: str
    keep_months: int
    conversations: bool
    threshold: int
    processes: int
    logo: int | None


class CompanyPages:
    """The pages of all companies."""

    def __init__(self, database: Database, processes: Processes, boards: Boards) -> None:
        self._database = database
        self._processes = processes
        self._boards = boards

    async def find(self, account: str, id: str) -> CompanyPage:
        """For its owner, and for facilitators of a process in it. Raises `Missing`."""
        if not await self._processes.may_add_to(account, id):
            raise Missing
        many = select(func.count()).where(process.c.company_id == id).scalar_subquery()
        query = (
            select(table, logos.c.png, many.label("processes"))
            .outerjoin(logos, logos.c.company_id == table.c.id)
            .where(table.c.id == id)
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise Missing
        return CompanyPage(
            id=row.id,
            name=row.name,
            own=row.owner_id == account,
            language=row.language,
            colour=row.colour,
            keep_months=row.keep_months,
            conversations=row.conversations,
            threshold=row.threshold,
            processes=row.processes,
            logo=None if row.png is None else _mark(row.png),
        )

    async def change(self, account: str, id: str, changed: dict[str, Any]) -> None:
        """By its owner. Raises `Missing` for a company that is not the account's."""
        await self.must_own(account, id)
        threshold = changed.get("threshold")
        if threshold is not None:
            # The meetings first: if this ends half way, none asks for less than its company says.
            await raise_all(self._database, self._boards, id, threshold)
        if changed:
            async with self._database.begin() as connection:
                await connection.execute(update(table).where(table.c.id == id).values(changed))
        if threshold is not None:
            # Meetings that were made meanwhile still have the old threshold.
            await raise_all(self._database, self._boards, id, threshold)

    async def set_logo(self, account: str, id: str, png: bytes | None) -> None:
        """Replace the logo; None removes it. Raises `Missing`."""
        await self.must_own(account, id)
        async with self._database.begin() as connection:
            await connection.execute(delete(logos).where(logos.c.company_id == id))
            if png is not None:
                await connection.execute(insert(logos).values(company_id=id, png=png))

    async def logo(self, account: str, id: str) -> bytes:
        """The logo, as PNG. Raises `Missing` where there is none."""
        if not await self._processes.may_add_to(account, id):
            raise Missing
        async with self._database.connect() as connection:
            png = await connection.scalar(select(logos.c.png).where(logos.c.company_id == id))
        if png is None:
            raise Missing
        return bytes(png)

    async def must_own(self, account: str, id: str) -> None:
        """Raises `Missing` for a company that is not the account's."""
        query = select(table.c.id).where(table.c.id == id, table.c.owner_id == account)
        async with self._database.connect() as connection:
            if await connection.scalar(query) is None:
                raise Missing


def _mark(png: bytes) -> int:
    # The end of a PNG: the checksum of its content, and then the trailer common to all.
    return int.from_bytes(png[-16:-12], "big")

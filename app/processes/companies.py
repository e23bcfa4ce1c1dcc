"""What other slices ask about companies: the conversations for two (D1-D3)."""

from typing import NamedTuple

from sqlalchemy import or_, select, update

from app.engine.commands import Role
from app.locales import FALLBACK
from app.processes.service import Missing
from app.processes.tables import company, company_logo, membership, process
from app.storage.database import Database
from app.words.order import by_words


class Worn(NamedTuple):
    """X26: what a company's documents carry: its name, its colour as it was given or "", its logo as PNG."""

    name: str = ""
    colour: str = ""
    logo: bytes | None = None


class Companies:
    """Who may begin something in which company, and what a company has set for conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, account: str) -> dict[str, str]:
        """Id and name, by name: those that the account owns, or leads a process in."""
        leads = (
            select(process.c.company_id)
            .join(membership, membership.c.process_id == process.c.id)
            .where(membership.c.account_id == account, membership.c.role == Role.FACILITATOR.value)
        )
        query = select(company.c.id, company.c.name).where(
            or_(company.c.owner_id == account, company.c.id.in_(leads))
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        key = by_words(FALLBACK)
        return {row.id: row.name for row in sorted(rows, key=lambda each: key(each.name))}

    async def has_conversations(self, id: str) -> bool:
        """Whether the company has them switched on; False for a company that is not there."""
        query = select(company.c.conversations).where(company.c.id == id)
        async with self._database.connect() as connection:
            return bool(await connection.scalar(query))

    async def keep_months(self) -> dict[str, int]:
        """For how many months each company keeps what is finished."""
        async with self._database.connect() as connection:
            rows = await connection.execute(select(company.c.id, company.c.keep_months))
            return {row.id: row.keep_months for row in rows}

    async def worn(self, id: str) -> Worn:
        """What its documents carry; nothing for a company that is not there."""
        query = (
            select(company.c.name, company.c.colour, company_logo.c.png)
            .outerjoin(company_logo, company_logo.c.company_id == company.c.id)
            .where(company.c.id == id)
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        return Worn(*row) if row else Worn()

    async def switch_conversations(self, account: str, id: str, *, on: bool) -> None:
        """By the owner alone. Raises `Missing` for a company that is not the account's."""
        own = update(company).where(company.c.id == id, company.c.owner_id == account)
        async with self._database.begin() as connection:
            if not (await connection.execute(own.values(conversations=on))).rowcount:
                raise Missing

"""Deleting one's own account for good (F4)."""

from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy import delete, select

from app.access import SignedIn
from app.accounts.tables import account as accounts_table, session as sessions_table
from app.live.tokens import session_ground
from app.storage.database import Database


class Company(Protocol):
    """A company with how much would go with it."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def processes(self) -> int: ...

    @property
    def meetings(self) -> int: ...


class Companies(Protocol):
    """What an account leaves behind."""

    async def owned(self, account: str) -> Sequence[Company]:
        """The companies that would go with the account, by name."""

    async def company(self, id: str) -> None:
        """Delete a company with all that is in it."""

    async def hand_over(self, account: str) -> None:
        """Processes that the account leads in others' companies go to the companies' owners."""


class NotTold(Exception):
    """The companies differ from those the person was shown would be deleted."""


class Leaving:
    """Deletes the account of the person asking."""

    def __init__(
        self,
        database: Database,
        companies: Companies,
        revoked: Callable[[str], None],
        deleted: Callable[[], None],
    ) -> None:
        self._database = database
        self._companies = companies
        self._revoked = revoked
        self._deleted = deleted

    async def takes_along(self, who: SignedIn) -> Sequence[Company]:
        """What would be deleted with the account."""
        return await self._companies.owned(who.account)

    async def leave(self, who: SignedIn, told: Sequence[str]) -> None:
        """Delete the account and the companies it owns, if those are the ones the person was shown."""
        owned = await self._companies.owned(who.account)
        if {company.id for company in owned} != set(told):
            raise NotTold
        for company in owned:
            await self._companies.company(company.id)
        await self._companies.hand_over(who.account)
        mine = sessions_table.c.account_id == who.account
        async with self._database.begin() as connection:
            over = list(await connection.scalars(select(sessions_table.c.id).where(mine)))
            # This deletes its sessions, links and memberships too.
            await connection.execute(delete(accounts_table).where(accounts_table.c.id == who.account))
        for session in over:
            self._revoked(session_ground(session))
        self._deleted()

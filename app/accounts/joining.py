"""X2: accepting an invitation, with an existing account or a new one."""

from typing import Literal, Protocol

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import SignedIn
from app.accounts.passwords import weakness
from app.accounts.service import WRONG_LINKS, Accounts, Refusal
from app.accounts.sessions import NewSession
from app.accounts.tables import account as accounts_table
from app.limits import Clock, Window
from app.storage.database import Database


class Invited(Protocol):
    """What an invitation says."""

    @property
    def by(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def role(self) -> Literal["facilitator", "co_facilitator", "reader", "begin"]: ...

    @property
    def duty(self) -> str | None: ...

    @property
    def company(self) -> str: ...

    @property
    def group(self) -> str: ...

    @property
    def expires_at(self) -> int: ...


class Accepted(Protocol):
    """The process that was joined; None if the invitation allows beginning one."""

    @property
    def process(self) -> str | None: ...


class Invitations(Protocol):
    """What accounts ask of the invitations; they raise `LookupError` for one that opens nothing."""

    async def look(self, token: str) -> Invited:
        """The contents of the invitation. Uses nothing up."""

    async def accept(self, connection: AsyncConnection, token: str, account: str) -> Accepted:
        """Use it up for an account, in the transaction that made or found the account."""


class Joining:
    """Accepts invitations."""

    def __init__(
        self, database: Database, clock: Clock, accounts: Accounts, invitations: Invitations
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._invitations = invitations
        self._wrong_links = Window(clock, WRONG_LINKS)

    async def look(self, token: str, address: str = "") -> Invited:
        """What the invitation says. Raises `Refusal`, like every method below."""
        # F12: counted before it is looked up.
        if wait := self._wrong_links.take(address):
            raise Refusal("slow_down", wait)
        try:
            found = await self._invitations.look(token)
        except LookupError:
            raise Refusal("used") from None
        self._wrong_links.refund(address)
        return found

    async def accept_new(
        self, token: str, name: str, email: str, password: str, address: str = ""
    ) -> tuple[NewSession, str | None]:
        """Make an account, let it into what the invitation leads to, and sign it in."""
        await self.look(token, address)
        if weak := weakness(password, name, email):
            raise Refusal(weak)
        kept = await self._accounts.hashed(password)
        async with self._database.begin() as connection:
            row = await self._accounts.insert(connection, name, email, kept, admin=False, may_begin=False)
            process = await self.accept_in(connection, token, row.id)
            new = await self._accounts.sessions.begin(connection, row)
        return self._accounts.marked(new, email), process

    async def accept(self, token: str, who: SignedIn, address: str = "") -> str | None:
        """Accept with the account that is signed in; returns the process joined, if any."""
        await self.look(token, address)
        async with self._database.begin() as connection:
            return await self.accept_in(connection, token, who.account)

    async def accept_in(self, connection: AsyncConnection, token: str, account: str) -> str | None:
        """Accept as part of the caller's transaction, for any kind of account."""
        try:
            accepted = await self._invitations.accept(connection, token, account)
        except LookupError:
            raise Refusal("used") from None
        if accepted.process is None:
            mine = update(accounts_table).where(accounts_table.c.id == account)
            await connection.execute(mine.values(may_begin=True))
        return accepted.process

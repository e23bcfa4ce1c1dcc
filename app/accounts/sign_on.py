"""The account of a person who signed in at a provider: by issuer and subject, nothing else (X28).

An e-mail, verified or not, never links an account: somebody who got hold of that address at the provider
would have the account. The owner links an account, confirming the password, or accepts an invitation to make
one.
"""

import re
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import SignedIn
from app.accounts.joining import Joining
from app.accounts.service import Accounts, Refusal
from app.accounts.sessions import NewSession
from app.accounts.tables import account as accounts_table, session as sessions_table, sign_on
from app.engine.text import Line
from app.limits import Clock
from app.storage.database import Database
from app.storage.trouble import STORAGE, trouble

_LINE: TypeAdapter[str] = TypeAdapter(Line)
#: What a provider sends is subject to the limits for what people type.
_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,189}")


class Identity(Protocol):
    """A person as the provider knows them."""

    @property
    def issuer(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...


class SignOns:
    """All links between accounts and identities at the provider."""

    def __init__(self, database: Database, clock: Clock, accounts: Accounts, joining: Joining) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._sessions = accounts.sessions
        self._joining = joining

    async def enter(self, who: Identity) -> NewSession:
        """X4: a new session. `Refusal("sign_on_unknown")` where no account is linked, or a disabled one."""
        async with self._database.connect() as connection:
            row = await _account(connection, who)
        if row is None:
            raise Refusal("sign_on_unknown")
        try:
            async with self._database.begin() as connection:
                return await self._sessions.begin(connection, row)
        except STORAGE as fault:
            # F13: on a full disk somebody must still be able to take over a meeting.
            if trouble(fault) is None:
                raise
            return self._sessions.begin_unsaved(row)

    async def accept(self, who: Identity, token: str, address: str) -> tuple[NewSession, str | None]:
        """X2, X28: accept an invitation; people without an account get one, linked and without a password.

        `Refusal("sign_on_no_email")` if the provider has verified none, since accounts are known by it.
        """
        invited = await self._joining.look(token, address)
        async with self._database.begin() as connection:
            row = await _account(connection, who)
            if row is None:
                if not _EMAIL.fullmatch(who.email):
                    raise Refusal("sign_on_no_email")
                name = _name(who.name) or invited.name
                row = await self._accounts.insert(
                    connection, name, who.email, "", admin=False, may_begin=False
                )
                await link_in(connection, row.id, who)
            process = await self._joining.accept_in(connection, token, row.id)
            return await self._sessions.begin(connection, row), process

    async def link(self, account: str, who: Identity) -> None:
        """Link one identity to one account. `Refusal("sign_on_taken")` if another account has it."""
        async with self._database.begin() as connection:
            await link_in(connection, account, who)

    async def unlink(self, account: str) -> None:
        """`Refusal("sign_on_only")` without a password: the account could no longer sign in."""
        has_password = select(accounts_table.c.password_hash != "").where(accounts_table.c.id == account)
        async with self._database.begin() as connection:
            if not await connection.scalar(has_password):
                raise Refusal("sign_on_only")
            await connection.execute(delete(sign_on).where(sign_on.c.account_id == account))

    async def prove(self, who: SignedIn, identity: Identity) -> None:
        """X4: counts as the password for ten minutes. `Refusal("sign_on_other")` for another person."""
        async with self._database.connect() as connection:
            row = await _account(connection, identity)
        if row is None or row.id != who.account:
            raise Refusal("sign_on_other")
        proved = update(sessions_table).where(sessions_table.c.id == who.session)
        async with self._database.begin() as connection:
            await connection.execute(proved.values(proved_at=self._clock()))

    async def of(self, account: str) -> tuple[bool, bool]:
        """Whether it is linked, and whether it has a password too."""
        linked = select(sign_on.c.subject).where(sign_on.c.account_id == account)
        kept = select(accounts_table.c.password_hash).where(accounts_table.c.id == account)
        async with self._database.connect() as connection:
            return await connection.scalar(linked) is not None, bool(await connection.scalar(kept))


def _name(said: str) -> str:
    try:
        return str(_LINE.validate_python(said))
    except ValidationError:
        return ""


async def link_in(connection: AsyncConnection, account: str, who: Identity) -> None:
    """Link within a larger transaction, such as accepting an invitation."""
    whose = select(sign_on.c.account_id).where(
        sign_on.c.issuer == who.issuer, sign_on.c.subject == who.subject
    )
    found = await connection.scalar(whose)
    if found == account:
        return
    if found is not None:
        raise Refusal("sign_on_taken")
    await connection.execute(
        delete(sign_on).where(sign_on.c.account_id == account, sign_on.c.issuer == who.issuer)
    )
    row = {"issuer": who.issuer, "subject": who.subject, "account_id": account}
    try:
        await connection.execute(insert(sign_on).values(row))
    except IntegrityError:
        raise Refusal("sign_on_taken") from None


async def _account(connection: AsyncConnection, who: Identity) -> Row[Any] | None:
    query = (
        select(accounts_table)
        .join(sign_on, sign_on.c.account_id == accounts_table.c.id)
        .where(
            sign_on.c.issuer == who.issuer,
            sign_on.c.subject == who.subject,
            accounts_table.c.disabled.is_(False),
        )
    )
    return (await connection.execute(query)).first()

"""X2: invitations by link, into a process with a role, or to begin one of one's own.

A link has 256 bits, is stored as a hash, is valid for 72 hours and works once. Who used it is not recorded:
the row is deleted, and the membership stays. Only accounts accept, however they sign in: `accept` is part of
the transaction in which the account is made or found.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.engine.commands import Role
from app.limits import HOUR, Clock
from app.live.tokens import digest
from app.processes.service import Missing
from app.processes.tables import company, invitation, membership, process
from app.storage.database import Database

USE_WITHIN = 72 * HOUR
#: Instead of a role: to begin a company and processes of one's own.
BEGIN: Literal["begin"] = "begin"
#: The most that may be open in one place; beyond that some must be withdrawn.
MOST_OPEN = 100

InviteAs = Literal["facilitator", "co_facilitator", "reader"]
#: Those, and to begin a process of one's own.
InvitedAs = Literal["facilitator", "co_facilitator", "reader", "begin"]
#: From the least to the most: accepting never lowers a role.
_RANKS = (Role.READER, Role.CO_FACILITATOR, Role.FACILITATOR)


class Known(Protocol):
    """An account by name."""

    @property
    def name(self) -> str: ...


class Accounts(Protocol):
    """What invitations ask of the accounts."""

    async def known(self, accounts: Collection[str]) -> Mapping[str, Known]:
        """The existing ones among them, by id."""


class UsedUp(LookupError):
    """The invitation was used, withdrawn, has expired or never existed: one answer."""


class TooMany(Exception):
    """There are as many open invitations as allowed."""


@dataclass(frozen=True)
class NewInvitation:
    """A new invitation; its token is shown only once."""

    id: str
    token: str
    expires_at: int


@dataclass(frozen=True)
class Open:
    """An open invitation, as its maker sees it."""

    id: str
    name: str
    role: InvitedAs
    duty: str | None
    by: str
    expires_at: int


@dataclass(frozen=True)
class Invited:
    """What an invitation shows the person who opens it."""

    by: str
    name: str
    role: InvitedAs
    duty: str | None
    company: str
    group: str
    expires_at: int


@dataclass(frozen=True)
class Accepted:
    """The process that was joined; None if the invitation allows beginning one."""

    process: str | None


class Invitations:
    """All open invitations."""

    def __init__(self, database: Database, clock: Clock, accounts: Accounts) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts

    async def make(
        self, by: str, name: str, role: str = BEGIN, process: str | None = None, duty: str | None = None
    ) -> NewInvitation:
        """One more. Raises `TooMany`."""
        now = self._clock()
        made = NewInvitation(secrets.token_urlsafe(16), secrets.token_urlsafe(32), now + USE_WITHIN)
        async with self._database.begin() as connection:
            await connection.execute(delete(invitation).where(invitation.c.expires_at <= now))
            there = select(invitation.c.id).where(_in(process))
            if len((await connection.execute(there)).all()) >= MOST_OPEN:
                raise TooMany
            await connection.execute(
                insert(invitation).values(
                    id=made.id,
                    token_hash=digest(made.token),
                    process_id=process,
                    role=role,
                    duty=duty,
                    invited_by=by,
                    name=name,
                    expires_at=made.expires_at,
                )
            )
        return made

    async def open_in(self, process: str | None) -> list[Open]:
        """The open ones in a process, or those to begin one; the newest first."""
        living = invitation.c.expires_at > self._clock()
        query = select(invitation).where(_in(process), living).order_by(invitation.c.expires_at.desc())
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        known = await self._accounts.known({row.invited_by for row in rows})
        return [
            Open(row.id, row.name, row.role, row.duty, known[row.invited_by].name, row.expires_at)
            for row in rows
        ]

    async def process_of(self, id: str) -> str | None:
        """Where it leads; None: to begin a process. Raises `Missing`."""
        query = select(invitation.c.process_id).where(invitation.c.id == id)
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise Missing
        return None if row.process_id is None else str(row.process_id)

    async def withdraw(self, id: str) -> None:
        """The link is worth nothing from now on."""
        async with self._database.begin() as connection:
            await connection.execute(delete(invitation).where(invitation.c.id == id))

    # -- for people who have the link ------------------------------------------------------------------------

    async def look(self, token: str) -> Invited:
        """X2: what it is for; opening uses nothing up, since mail scanners open links. Raises `UsedUp`."""
        query = (
            select(invitation, company.c.name.label("company"), process.c.group)
            .outerjoin(process, process.c.id == invitation.c.process_id)
            .outerjoin(company, company.c.id == process.c.company_id)
            .where(invitation.c.token_hash == digest(token), invitation.c.expires_at > self._clock())
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise UsedUp
        by = (await self._accounts.known([row.invited_by]))[row.invited_by].name
        return Invited(by, row.name, row.role, row.duty, row.company or "", row.group or "", row.expires_at)

    async def accept(self, connection: AsyncConnection, token: str, account: str) -> Accepted:
        """Let the account in. Raises `UsedUp`; of two at once, only one wins."""
        mine = (invitation.c.token_hash == digest(token)) & (invitation.c.expires_at > self._clock())
        row = (await connection.execute(select(invitation).where(mine))).first()
        if row is None or not (await connection.execute(delete(invitation).where(mine))).rowcount:
            raise UsedUp
        if row.process_id is not None:
            await _join(connection, row, account)
        return Accepted(row.process_id)


async def _join(connection: AsyncConnection, row: Row[Any], account: str) -> None:
    """Members keep their role if it is higher."""
    whose = (membership.c.process_id == row.process_id) & (membership.c.account_id == account)
    there = (await connection.execute(select(membership).where(whose))).first()
    if there is None:
        values = {"process_id": row.process_id, "account_id": account, "role": row.role, "duty": row.duty}
        await connection.execute(insert(membership).values(values))
        return
    role = max(Role(there.role), Role(row.role), key=_RANKS.index)
    changed = update(membership).where(whose)
    await connection.execute(changed.values(role=role.value, duty=row.duty or there.duty))


def _in(process: str | None) -> Any:
    return invitation.c.process_id.is_(None) if process is None else invitation.c.process_id == process

"""X20: who belongs to a process, and as what. A process always has a facilitator."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.engine.commands import Role
from app.locales import FALLBACK
from app.processes.service import Missing
from app.processes.tables import membership, process as processes_table
from app.storage.database import Database
from app.words.order import by_words


class Known(Protocol):
    """An account's name; a member with a personal link has no e-mail."""

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...

    @property
    def by_link(self) -> bool: ...


class Accounts(Protocol):
    """What memberships ask of the accounts."""

    async def known(self, accounts: Collection[str]) -> Mapping[str, Known]:
        """The existing ones among them, by id."""

    async def look_again(self, account: str) -> None:
        """Close everything the account has open, so that it reconnects with its current role."""

    async def remove_person(self, account: str) -> None:
        """Delete somebody with a personal link for good; other accounts stay."""


class LastFacilitator(Exception):
    """Nobody would lead the process any more."""


class NoSignIn(Exception):
    """People with a personal link have no password, and therefore cannot lead."""


@dataclass(frozen=True)
class Belongs:
    """Somebody of a process."""

    id: str
    name: str
    email: str
    role: Role
    duty: str | None
    by_link: bool


class Memberships:
    """Who belongs to which process."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database = database
        self._accounts = accounts

    async def of(self, process: str) -> list[Belongs]:
        """Sorted by role, then by name."""
        query = select(membership).where(membership.c.process_id == process)
        async with self._database.connect() as connection:
            rows = {row.account_id: row for row in await connection.execute(query)}
        known = await self._accounts.known(rows)
        order, key = (Role.FACILITATOR, Role.CO_FACILITATOR, Role.READER), by_words(FALLBACK)
        found = [
            Belongs(id, one.name, one.email, Role(rows[id].role), rows[id].duty, one.by_link)
            for id, one in known.items()
        ]
        return sorted(found, key=lambda each: (order.index(each.role), key(each.name), each.id))

    async def change(self, process: str, account: str, role: Role) -> None:
        """Raises `Missing`, `NoSignIn`, `LastFacilitator`."""
        await self._must_sign_in(account)
        async with self._database.begin() as connection:
            await self._change(connection, process, account, role)
            await _must_be_led(connection, process)
        await self._accounts.look_again(account)

    async def hand_over(self, process: str, leader: str, to: str) -> None:
        """The other one leads, the leader becomes co-facilitator. Raises `Missing`, `NoSignIn`."""
        await self._must_sign_in(to)
        async with self._database.begin() as connection:
            await self._change(connection, process, to, Role.FACILITATOR)
            if leader != to:
                await self._change(connection, process, leader, Role.CO_FACILITATOR)
        for account in {leader, to}:
            await self._accounts.look_again(account)

    async def remove(self, process: str, account: str) -> None:
        """Remove a member, who may be oneself. Raises `Missing`, `LastFacilitator`."""
        async with self._database.begin() as connection:
            await _lock(connection, process)
            if not (await connection.execute(delete(membership).where(_whose(process, account)))).rowcount:
                raise Missing
            await _must_be_led(connection, process)
        await self._accounts.look_again(account)
        await self._accounts.remove_person(account)

    async def _must_sign_in(self, account: str) -> None:
        found = (await self._accounts.known([account])).get(account)
        if found is None:
            raise Missing
        if found.by_link:
            raise NoSignIn

    async def _change(self, connection: AsyncConnection, process: str, account: str, role: Role) -> None:
        await _lock(connection, process)
        changed = update(membership).where(_whose(process, account)).values(role=role.value)
        if not (await connection.execute(changed)).rowcount:
            raise Missing


async def _lock(connection: AsyncConnection, process: str) -> None:
    """Serialises two people leaving at once. (SQLite has one writer anyway.)"""
    row = select(processes_table.c.id).where(processes_table.c.id == process).with_for_update()
    await connection.execute(row)


async def _must_be_led(connection: AsyncConnection, process: str) -> None:
    leads = (membership.c.process_id == process) & (membership.c.role == Role.FACILITATOR.value)
    if not await connection.scalar(select(func.count()).select_from(membership).where(leads)):
        raise LastFacilitator


def _whose(process: str, account: str) -> ColumnElement[bool]:
    return (membership.c.process_id == process) & (membership.c.account_id == account)

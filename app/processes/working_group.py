"""F3, P1.5: the working group of a process. A member is an account that only a personal link opens, or was
invited with one of their own (`invitations.py`).

So members use the same sessions, tickets, sockets and role matrix as the facilitator. The membership's role,
co-facilitator, says what a member may do; its duty says what they are in the group, in their words.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy import insert, select, update

from app.engine.commands import Role
from app.locales import FALLBACK
from app.processes.service import Missing
from app.processes.tables import membership
from app.storage.database import Database
from app.words.order import by_words


class Person(Protocol):
    """A member's name, and the state of their personal link."""

    @property
    def name(self) -> str: ...

    @property
    def link(self) -> Literal["none", "waiting", "used", "account"]: ...

    @property
    def until(self) -> int | None: ...


class NewLink(Protocol):
    """A new personal link; its token is shown only once. `expires_at` is server time in ms."""

    @property
    def token(self) -> str: ...

    @property
    def expires_at(self) -> int: ...


class People(Protocol):
    """What the working group asks of the accounts."""

    async def add_person(self, name: str) -> str:
        """An account that only a personal link can open; its id."""

    async def rename_person(self, account: str, name: str) -> None:
        """Change their name."""

    async def people(self, accounts: Collection[str]) -> Mapping[str, Person]:
        """The existing ones among the accounts, by id."""

    async def give_link(self, account: str) -> NewLink:
        """A new link; the previous one, and everything it opened, is ended."""

    async def withdraw_link(self, account: str) -> None:
        """Disable the link, and end everything it opened at once."""

    async def remove_person(self, account: str) -> None:
        """Name, link and membership go for good."""


@dataclass(frozen=True)
class Member:
    """A member as the process page shows them; `until` is server time in ms."""

    id: str
    name: str
    duty: str
    link: Literal["none", "waiting", "used", "account"]
    until: int | None


class WorkingGroup:
    """The working groups of all processes."""

    def __init__(self, database: Database, people: People) -> None:
        self._database = database
        self._people = people

    async def of(self, process: str) -> list[Member]:
        """P1.5: the members by name."""
        query = select(membership.c.account_id, membership.c.duty).where(
            membership.c.process_id == process, membership.c.duty.is_not(None)
        )
        async with self._database.connect() as connection:
            duties = {row.account_id: row.duty for row in await connection.execute(query)}
        found = await self._people.people(duties)
        members = [Member(id, one.name, duties[id], one.link, one.until) for id, one in found.items()]
        key = by_words(FALLBACK)
        return sorted(members, key=lambda member: (key(member.name), member.id))

    async def add(self, process: str, name: str, duty: str) -> str:
        """F3: add a member, who has no link yet; returns the id."""
        # The account first: without a membership it opens nothing.
        id = await self._people.add_person(name)
        role = Role.CO_FACILITATOR.value
        async with self._database.begin() as connection:
            await connection.execute(
                insert(membership).values(process_id=process, account_id=id, role=role, duty=duty)
            )
        return id

    async def change(self, process: str, member: str, name: str, duty: str) -> None:
        """P1.5: change name and duty. Raises `Missing`, like every method below."""
        changed = (
            update(membership)
            .where(
                membership.c.process_id == process,
                membership.c.account_id == member,
                membership.c.duty.is_not(None),
            )
            .values(duty=duty)
        )
        async with self._database.begin() as connection:
            if (await connection.execute(changed)).rowcount != 1:
                raise Missing
        if await self._comes_by_link(member):
            await self._people.rename_person(member, name)

    async def _comes_by_link(self, member: str) -> bool:
        """Members with their own account choose their name themselves, and get no personal link."""
        return (await self._people.people([member]))[member].link != "account"

    async def give_link(self, process: str, member: str) -> NewLink:
        """F3: a personal link, so that they need no account."""
        await self._must_be_in(process, member)
        return await self._people.give_link(member)

    async def withdraw_link(self, process: str, member: str) -> None:
        """F3: the link is revoked; the member stays in the list."""
        await self._must_be_in(process, member)
        await self._people.withdraw_link(member)

    async def remove(self, process: str, member: str) -> None:
        """F3: remove them from the group, keeping nothing about them."""
        await self._must_be_in(process, member)
        await self._people.remove_person(member)

    async def _must_be_in(self, process: str, member: str) -> None:
        """Check that they are in the group by a personal link."""
        query = select(membership.c.account_id).where(
            membership.c.process_id == process,
            membership.c.account_id == member,
            membership.c.duty.is_not(None),
        )
        async with self._database.connect() as connection:
            found = await connection.scalar(query)
        # Only after giving the connection back: if everybody held one and waited for another, nobody got it.
        if found is None or not await self._comes_by_link(member):
            raise Missing

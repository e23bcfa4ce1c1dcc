"""F4: deleting a meeting, a process or a company for good, with everything that belongs to it.

The rows go first, so that nobody is admitted any more; then people inside are disconnected, and last the
board is deleted. Leftovers of a power cut are found at the next start (`app/operations/leftovers.py`).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import delete, func, insert, select, update

from app.access import Place
from app.engine.commands import Role
from app.locales import FALLBACK
from app.processes.service import Missing
from app.processes.tables import company, membership, process, workshop
from app.storage.database import Database
from app.words.order import by_words


class Rooms(Protocol):
    """What deletion asks of the rooms."""

    async def forget(self, workshop: str, board_id: str) -> None:
        """Disconnect everybody from a meeting, then delete it with all that belongs to it."""

    async def delete(self, board_id: str) -> None:
        """Disconnect everybody from a board, then delete it with everything on it."""


class WaysIn(Protocol):
    """Doors, or screens."""

    async def remove(self, workshops: Collection[str]) -> None:
        """Remove those of these workshops; people who joined through them are disconnected."""


class People(Protocol):
    """An account with a personal link belongs to one process."""

    async def remove_person(self, account: str) -> None:
        """Name, link and membership go for good."""


@dataclass(frozen=True)
class Owned:
    """A company, with how much would be deleted with it."""

    id: str
    name: str
    processes: int
    meetings: int


class Deletion:
    """Deletes, and calls `deleted` when names are gone that may still be in free pages of a file."""

    def __init__(
        self,
        database: Database,
        rooms: Rooms,
        ways_in: Collection[WaysIn],
        people: People,
        deleted: Callable[[], None],
    ) -> None:
        self._database = database
        self._rooms = rooms
        self._ways_in = ways_in
        self._people = people
        self._deleted = deleted

    async def workshop(self, place: Place) -> None:
        """A meeting with its notes and results; what was agreed on stays in the plan of the process."""
        async with self._database.begin() as connection:
            await connection.execute(delete(workshop).where(workshop.c.id == place.workshop))
        await self._shut([place.workshop])
        await self._rooms.forget(place.workshop, place.board)
        self._deleted()

    async def process(self, id: str) -> None:
        """A process with its meetings, its working group, its links and its board."""
        async with self._database.begin() as connection:
            board = await connection.scalar(select(process.c.board_id).where(process.c.id == id))
            query = select(workshop.c.id).where(workshop.c.process_id == id)
            meetings = list(await connection.scalars(query))
            group = select(membership.c.account_id).where(
                membership.c.process_id == id, membership.c.duty.is_not(None)
            )
            members = list(await connection.scalars(group))
            # Memberships, workshops and links to the summary are deleted with it.
            await connection.execute(delete(process).where(process.c.id == id))
        await self._shut(meetings)
        for member in members:
            await self._people.remove_person(member)
        if board is not None:
            await self._rooms.delete(board)
        self._deleted()

    async def company(self, id: str) -> None:
        """A company with its processes and its own agendas."""
        while processes := await self._in(id):
            # Queried again: somebody may just be making one.
            for each in processes:
                await self.process(each)
        async with self._database.begin() as connection:
            await connection.execute(delete(company).where(company.c.id == id))
        self._deleted()

    async def _in(self, id: str) -> list[str]:
        async with self._database.connect() as connection:
            return list(await connection.scalars(select(process.c.id).where(process.c.company_id == id)))

    async def _shut(self, meetings: Collection[str]) -> None:
        for way_in in self._ways_in:
            await way_in.remove(meetings)

    # -- an owner's companies --------------------------------------------------------------------------------

    async def must_own(self, account: str, id: str) -> None:
        """Raises `Missing` for a company that is not the account's."""
        query = select(company.c.id).where(company.c.id == id, company.c.owner_id == account)
        async with self._database.connect() as connection:
            if await connection.scalar(query) is None:
                raise Missing

    async def owned(self, account: str) -> list[Owned]:
        """The companies that would go with the account, by name."""
        query = (
            select(
                company.c.id,
                company.c.name,
                func.count(func.distinct(process.c.id)).label("processes"),
                func.count(func.distinct(workshop.c.id)).label("meetings"),
            )
            .outerjoin(process, process.c.company_id == company.c.id)
            .outerjoin(workshop, workshop.c.process_id == process.c.id)
            .where(company.c.owner_id == account)
            .group_by(company.c.id, company.c.name)
            .order_by(company.c.id)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        key = by_words(FALLBACK)
        owned = [Owned(row.id, row.name, row.processes, row.meetings) for row in rows]
        return sorted(owned, key=lambda each: key(each.name))

    async def hand_over(self, account: str) -> None:
        """Hand processes that a leaving account leads in others' companies to the companies' owners."""
        leads = Role.FACILITATOR.value
        others = (
            select(process.c.id, company.c.owner_id)
            .join(company, company.c.id == process.c.company_id)
            .join(membership, membership.c.process_id == process.c.id)
            .where(
                membership.c.account_id == account,
                membership.c.role == leads,
                company.c.owner_id != account,
            )
        )
        async with self._database.begin() as connection:
            for row in (await connection.execute(others)).all():
                whose = (membership.c.process_id == row.id) & (membership.c.account_id == row.owner_id)
                is_there = await connection.scalar(select(membership.c.role).where(whose))
                if is_there is None:
                    values = {"process_id": row.id, "account_id": row.owner_id, "role": leads}
                    await connection.execute(insert(membership).values(values))
                else:
                    await connection.execute(update(membership).where(whose).values(role=leads))

"""Fetches the data for files: the board from its room, names from the tables, the way in from a door."""

from collections.abc import Awaitable, Callable

from sqlalchemy import select

from app.accounts.tables import account
from app.clock import local_day
from app.engine.agenda import Workshop
from app.exports.gather import Gathered, gather
from app.exports.look import Look
from app.exports.summary import Member
from app.exports.way_in import WayIn
from app.live.door import Doors
from app.live.rooms import Rooms
from app.live.routes import join_url
from app.parts.open_links import open_links
from app.processes.retention import deleted_on
from app.processes.tables import company, company_logo, membership, process, workshop
from app.storage.database import Database


class SummarySource:
    """Finds the board of a workshop or of a process."""

    def __init__(self, database: Database, rooms: Rooms) -> None:
        self._database = database
        self._rooms = rooms

    async def workshop(self, id: str) -> Gathered | None:
        """One workshop."""
        query = select(workshop.c.process_id).where(workshop.c.id == id)
        async with self._database.connect() as connection:
            found = await connection.scalar(query)
        return await self._gathered(str(found), id) if found else None

    async def process(self, id: str) -> Gathered | None:
        """All workshops of a process."""
        return await self._gathered(id, None)

    async def _gathered(self, process_id: str, workshop_id: str | None) -> Gathered | None:
        query = (
            select(
                process.c.board_id, process.c.group, process.c.last_day, company.c.name, company.c.keep_months
            )
            .add_columns(company.c.colour, company_logo.c.png)
            .join(company, company.c.id == process.c.company_id)
            .outerjoin(company_logo, company_logo.c.company_id == company.c.id)
            .where(process.c.id == process_id)
        )
        group = (
            select(account.c.name, membership.c.duty)
            .join(account, account.c.id == membership.c.account_id)
            .where(membership.c.process_id == process_id, membership.c.duty.is_not(None))
        )
        meetings = select(workshop.c.date).where(workshop.c.process_id == process_id)
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
            days = list(await connection.scalars(meetings))
            members = [Member(name=one.name, duty=one.duty) for one in await connection.execute(group)]
        board = await self._rooms.board(row.board_id) if row else None
        if row is None or board is None:
            return None
        people = {
            meeting.id: meeting.people
            for meeting in board.every(Workshop).values()
            if meeting.people is not None
        }
        return gather(
            # Its summary is assembled outside the event loop.
            board.still(),
            company=row.name,
            group=row.group,
            people=people,
            members=members,
            deleted_on=deleted_on(max([row.last_day, *days]), row.keep_months),
            workshop=workshop_id,
            look=Look(row.colour, row.png),
        )


class DoorSource:
    """Finds the way into a workshop, while its door is open."""

    def __init__(
        self, doors: Doors, rooms: Rooms, database: Database, base_url: Callable[[str], Awaitable[str]]
    ) -> None:
        self._doors = doors
        self._rooms = rooms
        self._database = database
        self._base_url = base_url

    async def of(self, id: str) -> WayIn | None:
        """The way in, or None. Rehearsals are in no table, and have no poster."""
        query = (
            select(workshop.c.title, workshop.c.language, process.c.group, company.c.name)
            .join(process, process.c.id == workshop.c.process_id)
            .join(company, company.c.id == process.c.company_id)
            .where(workshop.c.id == id)
        )
        door = await self._doors.find(id)
        if door is None or not door.open:
            return None
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        board = await self._rooms.board(door.board) if row else None
        if row is None or board is None:
            return None
        base_url = await self._base_url(id)
        link = open_links(board).get(id)
        return WayIn(
            title=row.title,
            company=row.name,
            group=row.group,
            language=row.language,
            base_url=base_url,
            join_url=join_url(door, base_url),
            code=door.code,
            until=link.until if link else local_day(door.expires_at - 1),
            activity=link.activity if link else "",
            about=link.about if link else "",
            least=link.least if link else 0,
        )

"""What the summary is made of, fetched: the board from its room, the names from the tables."""

from sqlalchemy import select

from app.accounts.tables import account
from app.engine.agenda import Workshop
from app.exports.gather import Gathered, gather
from app.exports.look import Look
from app.exports.summary import Member
from app.live.rooms import Rooms
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
            board,
            company=row.name,
            group=row.group,
            people=people,
            members=members,
            deleted_on=deleted_on(max([row.last_day, *days]), row.keep_months),
            workshop=workshop_id,
            look=Look(row.colour, row.png),
        )

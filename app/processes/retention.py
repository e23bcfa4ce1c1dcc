"""F4: how long a process is kept after its last activity, and its deletion after that."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Literal, Protocol, get_args

import structlog
from dateutil.relativedelta import relativedelta
from sqlalchemy import func, select, update

from app.clock import local_day
from app.engine.agenda import Workshop
from app.limits import Clock
from app.processes.tables import company, process, workshop
from app.storage.database import Database

log = structlog.get_logger("retention")

#: How many months a company may keep a finished process. There is no "forever".
Months = Literal[3, 6, 12, 24, 36]
CHOICES: tuple[Months, ...] = get_args(Months)


class Boards(Protocol):
    """What retention asks of the boards."""

    async def workshops(self, board: str) -> Mapping[str, Workshop]:
        """The workshops on a board as they stand now, by id."""


def deleted_on(last_day: str, months: int) -> str:
    """The day (ISO) on which a process is deleted, if nothing more happens in it after `last_day`."""
    return (date.fromisoformat(last_day) + relativedelta(months=months)).isoformat()


class Retention:
    """Deletes processes whose months are over."""

    def __init__(
        self, database: Database, clock: Clock, boards: Boards, remove: Callable[[str], Awaitable[None]]
    ) -> None:
        self._database = database
        self._clock = clock
        self._boards = boards
        self._remove = remove

    async def happened(self, meeting: str) -> None:
        """Record that a meeting has ended, as its process's last activity."""
        its = select(workshop.c.process_id).where(workshop.c.id == meeting).scalar_subquery()
        today = local_day(self._clock())
        changed = update(process).where(process.c.id == its, process.c.last_day < today)
        async with self._database.begin() as connection:
            await connection.execute(changed.values(last_day=today))

    async def retain(self) -> None:
        """The periodic job."""
        if many := await self.work():
            log.info("finished processes deleted", processes=many)

    async def work(self) -> int:
        """Delete every process whose day has come; returns how many."""
        over = await self._over()
        for id in over:
            await self._remove(id)
        return len(over)

    async def _over(self) -> list[str]:
        today = local_day(self._clock())
        query = (
            select(process.c.id, process.c.board_id, process.c.last_day, company.c.keep_months)
            .add_columns(func.max(workshop.c.date).label("meeting"))
            .join(company, company.c.id == process.c.company_id)
            .outerjoin(workshop, workshop.c.process_id == process.c.id)
            .group_by(process.c.id, process.c.board_id, process.c.last_day, company.c.keep_months)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        passed = [
            row for row in rows if deleted_on(max(row.last_day, row.meeting or ""), row.keep_months) <= today
        ]
        return [row.id for row in passed if not await self._is_held(row.board_id)]

    async def _is_held(self, board: str) -> bool:
        """Whether one of its meetings, perhaps planned long ago, is being held now."""
        meetings = (await self._boards.workshops(board)).values()
        return any(meeting.state == "live" for meeting in meetings)

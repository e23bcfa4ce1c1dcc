"""How long conversations are kept: as long as their company keeps a process after its last activity."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, func, select

from app.clock import local_day
from app.conversations.tables import conversation, pair
from app.limits import Clock
from app.storage.database import Database


class Companies(Protocol):
    """What retention asks of the companies."""

    async def keep_months(self) -> Mapping[str, int]:
        """For how many months each keeps what is finished."""


def deleted_on(last_day: str, days: list[str], months: int) -> str:
    """The day (ISO) on which a pair is deleted if nothing more happens: after all its days."""
    last = max(last_day, *days)
    return (date.fromisoformat(last) + relativedelta(months=months)).isoformat()


class Retention:
    """Deletes pairs whose months are over."""

    def __init__(
        self, database: Database, clock: Clock, companies: Companies, deleted: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._companies = companies
        self._deleted = deleted

    async def work(self) -> int:
        """Delete every pair whose day has come; returns how many."""
        months = await self._companies.keep_months()
        today = local_day(self._clock())
        query = (
            select(pair.c.id, pair.c.company_id, pair.c.last_day, func.max(conversation.c.day).label("day"))
            .join(conversation, conversation.c.pair_id == pair.c.id)
            .group_by(pair.c.id, pair.c.company_id, pair.c.last_day)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        over = [
            row.id for row in rows if deleted_on(row.last_day, [row.day], months[row.company_id]) <= today
        ]
        if over:
            async with self._database.begin() as connection:
                await connection.execute(delete(pair).where(pair.c.id.in_(over)))
            self._deleted()
        return len(over)

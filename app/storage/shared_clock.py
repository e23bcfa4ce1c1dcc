"""R9: several servers on one PostgreSQL follow its clock, so that all of them show the same second."""

from sqlalchemy import text

from app.clock import ServerClock
from app.storage.database import Database

#: How often the offset is measured, in seconds.
EVERY = 60.0


class SharedClock:
    """Keeps a server's clock in step with the database's."""

    def __init__(self, clock: ServerClock, database: Database) -> None:
        self._clock = clock
        self._database = database

    async def set(self) -> None:
        """At the start, before the time was sent to anybody: apply the whole offset."""
        self._clock.set(await self.offset())

    async def follow(self) -> None:
        """While the server runs: apply part of it."""
        self._clock.slew(await self.offset())

    async def offset(self) -> float:
        """How far the database's clock is ahead, in ms, assuming a symmetric round trip."""
        async with self._database.connect() as connection:
            before = self._clock()
            asked = text("SELECT extract(epoch FROM clock_timestamp()) * 1000")
            there = float(await connection.scalar(asked) or 0)
            return there - (before + self._clock()) / 2

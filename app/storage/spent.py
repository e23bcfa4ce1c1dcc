"""What is good once, in whatever process it is shown: a row of a random id, until that is worthless anyway.

The database decides: of two who show the same thing at once, one is too late.
"""

import hashlib

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, delete, insert
from sqlalchemy.exc import IntegrityError

from app.limits import Clock
from app.storage.database import Database, metadata
from app.storage.trouble import if_there_is_room

spent = Table(
    "spent",
    metadata,
    # A hash of something random, which says nothing of what it was or whose.
    Column("id", LargeBinary(32), primary_key=True),
    Column("until", BigInteger, nullable=False),
    Index("ix_spent_until", "until"),
)


class Spent:
    """What was shown already."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        #: F13: what a full disk did not take is known to this process at least.
        self._unsaved: dict[bytes, int] = {}

    async def take(self, id: str, until: int) -> bool:
        """Whether nobody has shown it before. `until`: when it is worth nothing any more, in server time."""
        now, key = self._clock(), hashlib.sha256(id.encode()).digest()
        self._unsaved = {each: end for each, end in self._unsaved.items() if end > now}
        if key in self._unsaved:
            return False
        # Before anything is awaited: of two at once in this process one has it, room or none.
        self._unsaved[key] = until
        with if_there_is_room():
            try:
                async with self._database.begin() as connection:
                    await connection.execute(delete(spent).where(spent.c.until <= now))
                    await connection.execute(insert(spent).values(id=key, until=until))
            except IntegrityError:
                return False
            del self._unsaved[key]
        return True

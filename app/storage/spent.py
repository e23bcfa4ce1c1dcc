"""One-time tokens, across all processes: a row with a random id, kept until the token expires anyway.

The database decides: if two clients use the same one at once, only one wins.
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
    # A hash of something random, which does not tell what it was or whose.
    Column("id", LargeBinary(32), primary_key=True),
    Column("until", BigInteger, nullable=False),
    Index("ix_spent_until", "until"),
)


class Spent:
    """The tokens already used."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        #: F13: used tokens that a full disk could not store, known at least to this process.
        self._unsaved: dict[bytes, int] = {}

    async def take(self, id: str, until: int) -> bool:
        """Whether nobody has used it before. `until`: when it expires, in server time."""
        now, key = self._clock(), hashlib.sha256(id.encode()).digest()
        self._unsaved = {each: end for each, end in self._unsaved.items() if end > now}
        if key in self._unsaved:
            return False
        # Before anything is awaited, so that only one of two in this process wins, even on a full disk.
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

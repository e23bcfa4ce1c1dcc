"""One database, SQLite or PostgreSQL, behind two verbs: `begin` to write and `connect` to read.

SQLite has exactly one writer connection, so that nobody ever waits inside the database for a lock (R6);
durable means WAL with `synchronous=FULL` (R1), and deleted text is overwritten (`secure_delete`, A5).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from app.storage.one_trip import OneTrip

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: The most connections that a process opens to PostgreSQL, and keeps open: opening one takes 14 ms of CPU
#: time, as much as four notes, so closing them after each burst would make a busy server busier.
CONNECTIONS = 20

#: All tables except those of the boards, which differ by database (`tables.py`).
metadata = MetaData(naming_convention=NAMES)

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    # The journal of a VACUUM and large sorts must not leave text in a temporary file (A5).
    "PRAGMA temp_store=MEMORY",
)


def sqlite_url(path: Path) -> str:
    """The address of the one file that holds everything."""
    return f"sqlite+aiosqlite:///{path}"


class Database:
    """Connections to the database: `begin()` writes in a transaction, `connect()` reads."""

    def __init__(self, url: str, pool_size: int = CONNECTIONS) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._write_turn = asyncio.Lock()
        # hide_parameters: an error message must never print what people wrote (A9).
        common: dict[str, Any] = {"hide_parameters": True}
        if self.is_sqlite:
            common["async_creator"] = partial(OneTrip.to, self.url.database or ":memory:")
            self.engine = create_async_engine(self.url, pool_size=1, max_overflow=0, **common)
            self._reader = create_async_engine(self.url, pool_size=4, max_overflow=4, **common)
            _prepare_sqlite(self.engine, "BEGIN IMMEDIATE")
            _prepare_sqlite(self._reader, "BEGIN")
        else:
            self.engine = create_async_engine(self.url, pool_size=pool_size, max_overflow=0, **common)
            event.listen(self.engine.sync_engine, "checkout", _must_be_open)
            self._reader = self.engine

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that commits durably at the end, or leaves nothing."""
        if self.is_sqlite:
            async with self._write_turn, self.engine.begin() as connection:
                yield connection
        else:
            async with self.engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read with. Keep it short: an open reader keeps the WAL from being emptied (A6)."""
        async with self._reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncConnection]:
        """The writer connection outside any transaction, for VACUUM and checkpoints."""
        async with self._write_turn, self.engine.connect() as connection:
            yield await connection.execution_options(isolation_level="AUTOCOMMIT")

    async def rewrite(self) -> bool:
        """Rewrite every page of the database, so that nothing deleted is left in it (F4, F15).

        False if a reader kept something back. On PostgreSQL each table is locked for a moment.
        """
        async with self.alone() as connection:
            if not self.is_sqlite:
                await connection.execute(text("VACUUM FULL"))
                return True
            await connection.execute(text("VACUUM"))
            row = (await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))).first()
            return row is not None and tuple(row) == (0, 0, 0)

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()
        if self._reader is not self.engine:
            await self._reader.dispose()


def _must_be_open(_connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """R15: if the database was down meanwhile, make the pool take another connection.

    The driver notices a closed connection at once. Asking the server each time (`pool_pre_ping`) takes three
    more round trips, and as much processor time as a whole query.
    """
    if record.driver_connection is None or record.driver_connection.is_closed():
        raise DisconnectionError


def _prepare_sqlite(engine: AsyncEngine, begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        # Our own BEGIN: the driver's implicit one upgrades a read to a write, which fails at once in WAL.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
            connection.connection.driver_connection.begin(begin)

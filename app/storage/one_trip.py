"""A connection of aiosqlite that goes to its thread once for each statement.

SQLAlchemy asks a driver for a cursor, the execution, the rows and the end of the cursor one after the other;
with aiosqlite each of them is a trip to the connection's thread and back. They cost a request more than the
statements themselves, and live rooms wait for the interpreter meanwhile. A transaction begins on the trip of
its first statement.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple, Self

import aiosqlite


class OneTrip(aiosqlite.Connection):
    """As SQLAlchemy uses it: closed, committed and rolled back by aiosqlite, and read by `Cursor`."""

    #: What the next statement has to begin with; empty once it has.
    _begin = ""
    #: Whether nothing was executed since `begin`.
    _unused = False

    @classmethod
    async def to(cls, path: str) -> Self:
        """Connect to a file. Its thread does not keep the process alive."""

        def connect() -> sqlite3.Connection:
            return sqlite3.connect(path, check_same_thread=False)

        connection = cls(connect, iter_chunk_size=1)
        connection._thread.daemon = True
        return await connection  # type: ignore[return-value]

    def cursor(self) -> "Cursor":  # type: ignore[override]
        """Opened with the first statement."""
        return Cursor(self)

    def begin(self, statement: str) -> None:
        """Begin a transaction with the next statement."""
        self._begin, self._unused = statement, True

    async def commit(self) -> None:
        """Nothing to do for a transaction without a statement."""
        await self._end(super().commit)

    async def rollback(self) -> None:
        """Nothing to do for a transaction without a statement."""
        await self._end(super().rollback)

    async def _end(self, end: Callable[[], Awaitable[None]]) -> None:
        if not self._unused:
            await end()
        self._begin, self._unused = "", False

    async def execute_all(self, execute: "Execute", operation: str, parameters: Sequence[Any]) -> "Executed":
        """Execute, and fetch all rows. Raises sqlite3's errors."""
        self._unused = False
        return await self._execute(self._executed, execute, operation, parameters)  # type: ignore[no-any-return,no-untyped-call]

    def _executed(self, execute: "Execute", operation: str, parameters: Sequence[Any]) -> "Executed":
        cursor = self._conn.cursor()
        try:
            if self._begin:
                cursor.execute(self._begin)
                self._begin = ""
            execute(cursor, operation, parameters)
            rows = cursor.fetchall() if cursor.description else []
            return Executed(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
        finally:
            cursor.close()


class Executed(NamedTuple):
    """The result of a statement."""

    rows: Sequence[Any] = ()
    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None


#: A statement once, or for each of its parameters.
Execute = Callable[[sqlite3.Cursor, str, Any], object]


class Cursor:
    """The part of a cursor that SQLAlchemy uses."""

    arraysize = 1

    def __init__(self, connection: OneTrip) -> None:
        self._connection = connection
        self._last = Executed()

    @property
    def description(self) -> Any:
        """The columns of the last statement; None if it has none."""
        return self._last.description

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""
        return self._last.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that was inserted last."""
        return self._last.lastrowid

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        """Execute, and fetch all rows. Raises sqlite3's errors."""
        self._last = await self._connection.execute_all(sqlite3.Cursor.execute, operation, parameters)

    async def executemany(self, operation: str, seq_of_parameters: Sequence[Any]) -> None:
        """Execute for each of the parameters. Raises sqlite3's errors."""
        self._last = await self._connection.execute_all(
            sqlite3.Cursor.executemany, operation, seq_of_parameters
        )

    async def fetchall(self) -> Sequence[Any]:
        """The rows of the last statement."""
        return self._last.rows

    async def close(self) -> None:
        """It is closed already."""

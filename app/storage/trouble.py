"""Why something could not be read or written, on either database (F13)."""

import errno
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import asyncpg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, TimeoutError as NoConnectionFree

from app.engine.store import Full
from app.storage.board_file import NewerFile

#: `full`: no space left; `busy`: locked or unreachable; `storage`: it cannot be read or written. Each is also
#: a refusal code.
Trouble = Literal["full", "busy", "storage"]

#: The exceptions of the storage, some of which come straight from a driver.
STORAGE = (
    SQLAlchemyError,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    Full,
    NewerFile,
)

#: SQLite's primary result codes.
_SQLITE: dict[int, Trouble] = {
    3: "storage",  # PERM
    5: "busy",  # BUSY
    6: "busy",  # LOCKED
    8: "storage",  # READONLY
    10: "storage",  # IOERR
    11: "storage",  # CORRUPT
    13: "full",  # FULL
    14: "storage",  # CANTOPEN
    26: "storage",  # NOTADB
}
#: Growing the log's index, which fails first on a disk that is really full.
_SQLITE_IOERR_SHMSIZE = 10 | (19 << 8)
#: SQLSTATE of PostgreSQL, whole or by its class.
_POSTGRES: dict[str, Trouble] = {
    "53100": "full",
    "25006": "storage",  # read-only
    "58030": "storage",  # input/output
    "XX001": "storage",
    "XX002": "storage",
    "55P03": "busy",
    "40001": "busy",
    "40P01": "busy",
    "08": "busy",
    "53": "busy",
    "57": "busy",
}
_SYSTEM: dict[int, Trouble] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "storage",
    errno.EIO: "storage",
}


def trouble(fault: BaseException) -> Trouble | None:
    """The kind of trouble, or None if the storage is not to blame, which means a bug."""
    if isinstance(fault, Full):
        return "full"
    if isinstance(fault, NewerFile):
        return "storage"
    if isinstance(fault, NoConnectionFree):
        return "busy"
    cause = (fault.orig or fault) if isinstance(fault, DBAPIError) else fault
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return "full" if code == _SQLITE_IOERR_SHMSIZE else _SQLITE.get(code & 0xFF)
    if state := getattr(cause, "sqlstate", None):
        return _POSTGRES.get(state) or _POSTGRES.get(state[:2])
    if isinstance(fault, DBAPIError) and fault.connection_invalidated:
        return "busy"
    # An internal error of the driver when a connection ends in the middle of an operation.
    if isinstance(cause, ConnectionError | TimeoutError | socket.gaierror | asyncpg.InternalClientError):
        return "busy"
    return _SYSTEM.get(cause.errno or 0) if isinstance(cause, OSError) else None


@contextmanager
def if_there_is_room() -> Iterator[None]:
    """For a write that may fail when the storage is in trouble."""
    try:
        yield
    except STORAGE as fault:
        if trouble(fault) is None:
            raise

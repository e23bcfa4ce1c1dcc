"""Which way boards rest: in files beside an SQLite database, or in the rows of PostgreSQL."""

from collections.abc import Callable
from pathlib import Path

from app.board.activity import Registry
from app.clock import ServerClock
from app.storage.base import SCRUB_WAIT, StoredBoards
from app.storage.board_files import FileBoards
from app.storage.board_rows import RowBoards
from app.storage.database import Database

#: The folder beside the database file.
FOLDER = "boards"


def board_store(
    database: Database,
    registry: Registry,
    scrub_wait: float = SCRUB_WAIT,
    now: Callable[[], int] | None = None,
) -> StoredBoards:
    """The boards that belong to the database at hand."""
    now = now or ServerClock()
    if database.is_sqlite:
        return FileBoards(boards_of(database), registry, now, scrub_wait)
    return RowBoards(database, registry, now, scrub_wait)


def boards_of(database: Database) -> Path:
    """Where the boards of an SQLite database lie."""
    return Path(str(database.url.database)).parent / FOLDER

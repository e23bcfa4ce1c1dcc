"""How boards are stored: in files next to an SQLite database, or in rows on PostgreSQL."""

from collections.abc import Callable

from app.clock import ServerClock
from app.engine.registry import Registry
from app.storage.base import SCRUB_WAIT, StoredBoards
from app.storage.board_files import FileBoards
from app.storage.board_rows import RowBoards
from app.storage.database import Database


def board_store(
    database: Database,
    registry: Registry,
    scrub_wait: float = SCRUB_WAIT,
    now: Callable[[], int] | None = None,
) -> StoredBoards:
    """The store that fits the database."""
    kind = FileBoards if database.is_sqlite else RowBoards
    return kind(database, registry, now or ServerClock(), scrub_wait)

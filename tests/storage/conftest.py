"""The same tests for both databases: a store on SQLite, and one on PostgreSQL if available."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from app.activities.registry import registry
from app.storage.base import StoredBoards
from app.storage.board_files import FileBoards
from app.storage.board_rows import RowBoards
from app.storage.board_store import board_store
from app.storage.database import Database, sqlite_url
from app.storage.tables import board_metadata

#: Opens one more store on the test's database, as another process would.
OpenStore = Callable[[], Awaitable[StoredBoards]]
OpenRows = Callable[[], Awaitable[RowBoards]]
Opened = list[tuple[Database, StoredBoards]]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "trivsel.db")
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return sqlite_url(tmp_path / "trivsel.db")


async def _opened(url: str, opened: Opened) -> StoredBoards:
    database = Database(url, pool_size=4)
    if not database.is_sqlite:
        async with database.begin() as connection:
            await connection.run_sync(board_metadata.create_all)
    opened.append((database, store := board_store(database, registry)))
    return store


async def _closed(opened: Opened) -> None:
    for database, store in opened:
        await store.close()
        await database.close()


@pytest_asyncio.fixture
async def open_store(url: str) -> AsyncIterator[OpenStore]:
    opened: Opened = []
    yield lambda: _opened(url, opened)
    await _closed(opened)


@pytest_asyncio.fixture
async def store(open_store: OpenStore) -> StoredBoards:
    return await open_store()


@pytest_asyncio.fixture
async def files(sqlite: str) -> AsyncIterator[FileBoards]:
    opened: Opened = []
    store = await _opened(sqlite, opened)
    assert isinstance(store, FileBoards)
    yield store
    await _closed(opened)


@pytest_asyncio.fixture
async def open_postgres(postgres_url: str) -> AsyncIterator[OpenRows]:
    opened: Opened = []

    async def another() -> RowBoards:
        store = await _opened(postgres_url, opened)
        assert isinstance(store, RowBoards)
        return store

    yield another
    await _closed(opened)

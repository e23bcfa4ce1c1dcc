"""The same tests for both databases: a store on SQLite, and one on PostgreSQL where there is one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from app.activities.registry import registry
from app.storage.board_store import SqlBoardStore, board_store
from app.storage.database import Database, metadata, sqlite_url

#: Opens one more store on the test's database, as another process would.
OpenStore = Callable[[], Awaitable[SqlBoardStore]]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "trivsel.db")
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return sqlite_url(tmp_path / "trivsel.db")


async def _opened(url: str, opened: list[Database]) -> SqlBoardStore:
    database = Database(url, pool_size=4)
    opened.append(database)
    async with database.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return board_store(database, registry)


async def _closed(opened: list[Database]) -> None:
    for database in opened:
        await database.close()


@pytest_asyncio.fixture
async def open_store(url: str) -> AsyncIterator[OpenStore]:
    opened: list[Database] = []
    yield lambda: _opened(url, opened)
    await _closed(opened)


@pytest_asyncio.fixture
async def store(open_store: OpenStore) -> SqlBoardStore:
    return await open_store()


@pytest_asyncio.fixture
async def sqlite_store(sqlite: str) -> AsyncIterator[SqlBoardStore]:
    opened: list[Database] = []
    yield await _opened(sqlite, opened)
    await _closed(opened)


@pytest_asyncio.fixture
async def open_postgres(postgres_url: str) -> AsyncIterator[OpenStore]:
    opened: list[Database] = []
    yield lambda: _opened(postgres_url, opened)
    await _closed(opened)

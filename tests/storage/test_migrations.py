"""R17: the migrations make the tables that the code declares, on both databases, whole or not at all."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from app.migrate import all_tables, is_current, is_empty, upgrade
from app.storage.database import Database, sqlite_url

#: What would tell when, from where or in which order somebody wrote (A10, 2.2).
TELLING = ("created", "updated", "address", "agent", "device", "order")


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, all_tables()))


async def migrated(url: str) -> None:
    database = Database(url)
    try:
        assert await is_empty(database)
        assert not await is_current(database)
        await upgrade(url)
        assert await is_current(database)
        async with database.connect() as connection:
            assert await connection.run_sync(differences) == []
        # Again is harmless.
        await upgrade(url)
    finally:
        await database.close()


async def test_R17_sqlite_is_brought_to_the_declared_tables(tmp_path: Path) -> None:
    await migrated(sqlite_url(tmp_path / "new.sqlite3"))


async def test_R17_postgresql_is_brought_to_the_declared_tables(postgres_url: str) -> None:
    await migrated(postgres_url)


async def test_R17_a_migration_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite_url(tmp_path / "half.sqlite3")
    from alembic import op

    real = op.create_table

    def fails_late(name: str, *columns: Any, **how: Any) -> Any:
        if name == "workshop":
            raise RuntimeError("killed half-way")
        return real(name, *columns, **how)

    monkeypatch.setattr(op, "create_table", fails_late)
    with pytest.raises(RuntimeError, match="killed half-way"):
        await upgrade(url)
    database = Database(url)
    async with database.connect() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await database.close()
    assert tables == []


def test_A10_no_column_of_the_boards_tells_when_or_from_where() -> None:
    for name in ("board", "record", "door", "screen", "used_code"):
        for column in all_tables().tables[name].columns:
            assert not any(word in column.name for word in TELLING), (name, column.name)

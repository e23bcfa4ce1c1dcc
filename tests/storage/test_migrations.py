"""R17: the migrations make the tables that the code declares, on both databases, whole or not at all."""

import asyncio
import errno
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from app import serving
from app.migrate import State, _config, all_tables, is_current, is_empty, state, upgrade
from app.serving import prepare
from app.settings import Settings
from app.start import CannotStart, make_folder
from app.storage.database import Database, sqlite_url

NAME = "trivselstavlen.sqlite3"
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


# -- starting on what a version before this one left -------------------------------------------------------


async def older(data: Path) -> Settings:
    """A data folder as the version before the last migration left it, with somebody in it."""
    settings = Settings(data=data, database_url="")
    make_folder(data)
    await asyncio.to_thread(command.upgrade, _config(settings.database), "0002")
    with closing(sqlite3.connect(data / NAME)) as file, file:
        file.execute("INSERT INTO account VALUES ('a', 'Karen', 'karen@bakkedal.dk', '-', 1, 0)")
    return settings


def accounts(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT id FROM account").fetchall()


async def test_R17_before_anything_is_changed_there_is_a_copy(tmp_path: Path) -> None:
    settings = await older(tmp_path / "data")
    await prepare(settings)
    (copy,) = settings.data.glob("before-*.sqlite3")
    assert accounts(copy) == accounts(settings.data / NAME) == [("a",)]
    assert copy.stat().st_mode & 0o777 == 0o600


async def test_R17_a_first_start_and_a_second_one_make_no_copy(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", database_url="")
    await prepare(settings)
    await prepare(settings)
    assert not list(settings.data.glob("*before*"))


async def test_G05_a_migration_that_fails_at_every_start_leaves_one_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a start leaves behind, the next one must not add to."""
    settings = await older(tmp_path / "data")

    def fails(*_what: object, **_how: object) -> None:
        raise RuntimeError("killed half-way")

    with monkeypatch.context() as patch:
        patch.setattr(op, "create_table", fails)
        for _ in range(4):
            with pytest.raises(RuntimeError, match="killed half-way"):
                await prepare(settings)
            assert len(list(settings.data.glob("*before*"))) == 1
    await prepare(settings)
    assert len(list(settings.data.glob("*before*"))) == 1


async def test_G05_a_copy_that_finds_no_room_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = await older(tmp_path / "data")

    async def half(_settings: Settings, to: Path) -> None:
        await asyncio.to_thread(to.write_bytes, b"half a copy")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(serving, "write_backup", half)
    with pytest.raises(OSError, match="No space"):
        await prepare(settings)
    assert not list(settings.data.glob("*before*"))
    assert accounts(settings.data / NAME) == [("a",)]


async def test_G05_a_newer_version_is_known_on_postgresql_too(tmp_path: Path, postgres_url: str) -> None:
    await upgrade(postgres_url)
    database = Database(postgres_url)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await state(database) is State.NEWER
    await database.close()
    with pytest.raises(CannotStart, match="database_newer"):
        await prepare(Settings(data=tmp_path / "data", database_url=postgres_url))


async def test_G05_a_database_of_postgresql_may_hold_tables_of_others(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with database.begin() as connection:
        await connection.execute(text("CREATE TABLE invoices (id int)"))
    assert await state(database) is State.NEW
    async with database.begin() as connection:
        await connection.execute(text("CREATE TABLE record (id int)"))
    assert await state(database) is State.FOREIGN
    await database.close()


def test_A10_no_column_of_the_boards_tells_when_or_from_where() -> None:
    for name in ("board", "record", "door", "screen", "used_code"):
        for column in all_tables().tables[name].columns:
            assert not any(word in column.name for word in TELLING), (name, column.name)

"""R17: the migrations make the tables that the code declares, on both databases, completely or not at all."""

import asyncio
import errno
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from app.operations import serving
from app.operations.migrate import State, _config, all_tables, is_current, is_empty, state, upgrade
from app.operations.serving import prepare
from app.operations.start_checks import CannotStart, make_folder
from app.settings import Settings
from app.storage.board_file import BoardFile
from app.storage.database import Database, metadata, sqlite_url
from app.storage.tables import PARTS, board_metadata, part

NAME = "trivselstavlen.sqlite3"
#: Columns that would reveal when, from where or in which order somebody wrote (A10, 2.2).
TELLING = ("created", "updated", "address", "agent", "device", "order")


def differences(connection: Connection) -> list[Any]:
    parts = {part(number) for number in range(PARTS)}

    def ours(name: str | None, kind: str, _parents: object) -> bool:
        # The partitions of a table are not separate tables to SQLAlchemy.
        return kind != "table" or name not in parts

    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
    # Alembic takes a list; its types do not say so.
    return list(compare_metadata(context, all_tables(connection.dialect.name)))  # type: ignore[arg-type]


async def migrated(url: str) -> None:
    database = Database(url)
    try:
        assert await is_empty(database)
        assert not await is_current(database)
        await upgrade(url)
        assert await is_current(database)
        async with database.connect() as connection:
            assert await connection.run_sync(differences) == []
        # Repeating it is harmless.
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
    """A data folder of the version before the last migration, with an account in it."""
    settings = Settings(data=data, database_url="")
    make_folder(data)
    await with_a_board(settings.database, 2)
    with closing(sqlite3.connect(data / NAME)) as file, file:
        file.execute("INSERT INTO account VALUES ('a', 'Karen', 'karen@bakkedal.dk', '-', 1, 0)")
    return settings


def accounts(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute("SELECT id FROM account").fetchall()


async def test_G05_a_migration_that_fails_at_every_start_leaves_one_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a start leaves behind, the next one must not add to."""
    settings = await older(tmp_path / "data")

    def fails(_table: str) -> None:
        raise RuntimeError("killed half-way")

    with monkeypatch.context() as patch:
        # By then boards have files of their own, but are also still in the main file.
        patch.setattr(op, "drop_table", fails)
        for _ in range(4):
            with pytest.raises(RuntimeError, match="killed half-way"):
                await prepare(settings)
            assert len(list(settings.data.glob("*before*"))) == 1
    await prepare(settings)
    (copy,) = settings.data.glob("*before*")
    assert accounts(copy) == accounts(settings.data / NAME) == [("a",)]


async def test_G05_a_copy_that_finds_no_room_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = await older(tmp_path / "data")

    def half(_main: Path, _boards: Path, to: Path) -> None:
        to.write_bytes(b"half a copy")
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
    tables = metadata.tables | board_metadata.tables
    for name in ("board", "record", "box", "door", "screen", "used_code"):
        for column in tables[name].columns:
            assert not any(word in column.name for word in TELLING), (name, column.name)


#: The texts of a board of the previous version, and whether the room had seen them.
BEFORE = {
    "shown": ("note", {"face": "up", "text": "vist i rummet"}),
    "stopped": ("note", {"face": "stopped", "text": "set igennem"}),
    "down": ("note", {"face": "down", "text": "endnu skjult"}),
    "late": ("late_note", {"text": "kom for sent"}),
    "waits": ("pending", {"text": "rettes snart"}),
    "ballot": ("ballot", {"value": "et kryds"}),
    "theme": ("theme", {"name": "Tid"}),
}


async def at_revision(url: str, revision: str) -> None:
    await asyncio.to_thread(command.upgrade, _config(url), revision)


async def with_a_board(url: str, many: int) -> None:
    """A database of version 0003 with two boards, and old text on its pages."""
    await at_revision(url, "0003")
    database = Database(url)
    put = "INSERT INTO record (board_id, id, kind, seq, body) VALUES (:board, :id, :kind, :seq, :body)"
    async with database.begin() as connection:
        for board in ("b", "c"):
            row = {"id": board, "epoch": f"epoch of {board}", "seq": 99, "due": 5}
            columns = "id, epoch, seq, pruned_seq, due_at, traces"
            made = f"INSERT INTO board ({columns}) VALUES (:id, :epoch, :seq, 0, :due, 0)"
            await connection.execute(text(made), row)
            for seq, (name, (kind, body)) in enumerate(BEFORE.items(), start=1):
                for n in range(many):
                    fields = {"kind": kind, "id": f"{name}-{n}", **body}
                    row = {
                        "board": board,
                        "id": f"{name}-{n}",
                        "kind": kind,
                        "seq": seq,
                        "body": json.dumps(fields),
                    }
                    await connection.execute(text(put), row)
    await database.close()


async def test_F2_F15_an_older_database_is_split_board_by_board(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite3"
    await with_a_board(sqlite_url(file), 60)
    assert b"endnu skjult" in file.read_bytes()
    await upgrade(sqlite_url(file))
    left = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("old.sqlite3*")))  # noqa: ASYNC240
    assert not [
        word for _, body in BEFORE.values() for word in body.values() if word.encode() in left and " " in word
    ]
    assert sorted(path.name for path in (tmp_path / "boards").iterdir()) == ["b.sqlite3", "c.sqlite3"]
    assert (tmp_path / "boards").stat().st_mode & 0o777 == 0o700
    for board in ("b", "c"):
        path = tmp_path / "boards" / f"{board}.sqlite3"
        assert path.stat().st_mode & 0o777 == 0o600
        with closing(BoardFile(path)) as opened:
            head = opened.head()
            assert (head.id, head.epoch, head.seq, head.due_at) == (board, f"epoch of {board}", 99, 5)
            assert len(opened.rows()) == 60 * len(BEFORE)
            for table, names in (
                ("record", ["shown", "theme"]),
                ("box", ["ballot", "down", "late", "stopped", "waits"]),
            ):
                found = opened._file.execute(
                    f"SELECT DISTINCT substr(id, 1, instr(id, '-') - 1) FROM {table}"
                )
                assert sorted(name for (name,) in found) == names


async def test_F2_on_postgresql_too_what_was_not_shown_goes_into_the_box(postgres_url: str) -> None:
    await with_a_board(postgres_url, 3)
    await upgrade(postgres_url)
    database = Database(postgres_url)
    async with database.connect() as connection:
        for table, names in (
            ("record", ["shown", "theme"]),
            ("box", ["ballot", "down", "late", "stopped", "waits"]),
        ):
            found = await connection.execute(text(f"SELECT DISTINCT split_part(id, '-', 1) FROM {table}"))
            assert sorted(found.scalars()) == names
        assert await connection.scalar(text("SELECT count(*) FROM record")) == 2 * 2 * 3
        kept = "SELECT count(*) FROM pg_attribute WHERE attname = 'body' AND attstattarget IS DISTINCT FROM 0"
        assert await connection.scalar(text(kept)) == 0
    await database.close()

"""Statements on SQLite go to the connection's thread once each, and do what the driver's own cursor does."""

import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from app.storage.one_trip import OneTrip


class Counted(OneTrip):
    """Counts its trips."""

    trips = 0

    async def _execute(self, fn: Any, *args: Any, **named: Any) -> Any:
        Counted.trips += 1
        return await super()._execute(fn, *args, **named)  # type: ignore[no-untyped-call]


@pytest_asyncio.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(
        "sqlite+aiosqlite://", async_creator=partial(Counted.to, str(tmp_path / "one.sqlite3"))
    )
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TABLE seen (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"))
        yield connection
    await engine.dispose()


NAMES = [{"name": name} for name in ("Ærø", "Ør", "Ål")]
PUT = text("INSERT INTO seen (name) VALUES (:name)")


async def test_each_statement_is_one_trip(connection: AsyncConnection) -> None:
    for statement in (partial(connection.execute, PUT, NAMES[0]), partial(connection.execute, PUT, NAMES)):
        before = Counted.trips
        await statement()
        assert Counted.trips == before + 1
    before = Counted.trips
    assert len((await connection.execute(text("SELECT * FROM seen"))).all()) == 4
    assert Counted.trips == before + 1


async def test_a_transaction_begins_on_the_trip_of_its_first_statement(tmp_path: Path) -> None:
    """It ends with one more; without a statement it has none at all."""
    one = await Counted.to(str(tmp_path / "one.sqlite3"))
    one.isolation_level = None
    for end in (one.rollback, one.commit):
        before = Counted.trips
        one.begin("BEGIN")
        await one.cursor().execute("SELECT 1")
        assert (one.in_transaction, Counted.trips) == (True, before + 1)
        await one.cursor().execute("SELECT 1")
        await end()
        assert (one.in_transaction, Counted.trips) == (False, before + 3)
        one.begin("BEGIN")
        await end()
        assert Counted.trips == before + 3
        await one.cursor().execute("SELECT 1")
        assert not one.in_transaction
        await end()
    await one.close()


async def test_a_transaction_that_cannot_begin_leaves_nothing_for_the_next(tmp_path: Path) -> None:
    path = str(tmp_path / "one.sqlite3")
    one, other = await OneTrip.to(path), sqlite3.connect(path, isolation_level=None)
    one.isolation_level = None
    await one.cursor().execute("PRAGMA busy_timeout=0")
    other.execute("BEGIN IMMEDIATE")
    one.begin("BEGIN IMMEDIATE")
    for _ in range(2):
        # Not outside of the transaction either.
        with pytest.raises(sqlite3.OperationalError):
            await one.cursor().execute("SELECT 1")
    await one.rollback()
    other.execute("ROLLBACK")
    await one.cursor().execute("SELECT 1")
    assert not one.in_transaction
    other.close()
    await one.close()


async def test_rows_counts_and_ids_are_the_drivers(connection: AsyncConnection) -> None:
    made = await connection.execute(PUT, NAMES[0])
    assert (made.lastrowid, made.rowcount) == (1, 1)
    await connection.execute(PUT, NAMES[1:])
    changed = await connection.execute(text("UPDATE seen SET name = upper(name) WHERE id > 1"))
    assert changed.rowcount == 2
    found = await connection.execute(text("SELECT id, name FROM seen ORDER BY id"))
    assert list(found.keys()) == ["id", "name"]
    assert [row.name for row in found] == ["Ærø", "ØR", "ÅL"]
    assert (await connection.execute(text("SELECT * FROM seen WHERE id = 9"))).first() is None


async def test_what_the_database_refuses_is_raised_and_the_next_statement_works(
    connection: AsyncConnection,
) -> None:
    with pytest.raises(IntegrityError) as refused:
        await connection.execute(PUT, {"name": None})
    assert isinstance(refused.value.orig, sqlite3.IntegrityError)
    with pytest.raises(OperationalError):
        await connection.execute(text("SELECT * FROM nowhere"))
    assert (await connection.execute(text("SELECT count(*) FROM seen"))).scalar() == 0

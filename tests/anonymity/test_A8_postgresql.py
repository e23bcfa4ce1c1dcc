"""A8: PostgreSQL keeps the transaction and the place of every row; turning over evens both out."""

import os

import pytest_asyncio
from sqlalchemy import text

from app.activities.registry import registry
from app.board.agenda import Go
from app.board.writing.messages import TurnAll
from app.storage.board_store import SqlBoardStore, board_store
from app.storage.database import Database, metadata
from tests.anonymity.adversary import NINETY_NINE, Adversary
from tests.anonymity.pages import Place
from tests.anonymity.people import write_notes
from tests.support.boards import C1, Q1, ask

RUNS = 40 if os.environ.get("TRIVSEL_SOAK") else 10


async def places(database: Database, newest: str) -> list[Place]:
    """Every record with its transaction and place. What is newer counts by `newest`: a column."""
    query = text(f"SELECT id, kind, body, {newest} AS moment, ctid::text AS place FROM record")
    async with database.connect() as connection:
        rows = (await connection.execute(query)).all()
    found = []
    for row in rows:
        page, item = row.place.strip("()").split(",")
        # Items are numbered from the front, where SQLite fills a page from behind.
        found.append(Place(row.id, int(row.moment), row.kind, row.body, int(page), -int(item)))
    return found


@pytest_asyncio.fixture
async def database(postgres_url: str) -> Database:
    database = Database(postgres_url, pool_size=4)
    async with database.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return database


async def emptied(database: Database) -> SqlBoardStore:
    async with database.begin() as connection:
        await connection.execute(text("TRUNCATE record, board"))
    return board_store(database, registry)


async def judge(database: Database, newest: str, command: type | None) -> Adversary:
    adversary = Adversary()
    for run in range(RUNS):
        store = await emptied(database)
        meeting, people = await write_notes(store, run)
        if command is not None:
            await meeting.do(ask(command, **({"activity": Q1} if command is TurnAll else {"item": C1})))
            assert await store.scrub()
        adversary.guess(await places(database, newest), people.written, people.phone)
    for name, score in adversary.scores.items():
        print(f"  {newest} {name:42} {score.value:+.4f}  z {score.z:+.2f}")
    return adversary


async def test_M8_A8_neither_transactions_nor_places_tell_the_order(database: Database) -> None:
    for command in (TurnAll, Go):
        adversary = await judge(database, "xmin::text::bigint", command)
        assert {name: s.z for name, s in adversary.scores.items() if abs(s.z) > NINETY_NINE} == {}
        # All notes are of one transaction, so that is no guess at all.
        assert adversary.order["seq"].variance == 0
    await database.close()


async def test_M8_A8_control_before_turning_over_they_do(database: Database) -> None:
    adversary = await judge(database, "xmin::text::bigint", None)
    assert adversary.order["seq"].value > 0.8
    assert adversary.order["page and place"].value > 0.5
    await database.close()


async def test_A8_nothing_counts_and_nothing_keeps_the_time(database: Database) -> None:
    async with database.connect() as connection:
        (sequences,) = (
            await connection.execute(text("SELECT count(*) FROM pg_class WHERE relkind = 'S'"))
        ).one()
        (stamps,) = (await connection.execute(text("SHOW track_commit_timestamp"))).one()
    assert (sequences, stamps) == (0, "off")
    await database.close()

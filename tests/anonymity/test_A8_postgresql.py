"""A8, F2: what is left in PostgreSQL's own files: heap, indexes, statistics and log, read as bytes.

Queries see live rows only. An operator who opens the files sees older data, and so does this test.
"""

import os
import secrets
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from app.activities.registry import registry
from app.clock import ServerClock
from app.engine.agenda import End, Go
from app.parts.notes.messages import DeleteNote, StopWriting, TurnAll
from app.storage.board_rows import RowBoards
from app.storage.database import Database
from app.storage.tables import board_metadata
from tests.anonymity.adversary import NINETY_NINE, Score, kendall, standard_error
from tests.anonymity.people import write_notes
from tests.support.boards import Q1, Meeting, W, ask, edit, new_id, note

RUNS = 40 if os.environ.get("TRIVSEL_SOAK") else 8


@pytest_asyncio.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    database = Database(postgres_url, pool_size=4)
    async with database.begin() as connection:
        await connection.run_sync(board_metadata.create_all)
    yield database
    await database.close()


class Files:
    """The files of the cluster that a test's database is in."""

    def __init__(self, database: Database, oid: int) -> None:
        self._data = Path(str(database.url.query["host"])) / "data"
        self._oid = oid

    def of_the_tables(self) -> bytes:
        """Heap, indexes and the catalogue with its statistics."""
        return _bytes(sorted((self._data / "base" / str(self._oid)).iterdir()))

    def of_the_log(self) -> bytes:
        return _bytes(sorted((self._data / "pg_wal").iterdir()))

    def everything(self) -> bytes:
        return self.of_the_tables() + self.of_the_log()


def _bytes(paths: Iterable[Path]) -> bytes:
    return b"".join(path.read_bytes() for path in paths if path.is_file())


@pytest_asyncio.fixture
async def files(database: Database) -> Files:
    if "host" not in database.url.query:
        pytest.skip("a server that is not the test's own: its files cannot be read")
    async with database.connect() as connection:
        oid = await connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    return Files(database, int(oid or 0))


async def settled(database: Database) -> None:
    """The server's own maintenance, done now: sample the columns, write everything out."""
    async with database.alone() as connection:
        await connection.execute(text("ANALYZE"))
        await connection.execute(text("CHECKPOINT"))


def marked() -> str:
    return f"mærket-{secrets.token_hex(8)}"


async def write_and_change(store: RowBoards, database: Database) -> tuple[set[str], set[str]]:
    """Texts that must be left at the end, and texts that must not: changed or deleted at any time."""
    texts = {n: marked() for n in range(48)}
    gone = {marked() for _ in range(3)}
    meeting = await Meeting.open(store=store)
    await meeting.do(ask(Go, item=Q1), *(note(n, text) for n, text in texts.items()))
    await settled(database)
    for n in range(10):
        gone.add(texts[n])
        texts[n] = marked()
    await meeting.do(*(edit(n, texts[n]) for n in range(10)))
    gone |= {texts.pop(n) for n in range(10, 16)}
    await meeting.do(*(edit(n, None) for n in range(10, 16)))
    await settled(database)
    await meeting.do(ask(StopWriting, activity=Q1), ask(TurnAll, activity=Q1))
    await settled(database)
    gone |= {texts.pop(n) for n in range(16, 36)}
    await meeting.do(*(ask(DeleteNote, note=new_id(n)) for n in range(16, 36)))
    await settled(database)
    return set(texts.values()), gone


def hits(texts: Iterable[str], data: bytes) -> set[str]:
    return {one for one in texts if one.encode() in data}


async def test_F2_no_deleted_text_is_left_in_any_file(database: Database, files: Files) -> None:
    store = RowBoards(database, registry, ServerClock(), 0)
    kept, gone = await write_and_change(store, database)
    assert await store.scrub() and await store.owed() == []
    await settled(database)
    assert hits(kept, files.of_the_tables()) == kept, "the search must find what is there"
    assert hits(gone, files.of_the_tables()) == set()
    # The test's cluster recycles no segments of its log (`wal_recycle=off`); see SECURITY.md for others.
    assert store.may_switch_log
    assert hits(gone, files.of_the_log()) == set()


async def test_F2_control_a_plain_vacuum_leaves_the_texts_where_they_were(
    database: Database, files: Files
) -> None:
    store = RowBoards(database, registry, ServerClock(), 0)
    _, gone = await write_and_change(store, database)
    async with database.alone() as connection:
        await connection.execute(text("VACUUM record"))
        await connection.execute(text("VACUUM box"))
    await settled(database)
    assert len(hits(gone, files.of_the_tables())) > len(gone) / 2
    assert len(hits(gone, files.everything())) > len(gone) / 2


async def test_F2_the_statistics_hold_no_sample_of_a_text(database: Database) -> None:
    store = RowBoards(database, registry, ServerClock(), 0)
    await write_and_change(store, database)
    async with database.connect() as connection:
        sampled = (
            "SELECT attname FROM pg_stats WHERE tablename ~ '^(record|box)' AND attname IN ('body', 'id')"
        )
        assert (await connection.execute(text(sampled))).all() == []


async def test_F2_a_board_that_is_deleted_leaves_nothing_in_any_file(
    database: Database, files: Files
) -> None:
    store = RowBoards(database, registry, ServerClock(), 0)
    kept, gone = await write_and_change(store, database)
    await store.delete("board")
    await settled(database)
    assert hits(kept | gone, files.everything()) == set()


# -- the order -----------------------------------------------------------------------------------------------


async def judge(database: Database, files: Files, end: type | None) -> Score:
    """How well the first position of each id in the tables' files tells when its note was written."""
    score = Score()
    for run in range(RUNS):
        async with database.begin() as connection:
            await connection.execute(text("TRUNCATE record, box, board"))
        store = RowBoards(database, registry, ServerClock(), 0)
        meeting, people = await write_notes(store, run)
        if end is not None:
            await meeting.do(ask(TurnAll, activity=Q1))
            if end is End:
                await meeting.do(ask(End, workshop=W))
            assert await store.scrub()
        await settled(database)
        data = files.of_the_tables()
        found = [(data.find(id.encode()), at) for id, at in people.written.items()]
        guesses = [(place, at) for place, at in found if place >= 0]
        pairs = len(guesses) * (len(guesses) - 1) / 2
        error = standard_error(len(guesses), 1) * pairs
        score.add(kendall(guesses), 0, error**2, pairs)
    print(f"\n{RUNS} rooms, {end and end.__name__}: {score.value:+.4f}  z {score.z:+.2f}")
    return score


@pytest.mark.parametrize("end", [TurnAll, End])
async def test_M8_A8_F2_no_file_tells_the_order_of_writing(
    database: Database, files: Files, end: type
) -> None:
    assert abs((await judge(database, files, end)).z) < NINETY_NINE


async def test_M8_A8_control_before_turning_over_they_do(database: Database, files: Files) -> None:
    assert (await judge(database, files, None)).z > 10


async def test_A8_the_shown_notes_are_of_one_transaction(database: Database) -> None:
    store = RowBoards(database, registry, ServerClock(), 0)
    meeting, people = await write_notes(store, 1)
    await meeting.do(ask(TurnAll, activity=Q1))
    assert await store.scrub()
    async with database.connect() as connection:
        found = await connection.execute(text("SELECT xmin::text FROM record WHERE kind = 'note'"))
        assert len(set(found.scalars())) == 1
        assert await connection.scalar(text("SELECT count(*) FROM record WHERE kind = 'note'")) == len(
            people.written
        )


async def test_A8_nothing_counts_and_nothing_keeps_the_time(database: Database) -> None:
    async with database.connect() as connection:
        (sequences,) = (
            await connection.execute(text("SELECT count(*) FROM pg_class WHERE relkind = 'S'"))
        ).one()
        (stamps,) = (await connection.execute(text("SHOW track_commit_timestamp"))).one()
    assert (sequences, stamps) == (0, "off")

"""What holds of the one file: group commit (E8), durability (R1), what is left of deleted text (A4-A6)."""

import asyncio
import os
import secrets
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from app.board.agenda import End, Go
from app.board.edits import Traces
from app.board.records import Held
from app.board.shared_records import Note
from app.board.store import Batch, Changes, Full
from app.board.writing.messages import DeleteNote, StopWriting, TurnAll
from app.storage.board_store import SqlBoardStore
from tests.storage.test_contract import held
from tests.support.boards import C1, Q1, Meeting, W, ask, edit, new_id, note


class Commits:
    """Counts the transactions that the writer commits."""

    def __init__(self, store: SqlBoardStore) -> None:
        self.count = 0
        event.listen(store._database.engine.sync_engine, "commit", self._committed)

    def _committed(self, _connection: Connection) -> None:
        self.count += 1


async def test_E8_many_rooms_share_one_transaction(sqlite_store: SqlBoardStore) -> None:
    boards = [f"b{n}" for n in range(50)]
    for board in boards:
        await sqlite_store.create(board)
    commits = Commits(sqlite_store)

    def decide(_changes: Changes) -> Batch:
        return Batch(1, [held(1, "a")])

    await asyncio.gather(*(sqlite_store.commit(board, 0, decide) for board in boards))
    # The writer begins with the first that comes; all others wait together for the second.
    assert commits.count <= 2
    assert set((await sqlite_store.seqs(boards)).values()) == {1}


async def test_E8_a_room_decides_nothing_further_until_its_group_is_committed(
    sqlite_store: SqlBoardStore,
) -> None:
    meeting = await Meeting.open(store=sqlite_store)
    await meeting.do(ask(Go, item=Q1))
    commits = Commits(sqlite_store)
    answers = await asyncio.gather(*(meeting.ask(note(n)) for n in range(100)))
    assert {answer.code for answer in answers} == {None} and commits.count == 1


async def test_R5_a_full_disk_is_full_and_reading_goes_on(sqlite_store: SqlBoardStore) -> None:
    await sqlite_store.create("b")
    async with sqlite_store._database.alone() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count={pages + 1}"))
    big = [held(n, f"n{n}", "x" * 900) for n in range(1, 40)]
    with pytest.raises(Full):
        await sqlite_store.commit("b", 0, lambda _changes: Batch(40, big))
    loaded = await sqlite_store.load("b")
    assert loaded is not None and not loaded.rows

    async with sqlite_store._database.alone() as connection:
        await connection.execute(text("PRAGMA max_page_count=1000000"))
    await sqlite_store.commit("b", 0, lambda _changes: Batch(40, big))
    loaded = await sqlite_store.load("b")
    assert loaded is not None and len(loaded.rows) == 39


async def test_R5_a_full_disk_refuses_and_everything_arrives_afterwards(sqlite_store: SqlBoardStore) -> None:
    meeting = await Meeting.open(store=sqlite_store)
    await meeting.do(ask(Go, item=Q1))
    async with sqlite_store._database.alone() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count={pages}"))
    notes = [note(n, "x" * 200) for n in range(40)]
    codes = {(await meeting.ask(one)).code for one in notes}
    assert "full" in codes
    async with sqlite_store._database.alone() as connection:
        await connection.execute(text("PRAGMA max_page_count=1000000"))
    await meeting.do(*notes)
    assert meeting.board.count(Note, Q1) == 40


async def test_R1_commits_are_durable(sqlite_store: SqlBoardStore) -> None:
    async with sqlite_store._database.alone() as connection:
        pragmas = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "secure_delete", "temp_store")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "temp_store": 2}


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_A5_A6_changed_and_deleted_text_is_nowhere_on_disk(
    sqlite_store: SqlBoardStore, tmp_path: Path
) -> None:
    meeting = await Meeting.open(store=sqlite_store)
    await meeting.do(ask(Go, item=Q1), *(note(n, f"marked {n} " * 8) for n in range(60)))
    await meeting.do(*(edit(n, None if n % 3 else f"kept {n}") for n in range(60)))
    await meeting.do(ask(TurnAll, activity=Q1))
    await meeting.do(ask(DeleteNote, note=new_id(0)))
    assert sqlite_store.traces_left.is_set()
    assert await sqlite_store.scrub()
    left = on_disk(tmp_path)
    assert b"kept 3" in left
    assert b"marked" not in left and b"kept 0" not in left


async def test_A6_an_open_reader_leaves_the_debt_unpaid(sqlite_store: SqlBoardStore) -> None:
    await sqlite_store.create("b")
    await sqlite_store.commit("b", 0, lambda _changes: Batch(1, [held(1, "a")]))
    async with sqlite_store._database.connect() as reader:
        await reader.execute(text("SELECT count(*) FROM record"))
        batch = Batch(2, [held(2, "a", "other")], Traces.LOG)
        await sqlite_store.commit("b", 0, lambda _changes: batch)
        async with sqlite_store._database.alone() as writer:
            await writer.execute(text("PRAGMA busy_timeout=0"))
        assert not await sqlite_store.scrub()
        assert await sqlite_store.owed() == Traces.LOG
    assert await sqlite_store.scrub()
    assert await sqlite_store.owed() == Traces.NONE


#: Few enough that one page holds a board; the standard error of Kendall's tau of one random order of so many.
NOTES, ERROR = 12, 0.221
RUNS = 200 if os.environ.get("TRIVSEL_SOAK") else 6


def order_on_disk(folder: Path, ids: list[str]) -> list[int]:
    """Where each id stands in the file, as the numbers of the notes in that order."""
    data = (folder / "trivsel.db").read_bytes()
    places = sorted((data.rfind(id.encode()), n) for n, id in enumerate(ids))
    return [n for place, n in places if place >= 0]


def tau(order: list[int]) -> float:
    """Kendall's: 1 in the order of writing, 0 for none."""
    pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :]]
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs)


async def _put(store: SqlBoardStore, board: str, seq: int, ids: list[str], traces: Traces) -> None:
    rows = [Held(seq, held(seq, "a").record.with_(id=id)) for id in ids]
    await store.commit(board, 0, lambda _changes: Batch(seq, rows, traces))


async def _taus(store: SqlBoardStore, folder: Path, runs: int, *, scrub: bool) -> list[float]:
    """Notes one after the other on each of so many boards, and how their order shows in the file."""
    boards = {f"board-{run}": [secrets.token_urlsafe(16) for _ in range(NOTES)] for run in range(runs)}
    for board, ids in boards.items():
        await store.create(board)
        for seq, id in enumerate(ids, start=1):
            await _put(store, board, seq, [id], Traces.NONE)
    if scrub:
        await asyncio.gather(
            *(_put(store, board, NOTES + 1, ids, Traces.PAGES) for board, ids in boards.items())
        )
        assert await store.scrub()
    else:
        async with store._database.alone() as connection:
            await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return [tau(order_on_disk(folder, ids)) for ids in boards.values()]


async def test_A4_after_the_scrub_the_file_does_not_tell_the_order_of_writing(
    sqlite_store: SqlBoardStore, tmp_path: Path
) -> None:
    scrubbed = await _taus(sqlite_store, tmp_path, RUNS, scrub=True)
    assert abs(sum(scrubbed) / RUNS) < 4 * ERROR / RUNS**0.5


async def test_A4_without_the_scrub_it_would(sqlite_store: SqlBoardStore, tmp_path: Path) -> None:
    """The control: a test that cannot fail proves nothing."""
    (kept,) = await _taus(sqlite_store, tmp_path, 1, scrub=False)
    assert abs(kept) > 4 * ERROR


async def test_A10_no_column_holds_a_time_or_a_counter_of_notes(sqlite_store: SqlBoardStore) -> None:
    async with sqlite_store._database.connect() as connection:
        schema = (
            await connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'record'"))
        ).scalar_one()
        columns = [row.name for row in await connection.execute(text("PRAGMA table_info(record)"))]
    assert columns == ["board_id", "id", "kind", "seq", "body"]
    assert "WITHOUT ROWID" in schema


async def test_A4_every_end_owes_a_scrub(sqlite_store: SqlBoardStore) -> None:
    meeting = await Meeting.open(store=sqlite_store)
    await meeting.do(ask(Go, item=Q1), note("a"), note("b"))
    assert await sqlite_store.owed() == Traces.NONE
    for command in (
        ask(StopWriting, activity=Q1),
        ask(TurnAll, activity=Q1),
        ask(Go, item=C1),
        ask(End, workshop=W),
    ):
        await meeting.do(command)
        assert await sqlite_store.owed() == Traces.PAGES, command.type
        assert await sqlite_store.scrub()

"""What a room needs of its store (E1, E8), the same on SQLite and on PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Literal
from unittest.mock import ANY

import pytest
from sqlalchemy import select

from app.engine.agenda import Go
from app.engine.edits import Traces
from app.engine.records import Gone, Held
from app.engine.store import Batch, Changes
from app.parts.notes.records import Note
from app.storage.base import Debt, StoredBoards
from app.storage.board_files import FileBoards
from app.storage.board_rows import RowBoards
from app.storage.memory_boards import MemoryBoards
from app.storage.tables import box, record
from tests.support.boards import Meeting, ask, contents, edit, new_id, note
from tests.support.clock import Clock


def held(seq: int, name: str, text: str = "text", face: Literal["down", "stopped", "up"] = "down") -> Held:
    return Held(seq, Note(id=new_id(name), activity="q1", text=text, secret_hash=None, face=face))


def gone(seq: int, name: str, *, unshown: bool = True) -> Held:
    left = Gone(id=new_id(name), of="note", activity="q1", phones=None, seen_by=(), unshown=unshown)
    return Held(seq, left)


async def put(store: StoredBoards, rows: Sequence[Held], board: str = "b", **fields: object) -> Batch:
    seq = max(row.seq for row in rows)
    batch = Batch(seq, rows, **fields)  # type: ignore[arg-type]
    return await store.commit(board, 0, lambda _changes: batch)


async def tables(store: StoredBoards, board: str) -> tuple[list[str], list[str]]:
    """The ids in `record` and in `box`, as the database has them."""
    if isinstance(store, FileBoards):
        file = sqlite3.connect(store._path(board))
        found = [[id for (id,) in file.execute(f"SELECT id FROM {name}")] for name in ("record", "box")]
        file.close()
    else:
        assert isinstance(store, RowBoards)
        async with store._database.connect() as connection:
            found = [
                list((await connection.execute(select(t.c.id).where(t.c.board_id == board))).scalars())
                for t in (record, box)
            ]
    return sorted(found[0]), sorted(found[1])


async def test_a_board_is_made_once_and_is_empty(store: StoredBoards) -> None:
    assert await store.load("b") is None
    await store.create("b")
    await store.create("c")
    one, other = await store.load("b"), await store.load("c")
    assert one is not None and other is not None
    assert (one.seq, one.pruned_seq, list(one.rows)) == (0, 0, [])
    assert one.epoch and one.epoch != other.epoch


async def test_E1_what_is_committed_is_loaded(store: StoredBoards) -> None:
    await store.create("b")
    await put(store, [held(1, "a", "æøå \U0001f469‍\U0001f467"), held(2, "b")])
    loaded = await store.load("b")
    assert loaded is not None and loaded.seq == 2
    assert sorted(loaded.rows) == sorted([held(1, "a", "æøå \U0001f469‍\U0001f467"), held(2, "b")])


async def test_a_record_is_replaced_not_doubled(store: StoredBoards) -> None:
    await store.create("b")
    await put(store, [held(1, "a")])
    await put(store, [held(2, "a", "other")])
    await put(store, [gone(3, "a")])
    loaded = await store.load("b")
    assert loaded is not None and list(loaded.rows) == [gone(3, "a")]


async def test_E3_what_changed_since(store: StoredBoards) -> None:
    await store.create("b")
    await put(store, [held(1, "a"), held(2, "b")])
    await put(store, [held(5, "b", "new")])
    changes = await store.changed("b", 1)
    assert (changes.seq, list(changes.rows)) == (5, [held(5, "b", "new")])
    assert not (await store.changed("b", 5)).rows
    assert len((await store.changed("b", 0)).rows) == 2


async def test_boards_do_not_touch_each_other(store: StoredBoards) -> None:
    await store.create("b")
    await store.create("c")
    await put(store, [held(1, "a")])
    await put(store, [held(7, "a", "on c")], board="c")
    assert list((await store.changed("b", 0)).rows) == [held(1, "a")]
    assert await store.seqs(["b", "c", "d"]) == {"b": 1, "c": 7}


async def test_E1_nothing_is_stored_when_deciding_fails(store: StoredBoards) -> None:
    await store.create("b")

    def broken(_changes: Changes) -> Batch:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.commit("b", 0, broken)
    loaded = await store.load("b")
    assert loaded is not None and not loaded.rows
    await put(store, [held(1, "a")])


async def test_an_empty_batch_changes_nothing(store: StoredBoards) -> None:
    await store.create("b")
    await put(store, [held(1, "a")], due_at=5)
    await store.commit("b", 1, lambda _changes: Batch(1))
    assert await store.due(5) == ["b"]
    assert await store.seqs(["b"]) == {"b": 1}


async def test_an_empty_batch_changes_nothing_in_a_rehearsal_either(store: StoredBoards) -> None:
    boards = MemoryBoards(store)
    boards.begin("r")
    await boards.commit("r", 0, lambda _changes: Batch(1, [held(1, "a")], due_at=5))
    await boards.commit("r", 1, lambda _changes: Batch(1))
    assert await boards.due(5) == ["r"]


async def test_E6_what_is_due_is_found_by_any_process(store: StoredBoards) -> None:
    for board, due_at in (("b", 100), ("c", 200), ("d", None)):
        await store.create(board)
        await put(store, [held(1, "a")], board=board, due_at=due_at)
    assert await store.due(99) == []
    assert await store.due(100) == ["b"]
    assert sorted(await store.due(500)) == ["b", "c"]
    await put(store, [held(2, "a")])
    assert await store.due(500) == ["c"]


async def test_A1_the_end_prunes_tombstones_those_of_the_same_change_too(store: StoredBoards) -> None:
    await store.create("b")
    await put(store, [held(1, "a"), held(2, "b"), gone(3, "c")])
    await put(store, [gone(4, "b")], prune=True)
    loaded = await store.load("b")
    assert loaded is not None and list(loaded.rows) == [held(1, "a")]
    assert (loaded.seq, loaded.pruned_seq) == (4, 4)


async def test_A4_a_smaller_debt_does_not_pay_a_larger_one(store: StoredBoards) -> None:
    await store.create("b")
    await put(store, [held(1, "a", face="up")])
    assert not await store.owed() and not store.traces_left.is_set()
    await put(store, [held(2, "a", face="up")], traces=Traces.PAGES)
    await put(store, [held(3, "b")], traces=Traces.LOG)
    assert [debt.traces for debt in await store.owed()] == [Traces.PAGES] and store.traces_left.is_set()
    assert await store.scrub()
    assert not await store.owed()
    assert await store.scrub()
    loaded = await store.load("b")
    assert loaded is not None and sorted(loaded.rows) == sorted([held(2, "a", face="up"), held(3, "b")])


async def test_A14_a_debt_says_since_when_and_paying_it_says_when(store: StoredBoards, clock: Clock) -> None:
    store._now = clock.ms
    await store.create("b")
    await store.create("c")
    await put(store, [held(1, "a")], board="c", traces=Traces.LOG)
    began = clock.ms()
    clock.forward(30)
    await put(store, [held(1, "a", face="up")], board="b", traces=Traces.PAGES)
    await put(store, [held(2, "a")], board="c", traces=Traces.LOG)
    debts = [Debt("c", ANY, began), Debt("b", Traces.PAGES, began + 30_000)]
    assert await store.owed() == debts and store.paid_at is None
    clock.forward(10)
    assert await store.scrub()
    assert await store.owed() == [] and store.paid_at == began + 40_000


async def test_F2_what_was_not_shown_lies_in_the_box_and_never_in_the_record(store: StoredBoards) -> None:
    await store.create("b")
    await put(store, [held(1, "a"), held(2, "b")])
    assert await tables(store, "b") == ([], [new_id("a"), new_id("b")])
    await put(store, [held(3, "a", face="stopped"), held(3, "b", face="stopped")])
    await put(store, [gone(4, "b")])
    assert await tables(store, "b") == ([], [new_id("a"), new_id("b")])
    await put(store, [held(5, "a", face="up")])
    assert await tables(store, "b") == ([new_id("a")], [new_id("b")])
    await put(store, [gone(6, "a", unshown=False), gone(6, "b")])
    assert await tables(store, "b") == ([new_id("a")], [new_id("b")])
    loaded = await store.load("b")
    assert loaded is not None
    assert sorted(loaded.rows, key=str) == sorted([gone(6, "a", unshown=False), gone(6, "b")], key=str)
    await put(store, [held(7, "c")], prune=True)
    assert await tables(store, "b") == ([], [new_id("c")])


async def test_F2_the_box_is_emptied_in_one_transaction(store: StoredBoards) -> None:
    """Whatever fails: no note is in both tables, or in neither."""
    await store.create("b")
    await put(store, [held(n, f"n{n}") for n in range(1, 6)])
    broken = [held(9, f"n{n}", face="up") for n in range(1, 6)]
    # Either database refuses the last row, after all others were inserted.
    broken.append(Held(9, broken[0].record.with_(id=None)))
    with pytest.raises(Exception):  # noqa: B017, PT011 (each database has its own)
        await put(store, broken)
    shown, unshown = await tables(store, "b")
    assert shown == [] and len(unshown) == 5


async def test_F4_nothing_stays_of_a_board_that_is_deleted(store: StoredBoards) -> None:
    for board in ("b", "c"):
        await store.create(board)
        await put(store, [held(1, "a"), held(2, "b", face="up")], board=board, due_at=1)
    await store.delete("b")
    await store.delete("b")
    assert await store.load("b") is None
    assert await store.boards() == ["c"] and await store.due(5) == ["c"] and await store.owed() == []
    assert await tables(store, "c") == ([new_id("b")], [new_id("a")])


async def test_a_whole_meeting_is_the_same_after_a_restart(store: StoredBoards) -> None:
    meeting = await Meeting.open(store=store)
    await meeting.turned("a", "b", "c")
    await meeting.theme("one", "a", "b")
    await meeting.do(edit("c", None), note("late"))
    await meeting.forward(20)
    other = await meeting.another()
    assert contents(other.board, without=()) == contents(meeting.board, without=())
    assert {h.record.id: h.seq for h in other.board} == {h.record.id: h.seq for h in meeting.board}
    assert (other.board.seq, other.board.epoch) == (meeting.board.seq, meeting.board.epoch)


async def test_two_hundred_notes_at_once_are_all_there(store: StoredBoards) -> None:
    meeting = await Meeting.open(store=store)
    await meeting.do(ask(Go, item="q1"))
    answers = await asyncio.gather(*(meeting.ask(note(n)) for n in range(200)))
    assert {answer.code for answer in answers} == {None}
    loaded = await store.load("board")
    assert loaded is not None
    assert sum(1 for row in loaded.rows if isinstance(row.record, Note)) == 200

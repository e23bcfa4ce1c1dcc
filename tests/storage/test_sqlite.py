"""A board's own file: durability (R1), full disks (R5), no deleted text (A4-A6, F15)."""

import asyncio
import os
import random
import secrets
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.engine.agenda import End, Go
from app.engine.edits import Traces
from app.engine.records import Held
from app.engine.store import Batch, Changes, Full
from app.parts.notes.messages import DeleteNote, StopWriting, TurnAll
from app.parts.notes.records import Note
from app.storage import board_file
from app.storage.board_file import BoardFile, NewerFile
from app.storage.board_files import FileBoards
from tests.storage.test_contract import gone, held
from tests.support.boards import C1, Q1, Meeting, W, ask, edit, new_id, note

SOAK = bool(os.environ.get("TRIVSEL_SOAK"))


class Commits:
    """Counts the transactions written to the files of boards."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        write = BoardFile.write

        def counted(file: BoardFile, *given: object) -> None:
            self.count += 1
            write(file, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(BoardFile, "write", counted)


async def test_E8_a_room_decides_nothing_further_until_its_group_is_committed(
    files: FileBoards, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = await Meeting.open(store=files)
    await meeting.do(ask(Go, item=Q1))
    commits = Commits(monkeypatch)
    answers = await asyncio.gather(*(meeting.ask(note(n)) for n in range(100)))
    assert {answer.code for answer in answers} == {None} and commits.count == 1


async def test_E8_many_rooms_are_written_in_parallel(files: FileBoards) -> None:
    boards = [f"b{n}" for n in range(50)]
    for board in boards:
        await files.create(board)

    def decide(_changes: Changes) -> Batch:
        return Batch(1, [held(1, "a")])

    await asyncio.gather(*(files.commit(board, 0, decide) for board in boards))
    assert set((await files.seqs(boards)).values()) == {1}


async def test_E8_a_board_that_is_held_up_keeps_nobody_else_waiting(files: FileBoards) -> None:
    for board in ("b", "c"):
        await files.create(board)
        await files.commit(board, 0, lambda _changes: Batch(1, [held(1, "a")]))
    turn = files._open["b"].turn
    await turn.acquire()
    waiting = asyncio.ensure_future(files.commit("b", 1, lambda _changes: Batch(2, [held(2, "a")])))
    await files.commit("c", 1, lambda _changes: Batch(2, [held(2, "a")]))
    assert not waiting.done()
    turn.release()
    await waiting


async def test_a_file_is_open_as_long_as_somebody_has_the_board_open(files: FileBoards) -> None:
    await files.create("b")
    assert not files._open
    await files.load("b")
    assert set(files._open) == {"b"}
    await files.scrub()
    assert set(files._open) == {"b"}
    await files.release("b")
    assert not files._open
    await files.even_out()
    assert not files._open


def full_at(files: FileBoards, more: int, board: str = "b") -> None:
    """From now on the disk has space for this many more pages."""
    (pages,) = files._open[board].file._file.execute("PRAGMA page_count").fetchone()
    files._open[board].file._file.execute(f"PRAGMA max_page_count={pages + more}").fetchone()


def space(files: FileBoards, board: str = "b") -> None:
    files._open[board].file._file.execute("PRAGMA max_page_count=1000000").fetchone()


async def test_R5_a_full_disk_is_reported_and_reading_still_works(files: FileBoards) -> None:
    await files.create("b")
    await files.load("b")
    full_at(files, 1)
    big = [held(n, f"n{n}", "x" * 900) for n in range(1, 40)]
    with pytest.raises(Full):
        await files.commit("b", 0, lambda _changes: Batch(40, big))
    loaded = await files.load("b")
    assert loaded is not None and not loaded.rows and (await files.seqs(["b"])) == {"b": 0}

    space(files)
    await files.commit("b", 0, lambda _changes: Batch(40, big))
    loaded = await files.load("b")
    assert loaded is not None and len(loaded.rows) == 39


async def test_R5_a_full_disk_refuses_and_everything_arrives_afterwards(files: FileBoards) -> None:
    meeting = await Meeting.open(store=files)
    await meeting.do(ask(Go, item=Q1))
    full_at(files, 0, "board")
    notes = [note(n, "x" * 200) for n in range(40)]
    codes = {(await meeting.ask(one)).code for one in notes}
    assert "full" in codes
    space(files, "board")
    await meeting.do(*notes)
    assert meeting.board.count(Note, Q1) == 40


async def test_R1_commits_are_durable(files: FileBoards) -> None:
    await files.create("b")
    await files.load("b")
    file = files._open["b"].file._file
    names = ("journal_mode", "synchronous", "secure_delete", "temp_store")
    assert [file.execute(f"PRAGMA {name}").fetchone()[0] for name in names] == ["wal", 2, 1, 2]


def test_R17_a_file_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "b.sqlite3"
    board_file.make(path, "b")
    with sqlite3.connect(path) as file:
        file.execute(f"PRAGMA user_version={board_file.VERSION + 1}")
    file.close()
    before = path.read_bytes()
    with pytest.raises(NewerFile):
        BoardFile(path)
    assert path.read_bytes() == before


async def test_F13_one_damaged_file_is_one_board_s_trouble(files: FileBoards) -> None:
    for board in ("b", "c"):
        await files.create(board)
        await files.commit(board, 0, lambda _changes: Batch(1, [held(1, "a")], due_at=1))
    await files.close()
    files._path("b").write_bytes(b"no database at all" * 500)
    again = FileBoards(files._database, files._registry, files._now, 0)
    assert await again.boards() == ["b", "c"] and await again.due(2) == ["c"]
    with pytest.raises(FileExistsError):
        await again.create("b")
    await again.even_out()
    assert await again.scrub()
    with pytest.raises(sqlite3.DatabaseError):
        await again.load("b")
    assert await again.load("c") is not None
    await again.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_A5_A6_changed_and_deleted_text_is_nowhere_on_disk(files: FileBoards, tmp_path: Path) -> None:
    meeting = await Meeting.open(store=files)
    await meeting.do(ask(Go, item=Q1), *(note(n, f"marked {n} " * 8) for n in range(60)))
    await meeting.do(*(edit(n, None if n % 3 else f"kept {n}") for n in range(60)))
    await meeting.do(ask(TurnAll, activity=Q1))
    await meeting.do(ask(DeleteNote, note=new_id(0)))
    assert files.traces_left.is_set()
    assert await files.scrub()
    left = on_disk(tmp_path)
    assert b"kept 3" in left
    assert b"marked" not in left and b"kept 0" not in left


async def churned(files: FileBoards, rng: random.Random, many: int) -> tuple[dict[str, str], set[bytes]]:
    """Notes of many lengths among others, changed and deleted; which texts must be left, and which not."""
    await files.create("b")
    standing: dict[str, str] = {}
    old: set[bytes] = set()
    for seq in range(1, many + 1):
        name = f"n{rng.randrange(many // 2)}"
        if (before := standing.get(name)) is not None:
            old.add(before.encode())
        drop = before is not None and rng.random() < 0.3
        text = f"<{secrets.token_hex(6)}>" + "x" * int(rng.expovariate(1 / 120))
        face = rng.choice(("down", "up"))
        row = gone(seq, name, unshown=False) if drop else held(seq, name, text, face="up")
        if before is None:
            row = held(seq, name, text, face=face)  # type: ignore[arg-type]
        if drop:
            del standing[name]
        else:
            standing[name] = text
        traces = Traces.LOG if before is not None else Traces.NONE
        batch = Batch(seq, [row], traces)
        await files.commit("b", seq - 1, lambda _changes, batch=batch: batch)  # type: ignore[misc]
    return standing, {text[: text.index(b">") + 1] for text in old}


def found(marks: set[bytes], data: bytes) -> set[bytes]:
    """Fourteen bytes each, all of one shape: searched position by position."""
    return {data[at : at + 14] for at in range(len(data)) if data[at] == 0x3C} & marks


@pytest.mark.parametrize("clean", [True, False])
async def test_F15_no_old_text_stays_in_a_gap_of_a_page(
    files: FileBoards, tmp_path: Path, clean: bool
) -> None:
    """Thousands of notes; the control cleans up as before: an emptied log and `secure_delete`."""
    standing, old = await churned(files, random.Random(15), 40_000 if SOAK else 6_000)
    if clean:
        assert await files.scrub()
    else:
        file = files._open["b"].file._file
        assert tuple(file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()) == (0, 0, 0)
    left = on_disk(tmp_path)
    marks = {text[: text.index(">") + 1].encode() for text in standing.values()}
    assert found(marks, left) == marks, "the search must find what is there"
    assert bool(found(old, left)) is not clean


async def test_A6_an_open_reader_leaves_the_debt_unpaid(files: FileBoards) -> None:
    await files.create("b")
    await files.commit("b", 0, lambda _changes: Batch(1, [held(1, "a")]))
    files._open["b"].file._file.execute("PRAGMA busy_timeout=0").fetchone()
    reader = sqlite3.connect(files._path("b"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM record").fetchone()
    await files.commit("b", 1, lambda _changes: Batch(2, [held(2, "a", "other")], Traces.LOG))
    assert not await files.scrub()
    assert [debt.board for debt in await files.owed()] == ["b"]
    reader.close()
    assert await files.scrub()
    assert await files.owed() == []


#: Few enough that one page has room for a board; the standard error of Kendall's tau of one random order.
NOTES, ERROR = 12, 0.221
RUNS = 200 if SOAK else 6


def order_on_disk(file: Path, ids: Sequence[str]) -> list[int]:
    """The position of each id in the file, as the numbers of the notes in that order."""
    data = file.read_bytes()
    places = sorted((data.rfind(id.encode()), n) for n, id in enumerate(ids))
    return [n for place, n in places if place >= 0]


def tau(order: list[int]) -> float:
    """Kendall's: 1 in the order of writing, 0 for none."""
    pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :]]
    return sum(1 if a < b else -1 for a, b in pairs) / len(pairs)


async def _put(files: FileBoards, board: str, seq: int, ids: list[str], traces: Traces) -> None:
    rows = [Held(seq, held(seq, "a").record.with_(id=id)) for id in ids]
    await files.commit(board, 0, lambda _changes: Batch(seq, rows, traces))


async def _taus(files: FileBoards, runs: int, *, scrub: bool) -> list[float]:
    """Notes one after the other on each of this many boards, and how their order shows in the file."""
    boards = {f"board-{run}": [secrets.token_urlsafe(16) for _ in range(NOTES)] for run in range(runs)}
    for board, ids in boards.items():
        await files.create(board)
        for seq, id in enumerate(ids, start=1):
            await _put(files, board, seq, [id], Traces.NONE)
        if scrub:
            await _put(files, board, NOTES + 1, ids, Traces.PAGES)
    assert await files.scrub()
    for board in boards:
        await files.release(board)
    return [tau(order_on_disk(files._path(board), ids)) for board, ids in boards.items()]


async def test_A4_after_the_scrub_the_file_does_not_tell_the_order_of_writing(files: FileBoards) -> None:
    scrubbed = await _taus(files, RUNS, scrub=True)
    assert abs(sum(scrubbed) / RUNS) < 4 * ERROR / RUNS**0.5


async def test_A4_without_the_scrub_it_would(files: FileBoards) -> None:
    """The control: a test that cannot fail proves nothing."""
    (kept,) = await _taus(files, 1, scrub=False)
    assert abs(kept) > 4 * ERROR


async def test_F4_what_a_crash_leaves_in_the_box_keeps_no_order_after_the_next_start(
    files: FileBoards,
) -> None:
    await files.create("b")
    ids = [secrets.token_urlsafe(16) for _ in range(NOTES)]
    for seq, id in enumerate(ids, start=1):
        await _put(files, "b", seq, [id], Traces.NONE)
    # Nothing is closed: the next process finds the files as they are.
    again = FileBoards(files._database, files._registry, files._now, 0)
    await again.even_out()
    assert [debt.board for debt in await again.owed()] == ["b"]
    await files.close()
    assert await again.scrub()
    with sqlite3.connect(files._path("b")) as file:
        assert file.execute("SELECT DISTINCT seq FROM box").fetchall() == [(NOTES,)]
        assert [id for (id,) in file.execute("SELECT id FROM box")] == sorted(ids)
    file.close()
    order = order_on_disk(files._path("b"), sorted(ids))
    assert abs(tau(order)) == 1, "in the order of their random ids, one way round or the other"
    await again.close()


async def test_A10_no_column_holds_a_time_or_a_counter_of_notes(files: FileBoards) -> None:
    await files.create("b")
    with sqlite3.connect(files._path("b")) as file:
        for table in ("record", "box"):
            asked = "SELECT sql FROM sqlite_master WHERE name = ?"
            (schema,) = file.execute(asked, (table,)).fetchone()
            columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
            assert columns == ["id", "kind", "seq", "body"]
            assert "WITHOUT ROWID" in schema
    file.close()


async def test_A4_every_end_owes_a_scrub(files: FileBoards) -> None:
    meeting = await Meeting.open(store=files)
    await meeting.do(ask(Go, item=Q1), note("a"), note("b"))
    assert await files.owed() == []
    for command in (
        ask(StopWriting, activity=Q1),
        ask(TurnAll, activity=Q1),
        ask(Go, item=C1),
        ask(End, workshop=W),
    ):
        await meeting.do(command)
        assert [debt.traces for debt in await files.owed()] == [Traces.PAGES], command.type
        assert await files.scrub()

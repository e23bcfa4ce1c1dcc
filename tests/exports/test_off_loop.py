"""The data of files is built in a thread, from a copy of the board."""

import pickle
import threading
from dataclasses import replace
from typing import Any

import pytest

from app.engine.agenda import Workshop, items_of
from app.engine.records import Board, Done, Held
from app.exports.gather import gather
from app.exports.off_loop import off_loop
from app.exports.sections import Kinds
from app.parts.notes.records import Note
from tests.exports.test_way_in import WAY
from tests.exports.test_whole import KINDS
from tests.exports.web import PROCESS, Web
from tests.exports.whole import whole

#: What routes have in their addresses, so that the worker has little to do.
NAMES = {"process": PROCESS, "workshop": "workshop-1", "poster": "why"}
#: What these ask for is in a table, in a door, or on a disk.
NO_BOARD = {
    "/api/processes/{process}/links",
    "/api/workshops/{workshop}/poster.{shape}",
    "/summary",
    "/static/{name}",
}


@pytest.fixture
def kinds() -> Kinds:
    return KINDS


class Read(Board):
    """A board that knows which threads have read it."""

    def __init__(self, of: Board) -> None:
        super().__init__()
        self.apply(of)
        self.threads: set[int] = set()
        self._of = of

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy for the worker takes no time, and is not what this looks for.
        return self._of.__reduce__()

    def __getattribute__(self, name: str) -> Any:
        if name in ("_held", "_homes", "_kinds"):
            self.__dict__.setdefault("threads", set()).add(threading.get_ident())
        return super().__getattribute__(name)


async def test_it_is_put_together_in_one_thread_that_is_not_the_loops() -> None:
    threads = {await off_loop(threading.get_ident) for _ in range(5)}
    assert len(threads) == 1 and threading.get_ident() not in threads


async def test_no_route_of_files_reads_a_board_on_the_loop(web: Web) -> None:
    held = whole(True)
    (first, *_) = items_of(held, "w0")
    meeting = held.one(Workshop, "w0").with_(id="workshop-1")
    held.apply([Held(held.seq + 1, meeting), Held(held.seq + 1, first.with_(id="own", workshop=meeting.id))])
    gathered = gather(held, company="Bakkedal", group="Montagen")
    assert gathered is not None
    board = Read(held)
    web.source.gathered = replace(gathered, board=board)
    web.ways.way = WAY
    own = await off_loop(threading.get_ident)
    address = (await web.client.post(f"/api/processes/{PROCESS}/calendar")).json()["url"]
    _, link = await web.link()

    async def reads(path: str, **body: object) -> None:
        # Files of a summary are composed in the worker's process, from a copy.
        in_worker = path.endswith("/summary.csv") or body.get("as") == "csv"
        board.threads.clear()
        answer = await (web.client.post(path, json=body) if body else web.client.get(path))
        assert answer.status_code == 200, (path, answer.text)
        assert board.threads == (set() if in_worker else {own}), path

    asked = [one.path for one in web.routes if "GET" in (one.methods or ()) and one.path not in NO_BOARD]
    assert len(asked) > 10
    for path in asked:
        shape = "svg" if "poster" in path else "csv"
        token = address.rpartition("/")[2].removesuffix(".ics")
        await reads(path.format(**NAMES, shape=shape, token=token))
    await reads(f"/api/processes/{PROCESS}/calendar.ics?of=meeting")
    for shape in ("html", "csv"):
        await reads("/api/summary", token=link, **{"as": shape})


def test_a_still_board_says_what_the_board_said_and_is_not_changed_with_it() -> None:
    board = whole()
    still, before = board.still(), list(board)
    note = next(iter(board.every(Note).values()))
    board.apply([Held(board.seq + 1, note.with_(text="Skrevet siden"))])
    assert list(still) == before and still.seq == board.seq - 1
    # By each lookup: by id, by kind, and by what it belongs to.
    told = (still.find(Note, note.id), still.every(Note)[note.id], still.of(Note, note.home)[note.id])
    assert told == (note, note, note)
    assert gather(still, company="Bakkedal", group="Montagen") is not None


def test_a_board_is_the_same_in_another_process() -> None:
    board = whole()
    board.prune(board.seq // 2)
    board.done = {"item": Done(frozenset({"mark"}), 3, 7)}
    there = pickle.loads(pickle.dumps(board))
    assert list(there) == list(board) and there.done == board.done
    assert (there.epoch, there.seq, there.pruned_seq) == (board.epoch, board.seq, board.pruned_seq)
    for held in board:
        kind, home, id = type(held.record), held.record.home, held.record.id
        assert there.of(kind, home)[id] == there.every(kind)[id] == held.record
        assert there.find(kind, id).model_dump_json() == held.record.model_dump_json()

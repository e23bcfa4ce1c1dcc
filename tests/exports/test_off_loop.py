"""The data of files is built in a thread, from a copy of the board."""

import threading

from app.engine.records import Held
from app.exports.gather import gather
from app.exports.off_loop import off_loop
from app.parts.notes.records import Note
from tests.exports.whole import whole


async def test_it_is_put_together_in_one_thread_that_is_not_the_loops() -> None:
    threads = {await off_loop(threading.get_ident) for _ in range(5)}
    assert len(threads) == 1 and threading.get_ident() not in threads


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

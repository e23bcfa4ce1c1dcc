"""U24, A11: how many are done writing: shown at ticks, stored nowhere, linked to nobody."""

from collections.abc import Callable

import pytest

from app.clock import local_day
from app.engine.agenda import ChangeItem, End, Go, Item
from app.engine.commands import Command
from app.engine.pace import MOST_MARKS, SayDone
from app.parts.notes.messages import StopWriting, TurnAll, WriteOn
from tests.support.boards import C1, NINE, Q1, WHY, WRITES, Meeting, Screen, W, ask, new_id, note

TICK = 10


def done(name: object, item: str = Q1, *, yes: bool = True) -> SayDone:
    """The phone with that name is done; it keeps its mark, whatever happens to its connection."""
    said: SayDone = ask(SayDone, activity=item, mark=new_id(f"mark {name}"), done=yes)
    return said


async def writing(item: str = Q1) -> tuple[Meeting, Screen, Screen]:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=item))
    wall, desk = meeting.join("screen"), meeting.join("desk")
    await meeting.forward(TICK)
    meeting.run()
    return meeting, wall, desk


def told(screen: Screen) -> int:
    screen.read()
    assert screen.presence is not None
    return int(screen.presence["done"])


async def tick(meeting: Meeting) -> None:
    await meeting.forward(TICK)
    meeting.run()


async def test_U24_three_that_are_done_are_told_at_the_tick_and_not_before() -> None:
    meeting, wall, desk = await writing()
    phone = meeting.join("phone")
    frames = len(desk.line.frames)
    await meeting.do(*(done(n) for n in range(3)))
    await meeting.forward(TICK - 1)
    assert told(wall) == told(desk) == 0 and len(desk.line.frames) == frames
    await meeting.forward(1)
    meeting.run()
    assert told(wall) == told(desk) == 3 and phone.presence is None
    late = meeting.join("desk")
    assert told(late) == 3


async def test_U24_one_or_two_are_never_told_however_long_they_wait() -> None:
    meeting, _wall, desk = await writing()
    await meeting.do(done("a"), done("b"))
    for _ in range(30):
        await tick(meeting)
        assert told(desk) == 0
    await meeting.do(done("c"), done("d"))
    await tick(meeting)
    assert told(desk) == 4
    # Nor is it shown when one or two of them continue, or what they leave when writing is over.
    await meeting.do(done("a", yes=False), done("b", yes=False))
    await tick(meeting)
    assert told(desk) == 4


async def test_U24_a_phone_that_taps_again_or_reconnects_counts_once_and_may_take_it_back() -> None:
    meeting, _wall, desk = await writing()
    await meeting.do(*(done("a") for _ in range(5)), done("b"))
    await tick(meeting)
    assert told(desk) == 0
    await meeting.do(done("a"), done("c"))
    await tick(meeting)
    assert told(desk) == 3
    await meeting.do(*(done(name, yes=False) for name in "abc"))
    await tick(meeting)
    assert told(desk) == 0


async def test_U24_what_nobody_could_have_in_a_room_is_not_kept() -> None:
    meeting, _wall, desk = await writing()
    await meeting.do(*(done(n) for n in range(MOST_MARKS + 3)))
    await tick(meeting)
    assert told(desk) == MOST_MARKS


@pytest.mark.parametrize("kind", WRITES)
async def test_U24_every_kind_in_which_people_write_asks_for_it(kind: str) -> None:
    meeting = await Meeting.open()
    item = await meeting.opened_for_writing(kind)
    desk = meeting.join("desk")
    await meeting.do(*(done(n, item) for n in range(3)))
    await tick(meeting)
    assert told(desk) == 3


ENDS: list[Callable[[], Command]] = [
    lambda: ask(StopWriting, activity=Q1),
    lambda: ask(TurnAll, activity=Q1),
    lambda: ask(Go, item=C1),
    lambda: ask(End, workshop=W),
]


@pytest.mark.parametrize("ends", ENDS)
async def test_U24_it_is_gone_with_the_writing_whatever_ends_that(ends: Callable[[], Command]) -> None:
    meeting, wall, desk = await writing()
    await meeting.do(*(done(n) for n in range(4)))
    await tick(meeting)
    await meeting.do(ends())
    meeting.run()
    assert told(wall) == told(desk) == 0 and meeting.board.done == {}
    assert await meeting.code(done("a")) in ("not_open", "closed")


async def test_U24_reopened_it_starts_over() -> None:
    meeting, _wall, desk = await writing()
    await meeting.do(*(done(n) for n in range(4)))
    await tick(meeting)
    await meeting.do(ask(StopWriting, activity=Q1), ask(WriteOn, activity=Q1), done(0), done(1))
    await tick(meeting)
    assert told(desk) == 0
    await meeting.do(done(2))
    await tick(meeting)
    assert told(desk) == 3


async def test_U24_by_link_and_where_nobody_writes_nobody_is_asked() -> None:
    meeting = await Meeting.open()
    settings = meeting.board.one(Item, Q1).settings | {"open_until": local_day(NINE)}
    change = {"item": Q1, "base": meeting.seq(Q1), "title": "notes", "minutes": 10, "settings": settings}
    await meeting.do(ask(ChangeItem, **change), ask(Go, item=Q1), note("a"))
    assert await meeting.code(done("a")) == "not_open"
    await meeting.do(ask(Go, item=WHY))
    assert await meeting.code(done("a", WHY)) == "not_open"
    assert await meeting.code(done("a", "nothing")) == "unknown"


async def test_U24_nothing_of_it_is_stored_and_a_process_that_starts_knows_none() -> None:
    meeting, _wall, desk = await writing()
    rows, commits = dict(meeting.store.boards["board"].rows), len(meeting.store.commits)
    seq = meeting.board.seq
    await meeting.do(*(done(n) for n in range(5)), done(0, yes=False))
    await tick(meeting)
    assert told(desk) == 4
    assert len(meeting.store.commits) == commits and meeting.store.boards["board"].rows == rows
    assert meeting.board.seq == seq
    started = await meeting.another()
    assert started.board.done == {}
    # Its phones report again when they reconnect.
    await started.do(*(done(n) for n in range(3)))
    assert set(started.board.done) == {Q1}


async def test_U24_when_storing_fails_no_mark_is_kept() -> None:
    meeting, _wall, _desk = await writing()
    meeting.store.fails = OSError("no disk")
    assert await meeting.code(done("a")) == "busy"
    assert meeting.board.done == {}

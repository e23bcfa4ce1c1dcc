"""U24, R16: a phone that is done counts once, whichever process it reconnects to."""

import asyncio
from functools import partial
from typing import Any

import orjson

from app.engine.agenda import Go
from app.live.done import END, MOST, Marks
from tests.engine.test_U24_done import done
from tests.support.boards import Q1, Meeting, ask

TICK = 10


class Both:
    """Two processes with a question open, each of which receives the other's hints."""

    def __init__(self, one: Meeting, two: Meeting) -> None:
        self.meetings = one, two
        self.marks = [Marks(self, partial(iter, [meeting.room])) for meeting in self.meetings]
        self.told: list[Any] = []

    def tell(self, topic: str, about: str, value: dict[str, Any]) -> None:
        assert topic == "done"
        told = orjson.loads(orjson.dumps(value))
        self.told.append(told)
        for each in self.marks:
            each.hear(about, told)

    async def say(self, at: int, *names: str, yes: bool = True) -> None:
        for name in names:
            said = done(name, yes=yes)
            await self.meetings[at].do(said)
            self.marks[at].said(said)

    async def again(self) -> list[int]:
        """Announces what was received; returns how many each counts then."""
        for each in self.marks:
            each.tell()
        await asyncio.sleep(0)
        for meeting in self.meetings:
            await meeting.room.idle()
        return [
            len(meeting.board.done[Q1].marks) if Q1 in meeting.board.done else 0 for meeting in self.meetings
        ]


async def both() -> Both:
    one = await Meeting.open()
    await one.do(ask(Go, item=Q1))
    return Both(one, await one.another())


async def test_U24_R16_a_phone_that_wakes_at_another_process_counts_once() -> None:
    room = await both()
    await room.say(0, *"abcdef")
    assert await room.again() == [6, 0]
    await room.say(1, "a", "b", "c", "g")
    assert await room.again() == [3, 4]
    # One continues after all, where it is now; nobody at the first process still counts it.
    await room.say(1, "a", yes=False)
    assert await room.again() == [3, 3]
    # And back, and again before the other has announced it.
    await room.say(0, "b")
    await room.say(1, "b")
    await room.say(0, "b")
    room.marks[1].tell()
    assert await room.again() == [4, 2]


async def test_U24_R16_no_mark_is_told_and_no_order() -> None:
    room = await both()
    await room.say(0, *"fedcba")
    await room.again()
    (told,) = room.told
    assert told["ends"] == sorted(done(name).mark[-END:] for name in "abcdef")
    assert not any(done(name).mark in str(room.told) for name in "abcdef")
    for value in (None, {}, {"by": "x", "ends": ["<b>"]}, {"by": "x", "ends": [], "more": 1}):
        room.marks[0].hear(Q1, value)
    assert await room.again() == [6, 0]


async def test_U24_R16_more_than_fit_are_announced_next_time() -> None:
    room = await both()
    for n in range(MOST + 3):
        room.marks[0].said(done(n))
    for _ in range(3):
        room.marks[0].tell()
    assert [len(told["ends"]) for told in room.told] == [MOST, 3]
    assert len(orjson.dumps(room.told[0])) < 7000

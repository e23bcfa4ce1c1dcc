"""A11, U24: an observer of every frame of desk and wall, with its time, cannot tell who was done when.

Two rooms, in which other phones are done at other moments of the same ten seconds, show the same to the byte
and the millisecond; and every number shown moves by three or more.
"""

import os
import random
from itertools import pairwise

from app.engine.agenda import Go
from app.engine.pace import SayDone
from app.engine.ticks import TICK, TOGETHER
from app.engine.wall import ChangeWall
from tests.support.boards import Q1, Meeting, W, ask, new_id, note

RUNS = 60 if os.environ.get("TRIVSEL_SOAK") else 8
PHONES = 14
#: For how many ticks people write.
LONG = 6
STEP = 100


class Tap:
    """A phone is done, or continues after all."""

    def __init__(self, phone: int, tick: int, within: int, *, done: bool) -> None:
        self.phone, self.tick, self.within, self.done = phone, tick, within, done


def taps(rng: random.Random) -> list[Tap]:
    """Each is done once, some at nearly the same time; a few change their minds, and are done once more."""
    found = []
    for phone in range(PHONES):
        tick = min(rng.randrange(LONG), rng.randrange(LONG))
        found.append(Tap(phone, tick, rng.randrange(1, TICK), done=True))
        if rng.random() < 0.2 and tick + 2 < LONG:
            found += [Tap(phone, tick + 1, rng.randrange(1, TICK), done=False)]
            found += [Tap(phone, tick + 2, rng.randrange(1, TICK), done=True)]
    return found


def otherwise(acts: list[Tap], rng: random.Random) -> list[Tap]:
    """The same number in each tick, at other moments, by other phones."""
    names = rng.sample(range(100, 200), PHONES)
    return [Tap(names[tap.phone], tap.tick, rng.randrange(1, TICK), done=tap.done) for tap in acts]


async def watched(acts: list[Tap]) -> list[tuple[int, str, bytes]]:
    """What desk and wall were sent and when, while a driver presses keys all the time."""
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), *(note(n) for n in range(PHONES)))
    # From its first tick on a room sends presence, and everything that is sent with it.
    screens = [meeting.join("desk"), meeting.join("screen")]
    await meeting.forward(TICK / 1000)
    start, seen = meeting.time.ms, [0, 0]
    found: list[tuple[int, str, bytes]] = []
    waiting = sorted(acts, key=lambda tap: (tap.tick, tap.within))
    for step in range((LONG + 1) * TICK // STEP):
        while waiting and waiting[0].tick * TICK + waiting[0].within <= step * STEP:
            tap = waiting.pop(0)
            at = start + tap.tick * TICK + tap.within
            await meeting.forward((at - meeting.time.ms) / 1000)
            mark = new_id(f"mark {tap.phone}")
            await meeting.do(ask(SayDone, activity=Q1, mark=mark, done=tap.done))
        await meeting.forward((start + step * STEP - meeting.time.ms) / 1000)
        if step % 7 == 0:
            joined = bool(step % 2)
            await meeting.ask(ask(ChangeWall, id=new_id(f"{step}"), workshop=W, join=joined))
        meeting.loop.run()
        for nth, screen in enumerate(screens):
            new, seen[nth] = screen.line.frames[seen[nth] :], len(screen.line.frames)
            found += [(meeting.time.ms, screen.role, frame) for frame in new]
    return found


def numbers(found: list[tuple[int, str, bytes]]) -> list[int]:
    """The number of phones that are done, each time it changed."""
    told = [0]
    for _, _, frame in found:
        if b'"type":"presence"' in frame:
            now = int(frame.split(b'"done":')[1].split(b",")[0])
            told += [now] if now != told[-1] else []
    return told


async def test_A11_U24_an_observer_of_every_frame_cannot_tell_when_a_phone_was_done() -> None:
    moves = 0
    for run in range(RUNS):
        rng = random.Random(run)
        acts = taps(rng)
        one = await watched(acts)
        assert one == await watched(otherwise(acts, rng)), run
        told = numbers(one)
        steps = [abs(after - before) for before, after in pairwise(told)]
        assert all(step >= TOGETHER for step in steps), told
        moves += len(steps)
    assert moves >= RUNS


async def test_A11_U24_that_one_or_two_are_done_shows_nowhere() -> None:
    quiet = await watched([])
    for run in range(RUNS):
        rng = random.Random(run)
        few = [Tap(n, rng.randrange(LONG), rng.randrange(1, TICK), done=True) for n in range(TOGETHER - 1)]
        assert await watched(few) == quiet, run

"""R1, R3, R8: a server that dies again and again while people write; lost 0, doubled 0."""

import asyncio
import os
import random
import time
from collections.abc import Callable
from typing import Any

from tests.reliability.phones import LIMITS, Phone, checked, crowd, opened, whole
from tests.support.meeting import Meeting, meeting as a_meeting
from tests.support.server import Server

SOAK = bool(os.environ.get("TRIVSEL_SOAK"))
PHONES, NOTES, KILLS = (200, 25, 500) if SOAK else (60, 10, 20)
SEED = int(os.environ.get("TRIVSEL_SEED", "20270104"))


class Pace:
    """Lets notes out in portions, so that every kill finds the room writing."""

    def __init__(self) -> None:
        self._out = asyncio.Semaphore(0)
        self._in = asyncio.Condition()
        self.stored = 0

    def let_out(self, many: int) -> None:
        for _ in range(many):
            self._out.release()

    async def go(self) -> None:
        await self._out.acquire()

    async def done(self) -> None:
        async with self._in:
            self.stored += 1
            self._in.notify_all()

    async def until(self, many: int) -> None:
        async with self._in:
            await self._in.wait_for(lambda: self.stored >= many)


async def write(phone: Phone, question: str, pace: Pace, rng: random.Random) -> None:
    """Notes, of which some are changed, some taken away, and some sent twice."""
    for number in range(NOTES):
        await pace.go()
        note = await phone.write(question, f"seddel {number} {rng.random()}")
        first: dict[str, Any] = {"type": "notes.write", "activity": question, "note": note.id, "rev": 1}
        first |= {"secret": note.secret, "text": note.stored}
        fate = rng.random()
        if fate < 0.2:
            await phone.send(note, f"rettet {rng.random()}", twice=rng.random() < 0.5)
        elif fate < 0.3:
            await phone.send(note, None, twice=rng.random() < 0.5)
            # R8: a late duplicate does not raise what was taken away.
            assert (await phone.say(first))["code"] == "gone"
        elif fate < 0.5:
            assert (await phone.say(first))["type"] == "stored"
        await pace.done()


async def clock_of(meeting: Meeting) -> tuple[dict[str, Any], float]:
    """The room's clock as a desk that has just come sees it, and how far the server's time is from ours."""
    desk = await meeting.desk()
    await desk.until(lambda: desk.all("timer"))
    await desk.send({"type": "time", "sent": time.time() * 1000})
    await desk.until(lambda: any('"type":"time"' in frame for frame in desk.frames))
    (frame,) = [frame for frame in desk.frames if '"type":"time"' in frame]
    await desk.close()
    now = float(frame.rpartition('"now":')[2].rstrip("}"))
    return desk.one("timer"), now - time.time() * 1000


async def test_R01_R03_R08_R09_twenty_kills_while_sixty_phones_write(
    new_server: Callable[..., Server],
) -> None:
    print(f"seed {SEED}")
    rng = random.Random(SEED)
    server = new_server(env=LIMITS).start()
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        await desk.do("timer.start", activity=question, seconds=3600)
        before, _ = await clock_of(meeting)
        phones = await crowd(meeting, PHONES, SEED)
        pace = Pace()
        portion = PHONES * NOTES // KILLS
        away = []
        # One phone that finds something wrong ends the test at once.
        async with asyncio.TaskGroup() as writing:
            for n, phone in enumerate(phones):
                writing.create_task(write(phone, question, pace, random.Random(SEED + n)))
            for kill in range(KILLS):
                pace.let_out(portion)
                # Somewhere in the middle of the portion: before, in, or just after a commit.
                await pace.until(kill * portion + rng.randrange(portion))
                await asyncio.sleep(rng.uniform(0, 0.02))
                server.kill()
                began = time.monotonic()
                await asyncio.to_thread(server.start, 120)
                away.append(time.monotonic() - began)
            pace.let_out(PHONES * NOTES - KILLS * portion)
        cuts = sum(len(phone.cuts) for phone in phones)
        print(f"{KILLS} kills, {cuts} cut in the middle, {max(away):.1f} s away at most")
        assert cuts >= KILLS, "the kills must find people writing"

        after, offset = await clock_of(meeting)
        assert after == before, "R3: the room's clock is where it was"
        assert abs(offset) < 1000, "R9: and so is the server's"
        await checked(meeting, phones, question)
        for phone in phones:
            await phone.leave()
    server.stop()
    whole(server)

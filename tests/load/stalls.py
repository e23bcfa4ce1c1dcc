"""How some can affect others: phones that stop reading, and a clean-up while a room is live."""

import asyncio
import os
import sqlite3
from pathlib import Path

from app.storage import board_file
from tests.load.measure import latencies, percentile, pin, table
from tests.load.rooms import OPEN_LIMITS, hang_up, join, show_notes, write_notes
from tests.load.shared import DESKS, delivered, open_board
from tests.support.meeting import Meeting, signed_in
from tests.support.server import Server

PHONES, STALLED = 60, 5
SIZES = (1, 50, 500)


async def slow_phones(folder: Path) -> str:
    """Five of sixty phones stop reading; the rest must not notice (E9, R7)."""
    pin(os.getpid(), 1)
    rows = []
    worst = {}
    for stalled in (0, STALLED):
        seen, wanted, times = await _with_stalled(folder / str(stalled), stalled)
        worst[stalled] = percentile(times, 0.99)
        rows.append((f"{stalled} of {PHONES}", f"{seen} of {wanted}", latencies(times)))
    ratio = worst[STALLED] / worst[0]
    head = ("stalled", "delivered to the others", "seen p50/p90/p99 ms")
    return table(f"Phones that stop reading, 8 kB a note at 150/s; p99 ratio {ratio:.2f}", head, rows)


async def _with_stalled(folder: Path, stalled: int) -> tuple[int, int, list[float]]:
    with Server(folder, env=OPEN_LIMITS) as server:
        assert server.process
        pin(server.process.pid, 0)
        async with signed_in(server) as http:
            meeting = await Meeting(server.url, http).make()
            desks = [await meeting.desk() for _ in range(DESKS)]
            activity = await open_board(meeting, desks[0])
            phones = await join(meeting, PHONES)
            # The last ones, so that the phones being timed continue reading.
            for screen in phones.screens[PHONES - stalled :] if stalled else []:
                screen.transport.pause_reading()
            sent = await show_notes(phones, desks, activity, 150, 8.0, more=3)
            healthy = PHONES - stalled
            await delivered(lambda: sum(phones.seen[:healthy]) >= sent * healthy)
            hang_up(phones)
            for desk in desks:
                await desk.close()
    return sum(phones.seen[:healthy]), sent * healthy, phones.seen_after


async def scrub(folder: Path) -> str:
    """The longest a note waits while files are rewritten (A4, F15), by the size of the other boards."""
    pin(os.getpid(), 1)
    rows = [await _scrubbed(folder / str(size), size) for size in SIZES]
    head = ("other boards MiB", "send → stored p50/p90/p99 ms", "longest ms", "longest without a clean-up ms")
    return table("A live room while its file, and a large board's, are cleaned up", head, rows)


async def _scrubbed(folder: Path, size: int) -> tuple[str, ...]:
    env = OPEN_LIMITS | {"TRIVSEL_SCRUB_WAIT": "1"}
    with Server(folder, env=env) as server:
        async with signed_in(server) as http:
            await Meeting(server.url, http).make()
        server.stop()
        _grow(folder / "boards", size)
        server.start()
        assert server.process
        pin(server.process.pid, 0)
        async with signed_in(server) as http:
            calm = await _waits(await Meeting(server.url, http).make(), leave=False)
            rough = await _waits(await Meeting(server.url, http).make(), leave=True)
    real = sum(path.stat().st_size for path in (folder / "boards").glob("*.sqlite3")) / 2**20
    return f"{real:.0f}", latencies(rough), f"{max(rough) * 1000:.0f}", f"{max(calm) * 1000:.0f}"


async def _waits(meeting: Meeting, *, leave: bool) -> list[float]:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    first, _, second = desk.items[:3]
    await desk.do("agenda.go", item=first["id"])
    phones = await join(meeting, 20)
    await write_notes(phones, first["id"], 50, 1.0)
    if leave:
        # Leaving rewrites the notes and requests the clean-up; the room keeps writing.
        await desk.do("agenda.go", item=second["id"])
    phones.stored.clear()
    activity = second["id"] if leave else first["id"]
    await write_notes(phones, activity, 50, 10.0)
    hang_up(phones)
    await desk.close()
    await asyncio.sleep(0.1)
    return phones.stored


def _grow(boards: Path, mebibytes: int) -> None:
    """Boards that nobody has open, of ten MiB each; every one of them needs a clean-up."""
    body = '{"kind":"gone"}' + " " * 4000
    for number, size in enumerate([10] * (mebibytes // 10) or [mebibytes]):
        path = boards / f"big-{number}.sqlite3"
        board_file.make(path, f"big-{number}")
        with sqlite3.connect(path) as file:
            rows = ((f"{row:022}",) for row in range(size * 240))
            file.executemany(f"INSERT INTO record VALUES (?, 'gone', 1, '{body}')", rows)
            file.execute("UPDATE board SET seq = 1, traces = 2")
        file.close()

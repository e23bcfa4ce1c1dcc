"""Everybody sees everything: notes on a board that every phone shows, compared with a bare broadcaster."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.load.client import Screen, connect
from tests.load.measure import cpu_seconds, latencies, pin, table
from tests.load.rooms import OPEN_LIMITS, TEXT, hang_up, join, show_notes
from tests.support.meeting import Meeting, Wire, signed_in
from tests.support.server import CHECKOUT, Server, free_port

CELLS = ((200, 20), (1000, 20), (1000, 120))
SECONDS = 5.0
DESKS = 6


@dataclass
class Cell:
    """What one run delivered, and at what cost."""

    delivered: int
    wanted: int
    cpu: float
    times: list[float]

    @property
    def each(self) -> float:
        """Microseconds of CPU for each note that reached a phone."""
        return self.cpu / max(1, self.delivered) * 1e6


async def run(folder: Path) -> str:
    """Ours and the bare broadcaster, alternating, cell by cell."""
    rows = []
    pin(os.getpid(), 1)
    for phones, rate in CELLS:
        ours = await ours_cell(folder / f"{phones}x{rate}", phones, rate)
        bare = await _bare(phones, rate)
        rows.append(
            (
                str(phones),
                str(rate),
                f"{ours.delivered} of {ours.wanted}",
                latencies(ours.times),
                f"{ours.each:.1f}",
                f"{1e6 / ours.each:.0f}",
                f"{bare.delivered} of {bare.wanted}",
                latencies(bare.times),
                f"{bare.each:.1f}",
                f"{ours.each / bare.each:.2f}",
            )
        )
    head = (
        "phones",
        "notes/s",
        "delivered",
        "seen p50/p90/p99 ms",
        "µs CPU a delivery",
        "deliveries a CPU s",
        "bare: delivered",
        "bare: seen ms",
        "bare: µs",
        "ours / bare",
    )
    return table(f"Everybody sees every note, {SECONDS:.0f} s, ours committed durably", head, rows)


async def ours_cell(folder: Path, many: int, rate: int, seconds: float = SECONDS) -> Cell:
    """Our server: the board is shown on the phones, and the desks add notes."""
    with Server(folder, env=OPEN_LIMITS) as server:
        assert server.process
        pin(server.process.pid, 0)
        async with signed_in(server) as http:
            meeting = await Meeting(server.url, http).make()
            desks = [await meeting.desk() for _ in range(DESKS)]
            activity = await open_board(meeting, desks[0])
            phones = await join(meeting, many)
            cpu = cpu_seconds(server.process.pid)
            sent = await show_notes(phones, desks, activity, rate, seconds)
            await delivered(lambda: sum(phones.seen) >= sent * many)
            cost = cpu_seconds(server.process.pid) - cpu
            hang_up(phones)
            for desk in desks:
                await desk.close()
    return Cell(sum(phones.seen), sent * many, cost, phones.seen_after)


async def open_board(meeting: Meeting, desk: Wire) -> str:
    """A turned-over notes activity on a board that phones show."""
    await desk.until(lambda: desk.items)
    activity = str(desk.items[0]["id"])
    await desk.do("agenda.go", item=activity)
    base = desk.seqs[meeting.workshop]
    await desk.do("workshop.change", workshop=meeting.workshop, base=base, board_on_phones=True)
    await desk.do("notes.turn_all", activity=activity)
    return activity


async def delivered(done: Callable[[], bool], limit: float = 15) -> None:
    """Wait until everything has arrived, or long enough."""
    end = time.perf_counter() + limit
    while not done() and time.perf_counter() < end:
        await asyncio.sleep(0.02)


async def _bare(many: int, rate: int) -> Cell:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.load.bare", str(port), cwd=CHECKOUT
    )
    url = f"http://127.0.0.1:{port}"
    seen = [0] * many
    times: list[float] = []
    told: dict[bytes, float] = {}

    def take(number: int, text: bytes, now: float) -> None:
        seen[number] += 1
        if number % 50 == 0:
            times.append(now - told[text[1 : text.find(b" ")]])

    try:
        screens = [await _patient(url, number, take) for number in range(many)]
        pin(process.pid, 0)
        # As long as our own JSON for a note.
        filler = " " + (TEXT + " ") * 3
        cpu, begin = cpu_seconds(process.pid), time.perf_counter()
        total = int(rate * SECONDS)
        for number in range(total):
            while (left := begin + number / rate - time.perf_counter()) > 0:
                await asyncio.sleep(left)
            told[b"%d" % number] = time.perf_counter()
            screens[number % many].send(f"#{number}{filler}".encode())
        await delivered(lambda: sum(seen) >= total * many)
        cost = cpu_seconds(process.pid) - cpu
        for screen in screens:
            screen.transport.abort()
    finally:
        process.kill()
        await process.wait()
    return Cell(sum(seen), total * many, cost, times)


async def _patient(url: str, number: int, take: Callable[[int, bytes, float], None]) -> Screen:
    for _ in range(100):
        try:
            return await connect(url, "/", lambda text, now: take(number, text, now))
        except OSError:
            await asyncio.sleep(0.1)
    raise ConnectionError("the bare broadcaster did not start")

"""Phones write hidden notes: from "send" to `stored`, and from a driver's command to the wall's frame."""

import asyncio
import os
import time
from pathlib import Path

from tests.load.measure import cpu_seconds, latencies, pin, resident, table
from tests.load.rooms import OPEN_LIMITS, hang_up, join, write_notes
from tests.support.meeting import Meeting, Wire, signed_in
from tests.support.server import Server

PHONES = (50, 200, 1000)
RATES = (5, 50, 200)
SECONDS = 5.0


async def run(folder: Path) -> str:
    """The table over phones and rates, all on one server."""
    with Server(folder / "writing", env=OPEN_LIMITS) as server:
        assert server.process
        pid = server.process.pid
        pin(pid, 0)
        pin(os.getpid(), 1)
        async with signed_in(server) as http:
            rows = [
                await _cell(await Meeting(server.url, http).make(), pid, phones, rate)
                for phones in PHONES
                for rate in RATES
            ]
    head = (
        "phones",
        "notes/s",
        "stored",
        "send → stored p50/p90/p99 ms",
        "driver's command → wall p50/p90/p99 ms",
        "core used",
        "KiB a phone",
    )
    return table(f"Phones write for {SECONDS:.0f} s, durable commit on", head, rows)


async def _cell(meeting: Meeting, pid: int, many: int, rate: int) -> tuple[str, ...]:
    desk, wall = await meeting.desk(), await meeting.screen()
    await desk.until(lambda: desk.items)
    activity = desk.items[0]["id"]
    await desk.do("agenda.go", item=activity)
    before = resident(pid)
    phones = await join(meeting, many)
    memory = (resident(pid) - before) / many / 1024
    cpu, began = cpu_seconds(pid), time.perf_counter()
    walls: list[float] = []
    driving = asyncio.ensure_future(drive(desk, wall, meeting.workshop, walls, every=0.2))
    sent = await write_notes(phones, activity, rate, SECONDS)
    driving.cancel()
    used = (cpu_seconds(pid) - cpu) / (time.perf_counter() - began)
    await asyncio.gather(driving, return_exceptions=True)
    hang_up(phones)
    await desk.close()
    await wall.close()
    return (
        str(many),
        str(rate),
        f"{len(phones.stored)} of {sent}",
        latencies(phones.stored),
        latencies(walls),
        f"{used * 100:.0f} %",
        f"{memory:.0f}",
    )


async def drive(desk: Wire, wall: Wire, workshop: str, times: list[float], every: float) -> None:
    """Turn the wall's pages at an even pace, each timed from the desk's send to the wall's frame."""
    page = 0
    start = time.perf_counter()
    while True:
        await asyncio.sleep(max(0.0, start + page * every - time.perf_counter()))
        page += 1
        wanted = page

        def shown(wanted: int = wanted) -> bool:
            return any(record["page"] == wanted for record in wall.all("wall"))

        began = time.perf_counter()
        await desk.do("wall.change", workshop=workshop, page=page)
        await wall.until(shown)
        times.append(time.perf_counter() - began)

"""Tail latencies: a driver's command while a crowd writes, the crowd's cost, the slowest of many notes."""

import asyncio
import os
import time
from pathlib import Path

from tests.load.beside import LONG, checkouts, ratio, server_of
from tests.load.measure import cpu_seconds, latencies, percentile, pin, resident, table
from tests.load.rooms import hang_up, join, write_notes
from tests.load.writing import drive
from tests.support.meeting import Meeting, signed_in
from tests.support.server import Server

RATES = (0, 200, 400)
PHONES, SECONDS = 1000, 5.0
#: The crowd of the tail test: as many phones as a core should serve.
CROWD, CROWD_RATE, RUNS = 4000, 400, 5 if LONG else 2


async def led(folder: Path) -> str:
    """From a driver's command to the wall while this many hidden notes a second are written."""
    pin(os.getpid(), 1)
    rows = []
    compared = ""
    for rate in RATES:
        costs: dict[str, list[float]] = {}
        for name, checkout in checkouts().items():
            with server_of(checkout, folder / f"{name}{rate}") as server:
                cost, *row = await _led(server, rate)
            costs[name] = [cost]
            rows.append((name, str(rate), *row))
        compared += ratio(f"CPU at {rate}/s", costs) if rate else ""
    head = (
        "checkout",
        "notes/s",
        "driver's command → wall p50/p90/p99 ms",
        "send → stored p50/p90/p99 ms",
        "core used",
        "CPU ms a note",
    )
    title = f"{PHONES} phones write for {SECONDS:.0f} s, nobody sees it, a driver leads{compared}"
    return table(title, head, rows)


async def _led(server: Server, rate: int) -> tuple[float, str, str, str, str]:
    assert server.process
    pid = server.process.pid
    async with signed_in(server) as http:
        meeting = await Meeting(server.url, http).make()
        desk, wall = await meeting.desk(), await meeting.screen()
        await desk.until(lambda: desk.items)
        activity = str(desk.items[0]["id"])
        await desk.do("agenda.go", item=activity)
        phones = await join(meeting, PHONES)
        pin(pid, 0)
        await asyncio.sleep(1)
        cpu, began = cpu_seconds(pid), time.perf_counter()
        walls: list[float] = []
        driving = asyncio.ensure_future(drive(desk, wall, meeting.workshop, walls, every=0.1))
        if rate:
            await write_notes(phones, activity, rate, SECONDS)
        else:
            await asyncio.sleep(SECONDS)
        driving.cancel()
        await asyncio.gather(driving, return_exceptions=True)
        cost, took = cpu_seconds(pid) - cpu, time.perf_counter() - began
        hang_up(phones)
        await desk.close()
        await wall.close()
    each = f"{cost / (rate * SECONDS) * 1e3:.2f}" if rate else "–"
    return cost, latencies(walls), latencies(phones.stored), f"{cost / took:.2f}", each


async def run(folder: Path) -> str:
    """Run by run: one long stop of the process shows in one of them."""
    pin(os.getpid(), 1)
    rows = []
    worst: dict[str, list[float]] = {}
    for number in range(RUNS):
        for name, checkout in checkouts().items():
            with server_of(checkout, folder / f"{name}{number}") as server:
                stored, used, memory = await _crowd(server)
            worst.setdefault(name, []).append(percentile(stored, 0.99) * 1000)
            rows.append(
                (
                    name,
                    str(number + 1),
                    latencies(stored),
                    f"{max(stored) * 1000:.0f}",
                    f"{used:.2f}",
                    f"{memory:.0f}",
                )
            )
    head = ("checkout", "run", "send → stored p50/p90/p99 ms", "longest ms", "core used", "MiB")
    said = "; ".join(
        f"{name}: p99 {', '.join(f'{each:.0f}' for each in sorted(times))} ms"
        for name, times in worst.items()
    )
    compared = ratio("median p99", worst)
    return table(f"{CROWD} phones x {CROWD_RATE} notes/s for {SECONDS:.0f} s; {said}{compared}", head, rows)


async def _crowd(server: Server) -> tuple[list[float], float, float]:
    assert server.process
    pid = server.process.pid
    pin(pid, 0)
    async with signed_in(server) as http:
        meeting = await Meeting(server.url, http).make()
        desk = await meeting.desk()
        await desk.until(lambda: desk.items)
        activity = str(desk.items[0]["id"])
        await desk.do("agenda.go", item=activity)
        phones = await join(meeting, CROWD)
        cpu, began = cpu_seconds(pid), time.perf_counter()
        sent = await write_notes(phones, activity, CROWD_RATE, SECONDS)
        used = (cpu_seconds(pid) - cpu) / (time.perf_counter() - began)
        assert len(phones.stored) == sent, (len(phones.stored), sent, phones.refused)
        memory = resident(pid) / 2**20
        hang_up(phones)
        await desk.close()
    return phones.stored, used, memory

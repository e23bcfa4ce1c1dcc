"""What files cost: the time and memory of each format, and a live room while ten of them are made.

On a shared machine wall-clock time includes the load of others: CPU time is given as well.
"""

import asyncio
import os
import time
from itertools import chain
from pathlib import Path
from statistics import median

import psutil

from app.blocks.themes import ThemeBlock, Themes
from app.exports.shapes import Shape
from app.exports.summary import Summary
from app.locales import words
from tests.exports.every_block import summary_with
from tests.exports.making import FileMaker
from tests.load.asking import Asking
from tests.load.measure import cpu_seconds, give_way, latencies, percentile, pin, table
from tests.load.rooms import OPEN_LIMITS, TEXT, hang_up, join, write_notes
from tests.support.meeting import Meeting, new_id, signed_in
from tests.support.server import Server

SIZES = (60, 400, 2000)
SHAPES: tuple[Shape, ...] = ("pdf", "docx", "xlsx", "csv", "zip")
#: At once, repeatedly.
ASKED = 10
TURNS, SECONDS = 6, 4.0
AGAIN = 3
#: So that none is replaced before it was measured.
ROOMY = 4 * 1024**3


async def run(folder: Path) -> str:
    """Both tables."""
    made = [await _made(size, shape) for size in SIZES for shape in SHAPES]
    head = (
        "notes",
        "format",
        "first, with its libraries, ms",
        "another, ms",
        "of a processor, ms",
        "peak MiB",
        "KiB",
    )
    beside, ratios = await _beside(folder)
    of_without = f"{median(ratios):.2f} of without ({min(ratios):.2f} to {max(ratios):.2f})"
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    return "\n".join(
        (
            table(f"Files of a summary, each in a worker of its own; medians of {AGAIN}; {load}", head, made),
            table(
                f"A live room, {ASKED} who ask for files of 400 notes; p99: {of_without}; {load}",
                ("files", "made", "send → stored p50/p90/p99 ms"),
                beside,
            ),
        )
    )


async def _made(size: int, shape: Shape) -> tuple[str, ...]:
    say = words("da")
    times, used, peaks, kib = [], [], [], 0.0
    for turn in range(1 + AGAIN):
        # Another summary and another worker each time: the compiler reuses what it has laid out before.
        maker, summary = FileMaker(memory=ROOMY), _summary(size, turn)
        if turn:
            await _warmed(maker)
        before = cpu_seconds(maker._process.pid) if maker._process else 0
        began = time.perf_counter()
        kib = len(await maker.file(shape, summary, say)) / 1024
        times.append((time.perf_counter() - began) * 1000)
        assert maker._process
        used.append((cpu_seconds(maker._process.pid) - before) * 1000)
        peaks.append(_peak(maker._process.pid))
        await maker.close()
    figures = times[0], median(times[1:]), median(used[1:]), max(peaks), kib
    return str(size), shape, *(f"{figure:.0f}" for figure in figures)


async def _warmed(maker: FileMaker) -> None:
    """Until it has loaded its libraries, and uses no CPU."""
    await maker.ask({"to": "text", "text": ""})
    assert maker._process
    used = -1.0
    while used != (used := cpu_seconds(maker._process.pid)):
        await asyncio.sleep(1)


def _peak(pid: int) -> float:
    """The peak memory of a process, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _summary(size: int, turn: int = 0) -> Summary:
    notes = [f"{TEXT} {turn}-{number}" for number in range(size)]
    themes = Themes(
        themes=tuple(ThemeBlock(name=f"Tema {at}", paper="mos", notes=tuple(notes[at::8])) for at in range(8))
    )
    return summary_with(themes)


async def _beside(folder: Path) -> tuple[list[tuple[str, ...]], list[float]]:
    """Alternating, so that other load on the machine affects both."""
    pin(os.getpid(), 1)
    times: dict[int, list[list[float]]] = {0: [], ASKED: []}
    files: list[int] = []
    with Server(folder, env=OPEN_LIMITS) as server:
        assert server.process
        async with signed_in(server) as http:
            for asking in (0, ASKED) * TURNS:
                meeting = await Meeting(server.url, http).make()
                pin(server.process.pid, 0)
                times[asking].append(await _room(meeting, server.process.pid, asking, files))
    rows: list[tuple[str, ...]] = [
        (str(asking), str(sum(files) if asking else 0), latencies(list(chain(*turns))))
        for asking, turns in times.items()
    ]
    # Each turn is compared with the previous one: other load changes by the minute.
    pairs = zip(*times.values(), strict=True)
    return rows, [percentile(rough, 0.99) / percentile(calm, 0.99) for calm, rough in pairs]


async def _room(meeting: Meeting, server: int, asking: int, files: list[int]) -> list[float]:
    """How long notes took, while this many request files of the wall's contents."""
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    first, _, second = desk.items[:3]
    await desk.do("agenda.go", item=first["id"])
    for at in range(0, 400, 20):
        texts = [f"{TEXT} {number}" for number in range(at, at + 20)]
        await desk.do("notes.add_paper", activity=first["id"], id=new_id(), texts=texts)
    await desk.do("agenda.go", item=second["id"])
    phones = await join(meeting, 20)
    paths = [f"/api/workshops/{meeting.workshop}/summary.{shape}" for shape in SHAPES]
    others = await Asking.begin(meeting.http, asking, paths) if asking else None
    for worker in psutil.Process(server).children():
        # It has what the phones leave of their core, as on a server with two, the phones being elsewhere.
        pin(worker.pid, 1)
        give_way(worker.pid)
    await write_notes(phones, second["id"], 50, SECONDS)
    if others:
        files.append(await others.end())
    hang_up(phones)
    await desk.close()
    return phones.stored

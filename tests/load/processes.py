"""Two processes on one PostgreSQL against one, and two hundred rooms in one process against one room.

A process runs one event loop, so one core limits it. How much more two can serve is therefore derived from
CPU time: one process has half of the rooms, two have all of them, so that each of the two has as much to do
as the one; if a note then costs the same, they serve twice as much. This depends least on other load on the
cores, which here are shared by both processes, PostgreSQL and the generator. Latencies depend on it entirely:
if notes wait for seconds, the last column says whether the processes themselves had to wait.
"""

import asyncio
import copy
import os
import secrets
import statistics
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx
import psutil

from tests.load.beside import LONG
from tests.load.measure import cpu_seconds, latencies, percentile, resident, table, waited_seconds
from tests.load.rooms import OPEN_LIMITS, Phones, hang_up, join, write_notes
from tests.load.writing import drive
from tests.support import fronts, postgres
from tests.support.fronts import HERE
from tests.support.meeting import Meeting, Wire, signed_in
from tests.support.server import Server, free_port

#: Rooms and phones in each, and notes per second over all of them.
ROOMS, PHONES, RATE, SECONDS = 20, 20, 100, 6.0
#: In one of this many a driver leads, and is timed to the wall.
LED = 5
ROUNDS = 7 if LONG else 3
#: For the second table.
MANY, MANY_RATE = 200, 100

#: Where a client connects: which entrance, by the room and the client's number in it.
Way = Callable[[int, int], int]
ONE, TWO, BALANCED = 0, 1, 2
WAYS: dict[str, Way] = {
    "one process, half of the rooms": lambda _room, _number: ONE,
    "one process, all rooms": lambda _room, _number: ONE,
    "two, each room at one": lambda room, _number: room % 2,
    "two, people at either": lambda _room, number: number % 2,
    "two, by HAProxy as in the sample": lambda _room, _number: BALANCED,
}

HALF, ALL = list(WAYS)[:2]


@dataclass
class Seen:
    """One run: how long notes and drivers took; CPU ms per note, of each process and of the database."""

    stored: list[float]
    walls: list[float]
    each: list[float]
    database: float
    lost: int
    #: The share of time in which the processes were runnable without a CPU.
    waited: list[float]


@dataclass(frozen=True)
class Place:
    """Where clients connect: a process, or the balancer in front of both; with the desk's browser there."""

    url: str
    http: httpx.AsyncClient


@dataclass
class Room:
    """A meeting with its first question open, and the connected clients."""

    meeting: Meeting
    question: str
    phones: Phones
    desk: Wire
    wall: Wire

    async def close(self) -> None:
        """All of them disconnect."""
        hang_up(self.phones)
        await self.desk.close()
        await self.wall.close()


# -- two processes -------------------------------------------------------------------------------------------


async def run(folder: Path) -> str:
    """Round by round, so that other load on the machine affects all setups."""
    seen: dict[str, list[Seen]] = {}
    async with _processes(folder) as (servers, places):
        # Separate rooms for each setup: a recently used room is still maintained by its process.
        rooms = {
            name: [await Meeting(at.url, at.http).make() for at in (places[way(n, 0)] for n in range(many))]
            for name, way in WAYS.items()
            if way(0, 0) < len(places)
            for many in [ROOMS // 2 if name == HALF else ROOMS]
        }
        for _ in range(ROUNDS):
            for name, meetings in rooms.items():
                seen.setdefault(name, []).append(await _seen(servers, places, meetings, WAYS[name]))
    rows = [_row(name, seen) for name in seen]
    head = (
        "", "stored", "send → stored p50/p90/p99 ms", "command → wall p50/p90/p99 ms", "wall p99, of one",
        "CPU ms a note: each process", "all processes", "PostgreSQL", "carried at the same load of each",
        "waited for a processor %: each process",
    )  # fmt: skip
    title = f"{ROOMS} rooms of {PHONES} phones, {RATE} notes/s in all, on PostgreSQL, {_load()}"
    return table(title, head, rows)


def _row(name: str, seen: Mapping[str, Sequence[Seen]]) -> tuple[str, ...]:
    runs, alone = seen[name], name in (HALF, ALL)
    walls, of_one = ([took for run in seen[way] for took in run.walls] for way in (name, ALL))
    each = [statistics.median(run.each[at] for run in runs) for at in (0, 1)]
    # A process without clients still receives the others' hints; that is not the one's work.
    cost = statistics.median(run.each[0] if alone else sum(run.each) for run in runs)
    of_half = statistics.median(run.each[0] for run in seen[HALF])
    return (
        name,
        "all" if not sum(each.lost for each in runs) else f"all but {sum(each.lost for each in runs)}",
        latencies([took for each in runs for took in each.stored]),
        latencies(walls),
        f"{percentile(walls, 0.99) / percentile(of_one, 0.99):.2f}",
        " + ".join(f"{took:.2f}" for took in each),
        f"{cost:.2f}",
        f"{statistics.median(run.database for run in runs):.2f}",
        "–" if alone else f"{2 * of_half / cost:.2f}",
        " + ".join(f"{100 * statistics.median(run.waited[at] for run in runs):.0f}" for at in (0, 1)),
    )


@asynccontextmanager
async def _processes(folder: Path) -> AsyncIterator[tuple[list[Server], list[Place]]]:
    """Two servers on one database, and their addresses, including the balancer if there is one."""
    async with AsyncExitStack() as stack:
        database = stack.enter_context(postgres.server("max_connections=200"))
        url = await stack.enter_async_context(postgres.fresh_database(database))
        env = OPEN_LIMITS | {
            "TRIVSEL_DATABASE_URL": url.render_as_string(hide_password=False),
            "TRIVSEL_SECRET": secrets.token_urlsafe(32),
            "TRIVSEL_TRUSTED_PROXIES": HERE,
        }
        servers = [Server(folder / name, env=env) for name in ("one", "two")]
        for server in servers:
            stack.callback(server.kill)
        one, two = servers
        http = await stack.enter_async_context(signed_in(one.start()))
        places = [Place(one.url, http)]
        reached = [two.start()]
        try:
            balanced = stack.enter_context(_balancer(folder, one, two))
            reached.append(copy.copy(one))
            reached[-1].url = balanced
        except fronts.NoFront as none:
            sys.stderr.write(f"{none}: no row for it\n")
        for server in reached:
            server.session = one.session
            places.append(Place(server.url, await stack.enter_async_context(signed_in(server))))
        yield servers, places


@contextmanager
def _balancer(folder: Path, one: Server, two: Server) -> Iterator[str]:
    """HAProxy as in the sample, but without TLS, whose cost does not depend on the number of processes."""
    port = free_port()
    conf = fronts.sample(
        "haproxy.cfg",
        {
            # No more files than a test may open.
            "maxconn 20000": "maxconn 4000",
            "    bind :80\n": "",
            "bind :443 ssl crt /etc/haproxy/tavle.firma.dk.pem alpn h2,http/1.1": f"bind {HERE}:{port}",
            "    http-request redirect scheme https unless { ssl_fc }\n": "",
            "X-Forwarded-Proto https": "X-Forwarded-Proto http",
            "127.0.0.1:8001": f"{HERE}:{one.port}",
            "127.0.0.1:8002": f"{HERE}:{two.port}",
        },
    )
    with fronts.running(folder, fronts.haproxy(folder, conf), port):
        yield f"http://{HERE}:{port}"


async def _seen(
    servers: Sequence[Server], places: Sequence[Place], meetings: Sequence[Meeting], way: Way
) -> Seen:
    urls = [place.url for place in places]
    rooms = [await _opened(urls, meeting, at, way) for at, meeting in enumerate(meetings)]
    pids = [server.process.pid for server in servers if server.process]
    before, database = [cpu_seconds(pid) for pid in pids], _database()
    ready, began = [waited_seconds(pid) for pid in pids], time.perf_counter()
    walls: list[float] = []
    driving = [
        asyncio.ensure_future(drive(room.desk, room.wall, room.meeting.workshop, walls, every=0.2))
        for room in rooms[::LED]
    ]
    sent = await _written(rooms, RATE * len(rooms) / ROOMS)
    for each in driving:
        each.cancel()
    await asyncio.gather(*driving, return_exceptions=True)
    stored = [took for room in rooms for took in room.phones.stored]
    cost = [(cpu_seconds(pid) - was) / sent * 1e3 for pid, was in zip(pids, before, strict=True)]
    took = (_database() - database) / sent * 1e3
    in_all = time.perf_counter() - began
    waited = [(waited_seconds(pid) - was) / in_all for pid, was in zip(pids, ready, strict=True)]
    for room in rooms:
        await room.close()
    return Seen(stored, walls, cost, took, sent - len(stored), waited)


async def _opened(urls: Sequence[str], meeting: Meeting, at: int, way: Way) -> Room:
    """A desk, a wall and the phones of a room, each at its entrance."""
    meeting.url = urls[way(at, 0)]
    desk = await meeting.desk()
    meeting.url = urls[way(at, 1)]
    wall = await meeting.screen()
    await desk.until(lambda: desk.items)
    question = str(desk.items[0]["id"])
    await desk.do("agenda.go", item=question)
    phones = await join(meeting, PHONES, [urls[way(at, number)] for number in range(PHONES)])
    return Room(meeting, question, phones, desk, wall)


async def _written(rooms: Sequence[Room], rate: float) -> int:
    """Notes at an even pace over all rooms, one room after the other; returns how many."""

    async def one(at: int, room: Room) -> int:
        await asyncio.sleep(at / rate)
        return await write_notes(room.phones, room.question, rate / len(rooms), SECONDS)

    return sum(await asyncio.gather(*(one(at, room) for at, room in enumerate(rooms))))


def _database() -> float:
    """CPU seconds of PostgreSQL so far, including closed connections."""
    total = 0.0
    for server in psutil.Process().children():
        if server.name() == "postgres":
            total += sum(server.cpu_times()[:4])
            for backend in server.children():
                with suppress(psutil.NoSuchProcess):
                    total += sum(backend.cpu_times()[:2])
    return total


# -- many rooms ----------------------------------------------------------------------------------------------


async def many(folder: Path) -> str:
    """Two servers, alternating: one with a room, one with two hundred."""
    costs: dict[int, list[float]] = {1: [], MANY: []}
    memory, stored = {}, {}
    sent = dict.fromkeys(costs, 0)
    async with AsyncExitStack() as stack:
        rooms: dict[int, list[Room]] = {}
        servers: dict[int, Server] = {}
        for many in costs:
            servers[many] = stack.enter_context(Server(folder / f"{many}", env=OPEN_LIMITS))
            http = await stack.enter_async_context(signed_in(servers[many]))
            url = servers[many].url
            rooms[many] = [
                await _opened([url], await Meeting(url, http).make(), 0, lambda *_: ONE) for _ in range(many)
            ]
        for _ in range(ROUNDS):
            for many, cost in costs.items():
                process = servers[many].process
                assert process
                cpu = cpu_seconds(process.pid)
                written = await _written(rooms[many], MANY_RATE)
                cost.append((cpu_seconds(process.pid) - cpu) / written * 1e3)
                sent[many] += written
                memory[many] = resident(process.pid)
        for many, all_of_them in rooms.items():
            stored[many] = [took for room in all_of_them for took in room.phones.stored]
            for room in all_of_them:
                await room.close()
    median = {many: statistics.median(each) for many, each in costs.items()}
    each = (memory[MANY] - memory[1]) / (MANY - 1) / 2**20
    rows = [
        (str(many), f"{len(stored[many])} of {sent[many]}", latencies(stored[many]),
         f"{median[many]:.2f}", f"{memory[many] / 2**20:.0f}")
        for many in costs
    ]  # fmt: skip
    head = ("rooms", "stored", "send → stored p50/p90/p99 ms", "CPU ms a note", "MiB")
    title = (
        f"Rooms of {PHONES} phones in one process, {MANY_RATE} notes/s in all: a note costs "
        f"{median[MANY] / median[1]:.2f} of one room, a room {each:.2f} MiB, {_load()}"
    )
    return table(title, head, rows)


def _load() -> str:
    return f"load of the machine {os.getloadavg()[1]:.0f} on {os.cpu_count()} cores"

"""Twelve honest phones during each flood of F6 and F11: all of their notes are stored, with little delay."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.client import Screen, connect
from tests.load.measure import latencies, percentile, pin, table
from tests.load.rooms import SOCKET, Phones, hang_up, join, write_notes
from tests.support.meeting import Meeting, new_id, new_secret, signed_in
from tests.support.server import Server

#: Twelve notes a second are what the limits allow this few for this long.
HONEST, RATE, SECONDS, ROUNDS = 12, 12, 8.0, 2
#: The honest phones use one address, the flood another, both of this machine.
STRANGER = "127.0.0.66"
LINES = 400
IDLE = 1800
DEAF = 1050
HELLO = {"type": "hello", "since": 0, "epoch": "", "activity": None, "protocol": 1}


@dataclass
class Scene:
    """What a flood may use: the room, the ids of its phones, and what must be disconnected afterwards."""

    meeting: Meeting
    token: str
    activity: str
    screens: list[Screen] = field(default_factory=list)
    sockets: list[socket.socket] = field(default_factory=list)

    @property
    def host(self) -> str:
        """The value of a Host header."""
        return self.meeting.url.partition("//")[2]

    def edit(self) -> bytes:
        """Changes a note that does not exist."""
        note = {"note": new_id(), "secret": new_secret(), "rev": 2, "text": "ingen"}
        return self._do({"type": "notes.edit", "activity": self.activity, **note})

    def note(self) -> bytes:
        """An ordinary note."""
        note = {"note": new_id(), "secret": new_secret(), "rev": 1, "text": "reklame"}
        return self._do({"type": "notes.write", "activity": self.activity, **note})

    def _do(self, command: dict[str, object]) -> bytes:
        return json.dumps({"type": "do", "ref": 1, "command": command}).encode()

    async def line(self) -> Screen:
        """One more connection of the stranger's, inside."""
        screen = await connect(self.meeting.url, SOCKET, lambda _text, _now: None, STRANGER)
        screen.send(json.dumps(HELLO | {"token": self.token}).encode())
        self.screens.append(screen)
        return screen

    async def call(self, request: bytes, room: int | None = None) -> socket.socket:
        """A raw connection that sends something and reads nothing."""
        made = socket.socket()
        if room is not None:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        made.setblocking(False)
        made.bind((STRANGER, 0))
        name, _, port = self.host.partition(":")
        self.sockets.append(made)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(made, (name, int(port)))
        if request:
            await loop.sock_sendall(made, request)
        return made

    def end(self) -> None:
        """Nothing is left of it."""
        for screen in self.screens:
            screen.transport.abort()
        for made in self.sockets:
            made.close()


Flood = Callable[[Scene], Awaitable[None]]


async def nothing(_scene: Scene) -> None:
    """The honest phones alone, to compare with."""


async def refused_edits(scene: Scene) -> None:
    """F6: each of many connections sends edits of notes that do not exist."""
    await _by_lines(scene, 40, scene.edit)


async def notes_of_400_lines(scene: Scene) -> None:
    """F6: 400 connections of one address write as fast as they are allowed."""
    await _by_lines(scene, LINES, scene.note)


async def refused_posts(scene: Scene) -> None:
    """F6: the same by POST, on eight parallel connections."""

    async def post() -> None:
        name, _, port = scene.host.partition(":")
        read, write = await asyncio.open_connection(name, int(port), local_addr=(STRANGER, 0))
        while True:
            body = scene.edit()
            head = (
                f"POST /live/do HTTP/1.1\r\nHost: {scene.host}\r\nOrigin: {scene.meeting.url}\r\n"
                f"Authorization: Bearer {scene.token}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            write.write(head.encode() + body)
            answer = await read.readuntil(b"\r\n\r\n")
            length = answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            await read.readexactly(int(length))
            await asyncio.sleep(0.01)

    await asyncio.gather(*(post() for _ in range(8)))


async def clients_that_do_not_read(scene: Scene) -> None:
    """F11: many request the largest file, repeatedly, and read none of it."""
    assets = Path(__file__).parents[2] / "app" / "web" / "assets"
    name = max(assets.iterdir(), key=lambda path: path.stat().st_size).name
    asked = f"GET /assets/{name} HTTP/1.1\r\nHost: {scene.host}\r\n\r\n".encode() * 6
    await _paced(DEAF, lambda: scene.call(asked, room=1))


async def clients_that_send_nothing(scene: Scene) -> None:
    """F11: many connect and send nothing."""
    await _paced(IDLE, lambda: scene.call(b""))


async def trickled_bodies(scene: Scene) -> None:
    """F11: many send a byte of a long body now and then."""
    head = (
        f"POST /api/join HTTP/1.1\r\nHost: {scene.host}\r\nOrigin: {scene.meeting.url}\r\n"
        "Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
    ).encode()
    await _paced(600, lambda: scene.call(head))
    loop = asyncio.get_running_loop()
    while True:
        for made in scene.sockets:
            with suppress(OSError):
                await loop.sock_sendall(made, b"x")
        await asyncio.sleep(0.5)


async def empty_fragments(scene: Scene) -> None:
    """F11: connections send fragments of an endless message, and reconnect when they are closed."""
    parts = b"\x01\x80\0\0\0\0" + b"\x00\x80\0\0\0\0" * 2000
    while True:
        for screen in [await scene.line() for _ in range(8)]:
            screen.transport.write(parts)
        await asyncio.sleep(0.25)


async def _by_lines(scene: Scene, many: int, message: Callable[[], bytes]) -> None:
    await _paced(many, scene.line)
    while True:
        for number, screen in enumerate(scene.screens):
            if not screen.transport.is_closing():
                screen.send(message())
            if number % 10 == 9:
                # This process also measures the honest phones.
                await asyncio.sleep(0)
        await asyncio.sleep(0.3)


async def _paced(many: int, make: Callable[[], Awaitable[object]]) -> None:
    # A few at a time: this process also measures the honest phones.
    for begin in range(0, many, 5):
        await asyncio.gather(*(make() for _ in range(begin, min(many, begin + 5))), return_exceptions=True)
        await asyncio.sleep(0.005)


FLOODS: tuple[Flood, ...] = (
    refused_edits,
    refused_posts,
    notes_of_400_lines,
    clients_that_do_not_read,
    clients_that_send_nothing,
    trickled_bodies,
    empty_fragments,
)


async def run(folder: Path) -> str:
    """Compare each flood with the same room without it, on one server for each."""
    pin(os.getpid(), 1)
    calm = await _rounds(folder, nothing)
    before = percentile(calm, 0.99)
    rows = [_row("none", calm, before)]
    rows += [_row(flood.__name__.replace("_", " "), await _rounds(folder, flood), before) for flood in FLOODS]
    head = ("flood", "honest notes stored", "send → stored p50/p90/p99 ms", "p99 × without")
    return table(f"{HONEST} honest phones, {RATE} notes/s for {SECONDS:.0f} s, during floods", head, rows)


def _row(name: str, stored: list[float], before: float) -> tuple[str, ...]:
    sent, ratio = ROUNDS * int(RATE * SECONDS), percentile(stored, 0.99) / before
    return name, f"{len(stored)} of {sent}", latencies(stored), f"{ratio:.1f}"


async def _rounds(folder: Path, flood: Flood) -> list[float]:
    """How long each of the honest notes took, on several servers one after the other."""
    return [
        seconds
        for number in range(ROUNDS)
        for seconds in (await _beside(folder / f"{flood.__name__}-{number}", flood)).stored
    ]


async def _beside(folder: Path, flood: Flood) -> Phones:
    """What the honest phones had stored, and when. Limits as in a meeting."""
    with Server(folder) as server:
        assert server.process
        pin(server.process.pid, 0)
        async with signed_in(server) as http:
            meeting = await Meeting(server.url, http).make()
            desk = await meeting.desk()
            await desk.until(lambda: desk.items)
            activity = str(desk.items[0]["id"])
            await desk.do("agenda.go", item=activity)
            phones = await join(meeting, HONEST)
            async with _flooding(Scene(meeting, await meeting.room_token(), activity), flood):
                await write_notes(phones, activity, RATE, SECONDS)
            hang_up(phones)
            await desk.close()
    return phones


@asynccontextmanager
async def _flooding(scene: Scene, flood: Flood) -> AsyncIterator[None]:
    task = asyncio.ensure_future(flood(scene))
    # The flood has begun when the first note is sent.
    await asyncio.sleep(1)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        scene.end()

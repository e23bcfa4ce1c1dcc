"""The same messages over HTTP, for networks that block WebSockets: POST one way, events the other."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from app.engine.registry import Registry
from app.faults import CODES
from app.limits import address_hash
from app.live.flood import Purse, Purses
from app.live.lobby import Lobby, TurnedAway, Visit
from app.live.messages import Do, Hello, Misunderstood, parse
from app.live.protocol import CLOSE_TIMEOUT, EXTENSION, GUEST
from app.live.submit import SlowDown, refusal, submit_command

#: How often an idle stream gets a comment, so that proxies keep it open. Seconds.
KEEPALIVE_SECONDS = 15.0
#: The longest command by POST. Bytes.
BODY = 64 * 1024

#: How long to wait before answering clients that post too much. Seconds.
PAUSE = 1.0

#: HTTP status by refusal code; 409 for all others.
STATUS = dict.fromkeys(CODES, 422) | {
    "signed_out": 401,
    "role": 403,
    "not_yours": 403,
    "unknown": 404,
    "unknown_type": 400,
    "slow_down": 429,
    "busy": 503,
    "full": 507,
}


class EventLine:
    """The way to a screen over a stream of events."""

    kind = "events"

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._frames: list[bytes] = []
        self._ready = asyncio.Event()
        self._size = 0
        self.closed: int | None = None

    def write(self, frame: bytes) -> None:
        """Into the stream's own buffer."""
        self._frames.append(frame)
        self._size += len(frame)
        self._ready.set()

    def frame(self, message: bytes) -> bytes:
        """One event; our JSON never holds a bare newline."""
        return b"data: " + message + b"\n\n"

    @property
    def waiting(self) -> int:
        """Bytes not yet handed to the server, and those in its transport's buffer."""
        return self._size + int(self._transport.get_write_buffer_size())

    def close(self, code: int) -> None:
        """End the stream with a last event that contains the code."""
        self.closed = code
        self.write(b"event: close\ndata: %d\n\n" % code)
        asyncio.get_running_loop().call_later(CLOSE_TIMEOUT, self._cut_off)

    def _cut_off(self) -> None:
        # A client that does not read cannot be notified, and must not keep its backlog in memory (R7). One
        # that has read everything may be using the connection for its next request.
        if self.waiting:
            self._transport.abort()

    async def frames(self) -> AsyncIterator[bytes]:
        """What was written, until the line is closed."""
        while True:
            try:
                async with asyncio.timeout(KEEPALIVE_SECONDS):
                    await self._ready.wait()
            except TimeoutError:
                yield b": \n\n"
                continue
            self._ready.clear()
            frames, self._frames = self._frames, []
            self._size = 0
            yield b"".join(frames)
            if self.closed is not None:
                return


def routes(lobby: Lobby, registry: Registry) -> APIRouter:
    """`POST /live/do` and `POST /live/events`."""
    router = APIRouter()
    purses = Purses(time.monotonic)

    @router.post("/live/do")
    async def do(request: Request) -> Response:
        """Submit one command. F6: refused and unreadable commands are charged to the address."""
        address = address_of(request)
        purse = purses.of(address)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        body = await body_of(request)
        if body is None:
            return answer_of(refusal(0, "too_long"), 413)
        try:
            message = parse(body)
        except Misunderstood as fault:
            return await unread(purse, fault)
        if not isinstance(message, Do):
            return await unread(purse, Misunderstood("unknown_type", 0))
        came = await lobby.bearer(token) if scheme.lower() == "bearer" else None
        if came is None:
            return await unread(purse, Misunderstood("signed_out", message.ref))
        opened, asker, name = came
        group = registry.ruled(message.command).group
        source = opened.flood.source(asker.workshop, address)
        try:
            answer, code = await submit_command(
                opened, asker, message.ref, message.command, group, source, purse, name
            )
        except SlowDown as slow:
            return await slow_down(message.ref, slow.retry_after)
        return answer_of(answer, 200 if code is None else STATUS.get(code, 409))

    @router.post("/live/events")
    async def events(request: Request) -> Response:
        """Hello, then one event per message of the server, until either side ends the stream."""
        body = await body_of(request)
        line = EventLine(request.scope["extensions"][EXTENSION])
        guest = request.scope["extensions"][GUEST]
        try:
            hello = parse(body or b"")
            if not isinstance(hello, Hello):
                return _closing(4400)
            visit = await lobby.enter(hello, line, address_of(request))
        except Misunderstood:
            return _closing(4400)
        except TurnedAway as turned:
            return _closing(turned.code)
        if not guest.let_in():
            lobby.leave(visit)
            return _closing(4008)
        return StreamingResponse(
            _stream(lobby, visit, line, guest),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return router


async def _stream(lobby: Lobby, visit: Visit, line: EventLine, guest: Any) -> AsyncIterator[bytes]:
    try:
        async for frames in line.frames():
            yield frames
    finally:
        lobby.leave(visit)
        guest.let_out()


def _closing(code: int) -> Response:
    return Response(b"event: close\ndata: %d\n\n" % code, media_type="text/event-stream")


def address_of(request: Request) -> str:
    """The address of a request, as a hash."""
    return address_hash(request.client.host if request.client else "")


async def slow_down(ref: int, wait: float) -> Response:
    """Refuse after a delay: otherwise a client could make us refuse as fast as it can send."""
    await asyncio.sleep(PAUSE)
    return answer_of(refusal(ref, "slow_down", wait), STATUS["slow_down"])


async def unread(purse: Purse, fault: Misunderstood) -> Response:
    """Why a command was not tried, or that the client must slow down."""
    if wait := purse.take():
        return await slow_down(fault.ref, wait)
    return answer_of(refusal(fault.ref, fault.code), STATUS.get(fault.code, 422))


def answer_of(message: bytes, status: int) -> Response:
    """An answer to one command."""
    return Response(message, status_code=status, media_type="application/json")


async def body_of(request: Request, most: int = BODY) -> bytes | None:
    """The body, or None when it is longer than `most` bytes."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            return None
    return bytes(body)

"""The WebSocket: frame size and rate checked, JSON parsed into a command, and handed on (E9, X6)."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, assert_never

import structlog

from app.engine.commands import Role
from app.engine.registry import Registry
from app.http.folder import path_in
from app.limits import address_hash
from app.live.flood import Bucket, FloodLimits, LinePurse
from app.live.lobby import Lobby, TurnedAway, Visit
from app.live.messages import (
    Broken,
    Do,
    Hello,
    Hold,
    Misunderstood,
    Shows,
    Time,
    TimeMessage,
    parse,
)
from app.live.protocol import CLOSE_TIMEOUT, EXTENSION, GUEST
from app.live.submit import DESKS, SlowDown, refusal, submit_command

log = structlog.get_logger("socket")

PATH = "/live/socket"
#: The largest message of a phone, in bytes; a desk's may be as large as the server reads at all.
PHONE_FRAME = 8 * 1024
DESK_FRAME = 64 * 1024
#: How long reading pauses on a line that sends too much, in seconds.
PAUSE = 0.2
#: How long a screen may take to say hello, in seconds.
HELLO = 10.0

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class SocketLine:
    """The way to a screen over uvicorn's transport: framed by us, written without waiting (E9)."""

    kind = "websocket"

    def __init__(self, transport: Any, hang_up: Callable[[int], None]) -> None:
        self._transport = transport
        self._hang_up = hang_up

    def write(self, frame: bytes) -> None:
        """Into the transport's buffer."""
        if not self._transport.is_closing():
            self._transport.write(frame)

    def frame(self, message: bytes) -> bytes:
        """An unmasked text frame."""
        size = len(message)
        if size < 126:
            return b"\x81%c" % size + message
        if size < 65536:
            return b"\x81\x7e" + size.to_bytes(2, "big") + message
        return b"\x81\x7f" + size.to_bytes(8, "big") + message

    @property
    def waiting(self) -> int:
        """Bytes in the transport's buffer."""
        return int(self._transport.get_write_buffer_size())

    def close(self, code: int) -> None:
        """Close the connection."""
        self._hang_up(code)


@dataclass(frozen=True)
class Caller:
    """The id of the connection and its hashed address, which stay in the network layer (A1)."""

    guest: Any
    address: str


class _Closed(Exception):
    """The connection is over; `code` is ours to send, or None if the client has gone."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class Socket:
    """The ASGI application behind `/live/socket`."""

    def __init__(
        self,
        lobby: Lobby,
        registry: Registry,
        limits: FloodLimits,
        now: Callable[[], int],
        origin_allowed: Callable[[str | None, str], bool],
    ) -> None:
        self._lobby = lobby
        self._registry = registry
        self._limits = limits
        self._now = now
        self._origin_allowed = origin_allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, from the handshake to the end."""
        await receive()
        transport = scope["extensions"].get(EXTENSION)
        if path_in(scope) != PATH or transport is None or not self._from_us(scope):
            # Before the upgrade: the answer is 403 (B8).
            await send({"type": "websocket.close"})
            return
        await send({"type": "websocket.accept"})
        client = scope.get("client")
        caller = Caller(scope["extensions"][GUEST], address_hash(client[0] if client else ""))
        await self._converse(transport, caller, receive, send)

    def _from_us(self, scope: Scope) -> bool:
        headers = scope["headers"]
        origins = [value.decode("latin-1") for name, value in headers if name == b"origin"]
        hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
        return len(origins) == 1 and len(hosts) == 1 and self._origin_allowed(origins[0], hosts[0])

    async def _converse(self, transport: Any, caller: Caller, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        told_to_leave: asyncio.Future[int] = loop.create_future()

        def hang_up(code: int) -> None:
            if not told_to_leave.done():
                told_to_leave.set_result(code)

        line = SocketLine(transport, hang_up)
        talk = asyncio.ensure_future(self._talk(line, caller, receive))
        try:
            both: set[asyncio.Future[Any]] = {talk, told_to_leave}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            code: int | None = told_to_leave.result() if told_to_leave.done() else talk.result()
        except Exception:
            # Only the socket loop catches everything: a bug ends one connection, and no other.
            log.exception("conversation failed")
            code = 1011
        finally:
            if not talk.done():
                talk.cancel()
                await asyncio.wait({talk})
        if code is not None:
            # A client that does not read cannot be notified, and must not keep its backlog in memory (R7).
            loop.call_later(CLOSE_TIMEOUT, transport.abort)
            if line.waiting:
                # The server would wait here until they read, as our close frame comes after their backlog.
                line.write(b"\x88\x02" + code.to_bytes(2, "big"))
                transport.close()
            else:
                await send({"type": "websocket.close", "code": code})

    async def _talk(self, line: SocketLine, caller: Caller, receive: Receive) -> int | None:
        visit: Visit | None = None
        try:
            async with asyncio.timeout(HELLO):
                hello = parse(await _text(receive, PHONE_FRAME))
                if not isinstance(hello, Hello):
                    return 4400
                visit = await self._lobby.enter(hello, line, caller.address)
            frame = DESK_FRAME if visit.asker.role in DESKS else PHONE_FRAME
            if not caller.guest.let_in(frame, caller.address):
                return 4008
            await self._listen(visit, line, receive)
        except (Misunderstood, TimeoutError):
            return 4400
        except TurnedAway as turned:
            return turned.code
        except _Closed as closed:
            return closed.code
        finally:
            if visit is not None:
                self._lobby.leave(visit)
        return None

    async def _listen(self, visit: Visit, line: SocketLine, receive: Receive) -> None:
        desk = visit.asker.role in DESKS
        limit = self._limits.desk_messages_per_10s if desk else self._limits.messages_per_10s
        size = DESK_FRAME if desk else PHONE_FRAME
        now = asyncio.get_running_loop().time
        bucket, purse = Bucket(now), LinePurse(visit.source, now)
        while True:
            text = await _text(receive, size)
            wait = bucket.take(limit / 10, limit)
            wait = wait and round(wait + 0.5, 1)
            try:
                message = parse(text)
            except Misunderstood as fault:
                if visit.asker.role is Role.SCREEN:
                    raise _Closed(4403) from None
                if wait:
                    # None of our pages sends this many unreadable messages.
                    raise _Closed(4008) from None
                line.write(line.frame(refusal(fault.ref, fault.code)))
                continue
            pause = PAUSE
            if not wait:
                try:
                    await self._answer(visit, line, purse, message)
                    continue
                except SlowDown as slow:
                    wait = pause = slow.retry_after
            if isinstance(message, Do):
                line.write(line.frame(refusal(message.ref, "slow_down", wait)))
            # Pause reading, or a client could make us refuse as fast as it can send.
            await asyncio.sleep(pause)

    async def _answer(
        self,
        visit: Visit,
        line: SocketLine,
        purse: LinePurse,
        message: Hello | Do | Time | Broken | Hold | Shows,
    ) -> None:
        match message:
            case Time():
                now = TimeMessage(sent=message.sent, now=self._now())
                line.write(line.frame(now.model_dump_json().encode()))
            case Do() if visit.asker.role is not Role.SCREEN:
                group = self._registry.ruled(message.command).group
                answer, _ = await submit_command(
                    *(visit.opened, visit.asker, message.ref, message.command, group, visit.source, purse),
                    name=visit.member.name,
                )
                line.write(line.frame(answer))
            case Hold() if visit.asker.role in DESKS:
                visit.opened.hub.hold(visit.member, message.record)
            case Broken() if visit.asker.role is Role.SCREEN:
                visit.opened.hub.broke(visit.member, message.broken)
            case Shows() if visit.asker.role is Role.SCREEN:
                visit.opened.hub.show(visit.member, message.leaf)
            case Do() | Hold() | Broken() | Shows() | Hello():
                # A screen only watches and reports its state (B54); nobody says hello twice.
                raise _Closed(4403)
            case _:
                assert_never(message)


async def _text(receive: Receive, limit: int) -> str:
    event = await receive()
    if event["type"] == "websocket.disconnect":
        raise _Closed(None)
    text = event.get("text")
    if text is None:
        raise _Closed(1003)
    if len(text) > limit or len(text.encode()) > limit:
        raise _Closed(1009)
    return str(text)

"""Our additions to uvicorn's protocols: limits it does not have, and access to its transport.

This uses uvicorn's protocol objects, which are not public API: all of that stays in this file, uvicorn is
pinned by the lock, and `tests/live` covers it at every upgrade.
"""

import logging
from collections.abc import Callable
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import ProtocolError
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol

from app.live.porter import Patience, Porter, open_files

#: Seconds within which a request must be complete (B7).
HANDSHAKE = 10.0
#: Seconds for its body: a little longer than until it is refused as slow (F11).
BODY = 20.0
#: The longest head, in bytes.
HEAD = 128 * 1024
#: More pings, or answers to none of ours, than this in a second are a flood (B6).
PINGS = 20
#: The most parts of a message, empty ones included, and its most bytes before the sender is identified.
PARTS = 64
GUEST_FRAME = 8 * 1024
EXTENSION = "trivsel.transport"
#: The connection itself, which is notified once it is identified.
GUEST = "trivsel.guest"
#: Seconds after which a client is disconnected that was asked to leave and does not read (R7).
CLOSE_TIMEOUT = 5.0

_porters: WeakKeyDictionary[Any, Porter] = WeakKeyDictionary()


def _porter_of(protocol: Any, patience: Patience) -> Porter:
    """One porter for all connections of a server, of both kinds."""
    porter = _porters.get(protocol.config)
    if porter is None:
        trusted = getattr(protocol.app, "trusted", lambda _address: False)
        porter = _porters[protocol.config] = Porter(patience, trusted, open_files())
    return porter


class _Counted(ServerProtocol):
    """The parser, counting frames as it reads them: after a flood the rest is discarded unread."""

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__(max_size=GUEST_FRAME, logger=logging.getLogger("uvicorn.error"))
        self._now = now
        self._parts = 0
        self._pings = 0
        self._pings_since = 0.0

    def recv_frame(self, frame: Frame) -> None:
        """The parser itself counts bytes; parts without any are counted here (F11)."""
        if frame.opcode is Opcode.CONT:
            self._parts += 1
            if self._parts >= PARTS:
                self._end(1009, "too many parts")
        elif frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._parts = 0
        elif frame.opcode in (Opcode.PING, Opcode.PONG):
            now = self._now()
            if now - self._pings_since > 1:
                self._pings, self._pings_since = 0, now
            self._pings += 1
            if self._pings > PINGS:
                self._end(4008, "slow down")
        super().recv_frame(frame)

    def _end(self, code: int, why: str) -> NoReturn:
        self.fail(code, why)
        raise ProtocolError(why)


class _InTurn:
    """Reads data at once, or under load in its address's turn (F11)."""

    patience = Patience()
    transport: Any
    _porter: Porter
    #: The hash of where it comes from; "" behind a proxy.
    _address = ""
    #: Data waiting for its turn; reading from the connection is paused meanwhile.
    _unread = b""

    def data_received(self, data: bytes) -> None:
        """Before anything is parsed."""
        if not self._unread and self._porter.turnstile.free():
            self._take(data)
            return
        if not self._unread:
            self._porter.turnstile.wait(self._address, self._read)
        self._unread += data
        self.transport.pause_reading()

    def _read(self) -> None:
        """It is its turn."""
        unread, self._unread = self._unread, b""
        if unread:
            self._take(unread)
            if not self._full() and not self.transport.is_closing():
                self.transport.resume_reading()

    def _take(self, data: bytes) -> None:
        """Parse it."""
        raise NotImplementedError

    def _full(self) -> bool:
        """Whether the application has yet to take what was parsed."""
        raise NotImplementedError


class SocketProtocol(_InTurn, WebSocketsSansIOProtocol):
    """A WebSocket that passes itself to the application, and limits incomplete messages."""

    def connection_made(self, transport: Any) -> None:
        """A guest, until it has sent its hello."""
        super().connection_made(transport)
        self.conn = _Counted(self.loop.time)
        self._porter = _porter_of(self, self.patience)
        self._address = self._porter.came(self, self.client[0] if self.client else None)

    def connection_lost(self, exc: Exception | None) -> None:
        """It has disconnected. What it sent before counts."""
        self._read()
        self._porter.went(self)
        super().connection_lost(exc)

    #: Nothing waits for a line to drain: it has no flow control (E9).
    drained = 0

    @property
    def idle(self) -> bool:
        """Whether it has yet to say hello."""
        return True

    def let_in(self, frame: int, address: str) -> bool:
        """F11: it has identified itself and may send messages of this length; False if its address has too
        many.

        `address` is the hash of where it comes from, behind a proxy too.
        """
        self.conn.max_message_size = frame
        self._address = address
        return self._porter.let_in(self)

    def _take(self, data: bytes) -> None:
        """The handshake must arrive whole; an unreadable one would never be complete (B74)."""
        WebSocketsSansIOProtocol.data_received(self, data)
        if not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 431 \r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            self.transport.close()

    def _full(self) -> bool:
        return self.read_paused

    async def run_asgi(self) -> None:
        """Give the application the transport along with the scope."""
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions |= {EXTENSION: self.transport, GUEST: self}
        await super().run_asgi()


class HttpProtocol(_InTurn, HttpToolsProtocol):
    """HTTP that does not keep a connection open for a request that never completes (B7, F11)."""

    #: Seconds; class attributes, so that tests need not wait as long.
    handshake = HANDSHAKE
    body = BODY
    _deadline: Any = None
    #: Bytes of a head that is not complete; None between heads.
    _head: int | None = 0
    #: Whether there is more to come of a body.
    _in_body = False
    drained = 0

    def connection_made(self, transport: Any) -> None:
        """Start the clock."""
        super().connection_made(transport)
        self._porter = _porter_of(self, self.patience)
        self._address = self._porter.came(self, self.client[0] if self.client else None)
        self._wait(self.handshake)

    @property
    def idle(self) -> bool:
        """Whether no request is being answered."""
        cycle: Any = self.cycle
        return cycle is None or bool(cycle.response_complete)

    def let_in(self) -> bool:
        """It carries a stream of events for somebody; False when its address has too many."""
        return self._porter.let_in(self)

    def let_out(self) -> None:
        """The stream is over."""
        self._porter.let_out(self)

    def data_received(self, data: bytes) -> None:
        """Heads take their turn when complete; bodies, which may trickle in, take theirs here."""
        if self._in_body:
            super().data_received(data)
        else:
            self._take(data)

    def _take(self, data: bytes) -> None:
        """The parser would read a head of any length."""
        HttpToolsProtocol.data_received(self, data)
        if self._head is not None:
            self._head += len(data)
            if self._head > HEAD:
                self._too_late()

    def _full(self) -> bool:
        return self.flow.read_paused

    def handle_websocket_upgrade(self) -> None:
        """Continues as a WebSocket."""
        self._wait_no_more()
        self._porter.went(self)
        super().handle_websocket_upgrade()

    def on_message_begin(self) -> None:
        """The first bytes of the next request: its clock restarts."""
        super().on_message_begin()
        self._head = 0
        self._wait(self.handshake)

    def on_headers_complete(self) -> None:
        """The head is complete; an event stream may have to cut off a client that does not read (R7)."""
        self._head = None
        # F11: even if it was answered meanwhile, a trickling body must not hold the connection longer.
        self._wait(self.body)
        self._in_body = True
        super().on_headers_complete()
        extensions: Any = self.scope.setdefault("extensions", {})
        extensions |= {EXTENSION: self.transport, GUEST: self}

    def on_message_complete(self) -> None:
        """All of it is there."""
        self._wait_no_more()
        self._in_body = False
        super().on_message_complete()

    def resume_writing(self) -> None:
        """They have read, and the next pieces of an answer will be written."""
        self.drained += 1
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has disconnected. What it sent before counts."""
        self._read()
        self._wait_no_more()
        self._porter.went(self)
        super().connection_lost(exc)

    def _wait(self, seconds: float) -> None:
        self._wait_no_more()
        self._deadline = self.loop.call_later(seconds, self._too_late)

    def _wait_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()

    def _too_late(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()


class _NoTraceback(logging.Filter):
    """Bad UTF-8 from a screen is answered with 1007; its traceback is noise and may hold text (A9)."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "Invalid UTF-8" not in str(record.msg)


def quiet_uvicorn() -> None:
    """Keep addresses, paths and payloads out of uvicorn's own log (A9)."""
    logging.getLogger("uvicorn.error").addFilter(_NoTraceback())
    logging.getLogger("uvicorn.access").disabled = True

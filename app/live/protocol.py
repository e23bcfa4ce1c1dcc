"""Our two small additions to uvicorn's protocols: limits it does not have, and the way to its transport.

It reaches into uvicorn's protocol objects, which are no public API: all of that stays in this file, uvicorn
is pinned by the lock, and `tests/live` tries it at every upgrade.
"""

import logging
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

#: A request must be complete after so many seconds (B7).
HANDSHAKE = 10.0
#: A head that is longer before it is complete is not read on. Bytes.
HEAD = 128 * 1024
#: More pings than this in a second are a flood (B6).
PINGS = 20
EXTENSION = "trivsel.transport"
#: Who has been told to go and does not read it is cut off after so many seconds (R7).
FAREWELL = 5.0


class SocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket that hands its transport to the application and counts pings."""

    _pings = 0
    _pings_since = 0.0

    def data_received(self, data: bytes) -> None:
        """The handshake comes whole; one that cannot be read will never be complete (B74)."""
        super().data_received(data)
        if not self.handshake_initiated and not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 431 \r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            self.transport.close()

    async def run_asgi(self) -> None:
        """Give the application the transport along with the scope."""
        extensions: dict[str, Any] = self.scope["extensions"]
        extensions[EXTENSION] = self.transport
        await super().run_asgi()

    def handle_ping(self) -> None:
        """Answer a ping; hang up on a flood of them."""
        now = self.loop.time()
        if now - self._pings_since > 1:
            self._pings, self._pings_since = 0, now
        self._pings += 1
        if self._pings > PINGS and not self.close_sent:
            self.conn.send_close(4008, "slow down")
            self.close_sent = True
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.queue.put_nowait({"type": "websocket.disconnect", "code": 4008, "reason": None})
            self.transport.close()
            return
        super().handle_ping()


class HttpProtocol(HttpToolsProtocol):
    """HTTP that does not hold a connection open for a request that never comes to an end (B7)."""

    #: Seconds; a class attribute so that the test of it need not wait so long.
    handshake = HANDSHAKE
    _deadline: Any = None
    #: Bytes of a head that is not complete; None between heads.
    _head: int | None = 0

    def connection_made(self, transport: Any) -> None:
        """Start the clock."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """The parser would read a head of any length."""
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > HEAD:
                self._too_late()

    def on_message_begin(self) -> None:
        """The first bytes of the next request: its clock starts anew."""
        super().on_message_begin()
        self._head = 0
        self._wait()

    def on_headers_complete(self) -> None:
        """The request is there; a stream of events may have to cut off who does not read (R7)."""
        self._wait_no_more()
        self._head = None
        super().on_headers_complete()
        extensions: Any = self.scope.setdefault("extensions", {})
        extensions[EXTENSION] = self.transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing to wait for."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._wait_no_more()
        self._deadline = self.loop.call_later(self.handshake, self._too_late)

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

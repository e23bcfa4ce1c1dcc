"""A screen that costs the generator almost nothing: bytes in, frames out, parsing only if needed."""

import asyncio
import base64
import os
import time
from collections.abc import Callable
from urllib.parse import urlsplit

OnText = Callable[[bytes, float], None]


class Screen(asyncio.Protocol):
    """One WebSocket, our side hand-written: unmasked frames in, frames with a zero mask out."""

    def __init__(self, host: str, path: str, on_text: OnText) -> None:
        self._host = host
        self._path = path
        self._on_text = on_text
        self._buffer = bytearray()
        self._upgraded = False
        self.transport: asyncio.Transport
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        lines = (
            f"GET {self._path} HTTP/1.1",
            f"Host: {self._host}",
            f"Origin: http://{self._host}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            "",
            "",
        )
        transport.write("\r\n".join(lines).encode())

    def data_received(self, data: bytes) -> None:
        """Take frames apart."""
        buffer = self._buffer
        buffer += data
        if not self._upgraded:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if not buffer.startswith(b"HTTP/1.1 101"):
                self.open.set_exception(ConnectionError(bytes(buffer[:60])))
                return
            del buffer[: end + 4]
            self._upgraded = True
            self.open.set_result(None)
        now = time.perf_counter()
        at, size = 0, len(buffer)
        while size - at >= 2:
            length, head = buffer[at + 1], at + 2
            if length == 126:
                if size - at < 4:
                    break
                length, head = int.from_bytes(buffer[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                if size - at < 10:
                    break
                length, head = int.from_bytes(buffer[at + 2 : at + 10], "big"), at + 10
            if size - head < length:
                break
            if buffer[at] == 0x81:
                self._on_text(bytes(buffer[head : head + length]), now)
            elif buffer[at] == 0x89 and length < 126:
                # A client that does not answer is disconnected.
                pong = bytes(buffer[head : head + length])
                self.transport.write(b"\x8a%c\0\0\0\0" % (0x80 + length) + pong)
            at = head + length
        del buffer[:at]

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side has disconnected."""
        self.lost = True
        if not self.open.done():
            self.open.set_exception(exc or ConnectionError("closed"))

    def send(self, text: bytes) -> None:
        """A text frame."""
        size = len(text)
        head = b"\x81%c" % (0x80 | size) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + text)


async def connect(url: str, path: str, on_text: OnText, local: str | None = None) -> Screen:
    """An open WebSocket, from another address of this machine if needed."""
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    loop = asyncio.get_running_loop()
    host = f"{parts.hostname}:{parts.port}"
    _, screen = await loop.create_connection(
        lambda: Screen(host, path, on_text),
        parts.hostname,
        parts.port,
        local_addr=(local, 0) if local else None,
    )
    await screen.open
    return screen

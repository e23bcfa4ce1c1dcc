"""A WebSocket client that writes every byte itself, so that it can send what no library would (M5)."""

import asyncio
import base64
import json
import os
from typing import Any, Self
from urllib.parse import urlsplit

from tests.support.patience import PATIENCE

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, masked: bool = True) -> bytes:
    """One frame, as correct or as wrong as requested."""
    size = len(payload)
    mask = 0x80 if masked else 0
    head = bytes([(0x80 if fin else 0) | rsv << 4 | opcode])
    if size < 126:
        head += bytes([mask | size])
    elif size < 65536:
        head += bytes([mask | 126]) + size.to_bytes(2, "big")
    else:
        head += bytes([mask | 127]) + size.to_bytes(8, "big")
    # A mask of zeros leaves the payload unchanged.
    return head + (bytes(4) if masked else b"") + payload


class Raw:
    """One connection."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.host = urlsplit(url).netloc
        self.pongs = 0

    async def connect(self) -> Self:
        name, _, port = self.host.partition(":")
        self._read, self._write = await asyncio.open_connection(name, int(port))
        return self

    async def send(self, data: bytes) -> None:
        """Raw bytes; it is no error if the server has disconnected."""
        try:
            self._write.write(data)
            await self._write.drain()
        except OSError:
            pass

    def request(self, *lines: str, origin: str | None = "own", host: str | None = None) -> bytes:
        """A handshake, complete or not."""
        key = base64.b64encode(os.urandom(16)).decode()
        head = ["GET /live/socket HTTP/1.1", f"Host: {host or self.host}"]
        if origin is not None:
            head.append(f"Origin: {self.url if origin == 'own' else origin}")
        head += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
        return "\r\n".join([*head, f"Sec-WebSocket-Key: {key}", *lines, "", ""]).encode()

    async def shake(self, request: bytes | None = None) -> int:
        """Ask for the upgrade; the status of the answer."""
        await self.send(request or self.request())
        head = await asyncio.wait_for(self._read.readuntil(b"\r\n\r\n"), 20)
        return int(head.split()[1])

    async def hello(self, token: str, **more: Any) -> None:
        """The first message; returns after the welcome and the first load."""
        said = {"type": "hello", "token": token, "since": 0, "epoch": "", "activity": None, "protocol": 1}
        await self.send(frame(TEXT, json.dumps(said | more).encode()))

    async def say(self, message: Any) -> None:
        text = message if isinstance(message, bytes) else json.dumps(message).encode()
        await self.send(frame(TEXT, text))

    async def hear(self) -> tuple[int, bytes]:
        """The next frame: opcode and payload. At the end of the stream a close with 1006."""
        try:
            async with asyncio.timeout(PATIENCE):
                first, second = await self._read.readexactly(2)
                size = second & 0x7F
                if size > 125:
                    size = int.from_bytes(await self._read.readexactly(2 if size == 126 else 8), "big")
                return first & 0x0F, await self._read.readexactly(size)
        except (asyncio.IncompleteReadError, ConnectionError):
            return CLOSE, (1006).to_bytes(2, "big")

    async def told(self, *types: str) -> dict[str, Any]:
        """The next message of one of these types."""
        while True:
            opcode, payload = await self.hear()
            assert opcode != CLOSE, f"closed with {int.from_bytes(payload[:2], 'big')}"
            if opcode == TEXT:
                message: dict[str, Any] = json.loads(payload)
                if message["type"] in types:
                    return message

    async def closed(self) -> int:
        """The close code with which the server ends the connection."""
        while True:
            opcode, payload = await self.hear()
            self.pongs += opcode == PONG
            if opcode == CLOSE:
                return int.from_bytes(payload[:2], "big")

    async def gone(self) -> bytes:
        """Everything until the server closes the connection."""
        try:
            return await asyncio.wait_for(self._read.read(), 20)
        except ConnectionError:
            return b""

    def cut(self) -> None:
        """Disconnect without a closing handshake."""
        self._write.transport.abort()

"""A network between a browser and the server that can be cut and restored, or blocks WebSockets (M11)."""

import asyncio
import contextlib
from typing import Self

REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """Passes bytes on to a local port. With `sockets=False` it is one of those that refuse upgrades."""

    def __init__(self, to: int, *, sockets: bool = True) -> None:
        self._to = to
        self._sockets = sockets
        self._whole = True
        self._answers = True
        self._lines: set[asyncio.StreamWriter] = set()
        self.refused = 0
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        self._server.close()

    def cut(self) -> None:
        """As in a lift: open connections break, and nothing new gets through."""
        self._whole = False
        for line in self._lines:
            line.transport.abort()

    def deafen(self) -> None:
        """What is sent still arrives, and no answer to it comes back: until it is cut and mended."""
        self._answers = False

    def mend(self) -> None:
        """Up again."""
        self._whole = self._answers = True

    async def _pass(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if not self._whole:
            back.transport.abort()
            return
        with contextlib.suppress(OSError):
            far, on = await asyncio.open_connection("127.0.0.1", self._to)
            self._lines |= {back, on}
            await asyncio.gather(self._pump(near, on, asks=back), self._pump(far, back))
            self._lines -= {back, on}
        back.close()

    async def _pump(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        *,
        asks: asyncio.StreamWriter | None = None,
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65536):
                if asks and not self._sockets and b"upgrade: websocket" in data.lower():
                    self.refused += 1
                    asks.write(REFUSED)
                    await asks.drain()
                    asks.close()
                    break
                if asks or self._answers:
                    sink.write(data)
                    await sink.drain()
        sink.close()

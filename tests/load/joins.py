"""A thousand phones join at once by the code on the wall: the page, the socket, and the first answer."""

import asyncio
import gzip
import json
import os
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.load.beside import LONG, checkouts, ratio, server_of
from tests.load.client import Screen, connect
from tests.load.measure import cpu_seconds, latencies, pin, table
from tests.load.rooms import SOCKET
from tests.support.meeting import Meeting, signed_in
from tests.support.server import Server

PHONES = 1000
ROUNDS = 3 if LONG else 1
#: A crowd does not arrive in the same millisecond, and the generator has one core as well.
AT_ONCE = 100
_ARRIVAL = re.compile(rb'<script type="application/json" id="arrival">(.*?)</script>', re.DOTALL)


async def run(folder: Path) -> str:
    """Over the socket alone, and by the page of the scanned code followed by the socket."""
    pin(os.getpid(), 1)
    rows = []
    costs: dict[bool, dict[str, list[float]]] = {False: {}, True: {}}
    for number in range(ROUNDS):
        for name, checkout in checkouts().items():
            with server_of(checkout, folder / f"{name}{number}") as server:
                async with signed_in(server) as http:
                    meeting = await Meeting(server.url, http).make()
                    desk = await meeting.desk()
                    await desk.until(lambda desk=desk: desk.items)
                    await desk.do("agenda.go", item=desk.items[0]["id"])
                    for paged, said in costs.items():
                        cost, *row = await _joined(server, meeting, paged=paged)
                        said.setdefault(name, []).append(cost)
                        rows.append((name, "page and socket" if paged else "socket", *row))
                    await desk.close()
    head = (
        "checkout",
        "by",
        "all in after s",
        "CPU ms a join",
        "each, until caught up: p50/p90/p99 ms",
    )
    compared = ratio("CPU by socket", costs[False]) + ratio("CPU by page", costs[True])
    return table(f"{PHONES} phones join, {AT_ONCE} at a time{compared}", head, sorted(rows))


async def _joined(server: Server, meeting: Meeting, *, paged: bool) -> tuple[float, str, str, str]:
    assert server.process
    pid = server.process.pid
    pin(pid, 0)
    path = urlsplit(meeting.join_url).path
    hello = await _hello(meeting, path, paged=paged)
    turn = asyncio.Semaphore(AT_ONCE)
    times: list[float] = []
    screens: list[Screen] = []

    async def one() -> None:
        async with turn:
            began = time.perf_counter()
            if paged:
                await fetch(meeting.url, path)
            caught_up = asyncio.get_running_loop().create_future()

            def take(text: bytes, _now: float) -> None:
                if text.startswith(b'{"type":"changes"') and not caught_up.done():
                    caught_up.set_result(None)

            screen = await connect(meeting.url, SOCKET, take)
            screens.append(screen)
            screen.send(hello)
            await caught_up
            times.append(time.perf_counter() - began)

    cpu, began = cpu_seconds(pid), time.perf_counter()
    await asyncio.gather(*(one() for _ in range(PHONES)))
    took, cost = time.perf_counter() - began, cpu_seconds(pid) - cpu
    for screen in screens:
        screen.transport.abort()
    await asyncio.sleep(0.5)
    return cost, f"{took:.2f}", f"{cost / PHONES * 1e3:.2f}", latencies(times)


async def _hello(meeting: Meeting, path: str, *, paged: bool) -> bytes:
    """The hello of a phone that has the page's first load, or nothing yet."""
    hello: dict[str, Any] = {"type": "hello", "since": 0, "epoch": "", "activity": None, "protocol": 1}
    if not paged:
        return json.dumps(hello | {"token": await meeting.room_token()}).encode()
    answer = await fetch(meeting.url, path)
    (arrival,) = _ARRIVAL.findall(gzip.decompress(answer[answer.index(b"\r\n\r\n") + 4 :]))
    brought = json.loads(arrival)
    has = {name: brought["changes"][what] for name, what in (("since", "seq"), ("epoch", "epoch"))}
    hello |= has | {"activity": brought["changes"]["activity"], "token": brought["joined"]["token"]}
    return json.dumps(hello).encode()


class _Page(asyncio.Protocol):
    """One answer with a length, over its own connection; parsing only if needed."""

    def __init__(self) -> None:
        self.whole: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._buffer = bytearray()
        self._size: int | None = None

    def data_received(self, data: bytes) -> None:
        """Until as much has arrived as the head announces."""
        self._buffer += data
        if self._size is None:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            if not head.startswith(b"http/1.1 200") or b"content-encoding: gzip" not in head:
                self.whole.set_exception(ConnectionError(head[:60]))
                return
            start = head.index(b"content-length:") + 15
            self._size = end + 4 + int(head[start:].split(b"\r\n")[0])
        if len(self._buffer) >= self._size and not self.whole.done():
            self.whole.set_result(bytes(self._buffer))

    def connection_lost(self, exc: Exception | None) -> None:
        """Disconnected before it was complete."""
        if not self.whole.done():
            self.whole.set_exception(exc or ConnectionError("closed"))


async def fetch(url: str, path: str) -> bytes:
    """A page as a browser reads it, head and compressed body."""
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    loop = asyncio.get_running_loop()
    transport, page = await loop.create_connection(_Page, parts.hostname, parts.port)
    host = f"{parts.hostname}:{parts.port}"
    transport.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    try:
        return await page.whole
    finally:
        transport.abort()

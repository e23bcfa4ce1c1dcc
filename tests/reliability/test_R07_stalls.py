"""R7: five of sixty phones stop reading; the others notice nothing, and the five are disconnected."""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any

import psutil

from tests.live.raw import CLOSE, TEXT, Raw
from tests.reliability.phones import LIMITS, opened
from tests.support.meeting import Meeting, meeting as a_meeting
from tests.support.patience import PATIENCE
from tests.support.server import Server

PHONES, STALLED = 40, 5
#: After this many changes all buffers in between are full.
WAKES = 60


class Phone(Raw):
    """Counts what it is sent. Its own buffer is small, so that it fills at once if nothing is read."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.seq = 0
        self.code: int | None = None
        self.reading = asyncio.Event()
        self.reading.set()
        self.news = asyncio.Event()

    async def connect(self) -> "Phone":
        name, _, port = self.host.partition(":")
        own = socket.socket()
        own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        own.setblocking(False)
        await asyncio.get_running_loop().sock_connect(own, (name, int(port)))
        self._read, self._write = await asyncio.open_connection(sock=own, limit=4096)
        return self

    async def read_on(self) -> None:
        while True:
            await self.reading.wait()
            opcode, payload = await self.hear()
            if opcode == CLOSE:
                self.code = int.from_bytes(payload[:2], "big")
                self.news.set()
                return
            if opcode == TEXT and payload.startswith(b'{"type":"changes"'):
                # Only the head: sixty times a megabyte is not parsed here.
                self.seq = json.loads(payload[: payload.index(b',"records"')] + b"}")["seq"]
                self.news.set()

    async def at_seq(self, seq: int) -> None:
        await self.until(lambda: self.seq >= seq)

    async def until(self, what: Callable[[], Any]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not what():
                self.news.clear()
                await self.news.wait()


async def come(meeting: Meeting) -> tuple[list[Phone], list[asyncio.Task[None]]]:
    token = await meeting.room_token()
    phones = []
    for _ in range(PHONES):
        phone = await Phone(meeting.url).connect()
        assert await phone.shake() == 101
        await phone.hello(token)
        phones.append(phone)
    return phones, [asyncio.create_task(phone.read_on()) for phone in phones]


async def test_R07_E9_nobody_waits_for_a_phone_that_does_not_read(new_server: Callable[..., Server]) -> None:
    server = new_server(env=LIMITS).start()
    assert server.process
    process = psutil.Process(server.process.pid)
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        base = desk.seqs[meeting.workshop]
        await desk.do("workshop.change", workshop=meeting.workshop, base=base, board_on_phones=True)
        for _ in range(6):
            await desk.do(
                "notes.add_paper", activity=question, texts=["\U0001f469\u200d\U0001f680" * 150] * 10
            )
        await desk.do("notes.turn_all", activity=question)
        phones, tasks = await come(meeting)
        stalled, healthy = phones[:STALLED], phones[STALLED:]
        for phone in healthy:
            await phone.at_seq(1)
        before = process.memory_info().rss
        for phone in stalled:
            phone.reading.clear()

        # About six megabytes for each: more than all the buffers in between.
        took = []
        for number in range(80):
            began = asyncio.get_running_loop().time()
            base = desk.seqs[meeting.workshop]
            change = {"workshop": meeting.workshop, "base": base, "board_on_phones": number % 2 == 1}
            await desk.do("workshop.change", **change)
            await desk.until(lambda base=base: desk.seqs[meeting.workshop] > base)
            took.append(asyncio.get_running_loop().time() - began)
            if number == WAKES:
                # One of the five resumes before it is disconnected, and is caught up by `since`.
                stalled[0].reading.set()
        last = desk.seqs[meeting.workshop]
        for phone in healthy:
            await phone.at_seq(last)
        grown = process.memory_info().rss - before
        await stalled[0].at_seq(healthy[0].seq)
        assert stalled[0].code is None
        # The others are disconnected after ten seconds; one of them reads again just then, and gets the
        # reason.
        async with asyncio.timeout(PATIENCE):
            while server.output().count("shown out") < STALLED - 1:
                await asyncio.sleep(0.05)
        stalled[1].reading.set()
        await stalled[1].until(lambda: stalled[1].code)
        assert stalled[1].code == 4008
        # And nothing is kept of the rest.
        port = server.port

        def connected() -> int:
            there = [c for c in process.net_connections("tcp") if c.laddr.port == port]
            return sum(c.status == psutil.CONN_ESTABLISHED for c in there)

        async with asyncio.timeout(PATIENCE):
            while connected() > PHONES - STALLED + 1 + 2:
                await asyncio.sleep(0.1)
        assert all(phone.code is None for phone in healthy)
        print(f"slowest change {max(took):.2f} s, memory +{grown / 2**20:.1f} MiB")
        assert grown < 20 * 2**20
        for task in tasks:
            task.cancel()
        for phone in phones:
            phone.cut()
        await desk.close()

"""F11: clients that do not read, finish or send anything take no place that others wait for."""

import asyncio
import json
import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from app.http import safety as http_safety
from app.live import socket as live_socket
from app.live.porter import EACH_TURN, Patience, Porter
from app.live.protocol import PARTS, PINGS
from tests.live.conftest import ComeIn
from tests.live.quick import IMPATIENT, Quick, QuickHttp, quick
from tests.live.raw import PONG, TEXT, Raw, frame
from tests.support.meeting import Meeting
from tests.support.patience import PATIENCE
from tests.support.server import SERVE, Server


async def deaf(url: str, request: bytes, room: int = 1) -> socket.socket:
    """A client that requests and does not read, with as small a buffer as the system allows."""
    host, _, port = url.partition("//")[2].partition(":")
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    made.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(made, (host, int(port)))
    await loop.sock_sendall(made, request)
    return made


def get(server: Quick, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {server.url.partition('//')[2]}\r\n\r\n".encode()


def large(server: Quick) -> str:
    """The largest file there is."""
    web = Path(http_safety.__file__).parents[1] / "web" / "assets"
    return "/assets/" + max(web.iterdir(), key=lambda path: path.stat().st_size).name


# -- clients that do not read ----------------------------------------------------------------------------


async def test_F11_a_client_that_requests_a_file_and_does_not_read_it_is_cut_off(tmp_path: Path) -> None:
    async with quick(tmp_path / "data") as server:
        # The last one requests again and again, and so never reaches the end of an answer.
        many = [await deaf(server.url, get(server, large(server)) * n) for n in (4, 8, 40)]
        await server.until(3)
        await server.until(0)
        for one in many:
            one.close()


async def test_F11_a_client_that_reads_slowly_gets_all_of_it(tmp_path: Path) -> None:
    async with quick(tmp_path / "data") as server:
        loop = asyncio.get_running_loop()
        one = await deaf(server.url, get(server, large(server)) * 4, room=32 * 1024)
        size = (Path(http_safety.__file__).parents[1] / "web" / large(server)[1:]).stat().st_size
        # Slower than a very bad mobile connection, and for three timeouts.
        got = 0
        async with asyncio.timeout(20):
            while got < 4 * size:
                part = await loop.sock_recv(one, IMPATIENT.step)
                assert part, f"cut off after {got} of {4 * size}"
                got += len(part)
                await asyncio.sleep(0.02)
        one.close()


async def test_F11_a_client_that_was_told_to_leave_and_does_not_read_is_cut_off() -> None:
    porter = Porter(Patience(look=0.01, farewell=0.05), lambda _host: False, files=1_124)
    leaving, staying = Guest(), Guest()
    leaving.transport.closing = True
    for guest in (leaving, staying):
        porter.came(guest, "203.0.113.1")
    async with asyncio.timeout(PATIENCE):
        while not leaving.transport.aborted:
            await asyncio.sleep(0.01)
    assert not staying.transport.aborted


# -- clients that do not finish --------------------------------------------------------------------------


def post(server: Quick, length: int) -> bytes:
    host = server.url.partition("//")[2]
    lines = (
        "POST /api/join HTTP/1.1", f"Host: {host}", f"Origin: {server.url}", "Content-Type: application/json",
        f"Content-Length: {length}", "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


async def test_F11_after_408_the_connection_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_safety, "BODY_SECONDS", 0.2)
    async with quick(tmp_path / "data") as server:
        raw = await Raw(server.url).connect()
        await raw.send(post(server, 20) + b"{")
        async with asyncio.timeout(PATIENCE):
            answer = await raw.gone()
        assert answer.startswith(b"HTTP/1.1 408") and b"connection: close" in answer.lower()


async def test_F11_a_body_that_trickles_in_is_cut_whatever_was_answered(tmp_path: Path) -> None:
    async with quick(tmp_path / "data") as server:
        raw = await Raw(server.url).connect()
        # Too large, and answered so at once; the rest is not waited for indefinitely.
        await raw.send(post(server, 10_000_000))
        async with asyncio.timeout(PATIENCE):
            gone = asyncio.ensure_future(raw.gone())
            while not gone.done():
                await raw.send(b"x")
                await asyncio.sleep(0.05)
        assert gone.result().startswith(b"HTTP/1.1 413")


async def test_F11_bytes_that_trickle_in_from_many_are_read_a_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many, turn, read = 18, 0, Counter[int]()

    async def turns() -> None:
        nonlocal turn
        while True:
            turn += 1
            await asyncio.sleep(0)

    async with quick(tmp_path / "data") as server:
        begun = [await deaf(server.url, post(server, 5)) for _ in range(many)]
        await server.until(many)
        take = QuickHttp._take

        def counted(protocol: QuickHttp, data: bytes) -> None:
            read[turn] += len(data)
            take(protocol, data)

        monkeypatch.setattr(QuickHttp, "_take", counted)
        turning = asyncio.ensure_future(turns())
        for one in begun:
            one.send(b"x")
        async with asyncio.timeout(PATIENCE):
            while read.total() < many:
                await asyncio.sleep(0)
        turning.cancel()
        for one in begun:
            one.close()
    # The end of one turn and the start of the next may coincide.
    assert read.total() == many and max(read.values()) <= 2 * EACH_TURN


async def test_F11_parts_of_a_message_are_counted_before_it_ends_empty_ones_too(come_in: ComeIn) -> None:
    phone = await come_in()
    time = json.dumps({"type": "time", "sent": 1.0}).encode()
    await phone.send(frame(TEXT, time, fin=False) + frame(0, fin=False) * (PARTS - 2) + frame(0))
    assert (await phone.told("time"))["sent"] == 1
    await phone.send(frame(TEXT, b"", fin=False) + frame(0, fin=False) * PARTS)
    assert await phone.closed() == 1009


async def test_F11_a_million_empty_parts_take_no_memory(come_in: ComeIn, running: Server) -> None:
    phone = await come_in()
    assert running.process
    process = psutil.Process(running.process.pid)
    before = process.memory_info().rss
    await phone.send(frame(TEXT, b"", fin=False))
    for _ in range(100):
        await phone.send(frame(0, fin=False) * 10_000)
    # With so much in flight the close itself may be lost; the previous test requires it.
    assert await phone.closed() in (1009, 1006)
    assert process.memory_info().rss - before < 8 * 2**20


async def test_F11_bytes_of_a_message_are_counted_before_it_ends(come_in: ComeIn) -> None:
    phone = await come_in()
    await phone.send(frame(TEXT, b"x" * 5000, fin=False) + frame(0, b"x" * 5000, fin=False))
    assert await phone.closed() == 1009


async def test_F11_answers_to_no_ping_are_a_flood_too(come_in: ComeIn) -> None:
    phone = await come_in()
    await phone.send(frame(PONG, b"hej") * (PINGS + 1))
    assert await phone.closed() == 4008


async def test_F11_a_desk_may_send_more_than_a_phone(meeting: Meeting) -> None:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    await desk.do("notes.add_paper", activity=question, texts=["x" * 250 + f" {n}" for n in range(100)])
    await desk.close()


# -- clients that send nothing ---------------------------------------------------------------------------


async def test_F11_idle_connections_of_one_address_make_room_for_its_newcomers(tmp_path: Path) -> None:
    async with quick(tmp_path / "data") as server:
        most = IMPATIENT.nobodies
        idle = [await Raw(server.url).connect() for _ in range(most + 10)]
        sockets = [await Raw(server.url).connect() for _ in range(most)]
        for raw in sockets:
            assert await raw.shake() == 101
        await server.until(most)
        # The first ones are gone, and a newcomer is served.
        assert await idle[0].gone() == b""
        newcomer = await Raw(server.url).connect()
        await newcomer.send(get(server, "/healthz"))
        assert (await newcomer.shake(b"")) == 200
        for raw in (*idle, *sockets, newcomer):
            raw.cut()


async def test_F11_a_socket_that_says_no_hello_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_socket, "HELLO", 0.2)
    async with quick(tmp_path / "data") as server:
        raw = await Raw(server.url).connect()
        assert await raw.shake() == 101
        assert await raw.closed() == 4400
        # It does not do a closing handshake either.
        await server.until(0)
        raw.cut()


class Transport:
    """What the porter needs of a transport."""

    def __init__(self) -> None:
        self.aborted = self.closing = False
        self.owed = 0

    def abort(self) -> None:
        """Cut off."""
        self.aborted = True

    def is_closing(self) -> bool:
        """Whether it was closed."""
        return self.closing or self.aborted

    def get_write_buffer_size(self) -> int:
        """The unread bytes."""
        return self.owed


class Guest:
    """A hand-written connection."""

    drained = 0

    def __init__(self, *, idle: bool = True) -> None:
        self.idle = idle
        self.transport = Transport()


async def test_F11_a_client_that_reads_while_more_is_written_is_not_stuck() -> None:
    porter = Porter(Patience(look=0.01, stall=0.05), lambda _host: False, files=1_124)
    deaf, reading = Guest(), Guest()
    for guest in (deaf, reading):
        porter.came(guest, "203.0.113.1")
        # The same amount is always waiting: what was read is written again.
        guest.transport.owed = 40_000
    async with asyncio.timeout(PATIENCE):
        while not deaf.transport.aborted:
            reading.drained += 1
            await asyncio.sleep(0.01)
    assert not reading.transport.aborted


async def test_F11_an_answer_continues_when_what_was_written_is_read(tmp_path: Path) -> None:
    async with quick(tmp_path / "data") as server:
        # More than the system and the transport buffer for a client that does not read.
        one = await deaf(server.url, get(server, large(server)) * 40)
        await server.until(1)
        (connection,) = server.server.server_state.connections
        most = 0
        while server.connections:
            most = max(most, connection.transport.get_write_buffer_size())
            await asyncio.sleep(0.005)
        assert 0 < most <= 64 * 1024 + http_safety.PIECE
        one.close()


async def test_F11_nobody_is_turned_away_for_a_neighbour_and_lines_stay() -> None:
    porter = Porter(Patience(nobodies=500), lambda _host: False, files=10_000)
    lines = [Guest() for _ in range(500)]
    for line in lines:
        porter.came(line, "203.0.113.1")
    assert all(porter.let_in(line) for line in lines)
    strangers = [Guest() for _ in range(1800)]
    for stranger in strangers:
        porter.came(stranger, "203.0.113.1")
    company = [Guest(idle=False) for _ in range(500)]
    for guest in company:
        porter.came(guest, "203.0.113.1")
    assert not any(guest.transport.aborted for guest in (*lines, *company))
    assert all(stranger.transport.aborted for stranger in strangers)
    # When all are being served, the one served longest makes room, not the newcomer.
    last = Guest()
    porter.came(last, "203.0.113.1")
    assert company[0].transport.aborted and not last.transport.aborted
    assert porter.let_in(last)


async def test_F11_one_address_cannot_take_all_connections() -> None:
    porter = Porter(Patience(), lambda _host: False, files=1_124)
    company = [Guest() for _ in range(20)]
    for guest in company:
        porter.came(guest, "10.0.0.1")
    strangers = [Guest() for _ in range(3000)]
    let_in = 0
    for n, stranger in enumerate(strangers):
        porter.came(stranger, f"2001:db8::{n:x}")
        let_in += n < 1000 and porter.let_in(stranger)
    assert let_in == 512, "half of what is there, for a whole network of IPv6"
    assert not any(guest.transport.aborted for guest in company)
    for guest in (*company, *strangers):
        porter.went(guest)
    assert not porter._guests and not porter._nobodies and not +porter._lines


async def test_F11_a_proxy_we_know_stands_for_many_addresses() -> None:
    porter = Porter(Patience(nobodies=10), lambda host: host == "10.0.0.1", files=1_124)
    guests = [Guest() for _ in range(100)]
    for guest in guests:
        porter.came(guest, "10.0.0.1")
    assert not any(guest.transport.aborted for guest in guests)


def test_F11_the_server_takes_as_many_open_files_as_it_may_and_says_so(
    new_server: Callable[..., Server],
) -> None:
    few = ("/bin/sh", "-c", f"ulimit -Sn 256 && exec {' '.join(SERVE)}")
    server = new_server(command=few).start()
    assert server.process
    soft, hard = psutil.Process(server.process.pid).rlimit(psutil.RLIMIT_NOFILE)
    assert soft > 256 and soft in (hard, 65_536)
    assert "open files" in server.output() and f"files={soft}" in server.output()

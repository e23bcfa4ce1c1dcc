"""B1-B8: input on the connection before it is a message (M5)."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest
import uvicorn

from app.live.protocol import PARTS, PINGS, HttpProtocol, SocketProtocol
from app.main import create_app
from app.operations.serving import prepare
from app.settings import Settings
from tests.live.conftest import ComeIn
from tests.live.raw import BINARY, PING, TEXT, Raw, frame
from tests.support.meeting import Meeting
from tests.support.server import Server, free_port


async def test_B1_a_binary_frame_ends_it(come_in: ComeIn) -> None:
    phone = await come_in()
    await phone.send(frame(BINARY, b"\0\1\2"))
    assert await phone.closed() == 1003


async def test_B2_a_phone_may_send_8_KiB_and_no_more(come_in: ComeIn) -> None:
    phone = await come_in()
    time = json.dumps({"type": "time", "sent": 1.0}).encode()
    await phone.say(time + b" " * (8192 - len(time)))
    assert (await phone.told("time"))["sent"] == 1
    await phone.say(time + b" " * (8193 - len(time)))
    assert await phone.closed() == 1009


async def test_B2_17_MiB_are_not_taken_in(come_in: ComeIn, running: Server) -> None:
    phone = await come_in()
    assert running.process
    process = psutil.Process(running.process.pid)
    before = process.memory_info().rss
    # The head announces the size: nothing of the body is waited for. The head is sent alone, since the close
    # of a connection with more data in flight may be lost, and then a server that just drops would pass too.
    await phone.send(frame(TEXT, b"x" * (17 * 2**20))[:14])
    assert await phone.closed() == 1009
    assert process.memory_info().rss - before < 4 * 2**20


async def test_B3_fragments_without_end_are_counted_together(come_in: ComeIn, running: Server) -> None:
    phone = await come_in()
    assert running.process
    process = psutil.Process(running.process.pid)
    before = process.memory_info().rss
    await phone.send(frame(TEXT, b"x" * 60, fin=False))
    many = min(PARTS, 8192 // 60 + 1)
    await phone.send(b"".join(frame(0, b"x" * 60, fin=False) for _ in range(many)))
    assert await phone.closed() == 1009
    assert process.memory_info().rss - before < 4 * 2**20


async def test_B3_a_message_in_three_fragments_is_a_message(come_in: ComeIn) -> None:
    phone = await come_in()
    time = json.dumps({"type": "time", "sent": 2.0}).encode()
    parts = frame(TEXT, time[:5], fin=False) + frame(0, time[5:9], fin=False)
    await phone.send(parts + frame(PING, b"between") + frame(0, time[9:]))
    assert (await phone.told("time"))["sent"] == 2


@pytest.mark.parametrize("payload", [b"\xff\xfe", b'{"type":"\xc3\x28"}', b"\xed\xa0\x80"])
async def test_B4_what_is_not_utf_8_ends_it(come_in: ComeIn, running: Server, payload: bytes) -> None:
    phone = await come_in()
    await phone.send(frame(TEXT, payload))
    assert await phone.closed() == 1007
    assert "Traceback" not in running.output()


@pytest.mark.parametrize(
    "bad",
    [
        frame(TEXT, b"{}", rsv=4),
        frame(TEXT, b"{}", rsv=1),
        frame(3, b"x"),
        frame(11, b"x"),
        frame(TEXT, b"{}", masked=False),
        frame(0, b"a continuation of nothing"),
        frame(PING, b"x" * 126),
        frame(PING, b"x", fin=False),
    ],
    ids=["RSV1", "RSV3", "opcode 3", "opcode 11", "unmasked", "no beginning", "ping of 126", "ping in parts"],
)
async def test_B5_B6_what_the_protocol_forbids_ends_it(come_in: ComeIn, bad: bytes) -> None:
    phone = await come_in()
    await phone.send(bad)
    assert await phone.closed() == 1002


async def test_B6_a_flood_of_pings_ends_it(come_in: ComeIn) -> None:
    phone = await come_in()
    await phone.send(frame(PING, b"hej") * (PINGS + 1))
    assert await phone.closed() == 4008


async def test_B6_a_few_pings_are_answered(come_in: ComeIn) -> None:
    phone = await come_in()
    await phone.send(frame(PING, b"hej") * 5)
    await phone.say({"type": "time", "sent": 3.0})
    heard = [await phone.hear() for _ in range(6)]
    assert sum(payload == b"hej" for _, payload in heard) == 5


# -- the handshake -------------------------------------------------------------------------------------------


class Quick(HttpProtocol):
    """The same, with a shorter timeout than ten seconds."""

    handshake = 0.3


@asynccontextmanager
async def quick_server(data: Path) -> AsyncIterator[str]:
    settings = Settings(data=data, port=free_port(), host="127.0.0.1")
    await prepare(settings)
    config = uvicorn.Config(
        create_app(settings),
        host="127.0.0.1",
        port=settings.port,
        http=Quick,
        ws=SocketProtocol,
        log_level="error",
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{settings.port}"
    server.should_exit = True
    await serving


async def test_B7_half_a_handshake_is_dropped(tmp_path: Path) -> None:
    async with quick_server(tmp_path / "data") as url:
        silent, half, second = [await Raw(url).connect() for _ in range(3)]
        await half.send(half.request()[:-2])
        # A second request on an authenticated connection gets no longer.
        await second.send(f"GET /healthz HTTP/1.1\r\nHost: {second.host}\r\n\r\n".encode())
        await second.send(f"GET /healthz HTTP/1.1\r\nHost: {second.host}\r\n".encode())
        async with asyncio.timeout(5):
            assert await half.gone() == b""
            assert await silent.gone() == b""
            assert (await second.gone()).count(b"HTTP/1.1 200") == 1
        whole = await Raw(url).connect()
        assert await whole.shake() == 101
        whole.cut()


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        "http://127.0.0.1.evil.example",
        "http://evil.example/127.0.0.1",
        "http://127.0.0.1:1",
        "",
    ],
)
async def test_B8_another_origin_is_refused_before_the_upgrade(running: Server, origin: str | None) -> None:
    raw = await Raw(running.url).connect()
    assert await raw.shake(raw.request(origin=origin)) == 403
    raw.cut()


async def test_B8_two_origins_or_a_foreign_host_are_refused(running: Server) -> None:
    made = Raw(running.url)
    for request in (
        made.request(f"Origin: {made.url}"),
        made.request(host="evil.example"),
        made.request(host="evil.example", origin="http://evil.example"),
    ):
        raw = await Raw(running.url).connect()
        assert await raw.shake(request) in (400, 403)
        raw.cut()


async def test_B8_another_path_is_no_socket(running: Server) -> None:
    raw = await Raw(running.url).connect()
    assert await raw.shake(raw.request().replace(b"/live/socket", b"/live/other")) == 403
    raw.cut()


async def test_B71_a_forwarded_address_counts_for_nothing(come_in: ComeIn, meeting: Meeting) -> None:
    raw = await Raw(meeting.url).connect()
    assert await raw.shake(raw.request("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Host: evil")) == 101
    await raw.hello(await meeting.room_token())
    assert (await raw.told("welcome"))["role"] == "phone"
    raw.cut()

"""The fallback: the same messages over POST and an event stream lead to the same records (E4, R16)."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx2 as httpx

from tests.support.meeting import Meeting, Wire, meeting as a_meeting, new_id, new_secret
from tests.support.server import Server


class Stream(Wire):
    """A screen whose network blocks WebSockets. Takes in messages just as the other does."""

    def __init__(self, url: str, token: str, http: httpx.AsyncClient) -> None:
        super().__init__(url, token)
        self._http = http
        self._key = token

    async def open(self, local: str | None = None) -> "Stream":
        self.closed = None
        self._reader = asyncio.create_task(self._read())
        await self.until(lambda: self.role)
        return self

    async def close(self) -> None:
        assert self._reader
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)

    async def ask(self, command: Any) -> dict[str, Any]:
        body = {"type": "do", "ref": next(self._refs), "command": command}
        answer = await self._http.post(
            "/live/do", json=body, headers={"Authorization": f"Bearer {self._key}"}
        )
        return dict(answer.json())

    async def _read(self) -> None:
        hello = {"type": "hello", "token": self.token, "since": self.seq, "epoch": self.epoch}
        hello |= {"activity": self.activity, "protocol": 1}
        async with self._http.stream("POST", "/live/events", json=hello) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            closing = False
            async for line in answer.aiter_lines():
                async with self._changed:
                    if line == "event: close":
                        closing = True
                    elif line.startswith("data: ") and closing:
                        self.closed = int(line[6:])
                    elif line.startswith("data: "):
                        self.frames.append(line[6:])
                        message = json.loads(line[6:])
                        self._key = message.get("key") or self._key
                        self._take(message)
                    self._changed.notify_all()


@asynccontextmanager
async def without_sockets(url: str) -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(
        base_url=url, headers={"Origin": url}, timeout=None, limits=limits, trust_env=False
    ) as http:
        yield http


def known(wire: Wire) -> tuple[dict[str, Any], dict[str, int]]:
    return wire.held, wire.seqs


async def test_E4_A2_forty_phones_on_both_wires_see_and_store_the_same(running: Server) -> None:
    async with a_meeting(running) as meeting, without_sockets(meeting.url) as http:
        tickets = [(await meeting.post(f"/api/workshops/{meeting.workshop}/ticket"))["ticket"] for _ in "12"]
        desk = await Wire(meeting.url, tickets[0]).open()
        second = await Stream(meeting.url, tickets[1], http).open()
        await second.until(lambda: second.items)
        question = second.items[0]["id"]
        # A desk without a socket drives as well.
        await second.do("agenda.go", item=question)
        opened = await meeting.post(f"/api/workshops/{meeting.workshop}/screens")
        walls: list[Wire] = [await Wire(meeting.url, opened["token"]).open()]
        walls.append(await Stream(meeting.url, opened["token"], http).open())
        token = await meeting.room_token()
        phones: list[Wire] = [
            await (Wire(meeting.url, token) if n % 2 else Stream(meeting.url, token, http)).open()
            for n in range(40)
        ]
        for phone in phones:
            await phone.until(lambda phone=phone: phone.activity == question)

        async def write(number: int, phone: Wire) -> None:
            kept = {"note": new_id(), "secret": new_secret()}
            assert (await phone.write(question, f"første {number}", **kept))["type"] == "stored"
            edit = {"type": "notes.edit", "activity": question, "rev": 2, **kept}
            # Changed over the other transport than it was written on: the secret is what counts.
            other = phones[(number + 1) % 40]
            assert (await other.ask(edit | {"text": f"seddel {number}"}))["type"] == "stored"
            assert (await phone.ask(edit | {"text": "sent"}))["code"] == "stale"

        await asyncio.gather(*(write(number, phone) for number, phone in enumerate(phones)))
        await second.do("notes.stop_writing", activity=question)
        await desk.do("notes.turn_all", activity=question)
        await desk.until(lambda: {n["text"] for n in desk.all("note")} == {f"seddel {n}" for n in range(40)})
        groups: list[list[Wire]] = [phones, walls, [desk, second]]
        for group in groups:
            last = max(wire.seq for wire in group)
            for wire in group:
                await wire.until(lambda wire=wire, last=last: wire.seq >= last)
            assert all(known(wire) == known(group[0]) for wire in group)
        # A2: byte for byte, whichever transport carried it.
        sent = {
            tuple(frame for frame in phone.frames if json.loads(frame)["type"] not in ("stored", "refused"))
            for phone in phones
        }
        assert len({frames[1:] for frames in sent}) <= 2, "only how many changes came in one frame may differ"

        # E3: disconnected and back, the stream brings what was missed and no more.
        stream = next(phone for phone in phones if isinstance(phone, Stream))
        await stream.close()
        await desk.do("agenda.go", item=desk.items[1]["id"])
        await phones[1].until(lambda: phones[1].activity == desk.items[1]["id"])
        await stream.open()
        await stream.until(lambda: known(stream) == known(phones[1]))
        for wire in itertools.chain(*groups):
            await wire.close()
        # Disconnected clients leave nothing: no stream is kept.
        late = await meeting.desk()
        await late.until(lambda: late.presence.get("phones") == 0)
        await late.close()


async def test_R16_streams_hear_of_a_restart_at_once(new_server: Callable[..., Server]) -> None:
    server = new_server().start()
    async with a_meeting(server) as meeting, without_sockets(meeting.url) as http:
        stream = await Stream(meeting.url, await meeting.room_token(), http).open()
        socket = await meeting.phone()
        began = asyncio.get_running_loop().time()
        await asyncio.to_thread(server.stop)
        took = asyncio.get_running_loop().time() - began
        await stream.until(lambda: stream.closed)
        await socket.until(lambda: socket.closed)
    assert (stream.closed, socket.closed) == (1012, 1012)
    # Well before the five seconds after which the server would disconnect the rest.
    assert took < 4
    assert "Cancel" not in server.output()


async def test_X6_a_new_code_for_all_ends_streams_too(meeting: Meeting) -> None:
    async with without_sockets(meeting.url) as http:
        token = await meeting.room_token()
        stream = await Stream(meeting.url, token, http).open()
        await meeting.post(f"/api/workshops/{meeting.workshop}/door", action="rotate")
        await stream.until(lambda: stream.closed)
        assert stream.closed == 4401
        answer = await stream.write("anything", "for sent")
        assert answer["code"] == "signed_out"


async def test_R9_G27_a_stream_hears_the_time_with_its_welcome(meeting: Meeting) -> None:
    async with without_sockets(meeting.url) as http:
        line = await Stream(meeting.url, await meeting.room_token(), http).open()
        welcome = json.loads(line.frames[0])
        assert welcome["type"] == "welcome" and welcome["now"] > 0
        await line.close()

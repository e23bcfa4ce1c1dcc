"""A meeting on a real server, without browsers: accounts over HTTP; desk, walls and phones over sockets."""

import asyncio
import itertools
import json
import secrets
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import httpx2 as httpx
import websockets

from tests.support.patience import PATIENCE
from tests.support.server import Server

EMAIL, PASSWORD = "anna@montagen.example", "en god lang sætning om trivsel"


def origin(url: str) -> str:
    """The Origin of a browser at that address, without the folder."""
    return "/".join(url.split("/")[:3])


def new_id() -> str:
    """Sixteen random bytes, as a screen makes them."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """Thirty-two random bytes: what proves that a note is mine."""
    return secrets.token_urlsafe(32)


class Wire:
    """One screen: it keeps its state, as the front end does, and waits for answers."""

    def __init__(
        self,
        url: str,
        token: str,
        headers: Mapping[str, str] | None = None,
        trusts: ssl.SSLContext | None = None,
    ) -> None:
        self.url = url
        self.token = token
        self._headers = dict(headers or {})
        self._trusts = trusts
        self._refs = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reader: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self.held: dict[str, dict[str, Any]] = {}
        self.seqs: dict[str, int] = {}
        self.epoch, self.seq, self.activity = "", 0, None
        self.role = self.workshop = ""
        self.presence: dict[str, Any] = {}
        #: R11: the desk that leads, and whose it is.
        self.leading = ("", "")
        self.stepped = ("", "", "")
        #: Every frame as it came, for tests that search what was sent.
        self.frames: list[str] = []
        self.closed: int | None = None

    async def open(self, local: str | None = None) -> Self:
        """Say hello with what one has; returns after the welcome."""
        where = self.url.replace("http", "ws", 1) + "/live/socket"
        extra: dict[str, Any] = {"local_addr": (local, 0)} if local else {}
        self._socket = await websockets.connect(
            where,
            origin=websockets.Origin(origin(self.url)),
            compression=None,
            max_size=None,
            additional_headers=self._headers,
            ssl=self._trusts,
            user_agent_header=self._headers.get("User-Agent"),
            **extra,
        )
        hello = {
            "type": "hello",
            "token": self.token,
            "since": self.seq,
            "epoch": self.epoch,
            "activity": self.activity,
            "protocol": 1,
        }
        self.closed = None
        await self._socket.send(json.dumps(hello))
        self._reader = asyncio.create_task(self._read())
        await self.until(lambda: self.role)
        return self

    async def close(self) -> None:
        """Close the socket, as a page does when it is left."""
        await self._socket.close()
        if self._reader:
            await self._reader

    async def send(self, message: Any) -> None:
        """Send anything at all: a message, or a raw frame."""
        await self._socket.send(message if isinstance(message, str | bytes) else json.dumps(message))

    async def ask(self, command: Mapping[str, Any]) -> dict[str, Any]:
        """Send a command as it is; the answer."""
        ref = next(self._refs)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._answers[ref] = answer
        try:
            await self.send({"type": "do", "ref": ref, "command": command})
        except BaseException:
            del self._answers[ref]
            raise
        # Not `wait_for`: it loses a cancellation that comes together with the answer (Python 3.11).
        async with asyncio.timeout(PATIENCE):
            return await answer

    async def do(self, type: str, **fields: Any) -> dict[str, Any]:
        """A desk's command with a new id; fails the test when it is refused."""
        answer = await self.ask({"type": type, "id": new_id(), **fields})
        assert answer["type"] == "stored", answer
        return answer

    async def write(self, activity: str, text: str, **more: Any) -> dict[str, Any]:
        """A phone's new note; the answer."""
        note = {"note": new_id(), "secret": new_secret(), "rev": 1, "text": text} | more
        return await self.ask({"type": "notes.write", "activity": activity, **note})

    async def cast(self, activity: str, of: str, value: Any) -> None:
        """A phone's answer by tap; waits when told to, since a room accepts only so many at once."""
        own = {"activity": activity, "of": of, "ballot": new_id(), "secret": new_secret(), "rev": 1}
        while (answer := await self.ask({"type": "ballots.cast", "value": value, **own}))["type"] != "stored":
            assert answer["code"] == "slow_down", answer
            await asyncio.sleep(answer["retry_after"])

    async def until(self, what: Any) -> None:
        """Wait until something holds of what this screen knows."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: bool(what()))

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind."""
        return [record for record in self.held.values() if record["kind"] == kind]

    def one(self, kind: str) -> dict[str, Any]:
        """The only record of a kind."""
        (record,) = self.all(kind)
        return record

    @property
    def items(self) -> list[dict[str, Any]]:
        """What people make something in: the agenda without its slides and breaks."""
        told = ("why", "presentation", "free")
        made = [item for item in self.all("item") if item["activity"] not in told]
        return sorted(made, key=lambda item: item["position"])

    def at(self, *ids: str) -> list[dict[str, Any]]:
        """Notes with their base, as commands name them."""
        return [{"note": id, "base": self.seqs[id]} for id in ids]

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                self.frames.append(str(frame))
                message = json.loads(frame)
                async with self._changed:
                    self._take(message)
                    self._changed.notify_all()
        except websockets.ConnectionClosed:
            pass
        async with self._changed:
            self.closed = self._socket.close_code
            self._changed.notify_all()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionError(self.closed))

    def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "welcome":
                self.role, self.workshop = message["role"], message["workshop"]
            case "changes":
                if message["all"]:
                    self.held, self.seqs = {}, {}
                for place in message["records"]:
                    self.held[place["record"]["id"]] = place["record"]
                    self.seqs[place["record"]["id"]] = place["seq"]
                for id in message["gone"]:
                    self.held.pop(id, None)
                    self.seqs.pop(id, None)
                self.epoch, self.seq = message["epoch"], message["seq"]
                self.activity = message["activity"]
            case "stored" | "refused":
                waiting = self._answers.pop(message["ref"], None)
                if waiting and not waiting.done():
                    waiting.set_result(message)
            case "presence":
                self.presence = message
            case "leading":
                self.leading = message["desk"], message["name"]
            case "stepped":
                self.stepped = message["step"], message["by"], message["of"]


class Meeting:
    """One workshop with its door open, and the clients that connect to it."""

    def __init__(self, url: str, http: httpx.AsyncClient, trusts: ssl.SSLContext | None = None) -> None:
        self.url = url
        self.trusts = trusts
        self.http = http
        self.process = ""
        self.workshop = ""
        self.board = ""
        self.code = ""
        self.join_url = ""

    async def post(self, path: str, **body: Any) -> Any:
        """A route of ours; fails the test when it is refused."""
        answer = await self.http.post(path, json=body)
        assert answer.status_code < 300, (path, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    async def make(self, template: str = "main_meeting", language: str = "da") -> Self:
        """A company, a process, a workshop and an open door."""
        company = await self.post("/api/companies", name="Montagen ApS")
        process = await self.post("/api/processes", company=company["id"], group="Montagen")
        self.process, self.board = process["id"], process["board"]
        return await self.again(template, language)

    async def again(self, template: str = "main_meeting", language: str = "da", **more: str) -> Self:
        """One more workshop in the same process, today unless another `date` is said."""
        about = {"template": template, "language": language, "title": "Onsdag"} | more
        made = await self.post("/api/workshops", process=self.process, **about)
        self.workshop = made["id"]
        door = await self.post(f"/api/workshops/{self.workshop}/door", action="open")
        self.code, self.join_url = door["code"], door["join_url"]
        return self

    async def gathers(self, themes: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """The first question is answered and gathered in themes, each with its notes; their ids by name."""
        desk, phone = await self.desk(), await self.phone()
        await desk.until(lambda: desk.items)
        question, gathering = (item["id"] for item in desk.items[:2])
        await desk.do("agenda.go", item=question)
        await desk.do("timer.start", activity=question, seconds=300)
        await phone.until(lambda: phone.activity == question)
        texts = [text for notes in themes.values() for text in notes]
        for text in texts:
            assert (await phone.write(question, text))["type"] == "stored"
        await desk.do("notes.stop_writing", activity=question)
        await desk.do("notes.turn_all", activity=question)
        await desk.until(lambda: len([n for n in desk.all("note") if n["face"] == "up"]) == len(texts))
        notes = {note["text"]: note["id"] for note in desk.all("note")}
        await desk.do("agenda.go", item=gathering)
        ids = {name: new_id() for name in themes}
        for name, own in themes.items():
            made = {
                "theme": ids[name],
                "name": name,
                "paper": "mos",
                "notes": desk.at(*(notes[t] for t in own)),
            }
            await desk.do("clustering.make_theme", activity=gathering, **made)
        await phone.close()
        await desk.close()
        return ids

    async def desk(self, name: str = "") -> Wire:
        """The facilitator's desk; with a name it is one that may lead (R11)."""
        which = f"?desk={name}" if name else ""
        ticket = await self.post(f"/api/workshops/{self.workshop}/ticket{which}")
        return await Wire(self.url, ticket["ticket"], trusts=self.trusts).open()

    async def room_token(self) -> str:
        """What every phone of the room holds."""
        return str((await self.post("/api/join", code=self.code))["token"])

    async def phone(self, **headers: str) -> Wire:
        """A phone that came in by the code."""
        return await Wire(self.url, await self.room_token(), headers, self.trusts).open()

    async def screen(self) -> Wire:
        """A wall that the desk opened."""
        opened = await self.post(f"/api/workshops/{self.workshop}/screens")
        return await Wire(self.url, opened["token"], trusts=self.trusts).open()


@asynccontextmanager
async def signed_in(server: Server, other_device: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    """A client that holds the facilitator's session; makes the account at its first use.

    One session for all tests of a server, since passwords are slow on purpose. Another device signs in
    separately.
    """
    # The server closes connections idle for five seconds; one kept as long could close just when used.
    kept = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=2)
    async with httpx.AsyncClient(
        base_url=server.url,
        headers={"Origin": origin(server.url)},
        timeout=30,
        trust_env=False,
        limits=kept,
        verify=server.trusts or True,
    ) as http:
        for cookie in server.session:
            http.cookies.jar.set_cookie(cookie)
        if other_device or not server.session or (await http.get("/api/home")).status_code != 200:
            http.cookies.clear()
            await _sign_in(server, http)
            server.session = list(http.cookies.jar)
        yield http


async def _sign_in(server: Server, http: httpx.AsyncClient) -> None:
    answer = await http.post("/api/session", json={"email": EMAIL, "password": PASSWORD})
    if answer.status_code != 200:
        token = server.first_link().partition("#")[2]
        who = {"token": token, "name": "Anna", "email": EMAIL, "password": PASSWORD}
        answer = await http.post("/api/accounts/first", json=who)
    assert answer.status_code == 200, answer.text


@asynccontextmanager
async def meeting(server: Server, template: str = "main_meeting") -> AsyncIterator[Meeting]:
    """A meeting at a server that runs."""
    async with signed_in(server) as http:
        yield await Meeting(server.url, http, server.trusts).make(template)


async def holds(meeting: Meeting) -> None:
    """A phone and a wall connect, a note goes over the socket to the wall, and is in the summary."""
    desk, phone, wall = await meeting.desk(), await meeting.phone(), await meeting.screen()
    await desk.until(lambda: desk.items)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    await desk.do("timer.start", activity=question, seconds=300)
    await phone.until(lambda: phone.activity == question)
    assert (await phone.write(question, "Kaffen er varm"))["type"] == "stored"
    await desk.do("notes.stop_writing", activity=question)
    await desk.do("notes.turn_all", activity=question)
    await wall.until(lambda: [note for note in wall.all("note") if note.get("text") == "Kaffen er varm"])
    page = await meeting.http.get(f"/api/workshops/{meeting.workshop}/summary.html")
    assert "Kaffen er varm" in page.text
    # The fallback for networks without sockets: the first event arrives at once, though more will follow.
    hello = {
        "type": "hello",
        "token": await meeting.room_token(),
        "since": 0,
        "epoch": "",
        "activity": None,
        "protocol": 1,
    }
    async with asyncio.timeout(PATIENCE), meeting.http.stream("POST", "/live/events", json=hello) as events:
        assert events.status_code == 200
        first = await anext(line async for line in events.aiter_lines() if line.startswith("data:"))
        assert json.loads(first.removeprefix("data:"))["type"] == "welcome"
    for wire in (desk, phone, wall):
        await wire.close()

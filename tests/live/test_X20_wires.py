"""X20, E10: everybody sends every command in every state of its activity, over sockets and over streams; they
are answered as the table says, and are sent what their role may see.

The test changes the room's board in its store, as another process would. For the room itself the disk is
full: an allowed command is refused only when it is stored, so the next command finds the same board.
"""

import asyncio
import gc
import json
import random
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest
import yaml
from sqlalchemy import insert, update

from app.activities.registry import registry
from app.engine.agenda import End, Go
from app.engine.commands import Role
from app.engine.store import Batch, Changes, Decide, Full, Snapshot
from app.live import flood
from app.live.fallback import STATUS
from app.live.flood import FloodLimits
from app.live.member import viewer_of
from app.live.rooms import OpenRoom
from app.parts.notes.messages import StopWriting, TurnAll
from app.processes.tables import process, workshop
from app.storage.base import StoredBoards
from app.storage.memory_boards import MemoryBoards
from app.wiring import services as services_of
from tests.http.test_matrix import World, inhabited
from tests.live.quick import quick
from tests.live.raw import Raw
from tests.live.test_fallback import Stream, without_sockets
from tests.support.boards import Q1, Meeting, MemoryStore, W, ask, note
from tests.support.clock import Clock
from tests.support.commands import NAMES, lead_on, made
from tests.support.meeting import Wire
from tests.support.patience import PATIENCE

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "authz.yaml").read_text())
GROUP_OF = {type_: group for group, row in TABLE["commands"].items() for type_ in row["types"]}
LINES: dict[str, str | bool] = TABLE["lines"]
#: Everybody whose line opens; a stranger's opens to a meeting of their own.
INSIDE = [who for who, role in LINES.items() if role or who == "stranger"]
OUTSIDE = [who for who in LINES if who not in INSIDE]
STATES = tuple(TABLE["texts"])
BOARD = "board"
WORDS = "hemmelig"
#: Codes that somebody who may send a command never gets: theirs is stored, or refused by its rule.
NOT_ITS = {"role", "signed_out", "unknown_type", "broken", "slow_down", "busy"}


class Twin(MemoryBoards):
    """The rooms' store, except for one board: the test changes that one, and the room cannot."""

    def __init__(self, stored: StoredBoards, led: MemoryStore) -> None:
        super().__init__(stored)
        self.led = led

    async def load(self, board_id: str) -> Snapshot | None:
        return await self.led.load(board_id) if board_id == BOARD else await super().load(board_id)

    async def changed(self, board_id: str, since: int) -> Changes:
        led = board_id == BOARD
        return await self.led.changed(board_id, since) if led else await super().changed(board_id, since)

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        if board_id != BOARD:
            return await super().commit(board_id, since, decide)
        batch = decide(await self.led.changed(board_id, since))
        if batch.rows:
            raise Full
        return batch

    async def seqs(self, board_ids: Sequence[str]) -> dict[str, int]:
        return dict(await super().seqs([id for id in board_ids if id != BOARD]))


class Post:
    """Commands by POST, all over one connection: a client that is no browser costs the least."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> "Post":
        host, _, port = urlsplit(self._url).netloc.partition(":")
        self._read, self._write = await asyncio.open_connection(host, int(port))
        return self

    async def __call__(self, path: str, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
        """Status and answer."""
        sent = json.dumps(body).encode()
        named = {"Host": urlsplit(self._url).netloc, "Origin": self._url, "Content-Type": "application/json"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in {**named, **headers}.items())
        asked = f"POST {path} HTTP/1.1\r\n{lines}Content-Length: {len(sent)}\r\n\r\n".encode() + sent
        try:
            return await self._answer(asked)
        except (asyncio.IncompleteReadError, ConnectionError):
            # It was idle for so long that the server has closed it.
            return await (await self.open())._answer(asked)

    async def _answer(self, asked: bytes) -> tuple[int, dict[str, Any]]:
        self._write.write(asked)
        async with asyncio.timeout(PATIENCE):
            head = (await self._read.readuntil(b"\r\n\r\n")).decode().lower()
            (size,) = (line for line in head.split("\r\n") if line.startswith("content-length:"))
            answer = await self._read.readexactly(int(size.split(":")[1]))
        return int(head.split()[1]), json.loads(answer)

    def close(self) -> None:
        self._write.close()


@dataclass
class Comer:
    """Somebody with a line of each kind, and all they were ever sent."""

    who: str
    socket: Wire
    stream: Stream
    posted: list[str] = field(default_factory=list)

    async def says(self, command: Any) -> str:
        """Send over the socket, and return the code of the answer."""
        return str((await self.socket.ask(command)).get("code", "stored"))

    @property
    def bearer(self) -> str:
        """The header of their page's posts: the key or token, and the epoch that only clients inside know."""
        return f"Bearer {self.stream._key}~{self.stream.epoch}"


@dataclass
class Stage:
    """A meeting, everybody who tries to enter it, and its twin in another process."""

    world: World
    twin: Meeting
    room: OpenRoom
    url: str
    post: Post
    #: For requesting streams.
    streams: httpx.AsyncClient
    #: Everybody's own browser, phone or screen.
    browsers: dict[str, httpx.AsyncClient]
    comers: dict[str, Comer] = field(default_factory=dict)

    async def goes_on(self, state: str) -> None:
        """Go to the next state, and wait until everybody has been sent it."""
        twin = self.twin
        if state == "open":
            await twin.do(ask(Go, item=Q1), *(note(one, f"{WORDS} {one}") for one in NAMES[:6]))
        elif state == "stopped":
            await twin.do(ask(StopWriting, activity=Q1))
        elif state == "revealed":
            await twin.do(ask(TurnAll, activity=Q1))
            await lead_on(twin)
        elif state == "closed":
            await twin.do(ask(End, workshop=W))
            await self.world.app.services.doors.close(W)
        self.room.room.hint(twin.board.seq)
        await self.room.room.idle()
        assert self.room.room.board.seq == twin.board.seq
        for comer in self.comers.values():
            if comer.who == "stranger":
                continue
            for line in (comer.socket, comer.stream):
                seen = self.room.hub._role_view(viewer_of(Role(line.role)), W)
                await line.until(lambda line=line, seen=seen: line.seq >= seen.seq)

    def commands(self) -> list[tuple[str, dict[str, Any]]]:
        """Every command there is, with its group, made for the board as it stands."""
        rng = random.Random(1)
        every = [made(ruled.command, self.twin, rng) for ruled in registry.commands]
        return [(GROUP_OF[command.type], command.model_dump(mode="json")) for command in every]

    async def posts(self, command: Any, group: str, **headers: str) -> str:
        """Post to the route for its group, and return the code of the answer."""
        named = group == "named"
        message = {"type": "named"} if named else {"type": "do", "ref": 1}
        path = "/live/named" if named else "/live/do"
        status, answer = await self.post(path, message | {"command": command}, **headers)
        code = str(answer.get("code", "stored"))
        assert status == (200 if code == "stored" else STATUS.get(code, 409)), (command["type"], answer)
        for comer in self.comers.values():
            if headers.get("Authorization") == comer.bearer:
                comer.posted.append(json.dumps(answer))
        return code

    def cookie(self, who: str) -> dict[str, str]:
        """The cookie of somebody who is signed in."""
        found = self.browsers[who].headers.get("Cookie")
        return {"Cookie": found} if found else {}

    async def as_screen(self, command: Any) -> str:
        """Send over a new socket, which the server closes at the first command."""
        raw = await Raw(self.url).connect()
        try:
            assert await raw.shake() == 101
            await raw.hello(self.world.screen)
            await raw.say({"type": "do", "ref": 1, "command": command})
            return str(await raw.closed())
        finally:
            raw.cut()


async def meets_here(world: World) -> None:
    """Make the meeting that is led here part of the facilitator's process."""
    about = {"title": "Onsdag", "language": "da", "date": "2027-01-04", "phase": 2, "made_at": 0}
    async with world.app.services.database.begin() as connection:
        its = update(process).where(process.c.id == world.process)
        await connection.execute(its.values(board_id=BOARD))
        await connection.execute(insert(workshop).values(id=W, process_id=world.process, **about))
    world.workshop = W
    door = await world.app.services.doors.open(W, BOARD)
    async with await world.as_("nobody") as phone:
        world.room = (await phone.post("/api/join", json={"code": door.code})).json()["token"]
    world.screen = await world.app.services.screens.let_in(W, BOARD)


async def token_of(world: World, who: str, browser: httpx.AsyncClient) -> str:
    """The token that this person says hello with."""
    if who in ("phone", "screen"):
        return world.room if who == "phone" else world.screen
    where = world.elsewhere if who == "stranger" else W
    answer = await browser.post(f"/api/workshops/{where}/ticket")
    assert answer.status_code == 200, (who, answer.text)
    return str(answer.json()["ticket"])


@asynccontextmanager
async def staged(data: Path, patch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """The real application with everybody in it, and without rate limits, which other tests cover."""
    patch.setattr(services_of, "FloodLimits", lambda *_: FloodLimits(0, 10**6, 10**6))
    patch.setattr(flood, "REFUSED_AT_ONCE", 10**6)
    patch.setattr(flood, "REFUSED_FROM_ADDRESS", 10**6)
    led = MemoryStore()
    patch.setattr(services_of, "MemoryBoards", partial(Twin, led=led))
    async with AsyncExitStack() as stack:
        # The server collects garbage whenever it is quiet; it need not go through the test's own objects.
        gc.freeze()
        stack.callback(gc.unfreeze)
        twin = await Meeting.open(store=led)
        running = await stack.enter_async_context(quick(data, clock=Clock()))
        world = await inhabited(running.app, urlsplit(running.url).netloc)
        await meets_here(world)
        room = await running.app.services.rooms.open(BOARD)
        assert room is not None
        post = await Post(running.url).open()
        stack.callback(post.close)
        http = await stack.enter_async_context(without_sockets(running.url))
        browsers = {who: await stack.enter_async_context(await world.as_(who)) for who in LINES}
        stage = Stage(world, twin, room, running.url, post, http, browsers)
        for who in INSIDE:
            tokens = [await token_of(world, who, browsers[who]) for _ in "12"]
            comer = Comer(who, Wire(running.url, tokens[0]), Stream(running.url, tokens[1], http))
            for line in (comer.socket, comer.stream):
                await line.open()
                stack.push_async_callback(line.close)
            stage.comers[who] = comer
        yield stage


def is_right(who: str, group: str, wire: str, code: str) -> bool:
    """Whether the table has that answer for that person; `wire` is socket or post."""
    if wire == "socket" and who == "screen":
        return code == "4403"
    if group == "server" or (group == "named" and wire == "socket"):
        return code == "unknown_type"
    if who in OUTSIDE:
        return code == "signed_out"
    if (LINES[who] or "facilitator") not in TABLE["commands"][group]["roles"]:
        return code == "role"
    return code == "unknown" if who == "stranger" else code not in NOT_ITS


async def answers(stage: Stage, state: str) -> AsyncIterator[tuple[str, str, str, str, str]]:
    """Yield who sent a command, its group and type, over which wire, and the code of the answer.

    In each state, all commands go over all sockets, and are posted by phones and desks. A screen, whose
    socket closes at any command, and posts by the others send all commands in one state and one of each group
    in the rest: to the room they are the same roles.
    """
    groups: set[str] = set()
    for group, command in stage.commands():
        some = state == "open" or group not in groups
        groups.add(group)
        for who, comer in stage.comers.items():
            say = stage.as_screen if who == "screen" else comer.says
            if some or who != "screen":
                yield who, group, command["type"], "socket", await say(command)
            if some or who not in ("screen", "member", "stranger"):
                code = await stage.posts(command, group, Authorization=comer.bearer)
                yield who, group, command["type"], "post", code
        for who in OUTSIDE if some else []:
            yield who, group, command["type"], "post", await stage.posts(command, group, **stage.cookie(who))


def is_sent(stage: Stage, state: str) -> Iterator[tuple[str, ...]]:
    """Yield everybody who was sent something else than the table says."""
    for who, comer in stage.comers.items():
        lines = {"socket": comer.socket.frames, "stream": comer.stream.frames, "post": comer.posted}
        for wire, frames in lines.items():
            text = "\n".join(frames)
            reads, may = WORDS in text, who in TABLE["texts"][state]["lines"]
            # An answer has a text only where a command was about an older state of it.
            if (reads and not may) or (may and not reads and wire != "post"):
                yield who, wire, state, "the text of a note"
            for never in ("secret", '"ballot"'):
                if never in text:
                    yield who, wire, state, never
        if comer.socket.held != comer.stream.held:
            yield who, "stream", state, "another board than on the socket"


async def is_let_in(stage: Stage) -> AsyncIterator[tuple[str, str, str]]:
    """Yield everybody without a line who says hello with their cookie and is not turned away."""
    for who in OUTSIDE:
        token = stage.cookie(who).get("Cookie", "").removeprefix("trivsel=")
        raw = await Raw(stage.url).connect()
        assert await raw.shake() == 101
        await raw.hello(token)
        if (code := await raw.closed()) != 4401:
            yield who, "socket", str(code)
        raw.cut()
        hello = {"type": "hello", "token": token, "since": 0, "epoch": "", "activity": None, "protocol": 1}
        async with stage.streams.stream("POST", "/live/events", json=hello) as answer:
            said = await answer.aread()
        if said != b"event: close\ndata: 4401\n\n":
            yield who, "stream", said.decode()


async def is_taken_along(stage: Stage, state: str) -> AsyncIterator[tuple[str, ...]]:
    """Yield the files that show notes before they may, or do not show them afterwards."""
    for route, group in TABLE["routes"].items():
        method, _, path = route.partition(" ")
        names = set(re.findall(r"{(\w+)}", path))
        files = group in ("read_summary", "export") and not path.endswith(".html")
        if method != "GET" or not files or names - {"workshop", "process"}:
            continue
        where = path.format(workshop=W, process=stage.world.process)
        for who, browser in stage.browsers.items():
            if TABLE["people"].get(group, {}).get(who) is not True:
                continue
            answer = await browser.get(where)
            tells = path.endswith(("/summary", "/file"))
            if (WORDS in answer.text) is not (tells and TABLE["texts"][state]["files"]):
                yield who, route, state, f"{answer.status_code} {answer.text[:80]}"


async def test_X20_E10_every_role_sends_every_command_over_every_wire_in_every_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd: list[tuple[str, ...]] = []
    async with staged(tmp_path / "data", monkeypatch) as stage:
        for state in STATES:
            await stage.goes_on(state)
            taken = set()
            async for who, group, type_, wire, code in answers(stage, state):
                if not is_right(who, group, wire, code):
                    odd.append((state, who, type_, wire, code))
                if code == "full":
                    taken.add((who, wire))
            # The control: for everybody who may send something, some would have been stored, on each wire.
            wires = [(who, wire) for who, role in LINES.items() for wire in ("socket", "post") if role]
            drive = [(who, wire) for who, wire in wires if who not in ("phone", "screen")]
            expected = {"draft": drive, "closed": []}.get(state, [one for one in wires if one[0] != "screen"])
            assert {one for one in expected if one != ("member", "post")} <= taken, state
            assert stage.room.room.board.seq == stage.twin.board.seq, "nothing that was sent has been stored"
            odd += is_sent(stage, state)
            odd += [one async for one in is_let_in(stage)]
            odd += [one async for one in is_taken_along(stage, state)]
    assert odd == []

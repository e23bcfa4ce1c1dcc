"""A2, X6, X10: a crowd that scans the code at once is admitted by one lookup, never by an outdated one."""

import gzip
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest_asyncio
from starlette.requests import Request

from app.engine.agenda import Go, Workshop
from app.engine.records import Board
from app.live.door import Doors, NoRoom
from app.live.moment import MOMENT
from app.live.reception import Reception
from app.live.rooms import OpenRoom
from app.live.tokens import RoomPass, Signer
from app.pages.shells import Pages
from tests.support.boards import C1, PHONE, Q1, Meeting, W, ask
from tests.support.house import KEY, House

ARRIVAL = re.compile(rb'<script type="application/json" id="arrival">(.*?)</script>', re.DOTALL)


class Rooms:
    """The one room there is."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    async def open(self, _board: str) -> OpenRoom:
        return cast(OpenRoom, SimpleNamespace(room=self.meeting.room, hub=self.meeting.hub))

    async def board(self, _board: str) -> Board:
        return self.meeting.board


class Scene:
    """A door, a room behind it, and the pages, with a clock that stands still."""

    def __init__(self, home: House, meeting: Meeting, web: Path) -> None:
        self.home = home
        self.meeting = meeting
        self.doors = home.doors
        self.reception = Reception(home.doors, Rooms(meeting), Signer(KEY), home.clock.ms)
        self.pages = Pages(web)

    async def page(self, token: str, encoding: bytes = b"gzip") -> bytes:
        """What a phone that scanned the code is sent."""
        scope = {"type": "http", "method": "GET", "headers": [(b"accept-encoding", encoding)]}
        answer = await self.pages.phone(Request(scope), await self.reception.with_page(token))
        return bytes(answer.body)

    async def brought(self, token: str) -> Any:
        """The data in the page; None if the phone has to ask."""
        page = await self.page(token)
        # A page without data is sent as it is when it is requested as it is.
        found = ARRIVAL.search(gzip.decompress(page) if page.startswith(b"\x1f\x8b") else page)
        return json.loads(found[1]) if found else None


@pytest_asyncio.fixture
async def scene(home: House, tmp_path: Path) -> AsyncIterator[Scene]:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    web = tmp_path / "built"
    web.mkdir()
    (web / "phone.html").write_text("<head><title>phone</title></head>" + "<p>" * 2000)
    yield Scene(home, meeting, web)


async def test_A2_all_that_arrive_within_a_moment_get_the_same_bytes_built_once(scene: Scene) -> None:
    door = await scene.doors.open(W, "board")
    first = await scene.page(door.token)
    scene.home.clock.forward((MOMENT - 1) / 1000)
    assert await scene.page(door.token.lower()) is first
    whole = await scene.page(door.token, b"")
    assert gzip.decompress(first) == whole and ARRIVAL.search(whole)
    scene.home.clock.forward(0.001)
    later = await scene.page(door.token)
    assert later is not first
    times = [re.sub(rb'"server_now":\d+', b"", gzip.decompress(page)) for page in (first, later)]
    assert times[0] == times[1]


async def test_X10_within_the_moment_the_page_follows_the_live_activity(scene: Scene) -> None:
    door = await scene.doors.open(W, "board")
    assert (await scene.brought(door.token))["changes"]["activity"] == Q1
    await scene.meeting.do(ask(Go, item=C1))
    brought = (await scene.brought(door.token))["changes"]
    assert brought["activity"] == C1
    phone = scene.meeting.join(PHONE)
    assert {held["record"]["id"]: held for held in brought["records"]} == phone.held


async def test_X6_a_code_that_is_renewed_ends_the_old_way_in_at_once(scene: Scene) -> None:
    old = await scene.doors.open(W, "board")
    joined = (await scene.brought(old.token))["joined"]
    assert await scene.home.gatekeeper.admit(joined["token"])
    new = await scene.doors.rotate(W, "board")
    assert await scene.brought(old.token) is None
    assert await scene.home.gatekeeper.admit(joined["token"]) is None
    again = (await scene.brought(new.token))["joined"]
    assert again["token"] != joined["token"] and await scene.home.gatekeeper.admit(again["token"])


async def test_X10_a_door_that_is_shut_or_opened_is_so_at_once(scene: Scene) -> None:
    door = await scene.doors.open(W, "board")
    for _ in range(2):
        assert await scene.brought(door.token)
        await scene.doors.close(W)
        assert await scene.brought(door.token) is None
        await scene.doors.open(W, "board")
    assert await scene.brought(door.token)


async def test_X10_a_door_that_runs_out_within_the_moment_is_shut(scene: Scene) -> None:
    door = await scene.doors.open(W, "board")
    scene.home.clock.forward((door.expires_at - scene.home.clock.ms() - 1) / 1000)
    assert await scene.brought(door.token)
    scene.home.clock.forward(0.001)
    assert await scene.brought(door.token) is None


async def test_X6_what_another_process_renews_holds_here_after_a_moment(scene: Scene) -> None:
    old = await scene.doors.open(W, "board")
    joined = (await scene.brought(old.token))["joined"]
    elsewhere = Doors(scene.home.database, scene.home.clock.ms, KEY)
    await elsewhere.rotate(W, "board")
    scene.home.clock.forward(MOMENT / 1000)
    assert await scene.brought(old.token) is None
    assert await scene.home.gatekeeper.admit(joined["token"]) is None


async def test_X10_the_language_is_the_boards_as_it_stands(scene: Scene) -> None:
    door = await scene.doors.open(W, "board")
    assert (await scene.reception.by_token(door.token)).language == "da"
    board = scene.meeting.board
    held = board.held(W)
    assert held is not None and isinstance(held.record, Workshop)
    board.apply([held._replace(record=held.record.with_(language="en"))])
    assert (await scene.reception.by_token(door.token)).language == "en"
    assert (await scene.brought(door.token))["joined"]["language"] == "en"


async def test_X10_an_unknown_token_is_let_in_by_nothing_that_is_kept(scene: Scene) -> None:
    door = await scene.doors.open(W, "board")
    assert await scene.brought(door.token)
    for token in ("A" * 16, door.token[:-1], ""):
        assert await scene.brought(token) is None
        try:
            found: RoomPass | None = await scene.doors.enter_by_token(token)
        except NoRoom:
            found = None
        assert found is None

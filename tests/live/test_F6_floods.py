"""F6: refusals use up nobody's limits, connections are not people, and a closed door accepts none.

The contents of the buckets are tested by hand; that the transports use them, at a real server.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx

from app.engine.agenda import Workshop
from app.live.flood import (
    COUNTED_IN_FULL,
    ONE_COUNTS_IN,
    REFUSED_AT_ONCE,
    AddressPurse,
    FloodLimits,
    LinePurse,
    RoomFlood,
    counted,
)
from app.live.lobby import Lobby
from app.live.messages import Hello
from app.live.tokens import RoomPass, Signer
from app.main import create_app
from app.operations.secret import server_key
from app.operations.serving import prepare
from app.settings import Settings
from tests.live.raw import Raw
from tests.support.meeting import Meeting, Wire, new_id, new_secret

AT_WORK = Workshop(id="w", title="Onsdag", group="", language="da", date="2026-12-02", state="live")


class Hand:
    """A manual clock. Seconds."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Silent:
    """A connection to nobody."""

    kind = "silent"
    waiting = 0

    def write(self, frame: bytes) -> None:
        """Nobody reads it."""

    def frame(self, message: bytes) -> bytes:
        """As it is."""
        return message

    def close(self, code: int) -> None:
        """There is nothing to close."""


def flood() -> tuple[RoomFlood, Hand]:
    hand = Hand()
    return RoomFlood(FloodLimits(), hand), hand


def taken(flood: RoomFlood, address: str, most: int) -> int:
    """How many notes of `most` are accepted at once from an address."""
    source = flood.source("w", address)
    return sum(not flood.take(source) for _ in range(most))


# -- what the buckets hold -------------------------------------------------------------------------------


def test_F6_lines_beyond_a_large_room_count_less() -> None:
    lines = (0, 1, 60, COUNTED_IN_FULL, COUNTED_IN_FULL + ONE_COUNTS_IN, 400)
    assert [counted(n) for n in lines] == [0, 1, 60, 100, 101, 175]


def test_F6_four_hundred_lines_from_one_address_are_not_four_hundred_people() -> None:
    room, _ = flood()
    room.source("w", "company").lines = 12
    room.source("w", "stranger").lines = 400
    room.source("another", "stranger").lines = 7
    assert (room.people("w"), room.people("another")) == (12 + 175, 7)


def test_F6_one_address_fills_no_activity_in_seconds_and_leaves_others_their_share() -> None:
    room, hand = flood()
    room.source("w", "company").lines = 12
    room.source("w", "stranger").lines = 400
    stranger = company = 0
    for _ in range(600):
        stranger += taken(room, "stranger", 100)
        company += taken(room, "company", 1)
        hand.now += 0.1
    assert company > 300, "more than 12 people write in a minute"
    assert stranger < 2300, "5,000 would be full in a minute"


def test_F6_sixty_honest_phones_behind_one_address_write_as_they_like() -> None:
    room, hand = flood()
    room.source("w", "company").lines = 60
    # All at once, and then for five minutes a note every ten seconds each.
    assert taken(room, "company", 60) == 60
    stored = 0
    for _ in range(300):
        hand.now += 1
        stored += taken(room, "company", 6)
    assert stored == 1800


def test_F6_five_hundred_behind_one_address_write_their_first_note_at_once() -> None:
    room, _ = flood()
    room.source("w", "company").lines = 500
    assert taken(room, "company", 500) == 500


def test_F6_opening_lines_makes_the_room_no_larger() -> None:
    few, _ = flood()
    many, _ = flood()
    for n in range(30):
        few.source("w", f"{n}").lines = 100
        many.source("w", f"{n}").lines = 400
    assert [sum(taken(room, f"{n}", 300) for n in range(30)) for room in (few, many)] == [1250, 1250]


def test_F6_reconnecting_gives_no_new_share() -> None:
    room, _ = flood()
    source = room.source("w", "stranger")
    source.lines = 1
    assert taken(room, "stranger", 100) == 20
    source.lines = 0
    room.source("w", "stranger").lines = 1
    assert taken(room, "stranger", 100) == 0


def test_F6_what_was_refused_is_given_back_to_the_room_and_charged_to_the_line() -> None:
    room, hand = flood()
    source = room.source("w", "company")
    source.lines = 12
    bad, good = LinePurse(source, hand), LinePurse(source, hand)
    asked = 0
    while not bad.take():
        assert not room.take(source)
        room.give_back(source)
        asked += 1
    assert asked == REFUSED_AT_ONCE
    # Nobody else pays: not the room, not a neighbour at the same address.
    assert taken(room, "company", 100) == 60
    assert good.take() == 0


def test_F6_four_hundred_lines_are_refused_no_four_hundred_times_as_often() -> None:
    room, hand = flood()
    source = room.source("w", "stranger")
    source.lines = 400
    lines = [LinePurse(source, hand) for _ in range(400)]
    asked = sum(not line.take() for line in lines for _ in range(REFUSED_AT_ONCE))
    assert asked < 1000, "each of them once, and what the address has"
    # A connection that did nothing wrong continues all the same: what is stored is given back.
    honest = LinePurse(source, hand)
    for _ in range(50):
        assert honest.take() == 0
        honest.give_back()


def test_F6_posts_from_an_address_are_refused_a_limited_number_of_times() -> None:
    hand = Hand()
    purse = AddressPurse(hand)
    asked = sum(not purse.take() for _ in range(1000))
    assert asked == 120
    hand.now += 1
    assert purse.take() == 0


# -- at a real server ------------------------------------------------------------------------------------


def edit_of_nothing(activity: str) -> dict[str, Any]:
    note = {"note": new_id(), "secret": new_secret(), "rev": 2, "text": "ingen"}
    return {"type": "notes.edit", "activity": activity, **note}


@asynccontextmanager
async def open_question(meeting: Meeting) -> AsyncIterator[tuple[Wire, str]]:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    yield desk, question
    await desk.close()


async def test_F6_edits_of_notes_that_are_not_there_spend_no_honest_phones_allowance(
    meeting: Meeting,
) -> None:
    async with open_question(meeting) as (_, question):
        honest = [await meeting.phone() for _ in range(3)]
        strangers = [await meeting.phone() for _ in range(4)]

        async def spend(stranger: Wire) -> list[str]:
            return [(await stranger.ask(edit_of_nothing(question))).get("code", "") for _ in range(28)]

        # More than the room of seven used to accept: 35 at once and 5 a second.
        codes = [code for many in await asyncio.gather(*map(spend, strangers)) for code in many]
        for phone in honest:
            for n in range(6):
                assert (await phone.write(question, f"seddel {n}"))["type"] == "stored"
        assert codes.count("unknown") > 90
        for phone in (*honest, *strangers):
            await phone.close()


async def test_F6_a_line_that_was_told_to_wait_is_not_read_until_then(meeting: Meeting) -> None:
    async with open_question(meeting) as (desk, question):
        # So few messages from each that only the address's storage limit is reached.
        phones = [await meeting.phone() for _ in range(4)]
        answer: dict[str, Any] = {}
        for flooding in itertools.cycle(phones):
            answer = await flooding.write(question, "reklame")
            if answer["type"] != "stored":
                break
        assert answer["code"] == "slow_down" and answer["retry_after"] >= 0.5
        # It does not wait: it is not answered in the meantime, and others are.
        next_one = asyncio.ensure_future(flooding.ask(edit_of_nothing(question)))
        for _ in range(5):
            await desk.do("notes.add_paper", activity=question, texts=["papir"])
        assert not next_one.done()
        assert (await next_one)["type"] == "refused"
        for phone in phones:
            await phone.close()


async def test_F6_refused_commands_by_post_have_an_end(meeting: Meeting) -> None:
    async with open_question(meeting) as (_, question):
        phone = await meeting.phone()
        headers = {"Authorization": f"Bearer {await meeting.room_token()}"}

        async def post(**how: Any) -> httpx.Response:
            return await meeting.http.post("/live/do", **how)

        body = {"type": "do", "ref": 7, "command": edit_of_nothing(question)}
        answers = await asyncio.gather(*(post(json=body, headers=headers) for _ in range(200)))
        slow = [answer.json() for answer in answers if answer.status_code == 429]
        assert slow and all(one["ref"] == 7 and one["retry_after"] > 0 for one in slow)
        # So is unreadable input, or input without a token; a socket from the same address continues.
        headers |= {"Content-Type": "application/json"}
        unread = await asyncio.gather(*(post(content=b"{", headers=headers) for _ in range(100)))
        unknown = await asyncio.gather(*(post(json=body) for _ in range(100)))
        for many in (unread, unknown):
            assert sum(answer.status_code == 429 for answer in many) > 50
        assert (await phone.write(question, "en seddel"))["type"] == "stored"
        await phone.close()


async def test_F6_four_hundred_sockets_from_one_address_take_part_as_fewer_people(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    await prepare(settings)
    app = create_app(settings)
    rooms = app.services.rooms
    await rooms.create("b")
    await rooms.seed("b", [AT_WORK])
    opened = await rooms.open("b")
    assert opened is not None
    lobby = Lobby(rooms, app.services.gatekeeper)
    door = await app.services.doors.open("w", "b")
    reception = RoomPass(workshop="w", board="b", epoch=door.epoch, expires_at=door.expires_at)
    token = Signer(server_key(tmp_path, "")).sign(reception)
    hello = Hello(type="hello", token=token, since=0, epoch="", activity=None, protocol=1)
    for address, many in (("company", 12), ("stranger", 400)):
        for _ in range(many):
            await lobby.enter(hello, Silent(), address)
    await rooms.sweep()
    assert opened.hub.count("phone", "w") == 412
    assert opened.room.board.one(Workshop, "w").people == 12 + 175
    rooms.shut_down()
    await app.services.database.close()


# -- a shut door -----------------------------------------------------------------------------------------


async def hello(meeting: Meeting, token: str, **more: Any) -> Raw:
    raw = await Raw(meeting.url).connect()
    assert await raw.shake() == 101
    await raw.hello(token, **more)
    return raw


async def test_F6_a_shut_door_admits_nobody_new_and_lets_clients_inside_reconnect(meeting: Meeting) -> None:
    async with open_question(meeting) as (_, question):
        token = await meeting.room_token()
        phone = await Wire(meeting.url, token).open()
        await phone.until(lambda: phone.epoch)
        await meeting.post(f"/api/workshops/{meeting.workshop}/door", action="close")
        # A client with the token alone stays out, on both transports and by POST.
        for known in ({}, {"since": 5}, {"since": 5, "epoch": "another"}):
            assert await (await hello(meeting, token, **known)).closed() == 4401
        said = {"type": "hello", "token": token, "since": 0, "epoch": "", "activity": None, "protocol": 1}
        assert (await meeting.http.post("/live/events", json=said)).text == "event: close\ndata: 4401\n\n"
        command = {"type": "notes.write", "activity": question, "note": new_id(), "secret": new_secret()}
        body = {"type": "do", "ref": 1, "command": command | {"rev": 1, "text": "udefra"}}

        async def post(shown: str) -> int:
            headers = {"Authorization": f"Bearer {shown}"}
            return (await meeting.http.post("/live/do", json=body, headers=headers)).status_code

        assert [await post(token), await post(f"{token}~another")] == [401, 401]
        # A client inside stays, reconnects after a lift, and after a reload with only what it stored.
        assert (await phone.write(question, "indefra"))["type"] == "stored"
        await phone.close()
        await phone.open()
        assert phone.closed is None
        assert (await phone.write(question, "igen"))["type"] == "stored"
        reloaded = await hello(meeting, token, epoch=phone.epoch)
        assert (await reloaded.told("welcome"))["role"] == "phone"
        assert await post(f"{token}~{phone.epoch}") == 200
        # Reopened, the same token admits new ones.
        await meeting.post(f"/api/workshops/{meeting.workshop}/door", action="open")
        fresh = await hello(meeting, token)
        assert (await fresh.told("welcome"))["role"] == "phone"
        for raw in (reloaded, fresh):
            raw.cut()
        await phone.close()


async def test_F6_A1_what_lets_a_phone_reconnect_is_the_same_for_all(meeting: Meeting) -> None:
    first, second = await meeting.phone(), await meeting.phone()
    for phone in (first, second):
        await phone.until(lambda phone=phone: phone.epoch)
    assert first.epoch == second.epoch
    assert first.frames[0] == second.frames[0]
    for phone in (first, second):
        await phone.close()

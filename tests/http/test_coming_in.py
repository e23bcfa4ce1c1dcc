"""Joining: phones by code and QR, screens by pairing, desks by ticket."""

import asyncio
import hashlib

import httpx2
import pytest

from app.engine.commands import Role
from app.limits import DAY
from app.live.door import ALPHABET, KEPT_FOR, OPEN_FOR, typed
from app.live.tokens import RoomPass, Signer
from app.qr import draw
from tests.support.house import House


class Meeting:
    """A workshop with an open door, seen from its desk."""

    def __init__(self, home: House, desk: httpx2.AsyncClient, id: str, board: str) -> None:
        self.home, self.desk, self.id, self.board = home, desk, id, board

    async def door(self, action: str) -> dict[str, object]:
        answer = await self.desk.post(f"/api/workshops/{self.id}/door", json={"action": action})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def ticket(self) -> str:
        return str((await self.desk.post(f"/api/workshops/{self.id}/ticket", json={})).json()["ticket"])


async def meeting(home: House) -> Meeting:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    return Meeting(home, desk, made["id"], made["board"])


async def join(home: House, address: str = "10.0.0.9", **how: str) -> httpx2.Response:
    return await home.client(address=address).post("/api/join", json=how)


def qr_token(door: dict[str, object]) -> str:
    return str(door["join_url"]).rpartition("/")[2]


# -- X10: the door ---------------------------------------------------------------------------------------


async def test_X10_the_way_in_is_large_letters_and_short(home: House) -> None:
    door = await (await meeting(home)).door("open")
    assert len(str(door["code"])) == 6 and set(str(door["code"])) <= set(ALPHABET)
    url = str(door["join_url"])
    assert url == url.upper() and url.startswith("HTTP://192.168.7.20:8000/J/")
    assert len(qr_token(door)) == 16
    assert isinstance(door["qr_path"], dict) and door["qr_path"]["size"] == 29 + 8


async def test_A1_every_phone_gets_the_same_token_by_code_and_by_qr(home: House) -> None:
    door = await (await meeting(home)).door("open")
    by_code = await join(home, code=str(door["code"]))
    home.forward(minutes=7)
    by_qr = await join(home, "10.0.0.77", token=qr_token(door).lower())
    assert by_code.json() | {"server_now": 0} == by_qr.json() | {"server_now": 0}
    admission = await home.gatekeeper.admit(by_code.json()["token"])
    assert admission is not None
    assert (admission.role, admission.account) == (Role.PHONE, None)


async def test_X10_only_hashes_of_qr_tokens_are_kept(home: House) -> None:
    door = await (await meeting(home)).door("open")
    kept = await home.on_disk()
    assert str(door["code"]).encode() in kept
    assert qr_token(door).encode() not in kept
    assert hashlib.sha256(qr_token(door).encode()).digest() in kept


async def test_X10_unknown_closed_and_expired_are_one_answer(home: House) -> None:
    here = await meeting(home)
    door = await here.door("open")
    unknown = await join(home, code="ABCDEF")
    await here.door("close")
    closed = await join(home, code=str(door["code"]))
    closed_qr = await join(home, token=qr_token(door))
    await here.door("open")
    home.forward(hours=12)
    expired = await join(home, code=str(door["code"]))
    answers = [unknown, closed, closed_qr, expired]
    assert {answer.status_code for answer in answers} == {404}
    assert len({str(answer.json() | {"id": ""}) for answer in answers}) == 1


async def test_P5_1_what_is_answered_by_link_keeps_its_door_and_its_code_that_long(home: House) -> None:
    here = await meeting(home)
    door = await here.door("open")
    friday = home.clock.ms() + 4 * DAY
    await home.doors.keep(here.id, friday)
    # Never shorter, and not for an unknown door.
    await home.doors.keep(here.id, friday - DAY)
    await home.doors.keep("another", friday)
    home.forward(hours=95)
    kept = await home.doors.find(here.id)
    assert kept is not None
    assert (kept.open, kept.code, kept.expires_at) == (True, door["code"], friday)
    assert (await join(home, token=qr_token(door))).status_code == 200
    home.forward(hours=2)
    assert (await join(home, token=qr_token(door))).status_code == 404
    await home.doors.keep(here.id, friday + DAY)
    assert (await join(home, token=qr_token(door))).status_code == 404


async def test_P5_1_a_door_that_is_opened_later_stands_open_as_long_as_it_is_needed(home: House) -> None:
    here = await meeting(home)
    needed = {(here.id, here.board): home.clock.ms() + 3 * DAY}

    async def until(workshop: str, board: str) -> int:
        return needed[workshop, board]

    home.doors.on_opening(until)
    assert (await here.door("open"))["expires_at"] == home.clock.ms() + 3 * DAY
    needed[here.id, here.board] = home.clock.ms() + 999 * DAY
    assert (await here.door("rotate"))["expires_at"] == home.clock.ms() + KEPT_FOR
    needed[here.id, here.board] = 0
    assert (await here.door("rotate"))["expires_at"] == home.clock.ms() + OPEN_FOR


async def test_X10_closing_keeps_new_ones_out_and_lets_those_inside_stay(home: House) -> None:
    here = await meeting(home)
    door = await here.door("open")
    token = (await join(home, code=str(door["code"]))).json()["token"]
    await here.door("close")
    assert await home.gatekeeper.admit(token) is not None
    again = await here.door("open")
    assert again["code"] == door["code"]


async def test_X10_a_new_code_for_all_disconnects_everybody(home: House) -> None:
    here = await meeting(home)
    door = await here.door("open")
    token = (await join(home, code=str(door["code"]))).json()["token"]
    admission = await home.gatekeeper.admit(token)
    assert admission is not None
    told: list[str] = []
    home.gatekeeper.on_revoked(told.append)
    fresh = await here.door("rotate")
    assert fresh["code"] != door["code"] and qr_token(fresh) != qr_token(door)
    assert told == [admission.ground]
    assert not await home.gatekeeper.still_admitted(admission)
    assert await home.gatekeeper.admit(token) is None
    assert (await join(home, code=str(door["code"]))).status_code == 404
    assert (await join(home, token=qr_token(door))).status_code == 404
    assert (await join(home, code=str(fresh["code"]))).status_code == 200


async def test_X10_a_door_is_open_for_twelve_hours_at_most(home: House) -> None:
    here = await meeting(home)
    door = await here.door("open")
    token = (await join(home, code=str(door["code"]))).json()["token"]
    home.forward(hours=11, minutes=59)
    assert await home.gatekeeper.admit(token) is not None
    home.forward(minutes=1)
    assert await home.gatekeeper.admit(token) is None
    await here.desk.post("/api/session", json={"email": "karen@bakkedal.dk", "password": "kø hat lampe 42"})
    fresh = await here.door("open")
    assert fresh["code"] != door["code"]


async def test_X10_a_code_is_not_used_again_within_ninety_days(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await meeting(home)
    rigged = iter("ABCDEF" * 3 + "GHJKMN")
    monkeypatch.setattr("app.live.door.secrets.choice", lambda _signs: next(rigged))
    assert (await here.door("rotate"))["code"] == "ABCDEF"
    home.forward(hours=1)
    assert (await here.door("rotate"))["code"] == "GHJKMN"
    home.forward(days=91)
    rigged = iter("ABCDEF")
    place_free = await home.doors.rotate(here.id, here.board)
    assert place_free.code == "ABCDEF"


# -- B59, B60, B52: typing it ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_typed", "code"),
    [
        ("kj7m4p", "KJ7M4P"), (" KJ7 M4P ", "KJ7M4P"), ("kj7-m4p", "KJ7M4P"), ("ＫＪ７Ｍ４Ｐ", "KJ7M4P"),
        ("KJ7M4", None), ("KJ7M4PX", None), ("KJ7M4O", None), ("KJ7M40", None), ("KJ7M4I", None),
        ("КJ7M4P", None), ("А" * 6, None), ("😀" * 6, None), ("æøåæøå", None), ("", None), ("K" * 5000, None),
    ],
)  # fmt: skip
def test_B59_codes_as_people_type_them(as_typed: str, code: str | None) -> None:
    assert typed(as_typed) == code


async def test_B59_what_can_be_no_code_is_answered_like_a_wrong_one(home: House) -> None:
    await (await meeting(home)).door("open")
    wrong = (await join(home, code="ABCDEF")).json()
    for odd in ("KJ7M4", "KJ7M4PX", "АААААА", "😀😀😀😀😀😀"):
        assert (await join(home, code=odd)).json() | {"id": ""} == wrong | {"id": ""}


async def test_X10_ten_misses_a_minute_from_one_address(home: House) -> None:
    door = await (await meeting(home)).door("open")
    for _ in range(10):
        assert (await join(home, code="ABCDEF")).status_code == 404
    refused = await join(home, code=str(door["code"]))
    assert (refused.status_code, refused.json()["code"]) == (429, "slow_down")
    assert 0 < refused.json()["retry_after"] <= 60
    assert (await join(home, token=qr_token(door))).status_code == 200
    assert (await join(home, "10.0.0.10", code=str(door["code"]))).status_code == 200
    home.forward(seconds=61)
    assert (await join(home, code=str(door["code"]))).status_code == 200


async def test_B60_too_many_wrong_codes_pause_typing_for_everybody(home: House) -> None:
    here = await meeting(home)
    door = await here.door("open")
    for n in range(60):
        assert (await join(home, f"10.1.0.{n}", code="ABCDEF")).status_code == 404
    for code in ("GHJKMN", str(door["code"])):
        refused = await join(home, "10.2.0.1", code=code)
        assert (refused.status_code, refused.json()["code"]) == (429, "typing_paused")
        assert refused.json()["retry_after"] == 30
    assert (await join(home, "10.2.0.2", token=qr_token(door))).status_code == 200
    seen = (await here.desk.get(f"/api/workshops/{here.id}")).json()["health"]
    assert "typing_paused" in {one["id"] for one in seen}
    home.forward(seconds=30)
    assert (await join(home, "10.2.0.1", code=str(door["code"]))).status_code == 200


async def test_B52_five_hundred_joins_from_one_address_all_come_in(home: House) -> None:
    door = await (await meeting(home)).door("open")
    phone = home.client()
    statuses = [(await phone.post("/api/join", json={"code": door["code"]})).status_code for _ in range(500)]
    assert set(statuses) == {200}


async def test_A9_joining_leaves_no_address_behind(home: House) -> None:
    door = await (await meeting(home)).door("open")
    await join(home, "203.0.113.77", code=str(door["code"]))
    await join(home, "203.0.113.77", code="ABCDEF")
    assert b"203.0.113.77" not in await home.on_disk()


# -- room tokens -----------------------------------------------------------------------------------------


def test_X10_a_changed_room_token_is_none() -> None:
    signer = Signer(b"one key" * 5)
    token = signer.sign(RoomPass(workshop="w", board="b", epoch=1, expires_at=5))
    assert signer.read(token) == RoomPass(workshop="w", board="b", epoch=1, expires_at=5)
    kind, body, mac = token.split(".")
    for other in (
        f"{kind}.{body}.{mac[:-2]}AA", f"{kind}.{mac}.{body}", f"{kind}.{body}.", f"{kind}..{mac}",
        f"{kind}.{body}", f"x.{body}.{mac}", f"{token}.", f"{kind}.{body}é.{mac}", "", "r..", "r.a.b",
    ):  # fmt: skip
        assert signer.read(other) is None
    assert Signer(b"another key" * 5).read(token) is None


# -- X6, B57: tickets and keys ---------------------------------------------------------------------------


async def test_B57_a_ticket_opens_once(home: House) -> None:
    ticket = await (await meeting(home)).ticket()
    admission = await home.gatekeeper.admit(ticket)
    assert admission is not None
    assert (admission.role, admission.account is not None) == (Role.FACILITATOR, True)
    assert await home.gatekeeper.admit(ticket) is None


async def test_B57_of_two_that_show_a_ticket_at_once_one_is_admitted(home: House) -> None:
    ticket = await (await meeting(home)).ticket()
    both = await asyncio.gather(home.gatekeeper.admit(ticket), home.gatekeeper.admit(ticket))
    assert sum(admission is not None for admission in both) == 1


async def test_X6_a_ticket_lasts_thirty_seconds(home: House) -> None:
    here = await meeting(home)
    in_time, late = await here.ticket(), await here.ticket()
    home.forward(seconds=29)
    assert await home.gatekeeper.admit(in_time) is not None
    home.forward(seconds=1)
    assert await home.gatekeeper.admit(late) is None


async def test_X6_a_ticket_is_no_bearer_and_a_key_is_no_ticket(home: House) -> None:
    here = await meeting(home)
    assert await home.gatekeeper.admit_bearer(await here.ticket()) is None
    admission = await home.gatekeeper.admit(await here.ticket())
    assert admission is not None
    key = home.gatekeeper.key(admission)
    assert await home.gatekeeper.admit_bearer(key) == admission
    assert await home.gatekeeper.admit(key) is None
    for kind, token in (("k", await here.ticket()), ("t", key)):
        assert await home.gatekeeper.admit(f"{kind}{token[1:]}") is None
        assert await home.gatekeeper.admit_bearer(f"{kind}{token[1:]}") is None


async def test_B58_signing_out_ends_tickets_keys_and_admissions_at_once(home: House) -> None:
    here = await meeting(home)
    admission = await home.gatekeeper.admit(await here.ticket())
    assert admission is not None
    key, ticket = home.gatekeeper.key(admission), await here.ticket()
    told: list[str] = []
    home.gatekeeper.on_revoked(told.append)
    await here.desk.delete("/api/session")
    assert told == [admission.ground]
    assert not await home.gatekeeper.still_admitted(admission)
    assert await home.gatekeeper.admit_bearer(key) is None
    assert await home.gatekeeper.admit(ticket) is None


async def test_X6_an_open_desk_keeps_its_session_from_going_idle(home: House) -> None:
    here = await meeting(home)
    admission = await home.gatekeeper.admit(await here.ticket())
    assert admission is not None
    for _ in range(30):
        home.forward(hours=1)
        assert await home.gatekeeper.still_admitted(admission)
    assert (await here.desk.get("/api/session")).status_code == 200


async def test_X20_somebody_removed_from_a_process_is_disconnected(home: House) -> None:
    from app.processes.tables import membership

    here = await meeting(home)
    admission = await home.gatekeeper.admit(await here.ticket())
    assert admission is not None
    async with home.database.begin() as connection:
        await connection.execute(membership.delete())
    assert not await home.gatekeeper.still_admitted(admission)


# -- screens ---------------------------------------------------------------------------------------------


async def test_a_screen_is_paired_by_the_code_it_shows(home: House) -> None:
    here = await meeting(home)
    wall = home.client()
    shown = (await wall.post("/api/screens", json={})).json()
    waiting = await wall.post("/api/screens/claim", json={"secret": shown["secret"]})
    assert (waiting.status_code, waiting.json()) == (202, {"token": None})
    code = f" {shown['code'].lower()[:2]} {shown['code'][2:]}"
    typed_in = await here.desk.post(f"/api/workshops/{here.id}/screens", json={"code": code})
    assert typed_in.status_code == 200
    claimed = await wall.post("/api/screens/claim", json={"secret": shown["secret"]})
    admission = await home.gatekeeper.admit(claimed.json()["token"])
    assert admission is not None
    assert (admission.role, admission.workshop, admission.board) == (Role.SCREEN, here.id, here.board)
    # The token is handed out once, and never for somebody else's secret.
    for secret in (shown["secret"], "another"):
        assert (await wall.post("/api/screens/claim", json={"secret": secret})).status_code == 410


async def test_a_code_that_no_screen_shows_is_said_so(home: House) -> None:
    here = await meeting(home)
    answer = await here.desk.post(f"/api/workshops/{here.id}/screens", json={"code": "ZZZZ"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_screen")


async def test_a_pairing_code_lasts_ten_minutes(home: House) -> None:
    here = await meeting(home)
    shown = (await home.client().post("/api/screens", json={})).json()
    home.forward(minutes=10)
    answer = await here.desk.post(f"/api/workshops/{here.id}/screens", json={"code": shown["code"]})
    assert answer.status_code == 404


async def test_R12_a_screens_token_lasts_a_day_and_can_be_withdrawn(home: House) -> None:
    here = await meeting(home)
    path = f"/api/workshops/{here.id}/screens"
    first, second = [(await here.desk.post(path, json={})).json()["token"] for _ in range(2)]
    admission = await home.gatekeeper.admit(first)
    assert admission is not None
    told: list[str] = []
    home.gatekeeper.on_revoked(told.append)
    screen = admission.ground.partition(":")[2]
    assert screen in (await here.desk.get(path)).json()["screens"]
    assert (await here.desk.delete(f"{path}/{screen}")).status_code == 204
    assert told == [admission.ground]
    assert await home.gatekeeper.admit(first) is None
    assert await home.gatekeeper.admit(second) is not None
    home.forward(hours=24)
    assert await home.gatekeeper.admit(second) is None


async def test_only_hashes_of_screen_tokens_are_kept(home: House) -> None:
    here = await meeting(home)
    token = (await here.desk.post(f"/api/workshops/{here.id}/screens", json={})).json()["token"]
    assert token.encode() not in await home.on_disk()


async def test_the_wall_is_told_the_way_in_while_the_door_is_open(home: House) -> None:
    here = await meeting(home)
    token = (await here.desk.post(f"/api/workshops/{here.id}/screens", json={})).json()["token"]
    wall = home.client(Authorization=f"Bearer {token}")
    assert (await wall.get("/api/walls/join")).json()["code"] == "door_closed"
    door = await here.door("open")
    seen = (await wall.get("/api/walls/join")).json()
    assert seen == {"code": door["code"], "join_url": door["join_url"], "qr": door["qr_path"]}
    for nobody in ("Bearer ", "Bearer x", "Basic abc", token):
        answer = await home.client(Authorization=nobody).get("/api/walls/join")
        assert answer.status_code == 401


# -- the QR code -----------------------------------------------------------------------------------------


def test_the_qr_code_reads_as_what_it_names() -> None:
    import re

    import zxingcpp
    from PIL import Image, ImageDraw

    url = "HTTP://192.168.7.20:8000/J/ABCDEFGHIJKLMNOP"
    qr = draw(url)
    image = Image.new("L", (qr.size * 8, qr.size * 8), 255)
    pen = ImageDraw.Draw(image)
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", qr.path)
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w in runs) == qr.path
    for x, y, width in ((int(x), int(y), int(w)) for x, y, w in runs):
        pen.rectangle((x * 8, y * 8, (x + width) * 8 - 1, y * 8 + 7), fill=0)
    [found] = zxingcpp.read_barcodes(image)
    assert found.text == url
    assert found.ec_level == "M"
    # Quiet zone: nothing within four modules of the edge.
    assert all(int(x) >= 4 and int(x) + int(w) <= qr.size - 4 for x, _, w in runs)
    assert qr.size == 29 + 8
    assert len(qr.path) < 6000

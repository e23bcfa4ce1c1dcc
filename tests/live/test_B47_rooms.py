"""B47, B48, B51-B54, B56, B58, B64, X6, E3, E9: who may send what where, at a real server."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Literal, Union, get_args, get_origin

import httpx2 as httpx
import pytest
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from app.activities.registry import registry
from app.engine.commands import MATRIX, DriverCommand, Role
from tests.live.conftest import ComeIn
from tests.live.raw import Raw
from tests.support.meeting import EMAIL, PASSWORD, Meeting, Wire, meeting as a_meeting, new_id, new_secret
from tests.support.server import Server


def written(activity: str, **more: Any) -> dict[str, Any]:
    note = {"note": new_id(), "secret": new_secret(), "rev": 1, "text": "en seddel"} | more
    return {"type": "notes.write", "activity": activity, **note}


async def open_desk(meeting: Meeting) -> tuple[Wire, str]:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    return desk, question


async def test_B47_a_note_for_what_is_not_open(meeting: Meeting) -> None:
    desk, question = await open_desk(meeting)
    phone = await meeting.phone()
    second = [item for item in desk.items if item["activity"] == "notes"][1]["id"]
    gathering = next(item["id"] for item in desk.items if item["activity"] == "clustering")
    assert (await phone.ask(written(second)))["code"] == "not_open"
    assert (await phone.ask(written(gathering)))["code"] == "unknown"
    assert (await phone.ask(written(new_id())))["code"] == "unknown"
    await desk.do("notes.stop_writing", activity=question)
    late = await phone.ask(written(question))
    assert (late["type"], late["told"]) == ("stored", ["late"]), "R13: kept, and let in by hand"
    await desk.do("agenda.end", workshop=meeting.workshop)
    assert (await phone.ask(written(question)))["code"] == "closed"
    await phone.close()
    await desk.close()


async def test_B48_one_rooms_token_opens_no_other_room(meeting: Meeting) -> None:
    desk, question = await open_desk(meeting)
    # In the same process, on the same board.
    token = await meeting.room_token()
    await meeting.again()
    other = await Wire(meeting.url, await meeting.room_token()).open()
    assert (await other.ask(written(question)))["code"] == "unknown"
    # And in another process, over both transports.
    stranger = await Meeting(meeting.url, meeting.http).make()
    phone = await stranger.phone()
    assert (await phone.ask(written(question)))["code"] == "unknown"
    headers = {"Authorization": f"Bearer {await stranger.room_token()}"}
    body = {"type": "do", "ref": 1, "command": written(question)}
    answer = await meeting.http.post("/live/do", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")
    answer = await meeting.http.post("/live/do", json=body, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    for wire in (other, phone, desk):
        await wire.close()


async def test_B51_a_thousand_notes_in_a_second_and_nothing_is_lost(
    new_server: Callable[..., Server],
) -> None:
    # A bucket for four phones is small; it fills quickly, so that backing off is seen without a long wait.
    server = new_server(env={"TRIVSEL_NOTES_PER_SECOND": "75", "TRIVSEL_MESSAGES_PER_10S": "4000"}).start()
    async with a_meeting(server) as meeting:
        desk, question = await open_desk(meeting)
        phones = [await meeting.phone() for _ in range(4)]
        slowed: list[float] = []

        async def send(number: int) -> None:
            command = written(question, text=f"seddel {number}")
            while (answer := await phones[number % 4].ask(command))["type"] != "stored":
                assert answer["code"] == "slow_down" and answer["retry_after"] > 0
                slowed.append(answer["retry_after"])
                await asyncio.sleep(answer["retry_after"])

        await asyncio.gather(*(send(number) for number in range(1000)))
        assert slowed and len(set(slowed)) > 5, "X11: spread by chance, not all at once again"
        await desk.do("notes.stop_writing", activity=question)
        await desk.until(lambda: len(desk.all("note")) == 1000)
        for wire in (*phones, desk):
            await wire.close()


async def test_B51_one_socket_is_told_to_slow_down_and_continues(meeting: Meeting) -> None:
    desk, question = await open_desk(meeting)
    phone = await meeting.phone()
    answers = await asyncio.gather(*(phone.ask(written(question)) for _ in range(60)))
    slow = [answer for answer in answers if answer["type"] == "refused"]
    assert {answer["code"] for answer in slow} == {"slow_down"} and len(slow) >= 10
    assert all(answer["retry_after"] for answer in slow)
    await phone.close()
    await desk.close()


async def test_B51_a_socket_that_sends_nothing_but_nonsense_is_closed(come_in: ComeIn) -> None:
    phone = await come_in()
    for _ in range(60):
        await phone.say(b"{")
    assert await phone.closed() == 4008


async def test_B52_five_hundred_join_at_once_from_one_address(meeting: Meeting) -> None:
    desk, _ = await open_desk(meeting)

    async def one() -> Raw:
        token = (await meeting.http.post("/api/join", json={"code": meeting.code})).json()["token"]
        raw = await Raw(meeting.url).connect()
        assert await raw.shake() == 101
        await raw.hello(token)
        assert (await raw.told("changes"))["all"]
        return raw

    phones = await asyncio.gather(*(one() for _ in range(500)))
    await desk.until(lambda: desk.presence.get("phones") == 500)
    for phone in phones:
        phone.cut()
    await desk.close()


# -- roles ---------------------------------------------------------------------------------------------------


def example(model: type, ids: dict[str, str], workshop: str) -> dict[str, Any]:
    """A valid command of a kind, naming existing records."""
    values: dict[str, Any] = {
        "id": new_id(),
        "base": 1,
        "workshop": workshop,
        "seconds": 60,
        "minutes": 5,
        "text": "x",
        "rev": 1,
        "secret": new_secret(),
        "texts": ["x"],
        "notes": [{"note": ids["note"], "base": 1}],
        "name": "x",
        "title": "x",
        "paper": "mos",
        "question": 1,
        "into": ids["theme"],
        "before": None,
        "important": True,
        "urgent": True,
        "confirmed": True,
        "step": "free",
        "field": "can",
        "settings": {},
    }
    command: dict[str, Any] = {}
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]
        if name == "type":
            command[name] = field.annotation.__args__[0]
        elif name in ids:
            command[name] = ids[name]
        elif field.default is PydanticUndefined:
            command[name] = values[name] if name in values else some(field)
    if command["type"] == "agenda.add":
        command |= {"item": new_id(), "activity": "clustering", "settings": {"of": ids["item"]}}
    if command["type"] == "notes.delete_many":
        command["notes"] = [ids["note"]]
    if command["type"] == "clustering.make_theme":
        command["theme"] = new_id()
    return command


def some(field: FieldInfo) -> Any:
    """A value of this field's type: the first of a choice, a new id for an id."""
    shape, origin = field.annotation, get_origin(field.annotation)
    if origin is Literal:
        return get_args(shape)[0]
    if type(None) in get_args(shape):
        return None
    if origin in (list, tuple):
        return []
    if origin is Union:
        # Each of the choices with its own required fields.
        return some(FieldInfo.from_annotation(get_args(shape)[0]))
    if shape is str:
        return new_id() if any(getattr(rule, "pattern", None) for rule in field.metadata) else "x"
    assert shape in (bool, int), field
    return shape(1)


SPOKEN = sorted(
    (ruled for ruled in registry.commands if ruled.group not in ("server", "named")),
    key=lambda ruled: str(ruled.command.model_fields["type"].annotation),
)


async def board_with_everything(meeting: Meeting) -> tuple[Wire, dict[str, str]]:
    """A board on which every command would find the records it names."""
    desk, question = await open_desk(meeting)
    await desk.do("notes.add_paper", activity=question, texts=["en", "to"])
    await desk.do("notes.turn_all", activity=question)
    gathering = next(item["id"] for item in desk.items if item["activity"] == "clustering")
    await desk.do("agenda.go", item=gathering)
    await desk.until(lambda: desk.activity == gathering and len(desk.all("note")) == 2)
    note = min(one["id"] for one in desk.all("note"))
    theme = new_id()
    await desk.do(
        "clustering.make_theme", activity=gathering, theme=theme, notes=desk.at(note), name="T", paper="mos"
    )
    return desk, {"activity": question, "item": question, "note": note, "theme": theme}


async def test_B53_phones_drive_nothing(meeting: Meeting) -> None:
    desk, ids = await board_with_everything(meeting)
    before = (desk.seq, dict(desk.held))
    token = {"Authorization": f"Bearer {await meeting.room_token()}"}
    driven = [ruled for ruled in SPOKEN if issubclass(ruled.command, DriverCommand)]
    assert len(driven) > 25
    for ruled in driven:
        body = {"type": "do", "ref": 1, "command": example(ruled.command, ids, meeting.workshop)}
        answer = await meeting.http.post("/live/do", json=body, headers=token)
        assert (answer.status_code, answer.json()["code"]) == (403, "role"), body
    phone = await meeting.phone()
    for ruled in driven[:25]:
        answer_ = await phone.ask(example(ruled.command, ids, meeting.workshop))
        assert answer_["code"] == "role"
    await phone.close()
    assert (desk.seq, desk.held) == before
    await desk.close()


async def test_B54_a_screen_only_looks(meeting: Meeting) -> None:
    desk, question = await open_desk(meeting)
    opened = await meeting.post(f"/api/workshops/{meeting.workshop}/screens")
    for message in (
        {"type": "do", "ref": 1, "command": written(question)},
        {"type": "do", "ref": 1, "command": {"type": "undo", "id": new_id(), "workshop": meeting.workshop}},
        {"type": "hold", "record": None},
        {"type": "hello"},
        {"type": "nothing we know"},
    ):
        screen = await Raw(meeting.url).connect()
        await screen.shake()
        await screen.hello(opened["token"])
        await screen.told("changes")
        await screen.say({"type": "time", "sent": 1.0})
        await screen.told("time")
        # U8: and reports its page.
        leaf = {"item": question, "page": 0, "pages": 2, "to": 18, "until": 33, "of": 33}
        await screen.say({"type": "shows", "leaf": leaf})
        await screen.say(message)
        assert await screen.closed() == 4403
    phone = await Raw(meeting.url).connect()
    await phone.shake()
    await phone.hello(await meeting.room_token())
    await phone.told("changes")
    await phone.say({"type": "shows", "leaf": None})
    assert await phone.closed() == 4403
    answer = await meeting.http.post(
        "/live/do",
        json={"type": "do", "ref": 1, "command": written(question)},
        headers={"Authorization": f"Bearer {opened['token']}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "role")
    await desk.close()


async def test_B56_a_facilitator_who_names_what_belongs_to_another_process(meeting: Meeting) -> None:
    """Each message, with the ids of a board that is not the sender's."""
    other, ids = await board_with_everything(meeting)
    before = (other.seq, dict(other.held))
    own = await Meeting(meeting.url, meeting.http).make()
    desk = await own.desk()
    await desk.until(lambda: desk.items)
    for ruled in SPOKEN:
        command = example(ruled.command, ids, meeting.workshop)
        answer = await desk.ask(command)
        if Role.FACILITATOR not in MATRIX[ruled.group]:
            assert answer["code"] == "role"
            continue
        if command["type"] in ("undo", "redo", "agenda.add") and answer["type"] == "refused":
            assert answer["code"] in ("unknown", "nothing_to_undo")
            continue
        assert (answer["type"], answer.get("code"), answer.get("fresh")) == ("refused", "unknown", None), (
            command
        )
    assert (other.seq, other.held) == before
    await desk.close()
    await other.close()


# -- coming and going ----------------------------------------------------------------------------------------


async def test_X6_B57_a_ticket_is_used_up_by_being_shown(meeting: Meeting) -> None:
    ticket = (await meeting.post(f"/api/workshops/{meeting.workshop}/ticket"))["ticket"]
    for expected in ("welcome", 4401):
        raw = await Raw(meeting.url).connect()
        await raw.shake()
        await raw.hello(ticket)
        if expected == "welcome":
            assert (await raw.told("welcome"))["role"] == "facilitator"
        else:
            assert await raw.closed() == expected
        raw.cut()
    # Not even a hello that is refused for another reason keeps it; a wrong one opens nothing.
    raw = await Raw(meeting.url).connect()
    await raw.shake()
    await raw.hello("t." + "x" * 43)
    assert await raw.closed() == 4401


async def test_X6_B58_signing_out_disconnects_the_desk_at_once(meeting: Meeting) -> None:
    desk, question = await open_desk(meeting)
    key = json.loads(desk.frames[0])["key"]
    async with httpx.AsyncClient(base_url=meeting.url, headers={"Origin": meeting.url}) as other:
        # Somebody else signed in stays; so do phones.
        await other.post("/api/session", json={"email": EMAIL, "password": PASSWORD})
        ticket = (await other.post(f"/api/workshops/{meeting.workshop}/ticket", json={})).json()["ticket"]
        second = await Wire(meeting.url, ticket).open()
        phone = await meeting.phone()
        asked = dict(meeting.http.cookies)
        began = asyncio.get_running_loop().time()
        assert (await meeting.http.delete("/api/session")).status_code < 300
        await desk.until(lambda: desk.closed)
        assert desk.closed == 4401 and asyncio.get_running_loop().time() - began < 5
        # The old cookie and the old key give no access any more.
        async with httpx.AsyncClient(base_url=meeting.url, cookies=asked) as thief:
            answer = await thief.get("/api/session")
            assert answer.status_code == 401
        body = {
            "type": "do",
            "ref": 1,
            "command": {"type": "notes.stop_writing", "id": new_id(), "activity": question},
        }
        answer = await other.post("/live/do", json=body, headers={"Authorization": f"Bearer {key}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
        assert (await phone.ask(written(question)))["type"] == "stored"
        await second.do("notes.stop_writing", activity=question)
        for wire in (second, phone):
            await wire.close()


async def test_E3_B64_reconnecting_at_the_wire(meeting: Meeting) -> None:
    desk, _ = await open_desk(meeting)
    await desk.do("wall.change", workshop=meeting.workshop, page=1)
    wall = await meeting.screen()
    await wall.until(lambda: wall.seq == desk.seq)
    await wall.close()
    await desk.do("wall.change", workshop=meeting.workshop, page=2)
    since, count = wall.seq, len(wall.frames)
    await wall.open()
    await wall.until(lambda: wall.seq > since)
    messages = [json.loads(frame) for frame in wall.frames[count:]]
    (news,) = [message for message in messages if message["type"] == "changes"]
    assert not news["all"] and [place["record"]["kind"] for place in news["records"]] == ["wall"]
    assert wall.held.keys() == desk.held.keys() - {one["id"] for one in desk.all("step")}

    # Another epoch, a seq from the future: everything again. A negative one is an invalid hello.
    opened = await meeting.post(f"/api/workshops/{meeting.workshop}/screens")
    for more in ({"epoch": "another", "since": 5}, {"epoch": wall.epoch, "since": 2**53}):
        raw = await Raw(meeting.url).connect()
        await raw.shake()
        await raw.hello(opened["token"], **more)
        assert (await raw.told("changes"))["all"] is True
        raw.cut()
    raw = await Raw(meeting.url).connect()
    await raw.shake()
    await raw.hello(opened["token"], since=-1)
    assert await raw.closed() == 4400
    await wall.close()
    await desk.close()


@pytest.mark.parametrize("protocol", [0, 2, 99])
async def test_R17_an_old_page_is_told_to_reload(meeting: Meeting, protocol: int) -> None:
    token = await meeting.room_token()
    raw = await Raw(meeting.url).connect()
    await raw.shake()
    await raw.hello(token, protocol=protocol)
    assert await raw.closed() == 4410
    hello = {"type": "hello", "token": token, "since": 0, "epoch": "", "activity": None, "protocol": protocol}
    answer = await meeting.http.post("/live/events", json=hello)
    assert answer.text == "event: close\ndata: 4410\n\n"


async def test_E10_phones_of_the_next_meeting_hear_nothing_of_the_last(meeting: Meeting) -> None:
    """F1: a process has one board for all its meetings; each screen is told which of them it is in."""
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    await desk.do("agenda.go", item=desk.items[0]["id"])
    first = meeting.workshop
    await meeting.again()
    phone = await meeting.phone()
    await phone.until(lambda: phone.seq)
    assert [record["id"] for record in phone.all("workshop")] == [meeting.workshop] != [first]
    wall = await meeting.screen()
    await wall.until(lambda: wall.all("workshop"))
    assert (wall.workshop, phone.workshop) == (meeting.workshop, meeting.workshop)
    for wire in (phone, wall, desk):
        await wire.close()

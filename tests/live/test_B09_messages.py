"""B9-B17, B39, B72, B74: messages that cannot be read, the same over the socket, over POST and in the API."""

import asyncio
import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.faults import CODES
from tests.live.conftest import ComeIn
from tests.live.raw import Raw
from tests.support.meeting import Meeting, new_id, new_secret
from tests.support.server import Server

NOTE, SECRET = new_id(), new_secret()
#: Makes one message as JSON; `number`, `text` and `more` are put in as they are, valid JSON or not.
Envelope = Callable[..., str]


def do(activity: str = "q", **fields: object) -> str:
    """A new note as JSON, with some fields replaced."""
    command = {"type": "notes.write", "activity": activity, "note": NOTE, "secret": SECRET, "rev": 1}
    return json.dumps({"type": "do", "ref": 7, "command": command | {"text": "hej"} | fields})


def note(number: str = "1", text: str = '"hej"', more: str = "", ref: str = "7") -> str:
    """The same, for the socket and `POST /live/do`; the number is its revision."""
    whole = do(rev="<number>", text="<text>").replace('"ref": 7', f'"ref": {ref}')
    return whole.replace('"<number>"', number).replace('"<text>"', text)[:-2] + more + "}}"


def sign_up(text: str = '"Bo"', more: str = "") -> str:
    """A name to an action, for `POST /live/named`."""
    command = {"type": "action_plan.sign_up", "sign_up": NOTE, "secret": SECRET, "action": "a", "name": "<>"}
    whole = json.dumps({"type": "named", "command": command})
    return whole.replace('"<>"', text)[:-2] + more + "}}"


def just(body: str, _envelope: Envelope) -> str:
    """The body itself, without an envelope."""
    return body


def link(number: str = "7", text: str = '"en lang sætning"', more: str = "") -> str:
    """The body of a request to the API for a link to the summary; the number is its days."""
    return f'{{"days": {number}, "password": {text}{more}}}'


#: Messages with a number in them, and all of them.
NUMBERED: tuple[Envelope, ...] = (note, link)
EVERY: tuple[Envelope, ...] = (note, sign_up, link)


async def posted(meeting: Meeting, token: str, envelope: Envelope, body: str) -> tuple[int, dict[str, Any]]:
    """Status and answer of that message over HTTP."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    api = f"/api/processes/{meeting.process}/links"
    path = {note: "/live/do", sign_up: "/live/named", link: api}[envelope]
    answer = await meeting.http.post(path, content=body.encode(), headers=headers)
    return answer.status_code, answer.json()


async def is_refused(
    code: str,
    meeting: Meeting,
    come_in: ComeIn,
    bodies: Mapping[str, Callable[[Envelope], str]],
    envelopes: tuple[Envelope, ...] = EVERY,
) -> None:
    """Each of these has this code on every wire, and the socket stays open."""
    phone, token = await come_in(), await meeting.room_token()
    found = {}
    for name, body in bodies.items():
        await phone.say(body(note).encode())
        answer = await phone.told("refused", "stored")
        found[f"{name}, socket"] = answer.get("code")
        # Nothing of what was sent comes back, and the conversation goes on.
        assert answer.keys() == {"type", "ref", "code", "fresh", "retry_after"} and answer["ref"] in (0, 7)
        await phone.say({"type": "time", "sent": 5.0})
        assert (await phone.told("time"))["sent"] == 5
        for envelope in envelopes:
            status, answer = await posted(meeting, token, envelope, body(envelope))
            found[f"{name}, {envelope.__name__}"] = answer.get("code")
            assert status == (400 if code == "unknown_type" else 422), (name, envelope.__name__, status)
    assert {where: said for where, said in found.items() if said != code} == {}


async def test_unspoilt_all_of_them_can_be_read(meeting: Meeting, come_in: ComeIn) -> None:
    """The control: each is refused below for what was done to it, and for nothing else."""
    phone, token = await come_in(), await meeting.room_token()
    await phone.say(note().encode())
    assert (await phone.told("refused"))["code"] not in CODES
    for envelope in EVERY:
        status, answer = await posted(meeting, token, envelope, envelope())
        assert status == 201 or answer["code"] not in CODES, envelope.__name__


async def test_B9_what_is_no_object_is_refused(meeting: Meeting, come_in: ComeIn) -> None:
    whole = ("", "[]", "null", '"x"', "7")
    await is_refused("not_object", meeting, come_in, {one: partial(just, one) for one in whole})


async def test_B10_nothing_may_stand_before_or_after_the_one_object(
    meeting: Meeting, come_in: ComeIn
) -> None:
    bodies: dict[str, Callable[[Envelope], str]] = {
        "a brace": lambda whole: whole() + "}",
        "a comma": lambda whole: whole() + ",",
        "a NUL": lambda whole: whole() + "\0",
        "a second one": lambda whole: whole() + whole(),
        "a second one on its own line": lambda whole: whole() + "\n" + whole(),
        "a mark of byte order": lambda whole: "\ufeff" + whole(),
        "a comment": lambda whole: whole() + "// hej",
        "a comma at its end": lambda whole: whole(more=","),
    }
    await is_refused("bad_json", meeting, come_in, bodies)


async def test_B11_what_is_nested_too_deeply_is_refused(meeting: Meeting, come_in: ComeIn) -> None:
    bodies: dict[str, Callable[[Envelope], str]] = {
        "whole": lambda _: "[" * 3900,
        "inside": lambda whole: whole(text="[" * 1800 + "]" * 1800),
    }
    await is_refused("bad_json", meeting, come_in, bodies)


async def test_B12_a_number_that_fits_nowhere_is_out_of_range(meeting: Meeting, come_in: ComeIn) -> None:
    numbers = ["9" * 5000, str(2**63), str(-(2**63) - 1), "NaN", "Infinity", "-Infinity", "-0", "1e999", "-1"]
    bodies = {n[:9]: lambda whole, n=n: whole(number=n) for n in numbers}
    await is_refused("range", meeting, come_in, bodies, NUMBERED)
    # It is out of range where a text belongs, too, and so is a `ref`.
    bodies = {n: lambda whole, n=n: whole(text=n) for n in ("NaN", "1e999")}
    await is_refused("range", meeting, come_in, bodies)
    await is_refused("range", meeting, come_in, {"5": lambda whole: whole(text="9" * 5000)}, NUMBERED)
    phone = await come_in()
    for ref in (str(2**63), "-1", "NaN"):
        await phone.say(note(ref=ref).encode())
        answer = await phone.told("refused")
        assert (answer["code"], answer["ref"]) == ("range", 0), ref


async def test_B13_what_only_looks_like_a_number_is_of_the_wrong_type(
    meeting: Meeting, come_in: ComeIn
) -> None:
    numbers = ["1.0", "1e0", "1.5", "true", "false", '"1"', "[1]", "{}", "null"]
    bodies = {n: lambda whole, n=n: whole(number=n) for n in numbers}
    await is_refused("type", meeting, come_in, bodies, NUMBERED)
    # And what is no text is of the wrong type, too.
    bodies = {n: lambda whole, n=n: whole(text=n) for n in ("7", "1.5", "true", '["a"]')}
    await is_refused("type", meeting, come_in, bodies)


async def test_B15_a_field_that_nobody_declared_is_refused_wherever_it_stands(
    meeting: Meeting, come_in: ComeIn
) -> None:
    fields = {
        "unknown": '"color": "red"',
        "a right": '"is_admin": true',
        "a role": '"role": "facilitator"',
        "a prototype": '"__proto__": {"is_admin": true}',
        "a constructor": '"constructor": {"prototype": {"is_admin": true}}',
        "one of Python's": '"__class__": "Role"',
        "one of pydantic's": '"model_config": {"extra": "allow"}',
        "without a name": '"": 1',
    }
    bodies = {name: lambda whole, f=f: whole(more=f", {f}") for name, f in fields.items()}
    await is_refused("unknown_field", meeting, come_in, bodies)
    # In the message around the command too.
    around = {name: lambda whole, f=f: whole()[:-1] + f", {f}}}" for name, f in fields.items()}
    await is_refused("unknown_field", meeting, come_in, around)


async def test_B16_an_unknown_type_is_refused(meeting: Meeting, come_in: ComeIn) -> None:
    types = ("notes.steal", "notes.time_is_up", "agenda.seed", "Notes.write", "")
    bodies: dict[str, Callable[[Envelope], str]] = {
        "none": lambda _: "{}",
        "another": lambda _: json.dumps({"type": "drop"}),
        "a long one": lambda _: json.dumps({"type": "marke" * 700}),
    }
    bodies |= {f"the command {type!r}": partial(just, do(type=type)) for type in types}
    await is_refused("unknown_type", meeting, come_in, bodies, (note,))
    named = {"type": "named", "command": {"type": "notes.write", "note": NOTE, "secret": SECRET}}
    status, answer = await posted(meeting, await meeting.room_token(), sign_up, json.dumps(named))
    assert (status, answer["code"]) == (400, "unknown_type")


async def test_B17_half_a_character_is_no_text(meeting: Meeting, come_in: ComeIn) -> None:
    texts = ('"\\ud800"', '"\\udc00\\ud800"', '"a\\udfffb"', '"\\ud83d hej"')
    bodies = {text: lambda whole, text=text: whole(text=text) for text in texts}
    await is_refused("text", meeting, come_in, bodies)


async def test_a_field_that_is_missing_is_said(meeting: Meeting, come_in: ComeIn) -> None:
    await is_refused("missing", meeting, come_in, {"all": lambda _: '{"type": "do", "ref": 7}'}, (note,))


async def test_B11_B16_what_is_too_long_is_not_read(meeting: Meeting) -> None:
    headers = {"Authorization": f"Bearer {await meeting.room_token()}", "Content-Type": "application/json"}
    for body in ("[" * 200_000, json.dumps({"type": "x" * 1_000_000})):
        answer = await meeting.http.post("/live/do", content=body, headers=headers)
        assert answer.status_code == 413


async def test_B14_of_two_equal_keys_the_last_counts_for_gate_and_rule(
    meeting: Meeting, come_in: ComeIn
) -> None:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    phone = await come_in()
    # If the gate read the one `type` and the rule the other, a phone could send a driver's command.
    twice = do(question).replace('"type": "notes.write"', '"type": "notes.turn_all", "type": "notes.write"')
    await phone.say(twice.encode())
    assert (await phone.told("stored", "refused"))["type"] == "stored"
    await desk.close()


async def test_B39_A9_the_log_has_whole_lines_and_nothing_that_was_sent(
    meeting: Meeting, come_in: ComeIn, running: Server
) -> None:
    phone = await come_in()
    mark = "mærke-Ω\r\n2027-01-04 [info] forfalsket \x1b[31m"
    for frame in (json.dumps({"type": mark}), do(type=mark), do(text=mark), do(note=mark), mark):
        await phone.say(frame.encode())
        assert (await phone.told("refused"))["code"]
        await meeting.http.post(
            "/live/do", content=frame.encode(), headers={"Content-Type": "application/json"}
        )
    await meeting.http.post("/api/join", json={"code": mark[:40]})
    await meeting.http.get(f"/{mark[:7]}%0d%0a{meeting.code}")
    log = running.output()
    assert "mærke" not in log and "forfalsket" not in log and "\x1b" not in log and "Traceback" not in log
    assert meeting.code not in log


async def test_B72_the_fallback_takes_json_from_our_own_page_alone(meeting: Meeting) -> None:
    token = {"Authorization": f"Bearer {await meeting.room_token()}"}
    body = do()
    for headers in (
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json", "Origin": "https://evil.example"},
        {"Content-Type": "application/json", "Origin": "null"},
        {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"},
    ):
        for path in ("/live/do", "/live/events"):
            answer = await meeting.http.post(path, content=body, headers=token | headers)
            assert answer.status_code == 403
    for path in ("/live/do", "/live/events"):
        assert (await meeting.http.get(path, headers=token)).status_code in (404, 405)


async def test_B74_a_head_of_100_KiB_opens_no_socket(come_in: ComeIn, running: Server) -> None:
    for lines in (["X-Long: " + "x" * 100_000], [f"X-{n}: {n}" for n in range(5000)]):
        raw = await Raw(running.url).connect()
        await raw.send(raw.request(*lines))
        assert (await raw.gone()).startswith(b"HTTP/1.1 431")


async def test_B74_a_head_without_end_is_not_taken_in(running: Server) -> None:
    raw = await Raw(running.url).connect()
    await raw.send(b"GET /healthz HTTP/1.1\r\nX-Long: ")
    for _ in range(40):
        await raw.send(b"x" * 8192)
    async with asyncio.timeout(5):
        assert await raw.gone() == b""

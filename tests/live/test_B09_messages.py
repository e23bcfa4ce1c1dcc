"""B9-B17, B27-B30, B39, B47, B48: what is a frame but no message, over both wires alike."""

import json
import unicodedata
from typing import Any

import httpx2 as httpx
import pytest

from tests.live.conftest import ComeIn
from tests.support.meeting import Meeting, new_id, new_secret
from tests.support.server import Server


def note(activity: str = "x" * 22, **more: Any) -> dict[str, Any]:
    """A new note as a phone sends it, with whatever is wrong about it."""
    command = {"type": "notes.write", "activity": activity, "note": new_id(), "secret": new_secret()}
    return {"type": "do", "ref": 7, "command": command | {"rev": 1, "text": "hej"} | more}


def rev(number: str) -> bytes:
    """A note with a number as it is written there."""
    return json.dumps(note(rev="REV")).replace('"REV"', number).encode()


async def post(meeting: Meeting, token: str, body: bytes) -> tuple[int, str]:
    """Status and code of the answer to a POST."""
    answer = await meeting.http.post(
        "/live/do",
        content=body,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    return answer.status_code, str(answer.json().get("code"))


async def both(come_in: ComeIn, meeting: Meeting, body: bytes, code: str, status: int = 422) -> None:
    """Refused with the same code by both wires; the socket stays open."""
    phone = await come_in()
    await phone.say(body)
    assert (await phone.told("refused"))["code"] == code
    await phone.say({"type": "time", "sent": 1.0})
    await phone.told("time")
    assert await post(meeting, await meeting.room_token(), body) == (status, code)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"x"', b"7"])
async def test_B09_what_is_no_object(come_in: ComeIn, meeting: Meeting, body: bytes) -> None:
    await both(come_in, meeting, body, "not_object")


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(note()).encode() + b"x",
        json.dumps(note()).encode() * 2,
        b"\xef\xbb\xbf{}",
        b"{",
        b"{'a':1}",
    ],
)
async def test_B10_trailing_bytes_and_a_byte_order_mark(
    come_in: ComeIn, meeting: Meeting, body: bytes
) -> None:
    await both(come_in, meeting, body, "bad_json")


@pytest.mark.parametrize("body", [b"[" * 8000, b'{"a":' * 1600])
async def test_B11_nesting_has_an_end(come_in: ComeIn, meeting: Meeting, body: bytes) -> None:
    await both(come_in, meeting, body, "bad_json")


async def test_B11_200_000_brackets_are_more_than_is_read(meeting: Meeting) -> None:
    assert await post(meeting, await meeting.room_token(), b"[" * 200_000) == (413, "too_long")


@pytest.mark.parametrize("number", ["9" * 5000, str(2**63), "NaN", "-0", "1e999", "-1"])
async def test_B12_numbers_beyond_reason(come_in: ComeIn, meeting: Meeting, number: str) -> None:
    await both(come_in, meeting, rev(number), "range")


@pytest.mark.parametrize("number", ["1.0", "true", '"1"', "null", "[1]"])
async def test_B13_what_is_no_whole_number(come_in: ComeIn, meeting: Meeting, number: str) -> None:
    await both(come_in, meeting, rev(number), "type")


async def test_B14_of_two_keys_the_last_counts_for_the_rule_and_for_the_gate(
    come_in: ComeIn, meeting: Meeting
) -> None:
    command = json.dumps(note()["command"])
    turn = '{"type":"notes.write","type":"notes.turn_all","activity":"xxxxxxxxxxxxxxxxxxxxxx","id":"%s"}'
    await both(
        come_in,
        meeting,
        b'{"type":"do","ref":1,"command":%b,"command":%b}' % (command.encode(), (turn % new_id()).encode()),
        "role",
        403,
    )


@pytest.mark.parametrize("field", ["is_admin", "__proto__", "constructor", "role", "id"])
async def test_B15_a_field_nobody_knows(come_in: ComeIn, meeting: Meeting, field: str) -> None:
    await both(come_in, meeting, json.dumps(note(**{field: "x"})).encode(), "unknown_field")
    await both(come_in, meeting, json.dumps(note() | {field: "x"}).encode(), "unknown_field")


@pytest.mark.parametrize("type", ["notes.nothing", "", "x" * 7000, "notes.write\r\nforged \x1b[31m"])
async def test_B16_B39_an_unknown_type_is_not_echoed_into_the_log(
    come_in: ComeIn, meeting: Meeting, running: Server, type: str
) -> None:
    before = running.output()
    await both(come_in, meeting, json.dumps(note(type=type)).encode(), "unknown_type", 400)
    await both(come_in, meeting, json.dumps({"type": type}).encode(), "unknown_type", 400)
    told = running.output()[len(before) :]
    assert "forged" not in told and "xxxxx" not in told and "\x1b" not in told


@pytest.mark.parametrize("escape", ["\\ud800", "\\udc00\\ud800"])
async def test_B17_lone_surrogates(come_in: ComeIn, meeting: Meeting, escape: str) -> None:
    body = json.dumps(note(text="TEXT")).replace("TEXT", f"a{escape}b").encode()
    await both(come_in, meeting, body, "text")


async def test_B27_B28_B30_texts_come_in_as_they_are_in_one_form(meeting: Meeting) -> None:
    texts = ["cafe\u0301", "caf\u00e9", "\ufb00 \u0130 \u00df", "Scunthorpe", "Familien Fuchs", "for helvede"]
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    phone = await meeting.phone()
    for text in texts:
        assert (await phone.write(question, text))["type"] == "stored"
    await desk.do("notes.stop_writing", activity=question)
    await desk.until(lambda: len(desk.all("note")) == len(texts))
    there = sorted(n["text"] for n in desk.all("note"))
    assert there == sorted(unicodedata.normalize("NFC", text) for text in texts)
    assert there.count("caf\u00e9") == 2
    await phone.close()
    await desk.close()


async def test_B47_B48_notes_to_where_nobody_writes(meeting: Meeting) -> None:
    first = meeting.workshop
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    mine = [item for item in desk.items if item["workshop"] == first]
    await desk.do("agenda.go", item=mine[0]["id"])
    phone = await meeting.phone()
    token = await meeting.room_token()
    await meeting.again()
    there = await meeting.desk()
    await there.until(lambda: len(there.items) > len(mine))
    foreign = [item for item in there.items if item["workshop"] != first and item["activity"] == "notes"]
    await there.do("agenda.go", item=foreign[0]["id"])
    later = [item for item in mine[1:] if item["activity"] == "notes"]
    for activity, code, status in (
        (foreign[0]["id"], "unknown", 404),
        (new_id(), "unknown", 404),
        *((item["id"], "not_open", 409) for item in later[:1]),
    ):
        assert (await phone.write(activity, "hej"))["code"] == code
        assert await post(meeting, token, json.dumps(note(activity)).encode()) == (status, code)
    assert (await phone.write(mine[0]["id"], "hej"))["type"] == "stored"
    for wire in (phone, desk, there):
        await wire.close()


async def test_B43_a_post_without_a_token_does_nothing(meeting: Meeting, running: Server) -> None:
    async with httpx.AsyncClient(base_url=running.url, headers={"Origin": running.url}) as bare:
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
            answer = await bare.post("/live/do", json=note(), headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")

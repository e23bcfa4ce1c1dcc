"""B9-B17, B39, B72, B74: unreadable messages, the same over the socket and over POST."""

import asyncio
import json

import pytest

from tests.live.conftest import ComeIn
from tests.live.raw import Raw
from tests.support.meeting import Meeting, new_id, new_secret
from tests.support.server import Server

NOTE, SECRET = new_id(), new_secret()


def do(activity: str = "q", ref: str = "7", **fields: object) -> str:
    """A new note as JSON, with some fields overwritten; `<...>` in a value marks raw JSON."""
    command = {"type": "notes.write", "activity": activity, "note": NOTE, "secret": SECRET, "rev": 1}
    text = json.dumps({"type": "do", "ref": "<ref>", "command": command | {"text": "hej"} | fields})
    return text.replace('"<ref>"', ref)


def bare(value: str, field: str = "rev") -> str:
    return do(**{field: "<bare>"}).replace('"<bare>"', value)


LONG = "9" * 5000
BAD = {
    "B9 empty": ("", "not_object"),
    "B9 list": ("[]", "not_object"),
    "B9 null": ("null", "not_object"),
    "B9 string": ('"x"', "not_object"),
    "B10 trailing": (do() + "}", "bad_json"),
    "B10 two": (do() + do(), "bad_json"),
    "B10 BOM": ("\ufeff" + do(), "bad_json"),
    "B11 deep": ("[" * 8000, "bad_json"),
    "B11 deep inside": (bare("[" * 3000 + "]" * 3000, "text"), "bad_json"),
    "B12 5000 digits": (bare(LONG), "range"),
    "B12 2^63": (bare(str(2**63)), "range"),
    "B12 NaN": (bare("NaN"), "range"),
    "B12 -0": (bare("-0"), "range"),
    "B12 1e999": (bare("1e999"), "range"),
    "B12 ref": (do(ref=str(2**63)), "range"),
    "B13 float": (bare("1.0"), "type"),
    "B13 bool": (bare("true"), "type"),
    "B13 string": (bare('"1"'), "type"),
    "B13 null": (bare("null", "text"), "type"),
    "B13 number": (bare("7", "text"), "type"),
    "B15 unknown": (do(color="red"), "unknown_field"),
    "B15 is_admin": (do(is_admin=True), "unknown_field"),
    "B15 __proto__": (do(__proto__={}), "unknown_field"),
    "B15 constructor": (do(constructor=1), "unknown_field"),
    "B16 type": (json.dumps({"type": "drop"}), "unknown_type"),
    "B16 command": (do(type="notes.steal"), "unknown_type"),
    "B16 the server's own": (do(type="notes.time_is_up"), "unknown_type"),
    "B16 no type": ("{}", "unknown_type"),
    "B16 long": (json.dumps({"type": "marke" * 1000}), "unknown_type"),
    "B17 surrogate": (bare('"\\ud800"', "text"), "text"),
    "B17 halves": (bare('"\\udc00\\ud800"', "text"), "text"),
    "missing": (json.dumps({"type": "do", "ref": 7}), "missing"),
}
PARAMETERS = pytest.mark.parametrize(("frame", "code"), BAD.values(), ids=BAD)


@PARAMETERS
async def test_B9_to_B17_over_the_socket_it_stays_open(come_in: ComeIn, frame: str, code: str) -> None:
    phone = await come_in()
    await phone.say(frame.encode())
    answer = await phone.told("refused")
    assert answer["code"] == code
    # Nothing of the input is repeated, and the conversation continues.
    assert answer.keys() == {"type", "ref", "code", "fresh", "retry_after"} and answer["ref"] in (0, 7)
    await phone.say({"type": "time", "sent": 5.0})
    assert (await phone.told("time"))["sent"] == 5


@PARAMETERS
async def test_B9_to_B17_over_post_it_is_said_alike(meeting: Meeting, frame: str, code: str) -> None:
    headers = {"Authorization": f"Bearer {await meeting.room_token()}", "Content-Type": "application/json"}
    answer = await meeting.http.post("/live/do", content=frame.encode(), headers=headers)
    assert answer.status_code == (400 if code == "unknown_type" else 422)
    assert answer.json()["code"] == code


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
    # If the gate read this as a driver's and the rule as a phone's, it would be a hole.
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

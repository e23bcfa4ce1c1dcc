"""X6, B27-B30, B43, B57, B58, R17: who may connect, who is disconnected, and what they may write."""

import asyncio
import unicodedata
from typing import Any

import httpx2 as httpx
import pytest

from tests.live.raw import Raw
from tests.support.meeting import Meeting, new_id, new_secret
from tests.support.server import Server

HELLO = {"type": "hello", "since": 0, "epoch": "", "activity": None, "protocol": 1}


async def said(meeting: Meeting, **hello: Any) -> Raw:
    """A client that has sent its hello."""
    raw = await Raw(meeting.url).connect()
    assert await raw.shake() == 101
    await raw.say(HELLO | hello)
    return raw


async def ticket(meeting: Meeting) -> str:
    return str((await meeting.post(f"/api/workshops/{meeting.workshop}/ticket"))["ticket"])


async def test_X6_B57_a_ticket_admits_one_client_once(meeting: Meeting) -> None:
    one = await ticket(meeting)
    first = await said(meeting, token=one)
    assert (await first.told("welcome"))["role"] == "facilitator"
    assert await (await said(meeting, token=one)).closed() == 4401
    first.cut()


async def test_X6_B58_signing_out_closes_the_desk_and_its_key(meeting: Meeting) -> None:
    desk = await said(meeting, token=await ticket(meeting))
    key = (await desk.told("welcome"))["key"]
    command = {"type": "timer.stop", "id": new_id(), "activity": new_id()}
    body = {"type": "do", "ref": 1, "command": command}
    headers = {"Authorization": f"Bearer {key}"}
    assert (await meeting.http.post("/live/do", json=body, headers=headers)).status_code == 404
    phone = await meeting.phone()
    assert (await meeting.http.delete("/api/session")).status_code < 300
    async with asyncio.timeout(5):
        assert await desk.closed() == 4401
    assert (await meeting.http.post("/live/do", json=body, headers=headers)).status_code == 401
    assert phone.closed is None
    await phone.close()


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"token": "x"}, 4401),
        ({"protocol": 0}, 4410),
        ({"protocol": 2}, 4410),
        ({"since": -1}, 4400),
        ({"since": 2**53 + 1}, 4400),
        ({"type": "time", "sent": 1.0}, 4400),
        ({"admin": True}, 4400),
    ],
)
async def test_R17_B64_an_invalid_hello_is_refused(
    meeting: Meeting, hello: dict[str, Any], code: int
) -> None:
    token = await meeting.room_token()
    assert await (await said(meeting, **({"token": token} | hello))).closed() == code


async def test_B43_a_post_without_a_token_does_nothing(meeting: Meeting, running: Server) -> None:
    command = {"type": "notes.write", "activity": new_id(), "note": new_id(), "secret": new_secret()}
    body = {"type": "do", "ref": 1, "command": command | {"rev": 1, "text": "hej"}}
    async with httpx.AsyncClient(base_url=running.url, headers={"Origin": running.url}) as bare:
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
            answer = await bare.post("/live/do", json=body, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


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

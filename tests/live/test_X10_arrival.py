"""X10, A2: the page of a scanned code contains the room, so that a slow phone saves two requests."""

import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2 as httpx
import pytest

from tests.support.meeting import Meeting, Wire

ARRIVAL = re.compile(r'<script type="application/json" id="arrival">(.*?)</script>', re.DOTALL)


async def scanned(meeting: Meeting) -> httpx.Response:
    return await meeting.http.get(urlsplit(meeting.join_url).path)


async def arrival(meeting: Meeting) -> Any:
    (found,) = ARRIVAL.findall((await scanned(meeting)).text)
    return json.loads(found)


async def test_X10_the_page_lets_a_phone_in_as_asking_would(meeting: Meeting) -> None:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    await desk.do("agenda.go", item=desk.items[0]["id"])
    brought = await arrival(meeting)
    asked = await meeting.post("/api/join", token=urlsplit(meeting.join_url).path.split("/")[-1])
    assert brought["joined"] | {"server_now": 0} == asked | {"server_now": 0}
    phone = await meeting.phone()
    await phone.until(lambda: phone.seq)
    changes = brought["changes"]
    assert {place["record"]["id"]: place["record"] for place in changes["records"]} == phone.held
    assert (changes["seq"], changes["epoch"], changes["activity"]) == (phone.seq, phone.epoch, phone.activity)
    await phone.close()
    await desk.close()


async def test_A2_two_phones_get_the_same_page_and_no_cache_keeps_it(meeting: Meeting) -> None:
    first, second = await scanned(meeting), await scanned(meeting)
    assert first.headers["cache-control"] == "no-store"
    without_time = [re.sub(r'"server_now":\d+', "", page.text) for page in (first, second)]
    assert without_time[0] == without_time[1]


async def test_X10_a_closed_door_brings_nothing(meeting: Meeting) -> None:
    await meeting.post(f"/api/workshops/{meeting.workshop}/door", action="close")
    page = await scanned(meeting)
    assert page.status_code == 200
    assert not ARRIVAL.search(page.text)
    assert page.headers["cache-control"] == "no-cache"


async def test_X10_words_of_people_cannot_end_the_element(meeting: Meeting) -> None:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    workshop = desk.one("workshop")["id"]
    odd = "</script><script>alert(1)</script>"
    await desk.do("workshop.change", workshop=workshop, base=desk.seqs[workshop], title=odd)
    page = await scanned(meeting)
    assert odd not in page.text
    brought = await arrival(meeting)
    titles = [place["record"].get("title") for place in brought["changes"]["records"]]
    assert odd in titles
    await desk.close()


async def test_X10_the_files_of_the_live_activity_are_named_in_the_page(meeting: Meeting) -> None:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    await desk.do("agenda.go", item=desk.items[1]["id"])
    text = (await scanned(meeting)).text
    preloaded = re.findall(r'<link rel="modulepreload" crossorigin href="(/assets/[^"]+)">', text)
    assert preloaded
    for path in preloaded:
        assert (await meeting.http.get(path)).status_code == 200
    await desk.close()


async def test_U13_the_page_of_a_scanned_code_says_why_it_lets_nobody_in(meeting: Meeting) -> None:
    def door(page: httpx.Response) -> list[str]:
        return re.findall(r'<meta name="door" content="(\w+)">', page.text)

    workshop = f"/api/workshops/{meeting.workshop}/door"
    assert door(await scanned(meeting)) == []
    await meeting.post(workshop, action="close")
    assert door(await scanned(meeting)) == ["closed"]
    # A token of no door, the six characters, and the code before the last reveal nothing (X10).
    for path in ("/J/ABCDEFGHIJKLMNOP", "/J/x", f"/{meeting.code}", "/"):
        assert door(await meeting.http.get(path)) == []
    await meeting.post(workshop, action="rotate")
    assert door(await scanned(meeting)) == []


@pytest.mark.parametrize("glued", [".", ",", ")", ").", "”"])
async def test_G60_a_link_with_a_full_stop_glued_on_leads_in(meeting: Meeting, glued: str) -> None:
    page = await meeting.http.get(urlsplit(meeting.join_url).path + quote(glued))
    assert ARRIVAL.findall(page.text)


async def test_U13_walls_hear_that_the_door_has_moved_and_phones_do_not(meeting: Meeting) -> None:
    def heard(who: Wire) -> int:
        return sum('"type":"door"' in frame for frame in who.frames)

    phone, wall = await meeting.phone(), await meeting.screen()
    for action in ("close", "open"):
        await meeting.post(f"/api/workshops/{meeting.workshop}/door", action=action)
    await wall.until(lambda: heard(wall) == 2)
    assert heard(phone) == 0
    await phone.close()
    await wall.close()

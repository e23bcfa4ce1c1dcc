"""F4: when a meeting or a process is deleted, everybody in it is disconnected at once for good."""

import asyncio

import pytest

from tests.support.meeting import Meeting, Wire


async def everybody(meeting: Meeting) -> list[Wire]:
    return [await meeting.desk(), await meeting.phone(), await meeting.screen()]


async def gone(people: list[Wire]) -> None:
    for one in people:
        await one.until(lambda one=one: one.closed is not None)
    assert [one.closed for one in people] == [4401, 4401, 4401]


@pytest.mark.parametrize("what", ["workshops", "processes"])
async def test_F4_everybody_in_what_is_deleted_is_disconnected(meeting: Meeting, what: str) -> None:
    people, token = await everybody(meeting), await meeting.room_token()
    id = meeting.workshop if what == "workshops" else meeting.process
    assert (await meeting.http.delete(f"/api/{what}/{id}")).status_code == 204
    await gone(people)
    assert (await meeting.http.post("/api/join", json={"code": meeting.code})).status_code == 404
    late = Wire(meeting.url, token)
    opening = asyncio.create_task(late.open())
    await late.until(lambda: late.closed is not None)
    opening.cancel()
    assert late.closed == 4401


async def test_F4_the_next_meeting_of_the_process_continues_when_one_is_deleted(meeting: Meeting) -> None:
    first, people = meeting.workshop, await everybody(meeting)
    await meeting.again()
    others = await everybody(meeting)
    assert (await meeting.http.delete(f"/api/workshops/{first}")).status_code == 204
    await gone(people)
    desk, phone, _ = others
    await desk.until(lambda: first not in {one["id"] for one in desk.all("workshop")} and desk.items)
    question = next(item["id"] for item in desk.items if item["workshop"] == meeting.workshop)
    await desk.do("agenda.go", item=question)
    await phone.until(lambda: phone.activity == question)
    assert (await phone.write(question, "Kaffe"))["type"] == "stored"
    assert [one.closed for one in others] == [None, None, None]
    for one in others:
        await one.close()

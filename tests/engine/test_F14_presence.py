"""R10, F14: presence is sent promptly while people join, and at fixed times once the meeting is live."""

from typing import Any

import pytest

from app.engine.agenda import End, Go
from app.live.messages import Leaf
from app.live.presence import GRID
from tests.support.boards import CO, FACILITATOR, PHONE, Q1, SCREEN, Meeting, Screen, W, ask, new_id, note


async def meeting_with(*, live: bool) -> tuple[Meeting, Screen, Screen]:
    """A wall and a desk in a room that was just opened."""
    meeting = await Meeting.open()
    if live:
        await meeting.do(ask(Go, item=Q1))
    wall, desk = meeting.join(SCREEN), meeting.join(FACILITATOR)
    meeting.run()
    return meeting, wall, desk


def presence(phones: int, held: tuple[str, ...] = (), screens: int = 1) -> dict[str, Any]:
    told = {"phones": phones, "screens": screens, "broken": 0, "done": 0, "held": list(held), "leaves": []}
    return {"type": "presence", **told}


def leaf(**fields: Any) -> Leaf:
    return Leaf.model_validate({"item": Q1, "page": 0, "pages": 2, "to": 18, "until": 33, "of": 33} | fields)


async def test_U8_walls_say_which_page_they_show_and_walls_of_one_size_once() -> None:
    meeting, wall, desk = await meeting_with(live=False)
    await meeting.do(ask(Go, item=Q1))
    small = meeting.join(SCREEN)
    phone = meeting.join(PHONE)
    for one in (wall, small):
        assert one.member is not None
        meeting.hub.show(one.member, leaf())
    meeting.run()
    desk.read()
    assert desk.presence is not None and desk.presence["leaves"] == [leaf().model_dump()]
    assert wall.member is not None
    meeting.hub.show(wall.member, leaf(page=1, to=33))
    meeting.run()
    desk.read()
    assert [one["page"] for one in desk.presence["leaves"]] == [0, 1]
    assert phone.presence is None
    # U7: the desk's preview of the wall has pages of its own size, which the room does not see.
    picture = meeting.join(SCREEN)
    assert picture.member is not None
    picture.member.counted = False
    meeting.hub.show(picture.member, leaf(pages=9))
    meeting.run()
    desk.read()
    assert [one["page"] for one in desk.presence["leaves"]] == [0, 1]
    meeting.leave(wall)
    meeting.run()
    desk.read()
    assert [one["page"] for one in desk.presence["leaves"]] == [0]


def to_the_tick(meeting: Meeting, opened: int, ms: int = 0) -> None:
    """Advance to this long after the next fixed time."""
    grid = round(GRID * 1000)
    meeting.time.ms = opened + ((meeting.time.ms - opened) // grid + 1) * grid + ms
    meeting.loop.run()
    for screen in meeting.screens:
        screen.read()


async def test_R10_while_people_gather_presence_is_counted_promptly() -> None:
    meeting, wall, desk = await meeting_with(live=False)
    other = meeting.join(CO)
    phones = [meeting.join(PHONE) for _ in range(3)]
    stored = len(meeting.store.commits)
    assert desk.member is not None
    meeting.hub.hold(desk.member, new_id("a"))
    meeting.run()
    assert wall.presence == other.presence == presence(3, held=(new_id("a"),))
    assert all(phone.presence is None for phone in phones)
    assert len(meeting.store.commits) == stored
    meeting.leave(desk)
    meeting.run()
    assert other.presence == presence(3)


@pytest.mark.parametrize("after", [1, 250, 3_000, 9_300])
async def test_F14_once_a_meeting_is_live_a_line_that_opens_moves_no_number_before_the_tick(
    after: int,
) -> None:
    meeting = await Meeting.open()
    opened = meeting.time.ms
    wall, desk = meeting.join(SCREEN), meeting.join(FACILITATOR)
    await meeting.do(ask(Go, item=Q1))
    meeting.run()
    to_the_tick(meeting, opened, ms=after)
    assert wall.presence == desk.presence == presence(0)
    sent = len(wall.line.frames), len(desk.line.frames)
    for n in range(3):
        # What happens in between moves nothing either.
        phone = meeting.join(PHONE)
        await meeting.do(note(n))
        if n == 1:
            meeting.leave(phone)
    tick = opened + ((meeting.time.ms - opened) // 10_000 + 1) * 10_000
    while meeting.time.ms < tick - 10:
        meeting.time.ms += 10
        meeting.loop.run()
    assert (len(wall.line.frames), len(desk.line.frames)) == sent
    meeting.time.ms = tick
    meeting.loop.run()
    assert (len(wall.line.frames), len(desk.line.frames)) == (sent[0] + 1, sent[1] + 1)
    meeting.run()
    assert wall.presence == desk.presence == presence(2)
    # Nothing has changed since: nothing is sent.
    to_the_tick(meeting, opened)
    assert len(wall.line.frames) == sent[0] + 1


async def test_F14_what_is_dragged_is_told_at_once_with_the_numbers_of_the_last_tick() -> None:
    meeting, wall, desk = await meeting_with(live=False)
    await meeting.do(ask(Go, item=Q1))
    meeting.join(PHONE)
    assert desk.member is not None
    for n in range(20):
        # However often a driver picks something up, it brings no newer count.
        meeting.hub.hold(desk.member, new_id(n))
        meeting.run()
        assert wall.presence == desk.presence == presence(0, held=(new_id(n),))
    meeting.hub.hold(desk.member, None)
    meeting.run()
    assert desk.presence == presence(0)
    await meeting.forward(GRID)
    meeting.run()
    assert desk.presence == presence(1)


async def test_F14_a_screen_that_connects_is_sent_the_numbers_of_the_last_tick() -> None:
    meeting, wall, desk = await meeting_with(live=False)
    await meeting.do(ask(Go, item=Q1))
    meeting.join(PHONE)
    meeting.run()
    sent = len(wall.line.frames), len(desk.line.frames)
    for _ in range(5):
        late = meeting.join(CO)
        late.read()
        assert late.presence == presence(0)
        meeting.leave(late)
        meeting.run()
    # And the others do not learn of it.
    assert (len(wall.line.frames), len(desk.line.frames)) == sent


async def test_F14_what_was_about_to_be_told_when_the_meeting_began_waits_for_the_tick() -> None:
    meeting, wall, _ = await meeting_with(live=False)
    meeting.join(PHONE)
    await meeting.do(ask(Go, item=Q1))
    meeting.run()
    assert wall.presence == presence(0)
    await meeting.forward(GRID)
    meeting.run()
    assert wall.presence == presence(1)


async def test_F14_a_process_that_has_just_started_tells_nothing_before_its_first_tick() -> None:
    meeting, _, _ = await meeting_with(live=True)
    again = await meeting.another()
    opened = again.time.ms
    desk = again.join(FACILITATOR)
    again.join(PHONE)
    assert desk.member is not None
    again.hub.hold(desk.member, new_id("a"))
    again.run()
    assert desk.presence is None
    to_the_tick(again, opened)
    assert desk.presence == presence(1, held=(new_id("a"),), screens=0)


async def test_F14_the_tick_outlasts_the_end_of_the_meeting() -> None:
    meeting, wall, _ = await meeting_with(live=False)
    await meeting.do(ask(Go, item=Q1), ask(End, workshop=W))
    meeting.join(PHONE)
    meeting.run()
    assert wall.presence == presence(0)

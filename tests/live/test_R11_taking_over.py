"""R11: another desk takes over a running meeting; both learn of it, and nobody else does."""

from app.engine.undo import KEPT
from tests.support.meeting import Meeting


async def test_R11_the_first_desk_leads_and_the_second_takes_over(meeting: Meeting) -> None:
    first = await meeting.desk("laptop")
    await first.until(lambda: first.leading == ("laptop", "Anna"))
    second = await meeting.desk("tablet")
    await second.until(lambda: second.leading == ("laptop", "Anna"))
    phone, wall = await meeting.phone(), await meeting.screen()
    await meeting.post(f"/api/workshops/{meeting.workshop}/take-over", desk="tablet")
    for desk in (first, second):
        await desk.until(lambda desk=desk: desk.leading == ("tablet", "Anna"))
    # R10: no lock. The first continues reading, and every driver still may drive.
    await first.do("agenda.go", item=first.items[0]["id"])
    await second.until(lambda: second.activity == first.items[0]["id"])
    await wall.until(lambda: wall.activity == first.items[0]["id"])
    for screen in (phone, wall):
        assert not any('"leading"' in frame or "Anna" in frame for frame in screen.frames)
    for screen in (first, second, phone, wall):
        await screen.close()


async def test_R11_a_desk_that_reconnects_still_leads_unless_another_took_over(meeting: Meeting) -> None:
    first, second = await meeting.desk("laptop"), await meeting.desk("tablet")
    await first.close()
    await second.until(lambda: second.leading == ("", ""))
    first = await meeting.desk("laptop")
    await second.until(lambda: second.leading == ("laptop", "Anna"))
    await first.close()
    await meeting.post(f"/api/workshops/{meeting.workshop}/take-over", desk="tablet")
    first = await meeting.desk("laptop")
    await first.until(lambda: first.leading == ("tablet", "Anna"))
    for desk in (first, second):
        await desk.close()


async def test_R11_a_desk_that_takes_over_has_the_activity_the_clock_and_what_can_be_undone(
    meeting: Meeting,
) -> None:
    first = await meeting.desk("laptop")
    await first.until(lambda: first.items)
    question = first.items[0]["id"]
    await first.do("agenda.go", item=question)
    await first.do("timer.start", activity=question, seconds=300)
    base = first.seqs[meeting.workshop]
    await first.do("workshop.change", workshop=meeting.workshop, base=base, title="Et nyt navn")
    await first.until(lambda: first.all("step"))
    steps = len(first.all("step"))
    clock = first.one("timer")
    # Its plug is pulled, without a closing handshake.
    await first.close()
    second = await meeting.desk("tablet")
    await second.until(lambda: second.leading == ("tablet", "Anna"))
    assert second.activity == question
    assert (len(second.all("step")), second.one("timer")) == (steps, clock)
    assert 0 < steps <= KEPT
    await second.do("undo", workshop=meeting.workshop)
    await second.close()

"""P5.1: a pulse that is answered by link for some days, with a test clock."""

from app.activities.pulse.messages import ClosePulse, Distribution, Pulse, PulseResult
from app.clock import end_of, local_day
from app.engine.agenda import ChangeItem, Go, Item, Workshop
from app.engine.edits import Traces
from app.engine.wall import ChangeWall
from app.parts.ballots import Ballot, Balloting
from tests.activities.pulse.test_pulse import answered, close, open_pulse, result, says, state
from tests.support.boards import NINE, PULSE, Q1, Meeting, W, ask

#: Four days after `NINE`.
FRIDAY = local_day(NINE + 4 * 86_400_000)
DAY = 86_400


async def by_link() -> Meeting:
    return await open_pulse(open_until=FRIDAY)


async def test_P5_1_twelve_people_answer_over_several_days_and_it_ends_with_its_last() -> None:
    meeting = await by_link()
    for morning in range(4):
        await answered(meeting, *range(3 * morning, 3 * morning + 3))
        await meeting.forward(DAY)
        assert state(meeting) == "open"
        assert not meeting.board.every(PulseResult)
    assert local_day(meeting.time()) == FRIDAY
    await meeting.forward(end_of(FRIDAY) / 1000 - meeting.time.seconds - 1)
    await meeting.do(says(0, "better", 1, rev=2))
    await meeting.forward(1)
    assert state(meeting) == "ended"
    assert await meeting.code(says(1, "better", 1, rev=2)) == "not_asked"
    # A12: how many answered is shown with the result, if at all.
    assert meeting.board.one(Balloting, f"balloting:{PULSE}").count == 0
    assert await close(meeting) == ()
    assert result(meeting).better == Distribution(counts=(1, 0, 0, 11, 0))
    assert (result(meeting).day, result(meeting).more) == (local_day(meeting.time()), 12)


async def test_P5_1_four_by_link_show_nothing() -> None:
    meeting = await by_link()
    await answered(meeting, *range(4))
    await meeting.forward(5 * DAY)
    assert await close(meeting) == ("few",)
    assert not meeting.board.every(PulseResult)


async def test_A4_every_night_of_an_open_pulse_its_ballots_lose_their_order() -> None:
    meeting = await by_link()
    await answered(meeting, 1, 2, 3)
    await meeting.forward(60)
    seqs = {held.seq for held in meeting.board if isinstance(held.record, Ballot)}
    assert len(seqs) == 9
    meeting.store.commits.clear()
    await meeting.forward(DAY)
    held = [held for held in meeting.board if isinstance(held.record, Ballot)]
    assert len({one.seq for one in held}) == 1
    nights = [batch for batch in meeting.store.commits if batch.traces is Traces.PAGES]
    assert len(nights[0].rows) == len(held) + 1
    ids = [one.record.id for one in nights[0].rows if isinstance(one.record, Ballot)]
    assert ids == sorted(ids)


async def test_P5_1_without_a_day_it_ends_at_midnight() -> None:
    meeting = await open_pulse()
    await answered(meeting, *range(5))
    await meeting.forward(10 * 3600)
    # A driver still acts: otherwise the meeting would have ended before the day does (F4).
    await meeting.do(ask(ChangeWall, workshop=W, black=True))
    await meeting.forward(end_of(local_day(NINE)) / 1000 - meeting.time.seconds - 1)
    assert state(meeting) == "open"
    await meeting.forward(2)
    assert state(meeting) == "ended"
    assert not meeting.board.every(PulseResult)


async def test_P5_1_it_stays_open_while_the_room_does_something_else() -> None:
    meeting = await by_link()
    await meeting.do(ask(Go, item=Q1))
    await answered(meeting, *range(5))
    assert state(meeting) == "open"
    assert await close(meeting) == ()


async def test_P5_1_its_last_day_can_be_moved_while_it_is_open() -> None:
    meeting = await by_link()
    settings = meeting.board.one(Item, PULSE).settings | {"open_until": local_day(NINE)}
    about = {"title": "Puls", "minutes": 5, "settings": settings}
    await meeting.do(ask(ChangeItem, item=PULSE, base=meeting.seq(PULSE), **about))
    await meeting.forward(DAY)
    assert state(meeting) == "ended"


async def test_E6_a_server_that_slept_through_the_night_makes_up_for_it() -> None:
    meeting = await by_link()
    meeting.time.ms += 10 * DAY * 1000
    again = await meeting.another()
    await again.forward(1)
    assert again.board.one(Pulse, f"pulse:{PULSE}").state == "ended"
    assert await again.code(ask(ClosePulse, activity=PULSE)) is None


async def test_P5_1_the_room_says_until_when_its_door_is_needed() -> None:
    meeting = await by_link()
    live = meeting.board.one(Item, str(meeting.board.one(Workshop, W).live))
    assert meeting.registry.lasts(meeting.board, live) == FRIDAY
    await meeting.do(ask(Go, item=Q1))
    assert meeting.registry.lasts(meeting.board, meeting.board.one(Item, Q1)) is None

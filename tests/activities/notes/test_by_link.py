"""W11: a round of notes that is open by link for some days, with a test clock."""

import pytest

from app.activities.notes.messages import NotesSettings
from app.clock import end_of, local_day
from app.engine.agenda import ChangeItem, End, Go, Item
from app.engine.edits import Traces
from app.engine.records import VIEWERS
from app.engine.wall import ChangeWall
from app.parts.notes.messages import StopWriting, TurnAll, Writing
from app.parts.notes.records import Note
from tests.support.boards import C1, NINE, Q1, Meeting, W, ask, edit, note

DAY = 86_400
#: Four days after `NINE`.
FRIDAY = local_day(NINE + 4 * DAY * 1000)


async def by_link(until: str | None = FRIDAY) -> Meeting:
    meeting = await Meeting.open()
    settings = meeting.board.one(Item, Q1).settings | {"open_until": until}
    about = {"title": "Hvad trækker?", "minutes": 20, "settings": settings}
    await meeting.do(ask(ChangeItem, item=Q1, base=meeting.seq(Q1), **about), ask(Go, item=Q1))
    return meeting


def writing(meeting: Meeting) -> Writing:
    return meeting.board.one(Writing, f"writing:{Q1}")


async def test_W11_notes_come_over_days_nothing_is_shown_and_it_ends_with_its_last_day() -> None:
    meeting = await by_link()
    for morning in range(4):
        await meeting.do(*(note(f"{morning} {name}", activity=Q1) for name in "abc"))
        await meeting.forward(DAY)
        # Counts move at ticks, as in a meeting; no text is sent to anybody.
        assert (writing(meeting).state, writing(meeting).cards) == ("open", 3 * morning + 3)
        for viewer in VIEWERS:
            assert not meeting.fresh(viewer).kinds("note")
    await meeting.do(edit("0 a", "et andet ord"))
    await meeting.do(note("late evening", activity=Q1))
    await meeting.forward(end_of(FRIDAY) / 1000 - meeting.time.seconds - 1)
    assert writing(meeting).state == "open"
    await meeting.forward(1)
    assert (writing(meeting).state, writing(meeting).cards) == ("stopped", 13)
    assert not meeting.fresh("screen").kinds("note")
    # The weekend passes; on Monday they are turned over in the meeting.
    await meeting.forward(2 * DAY)
    assert (await meeting.do(note("too late", activity=Q1))).told == ("late",)
    await meeting.do(ask(TurnAll, activity=Q1))
    meeting.run()
    assert "et andet ord" in {one["text"] for one in meeting.fresh("screen").kinds("note")}
    assert len(meeting.fresh("screen").kinds("note")) == 13


async def test_W11_A4_every_night_the_notes_lose_their_order() -> None:
    meeting = await by_link()
    await meeting.do(*(note(name, activity=Q1) for name in "abc"))
    meeting.store.commits.clear()
    await meeting.forward(DAY)
    assert len({held.seq for held in meeting.board if isinstance(held.record, Note)}) == 1
    nights = [batch for batch in meeting.store.commits if batch.traces is Traces.PAGES]
    ids = [one.record.id for one in nights[0].rows if isinstance(one.record, Note)]
    assert len(ids) == 3 and ids == sorted(ids)


async def test_W11_it_stays_open_while_the_room_does_something_else() -> None:
    meeting = await by_link()
    await meeting.do(ask(Go, item=C1))
    assert writing(meeting).state == "open"
    await meeting.do(ask(Go, item=Q1), note("back", activity=Q1))
    await meeting.do(ask(StopWriting, activity=Q1))
    assert writing(meeting).state == "stopped"


async def test_W11_without_a_day_a_night_shift_is_not_cut_off_at_midnight() -> None:
    meeting = await by_link(until=None)
    await meeting.forward(10 * 3600)
    # A driver still acts: otherwise the meeting would have ended before the day does (F4).
    await meeting.do(ask(ChangeWall, workshop=W, black=True))
    await meeting.forward(end_of(local_day(NINE)) / 1000 - meeting.time.seconds + 1)
    assert writing(meeting).state == "open"
    await meeting.do(ask(Go, item=C1))
    assert writing(meeting).state == "stopped"


async def test_W11_its_last_day_can_be_moved_while_it_is_open() -> None:
    meeting = await by_link()
    settings = meeting.board.one(Item, Q1).settings | {"open_until": local_day(NINE)}
    about = {"title": "Hvad trækker?", "minutes": 20, "settings": settings}
    await meeting.do(ask(ChangeItem, item=Q1, base=meeting.seq(Q1), **about))
    await meeting.forward(DAY)
    assert writing(meeting).state == "stopped"


async def test_W11_E6_a_server_that_slept_makes_up_for_it() -> None:
    meeting = await by_link()
    await meeting.do(*(note(name, activity=Q1) for name in "abc"))
    meeting.time.ms += 6 * DAY * 1000
    again = await meeting.another()
    await again.forward(1)
    assert again.board.one(Writing, f"writing:{Q1}").state == "stopped"


async def test_W11_F4_what_nobody_turned_over_is_not_kept() -> None:
    meeting = await by_link()
    await meeting.do(*(note(name, activity=Q1) for name in "abc"))
    await meeting.do(ask(End, workshop=W))
    assert not meeting.board.every(Note)
    assert writing(meeting).state == "stopped"


async def test_W11_the_room_says_until_when_its_door_is_needed() -> None:
    meeting = await by_link()
    assert meeting.registry.lasts(meeting.board, meeting.board.one(Item, Q1)) == FRIDAY


def test_W11_by_link_nobody_tells_in_turn_and_another_meeting_has_other_days() -> None:
    settings = NotesSettings(question="Hvad trækker?", open_until=FRIDAY)
    assert settings.fresh().open_until is None
    with pytest.raises(ValueError, match="range"):
        NotesSettings(question="Hvad trækker?", open_until=FRIDAY, mode="in_turn")

"""F4: a meeting without a driver ends automatically, at a time that only drivers' acts decide."""

from app.activities.registry import registry
from app.clock import end_of, local_day
from app.engine.agenda import Become, End, Go, Workshop
from app.engine.commands import Asked, Role
from app.engine.ending import (
    ALONE,
    HOUR,
    UNRELEASED,
    Alone,
    EndByItself,
    ForgetMeeting,
    Lead,
    Tidy,
    alone_id,
    leftovers,
)
from app.engine.records import Held
from app.engine.timer import Start
from app.engine.undo import Step
from app.engine.wall import ChangeWall
from app.parts.ballots import Ballot
from app.parts.notes.messages import LateNote
from app.parts.notes.records import Note
from app.parts.plan import Action
from app.parts.themes import Influence, Theme
from tests.support.boards import (
    NINE,
    PULSE,
    Q1,
    Meeting,
    Time,
    W,
    agenda,
    ask,
    note,
)  # fmt: skip
from tests.support.commands import rich_meeting

DAY = 24 * HOUR


def due_at(meeting: Meeting) -> int | None:
    due: int | None = meeting.store.boards["board"].due_at
    return due


async def test_F4_before_the_first_batch_and_after_a_crash_it_is_known_when_the_meeting_ends() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), note("a"))
    assert due_at(meeting) == NINE + 13 * HOUR
    # The process stopped, and restarts long after: nobody has to open a page for it.
    late = Time()
    late.ms = NINE + 400 * DAY
    again = await Meeting.at(meeting.store, late)
    await again.forward(1)
    assert again.board.one(Workshop, W).state == "ended"
    assert not again.board.every(Note) and due_at(again) is None
    assert "secret_hash" not in "".join(
        held.record.model_dump_json() for held in again.store.boards["board"].rows.values()
    )


async def test_F4_A10_what_phones_do_moves_no_time_and_what_drivers_do_moves_it_by_whole_hours() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    assert due_at(meeting) == NINE + 13 * HOUR
    for name in ("a", "b"):
        await meeting.forward(37 * 60 + 11.5)
        await meeting.do(note(name))
        assert meeting.board.one(Alone, alone_id(W)).ends_at == NINE + 13 * HOUR
    await meeting.do(ask(ChangeWall, workshop=W, black=True))
    ends_at = meeting.board.one(Alone, alone_id(W)).ends_at
    assert ends_at == NINE + 14 * HOUR and ends_at % HOUR == 0
    assert ends_at - meeting.time() >= ALONE


async def test_F4_twelve_hours_after_the_last_act_it_ends_as_if_it_had_been_ended() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    await meeting.do(note("late"), ask(Start, activity=Q1, seconds=60))
    await meeting.forward(12 * 3600)
    assert meeting.board.one(Workshop, W).state == "live"
    await meeting.forward(3600)
    assert meeting.board.one(Workshop, W).state == "ended"
    assert {held.record.kind for held in meeting.board} == {"workshop", "item", "note", "writing"}
    assert not meeting.board.every(LateNote)
    assert await meeting.code(note("later")) == "closed"


async def test_F4_opening_the_door_is_leading_and_a_meeting_that_was_never_begun_does_not_end() -> None:
    meeting = await Meeting.open()
    assert await meeting.code(ask(Lead, workshop=W)) == "nothing_due"
    assert due_at(meeting) is None
    await meeting.do(ask(Go, item=Q1))
    await meeting.forward(11 * 3600)
    await meeting.do(ask(Lead, workshop=W))
    assert due_at(meeting) == NINE + 24 * HOUR
    assert await meeting.code(ask(Lead, workshop=W)) == "nothing_due"
    assert await meeting.code(ask(EndByItself, workshop=W)) == "nothing_due"


async def test_F4_P5_1_what_is_answered_by_link_waits_to_be_shown_but_not_forever() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    theme = await meeting.theme("Tone", "a")
    last = local_day(NINE + 4 * DAY)
    about = {"activity": "pulse", "title": "Puls", "settings": {"theme": theme, "open_until": last}}
    await meeting.do(ask(Become, item=PULSE, base=meeting.seq(PULSE), **about), ask(Go, item=PULSE))
    ends_at = meeting.board.one(Alone, alone_id(W)).ends_at
    assert ends_at == end_of(last) + UNRELEASED
    await meeting.forward((end_of(last) - meeting.time()) / 1000 + 3600)
    assert meeting.board.one(Workshop, W).state == "live"
    await meeting.forward(UNRELEASED / 1000)
    assert meeting.board.one(Workshop, W).state == "ended"
    assert not meeting.board.every(Ballot)


async def test_F4_the_end_of_an_older_version_is_held_to_what_holds_now() -> None:
    """What was stored by then: notes that were never turned over, and steps with texts."""
    meeting = await Meeting.open()
    await meeting.turned("a")
    await meeting.theme("one", "a")
    await meeting.do(note("late"))
    rows = meeting.store.boards["board"].rows
    rows[W] = Held(rows[W].seq, rows[W].record.with_(state="ended", live=None))
    again = await Meeting.at(meeting.store, meeting.time)
    workshop = again.board.one(Workshop, W)
    asked = Asked(Role.SERVER, again.time(), registry, W, "2027-01-04", day=local_day)
    wanted = leftovers(again.board, workshop, asked)
    assert wanted == ask(Tidy, workshop=W)
    assert wanted is not None
    await again.do(wanted)
    assert not again.board.every(LateNote) and not again.board.every(Step)
    assert {one.secret_hash for one in again.board.every(Note).values()} == {None}
    assert leftovers(again.board, workshop, asked) is None
    assert await again.code(ask(Tidy, workshop=W)) == "nothing_due"


async def test_F4_a_live_meeting_of_an_older_version_gets_its_time() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    del meeting.store.boards["board"].rows[alone_id(W)]
    again = await Meeting.at(meeting.store, meeting.time)
    asked = Asked(Role.SERVER, again.time(), registry, W, "2027-01-04", day=local_day)
    wanted = leftovers(again.board, again.board.one(Workshop, W), asked)
    assert wanted == ask(Lead, workshop=W)
    assert wanted is not None
    await again.do(wanted)
    assert due_at(again) == NINE + 13 * HOUR


async def test_F4_a_deleted_meeting_goes_with_its_notes_and_themes_and_leaves_the_plan() -> None:
    meeting = await rich_meeting()
    await meeting.do(ask(ForgetMeeting, workshop=W))
    kinds = {held.record.kind for held in meeting.board}
    # P4.5: agreed actions are still to be done, with their sign-ups; the why belongs to the process.
    assert kinds == {"action", "sign_up"}
    assert {(one.theme, one.made_from) for one in meeting.board.every(Action).values()} == {(None, None)}
    stored = "".join(held.record.model_dump_json() for held in meeting.store.boards["board"].rows.values())
    assert "marked" not in stored and "tema" not in stored and W not in stored
    assert meeting.store.boards["board"].traces == 2
    assert await meeting.code(ask(ForgetMeeting, workshop=W)) == "nothing_due"


async def test_F4_deleting_one_meeting_leaves_the_others() -> None:
    meeting = await Meeting.open([*agenda(), *agenda("workshop-2", "-next")])
    await meeting.turned("a")
    await meeting.theme("one", "a")
    await meeting.do(ask(End, workshop=W))
    await meeting.do(ask(Go, item="q1-next"), note("n", activity="q1-next"), workshop="workshop-2")
    await meeting.do(ask(ForgetMeeting, workshop=W))
    assert not meeting.board.every(Theme) and not meeting.board.every(Influence)
    assert [one.id for one in meeting.board.every(Workshop).values()] == ["workshop-2"]
    assert [one.text for one in meeting.board.every(Note).values()] == ["note n"]
    assert meeting.board.find(Alone, alone_id("workshop-2"))


async def test_F4_E4_screens_of_a_meeting_that_is_deleted_while_it_is_live_show_nothing_live() -> None:
    meeting = await Meeting.open()
    screens = [meeting.join(who) for who in ("phone", "screen", "desk")]
    await meeting.do(ask(Go, item=Q1), ask(ForgetMeeting, workshop=W))
    meeting.run()
    assert [screen.activity for screen in screens] == [None] * 3
    assert [meeting.fresh(screen).activity for screen in screens] == [None] * 3

"""U2: writing that was stopped is reopened, and stopping and reopening reveal nothing."""

from app.activities.registry import registry
from app.engine import timer
from app.engine.agenda import Go
from app.engine.timer import timer_of
from app.engine.undo import RedoCommand, UndoCommand
from app.parts.notes.messages import AddPaper, LateNote, StopWriting, TurnAll, TurnOne, WriteOn, Writing
from app.parts.notes.records import Note
from tests.support.boards import C1, Q1, Meeting, Screen, W, ask, edit, note

STOP = ask(StopWriting, activity=Q1)
ON = ask(WriteOn, activity=Q1)
UNDO = ask(UndoCommand, workshop=W)


async def stopped(*names: object) -> Meeting:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), *(note(name) for name in names), STOP)
    return meeting


def state(meeting: Meeting) -> tuple[str, int, int]:
    seen = meeting.fresh("screen").one("writing")
    return seen["state"], seen["cards"], seen["late"]


def texts(desk: Screen) -> set[str]:
    desk.read()
    return {one["text"] for one in desk.kinds("note")}


async def test_U2_writing_on_opens_the_phones_again_and_takes_nothing_back() -> None:
    meeting = await stopped("a", "b")
    await meeting.do(ask(WriteOn, activity=Q1))
    assert state(meeting) == ("open", 2, 0)
    assert {n.face for n in meeting.board.of(Note, Q1).values()} == {"stopped"}
    await meeting.do(ask(WriteOn, activity=Q1), note("c"))
    await meeting.do(ask(TurnAll, activity=Q1))
    assert state(meeting) == ("turned", 3, 0)
    assert {n.face for n in meeting.board.of(Note, Q1).values()} == {"up"}
    assert not meeting.board.of(LateNote, Q1)


async def test_U2_undo_of_the_stop_is_the_same_and_redo_stops_again() -> None:
    meeting = await stopped("a")
    await meeting.do(UNDO)
    assert state(meeting)[0] == "open"
    await meeting.do(ask(RedoCommand, workshop=W))
    assert state(meeting) == ("stopped", 1, 0)
    await meeting.do(ask(UndoCommand, workshop=W))
    assert state(meeting)[0] == "open"


async def test_U2_undo_of_a_stop_that_was_undone_by_hand_never_sticks() -> None:
    meeting = await stopped("a")
    await meeting.do(ON)
    assert await meeting.code(ask(UndoCommand, workshop=W)) == "changed_since"
    assert await meeting.code(ask(UndoCommand, workshop=W)) == "nothing_to_undo"


async def test_U2_not_once_a_note_is_turned_nor_from_elsewhere() -> None:
    meeting = await stopped("a", "b", "c")
    await meeting.do(ask(TurnOne, activity=Q1))
    assert await meeting.code(ON) == "turned"
    # It is not even offered any more.
    assert await meeting.code(ask(UndoCommand, workshop=W)) == "nothing_to_undo"
    meeting = await stopped("a")
    await meeting.do(ask(Go, item=C1))
    assert await meeting.code(ON) == "not_live"
    await meeting.do(ask(Go, item=Q1), ask(WriteOn, activity=Q1))
    assert state(meeting)[0] == "open"


async def test_U2_the_clock_continues_with_the_time_it_had_left() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), ask(timer.Start, activity=Q1, seconds=300))
    await meeting.forward(100)
    await meeting.do(STOP)
    await meeting.forward(60)
    await meeting.do(ON)
    clock = timer_of(meeting.board, Q1)
    assert clock is not None and clock.state == "running"
    assert clock.ends_at == meeting.time.ms + 200_000
    await meeting.forward(221)
    assert state(meeting)[0] == "stopped"
    await meeting.do(ask(WriteOn, activity=Q1))
    again = timer_of(meeting.board, Q1)
    assert again is not None and again.state == "stopped"


async def test_U2_F1_no_stop_after_the_first_tells_of_a_note() -> None:
    """Stopped and reopened every 100 ms, two single notes are neither readable nor counted."""
    meeting = await stopped("a", "b")
    desk = meeting.join("desk")
    before = texts(desk)
    for tenth in range(400):
        await meeting.do(ask(WriteOn, activity=Q1) if tenth % 2 == 0 else ask(StopWriting, activity=Q1))
        if tenth in (101, 202):
            await meeting.do(note(f"lone {tenth}"))
        await meeting.forward(0.1)
        assert state(meeting)[1:] == (2, 0)
        assert texts(desk) == before


async def test_U2_A16_three_are_counted_at_a_tick_and_read_only_after_the_stop() -> None:
    meeting = await stopped("a")
    desk = meeting.join("desk")
    await meeting.do(ask(WriteOn, activity=Q1), note("b"), note("c"), note("d"))
    await meeting.forward(10)
    assert state(meeting) == ("open", 4, 0)
    assert len(texts(desk)) == 1
    await meeting.do(ask(StopWriting, activity=Q1))
    assert len(texts(desk)) == 1 and state(meeting) == ("stopped", 4, 0)
    await meeting.forward(10)
    assert len(texts(desk)) == 4 and state(meeting) == ("stopped", 4, 0)


async def test_U2_F1_one_more_than_was_counted_waits_for_others() -> None:
    meeting = await stopped("a")
    await meeting.do(ask(WriteOn, activity=Q1), note("b"), note("c"), note("d"))
    await meeting.forward(10)
    await meeting.do(note("e"), ask(StopWriting, activity=Q1))
    await meeting.forward(30)
    assert state(meeting) == ("stopped", 4, 0) and len(meeting.board.of(LateNote, Q1)) == 4
    await meeting.do(ask(TurnAll, activity=Q1))
    assert state(meeting) == ("turned", 5, 0)


async def test_U2_A16_a_change_of_a_note_that_could_be_read_is_not_shown_while_people_write() -> None:
    meeting = await stopped("a", "b", "c")
    desk = meeting.join("desk")
    await meeting.do(ON, *(edit(name, f"changed {name}") for name in "abc"))
    await meeting.forward(30)
    assert not any("changed" in text for text in texts(desk))
    await meeting.do(ask(StopWriting, activity=Q1))
    await meeting.forward(10)
    assert all("changed" in text for text in texts(desk))


async def test_U2_paper_is_told_at_once_and_can_be_read_after_the_stop() -> None:
    meeting = await stopped("a")
    await meeting.do(ON, ask(AddPaper, activity=Q1, texts=["on paper"]))
    assert state(meeting) == ("open", 2, 0)
    await meeting.do(ask(StopWriting, activity=Q1))
    assert state(meeting) == ("stopped", 2, 0)
    assert {n.face for n in meeting.board.of(Note, Q1).values()} == {"stopped"}


async def test_U2_an_author_deletes_a_note_that_nobody_was_told_of() -> None:
    meeting = await stopped("a")
    await meeting.do(ON, note("b"), edit("b", None))
    assert not meeting.board.of(LateNote, Q1)


def test_U2_what_was_stored_before_still_opens() -> None:
    old = '{"kind":"writing","id":"writing:q","activity":"q","state":"stopped","cards":3,"late":0}'
    assert registry.read(old) == Writing(id="writing:q", activity="q", state="stopped", cards=3)

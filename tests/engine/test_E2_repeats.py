"""E2: a repeat is harmless."""

from app.activities.influence.messages import PlaceInfluence
from app.engine.agenda import ChangeItem, Go
from app.engine.undo import Step, UndoCommand
from app.parts.notes.messages import AddPaper, DeleteNote, HideNote, MaskNote
from app.parts.notes.records import Note
from tests.support.boards import PRIORITY, Q1, Meeting, W, ask, edit, new_id, note


async def test_E2_a_drivers_repeat_gets_the_first_answer_and_does_nothing() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    paper = ask(AddPaper, activity=Q1, texts=["one", "two"])
    await meeting.do(paper)
    seq = meeting.board.seq
    await meeting.do(paper, paper)
    assert meeting.board.count(Note, Q1) == 2 and meeting.board.seq == seq


async def test_E2_a_repeat_is_recognised_before_its_base_is_found_stale() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    hide = ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a")))
    await meeting.do(hide, hide)
    assert meeting.board.one(Note, new_id("a")).hidden


async def test_E2_a_repeat_of_an_undo_that_failed_is_refused_again() -> None:
    meeting = await Meeting.open()
    change = ask(
        ChangeItem, item=Q1, base=meeting.seq(Q1), title="New", minutes=5, settings={"question": "?"}
    )
    await meeting.do(change, ask(Go, item=Q1))
    undo = ask(UndoCommand, workshop=W)
    assert await meeting.code(undo) == "changed_since"
    assert await meeting.code(undo) == "changed_since"


async def test_E2_a_repeat_is_known_to_a_process_that_has_just_started() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    paper = ask(AddPaper, activity=Q1, texts=["one"])
    await meeting.do(paper)
    other = await meeting.another()
    await other.do(paper)
    assert other.board.count(Note, Q1) == 1


async def test_E2_nothing_is_remembered_of_what_phones_send() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    steps = set(meeting.board.every(Step))
    await meeting.do(note("a"), note("a"), edit("a", "better"))
    assert set(meeting.board.every(Step)) == steps
    assert meeting.board.count(Note, Q1) == 1


async def test_E2_a_late_duplicate_cannot_raise_a_removed_note() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), note("a"), edit("a", None))
    assert await meeting.code(note("a")) == "gone"

    await meeting.turned("b")
    await meeting.do(ask(DeleteNote, note=new_id("b")))
    assert await meeting.code(note("b")) == "gone"
    other = await meeting.another()
    assert await other.code(note("b")) == "gone"


async def test_E2_a_tombstone_has_no_text() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    await meeting.do(ask(MaskNote, note=new_id("b"), base=meeting.seq(new_id("b")), text="xxx"))
    await meeting.do(ask(DeleteNote, note=new_id("a")))
    stored = "".join(held.record.model_dump_json() for held in meeting.store.boards["board"].rows.values())
    assert "note a" not in stored and "note b" not in stored


async def test_E2_commands_that_change_nothing_are_accepted() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    theme = await meeting.theme("one", "a")
    await meeting.do(ask(PlaceInfluence, theme=theme, base=0, field=None))
    await meeting.do(ask(Go, item=PRIORITY), ask(Go, item=PRIORITY))

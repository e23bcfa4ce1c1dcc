"""E5: a driver's step can be undone unless what it touched has changed since."""

from app.activities.clustering.messages import AnswerQuestion, MoveNotes, RenameTheme, SplitTheme
from app.activities.influence.messages import PlaceInfluence
from app.engine.agenda import ChangeItem, ChangeWorkshop, End, Go, Item, RemoveItem, Workshop
from app.engine.records import Gone
from app.engine.timer import Start
from app.engine.undo import KEPT, RedoCommand, Step, UndoCommand
from app.engine.wall import ChangeWall
from app.parts.gathered import Answer
from app.parts.notes.messages import DeleteNote, HideNote, ShowNote, Tick, TurnAll
from app.parts.notes.records import Note
from app.parts.themes import Theme, influence_of
from tests.support.boards import C1, INFLUENCE, Q1, Q2, Meeting, W, ask, contents, edit, new_id, note

UNDO = {"workshop": W}


def undo() -> UndoCommand:
    command: UndoCommand = ask(UndoCommand, **UNDO)
    return command


def redo() -> RedoCommand:
    command: RedoCommand = ask(RedoCommand, **UNDO)
    return command


async def clustered() -> tuple[Meeting, str]:
    meeting = await Meeting.open()
    await meeting.turned("a", "b", "c")
    theme = await meeting.theme("one", "a", "b")
    return meeting, theme


async def test_E5_undo_and_redo_go_back_and_forth() -> None:
    meeting, theme = await clustered()
    first = contents(meeting.board)
    await meeting.do(ask(RenameTheme, theme=theme, base=meeting.seq(theme), name="two"))
    second = contents(meeting.board)
    await meeting.do(ask(MoveNotes, activity=C1, theme=theme, notes=[meeting.at_seq("c")]))
    third = contents(meeting.board)
    for command, then in (
        (undo(), second),
        (undo(), first),
        (redo(), second),
        (redo(), third),
        (undo(), second),
    ):
        await meeting.do(command)
        assert contents(meeting.board) == then


async def test_E5_undo_is_a_new_change_by_any_driver() -> None:
    meeting, theme = await clustered()
    seq = meeting.seq(theme)
    await meeting.do(ask(RenameTheme, theme=theme, base=seq, name="two"))
    await meeting.do(undo())
    assert meeting.board.one(Theme, theme).name == "one" and meeting.seq(theme) > seq
    assert await meeting.code(ask(RenameTheme, theme=theme, base=seq, name="three")) == "stale"


async def test_E5_a_new_step_ends_what_could_be_redone() -> None:
    meeting, theme = await clustered()
    await meeting.do(ask(RenameTheme, theme=theme, base=meeting.seq(theme), name="two"), undo())
    await meeting.do(ask(RenameTheme, theme=theme, base=meeting.seq(theme), name="three"))
    assert await meeting.code(redo()) == "nothing_to_undo"


async def test_E5_what_cannot_be_undone_leaves_redo_alone() -> None:
    meeting, theme = await clustered()
    await meeting.do(ask(RenameTheme, theme=theme, base=meeting.seq(theme), name="two"), undo())
    await meeting.do(ask(ChangeWall, workshop=W, black=True))
    await meeting.do(redo())
    assert meeting.board.one(Theme, theme).name == "two"


async def test_E5_a_step_whose_record_was_changed_since_is_refused_and_dropped() -> None:
    meeting = await Meeting.open()
    await meeting.do(
        ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), title="Before"),
        ask(ChangeItem, item=Q2, base=meeting.seq(Q2), title="New", minutes=5, settings={"question": "?"}),
        ask(Go, item=Q2),
    )
    # The item has gone live since: undoing the step would undo that too.
    assert await meeting.code(undo()) == "changed_since"
    assert meeting.board.one(Item, Q2).title == "New"
    # Undo does not get stuck: the next step is tried, then there is none.
    assert await meeting.code(undo()) == "changed_since"
    assert await meeting.code(undo()) == "nothing_to_undo"


async def test_E5_contents_are_compared_and_not_numbers() -> None:
    """A scrub gives every note a new seq; undoing a later step leaves the record as it was."""
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    await meeting.do(ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    before = meeting.seq(new_id("a"))
    await meeting.do(ask(Go, item=C1))
    assert meeting.seq(new_id("a")) > before
    await meeting.do(undo())
    assert not meeting.board.one(Note, new_id("a")).hidden


async def test_E5_what_its_author_wrote_meanwhile_stays() -> None:
    meeting, theme = await clustered()
    await meeting.do(edit("a", "better words"), edit("b", "others"), edit("c", "too"))
    await meeting.forward(10)
    await meeting.do(undo())
    kept = meeting.board.one(Note, new_id("a"))
    assert (kept.text, kept.theme, kept.edited) == ("better words", None, True)
    assert meeting.board.find(Theme, theme) is None


async def test_E5_B65_a_note_taken_away_by_its_author_stays_away() -> None:
    meeting, theme = await clustered()
    await meeting.do(edit("a", None), edit("b", "others"), edit("c", "too"))
    await meeting.forward(10)
    assert meeting.board.find(Note, new_id("a")) is None
    await meeting.do(undo())
    assert meeting.board.find(Note, new_id("a")) is None
    assert meeting.board.one(Note, new_id("b")).theme is None
    await meeting.do(redo())
    assert meeting.board.find(Note, new_id("a")) is None
    assert meeting.board.one(Note, new_id("b")).theme == theme


async def test_E5_B65_a_note_deleted_for_good_stays_gone() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    await meeting.do(ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    await meeting.do(ask(DeleteNote, note=new_id("a")))
    assert await meeting.code(undo()) == "nothing_to_undo"
    held = meeting.board.held(new_id("a"))
    assert held is not None and isinstance(held.record, Gone)


async def test_E5_B65_a_hundred_steps_back_and_not_one_more() -> None:
    meeting, theme = await clustered()
    for n in range(KEPT + 20):
        await meeting.do(ask(RenameTheme, theme=theme, base=meeting.seq(theme), name=f"name {n}"))
        # Steps that only answer repeats use up nobody's place.
        await meeting.do(ask(ChangeWall, workshop=W, page=n))
    for n in range(KEPT):
        await meeting.do(undo())
        assert meeting.board.one(Theme, theme).name == f"name {KEPT + 18 - n}"
    assert await meeting.code(undo()) == "nothing_to_undo"
    for _ in range(KEPT):
        await meeting.do(redo())
    assert meeting.board.one(Theme, theme).name == f"name {KEPT + 19}"
    assert await meeting.code(redo()) == "nothing_to_undo"
    assert len(meeting.board.every(Step)) <= 2 * KEPT


async def test_E5_B65_undo_of_nothing() -> None:
    meeting = await Meeting.open()
    assert await meeting.code(undo()) == "nothing_to_undo"
    assert await meeting.code(redo()) == "nothing_to_undo"


async def test_E5_turning_over_stopping_and_time_are_never_undone() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), note("a"), ask(Start, activity=Q1, seconds=60))
    await meeting.do(ask(TurnAll, activity=Q1))
    assert await meeting.code(undo()) == "nothing_to_undo"
    assert meeting.board.one(Note, new_id("a")).face == "up"


async def test_E5_steps_survive_a_restart() -> None:
    meeting, theme = await clustered()
    await meeting.do(ask(RenameTheme, theme=theme, base=meeting.seq(theme), name="two"))
    other = await meeting.another()
    await other.do(undo())
    assert other.board.one(Theme, theme).name == "one"


async def test_E5_a_removed_item_comes_back_as_it_was() -> None:
    meeting = await Meeting.open()
    before = meeting.board.one(Item, INFLUENCE)
    await meeting.do(ask(RemoveItem, item=INFLUENCE, base=meeting.seq(INFLUENCE)))
    assert meeting.board.find(Item, INFLUENCE) is None
    await meeting.do(undo())
    assert meeting.board.one(Item, INFLUENCE) == before


async def test_E5_what_a_step_took_away_with_it_comes_back() -> None:
    meeting, theme = await clustered()
    await meeting.do(ask(PlaceInfluence, theme=theme, base=0, field="can"))
    before = contents(meeting.board)
    await meeting.do(ask(SplitTheme, theme=theme, base=meeting.seq(theme)), undo())
    assert contents(meeting.board) == before and influence_of(meeting.board, theme) == "can"


async def test_E5_showing_the_board_on_phones_is_one_step_back_whatever_was_done_meanwhile() -> None:
    meeting, theme = await clustered()
    await meeting.do(ask(RenameTheme, theme=theme, base=meeting.seq(theme), name="two"))
    await meeting.do(ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), board_on_phones=True))
    assert meeting.board.one(Theme, theme).audience == "all"
    await meeting.do(undo())
    assert meeting.board.one(Theme, theme).audience == "left"
    assert not meeting.board.one(Workshop, W).board_on_phones
    await meeting.do(undo())
    assert meeting.board.one(Theme, theme).name == "one"


async def test_E5_the_list_of_steps_says_what_and_how_many_to_desks_only() -> None:
    meeting, _ = await clustered()
    desk, wall, phone = (meeting.join(who) for who in ("desk", "screen", "phone"))
    (step,) = desk.kinds("step")
    assert (step["did"], step["many"], step["state"]) == ("clustering.make_theme", 3, "done")
    assert set(step) == {"kind", "id", "order", "did", "many", "state"}
    assert not wall.kinds("step") and not phone.kinds("step")
    await meeting.do(undo())
    meeting.run()
    assert desk.one("step")["state"] == "undone"


async def test_E5_the_end_of_the_workshop_ends_undo() -> None:
    meeting, _ = await clustered()
    await meeting.do(ask(End, workshop=W))
    assert await meeting.code(undo()) == "closed"
    assert all(step.state == "kept" and not step.before for step in meeting.board.every(Step).values())


async def test_E5_answers_of_the_group_can_be_taken_back() -> None:
    meeting, _ = await clustered()
    answer = ask(AnswerQuestion, activity=C1, question=1, base=0, text="Tone")
    await meeting.do(answer, undo())
    assert not meeting.board.every(Answer)
    # Its tombstone does not prevent redoing it.
    await meeting.do(ask(AnswerQuestion, activity=C1, question=1, base=0, text="Again"))


async def test_E5_hidden_shown_and_undone() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    await meeting.do(ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    await meeting.do(ask(ShowNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    await meeting.do(undo())
    assert meeting.board.one(Note, new_id("a")).hidden
    assert await meeting.code(ask(Tick, activity=Q1)) == "nothing_due"

"""P2.2: the facilitator turns the notes over, one by one or all at once, and can hide one."""

from app.engine.agenda import Go
from app.engine.commands import Role
from app.engine.records import Board, Gone
from app.engine.timer import Start, timer_of
from app.engine.undo import UndoCommand
from app.engine.wall import Wall
from app.parts.notes.messages import (
    DeleteNote,
    DeleteNotes,
    HideNote,
    LateNote,
    LetInLate,
    MaskNote,
    Pending,
    ShowNote,
    StopWriting,
    Tick,
    TurnAll,
    TurnOne,
    Writing,
)
from app.parts.notes.records import Note
from tests.support.boards import C1, CO, PHONE, Q1, SCREEN, Meeting, W, ask, board_after, edit, new_id, note

GO = ask(Go, item=Q1)
STOP = ask(StopWriting, activity=Q1)


def turn_one() -> TurnOne:
    command: TurnOne = ask(TurnOne, activity=Q1)
    return command


def delete_many(*names: str) -> DeleteNotes:
    command: DeleteNotes = ask(DeleteNotes, notes=[new_id(name) for name in names])
    return command


def faces(board: Board) -> dict[str, str]:
    return {note.text.removeprefix("note "): note.face for note in board.of(Note, Q1).values()}


def writing(board: Board) -> Writing:
    return board.one(Writing, f"writing:{Q1}")


def forward(board: Board) -> str | None:
    return board.one(Wall, f"wall:{W}").forward


async def meeting_with(*names: object) -> Meeting:
    meeting = await Meeting.open()
    await meeting.do(GO, *(note(name) for name in names))
    return meeting


async def test_P2_2_notes_lie_face_down_while_people_write() -> None:
    board = await board_after(GO, note("a"), note("b"))
    assert faces(board) == {"a": "down", "b": "down"} and writing(board).state == "open"


async def test_P2_2_after_the_stop_they_may_be_looked_through() -> None:
    board = await board_after(
        GO, note("a"), ask(Start, activity=Q1, seconds=60), STOP, ask(type(STOP), activity=Q1)
    )
    assert faces(board) == {"a": "stopped"}
    assert (writing(board).state, writing(board).cards) == ("stopped", 1)
    clock = timer_of(board, Q1)
    assert clock is not None and clock.state == "stopped"


async def test_P2_2_all_at_once() -> None:
    board = await board_after(GO, note("a"), note("b"), ask(TurnAll, activity=Q1))
    assert faces(board) == {"a": "up", "b": "up"}
    assert (writing(board).state, writing(board).cards, forward(board)) == ("turned", 2, None)


async def test_P2_2_one_by_one_each_brought_forward_to_be_read_aloud() -> None:
    meeting = await meeting_with("a", "b", "c")
    seen = []
    for left in (2, 1, 0):
        await meeting.do(turn_one())
        assert sorted(faces(meeting.board).values()) == sorted(["stopped"] * left + ["up"] * (3 - left))
        seen.append(forward(meeting.board))
    assert sorted(map(str, seen)) == sorted(new_id(name) for name in "abc")
    assert writing(meeting.board).state == "turned"
    assert await meeting.code(turn_one()) == "nothing_to_turn"


async def test_P2_2_which_one_is_next_is_chance_and_not_the_order_of_writing() -> None:
    first = set()
    for seed in range(12):
        meeting = await Meeting.open(seed=seed)
        await meeting.do(GO, *(note(name) for name in "abcd"), turn_one())
        first.add(forward(meeting.board))
    assert len(first) > 2


async def test_P2_2_the_rest_all_at_once_after_some_one_by_one() -> None:
    meeting = await meeting_with("a", "b", "c")
    await meeting.do(turn_one(), ask(TurnAll, activity=Q1))
    assert set(faces(meeting.board).values()) == {"up"} and forward(meeting.board) is None


async def test_P2_2_a_note_hidden_in_the_preview_is_not_read_aloud() -> None:
    meeting = await meeting_with("a", "b")
    await meeting.do(STOP)
    await meeting.do(ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a"))), turn_one())
    assert forward(meeting.board) == new_id("b")
    assert meeting.board.one(Note, new_id("a")).hidden
    assert await meeting.code(turn_one()) == "nothing_to_turn"
    await meeting.do(ask(ShowNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    assert faces(meeting.board)["a"] == "up"


async def test_A16_a_face_down_note_cannot_even_be_named() -> None:
    meeting = await meeting_with("a")
    base = meeting.seq(new_id("a"))
    for command in (
        ask(HideNote, note=new_id("a"), base=base),
        ask(ShowNote, note=new_id("a"), base=base),
        ask(MaskNote, note=new_id("a"), base=base, text="x"),
        ask(DeleteNote, note=new_id("a")),
    ):
        assert await meeting.code(command) == await meeting.code(
            command.model_copy(update={"note": new_id("never"), "id": new_id()})
        )


async def test_A4_turning_over_rewrites_all_anonymous_records_under_one_seq() -> None:
    meeting = await meeting_with("a", "b", "c")
    await meeting.do(edit("c", None), STOP, note("late"), ask(TurnAll, activity=Q1))
    anonymous = [
        held
        for held in meeting.board
        if held.record.home == Q1 and isinstance(held.record, Note | LateNote | Gone)
    ]
    assert len(anonymous) == 4 and len({held.seq for held in anonymous}) == 1


async def test_A4_leaving_the_activity_does_the_same_turned_over_or_not() -> None:
    meeting = await meeting_with("a", "b")
    await meeting.do(edit("b", None), ask(Go, item=C1))
    assert faces(meeting.board) == {"a": "stopped"}
    assert (writing(meeting.board).state, writing(meeting.board).cards) == ("stopped", 1)
    tombstone = meeting.board.held(new_id("b"))
    assert tombstone is not None and tombstone.seq == meeting.seq(new_id("a"))


async def test_R13_late_notes_are_let_in_together_as_if_they_had_come_in_time() -> None:
    meeting = await meeting_with("a")
    await meeting.do(STOP, ask(LetInLate, activity=Q1))
    await meeting.do(*(note(name) for name in "bcd"))
    assert faces(meeting.board) == {"a": "stopped"}
    await meeting.forward(10)
    assert faces(meeting.board) == dict.fromkeys("abcd", "stopped")
    assert (writing(meeting.board).cards, writing(meeting.board).late) == (4, 0)
    assert len({meeting.seq(new_id(name)) for name in "abcd"}) == 1
    await meeting.do(note("e"), ask(TurnAll, activity=Q1))
    assert faces(meeting.board) == dict.fromkeys("abcde", "up")
    await meeting.do(*(note(name) for name in "fgh"))
    await meeting.forward(10)
    assert faces(meeting.board) == dict.fromkeys("abcdefgh", "up")


async def test_R13_late_notes_wait_until_somebody_lets_them_in() -> None:
    meeting = await meeting_with("a")
    await meeting.do(ask(TurnAll, activity=Q1), *(note(name) for name in "bcd"))
    await meeting.forward(60)
    assert faces(meeting.board) == {"a": "up"} and writing(meeting.board).late == 3
    await meeting.do(ask(LetInLate, activity=Q1))
    await meeting.forward(10)
    assert faces(meeting.board) == dict.fromkeys("abcd", "up")


async def test_A16_late_notes_let_in_before_anybody_said_stop_lie_face_down() -> None:
    meeting = await meeting_with("a")
    await meeting.do(ask(Start, activity=Q1, seconds=60))
    meeting.time.ms += 80_000
    await meeting.do(note("b"), note("c"), note("d"), ask(LetInLate, activity=Q1))
    meeting.time.ms += 10_000
    await meeting.do(ask(Tick, activity=Q1))
    assert faces(meeting.board) == dict.fromkeys("abcd", "down")


async def test_A5_what_its_author_took_away_is_not_read_aloud() -> None:
    """A waiting edit is applied before its note is shown."""
    meeting = await meeting_with("a", "b", "c")
    await meeting.do(STOP, edit("a", None), edit("b", "better"), ask(TurnAll, activity=Q1))
    assert {n.text for n in meeting.board.of(Note, Q1).values()} == {"better", "note c"}
    assert writing(meeting.board).cards == 2 and not meeting.board.count(Pending, Q1)


async def test_A5_nor_when_they_are_turned_one_by_one() -> None:
    meeting = await meeting_with("a", "b")
    await meeting.do(STOP, edit("a", None), turn_one())
    assert forward(meeting.board) == new_id("b")
    assert await meeting.code(turn_one()) == "nothing_to_turn"


async def test_A13_masked_words_stay_masked() -> None:
    meeting = await meeting_with("a")
    await meeting.do(ask(TurnAll, activity=Q1), edit("a", "Bente again"))
    await meeting.do(ask(MaskNote, note=new_id("a"), base=meeting.seq(new_id("a")), text="somebody"))
    await meeting.forward(20)
    masked = meeting.board.one(Note, new_id("a"))
    assert (masked.text, masked.edited) == ("somebody", True)


async def test_A13_a_masked_note_that_its_author_rewrites_is_no_longer_masked() -> None:
    meeting = await meeting_with("a", "b", "c")
    await meeting.do(ask(TurnAll, activity=Q1))
    await meeting.do(ask(MaskNote, note=new_id("a"), base=meeting.seq(new_id("a")), text="somebody"))
    await meeting.do(*(edit(name, f"{name} in other words", rev=9) for name in "abc"))
    await meeting.forward(20)
    masked = meeting.board.one(Note, new_id("a"))
    assert (masked.text, masked.edited, masked.masked) == ("a in other words", True, False)


def shown(meeting: Meeting, viewer: str, kind: str, field: str) -> dict[str, object]:
    return {record["id"]: record[field] for record in meeting.fresh(viewer).kinds(kind)}


async def test_A13_a_masked_note_is_marked_for_the_room_and_for_its_author() -> None:
    meeting = await meeting_with("a", "b")
    await meeting.do(ask(TurnAll, activity=Q1))
    for viewer in ("desk", "screen"):
        assert shown(meeting, viewer, "note", "masked") == {new_id("a"): False, new_id("b"): False}
    await meeting.do(ask(MaskNote, note=new_id("a"), base=meeting.seq(new_id("a")), text="somebody"))
    for viewer in ("desk", "screen"):
        assert shown(meeting, viewer, "note", "masked") == {new_id("a"): True, new_id("b"): False}
    states = {new_id("a"): "masked", new_id("b"): "up"}
    assert shown(meeting, "phone", "note_state", "face") == states
    await meeting.do(ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    assert shown(meeting, "phone", "note_state", "face") == {**states, new_id("a"): "hidden"}
    await meeting.do(ask(UndoCommand, workshop=W))
    assert shown(meeting, "screen", "note", "masked") == {new_id("a"): True, new_id("b"): False}


async def test_A13_the_room_sees_how_many_were_put_aside_and_no_word_of_them() -> None:
    meeting = await meeting_with("a", "b")
    await meeting.do(ask(TurnAll, activity=Q1))
    await meeting.do(ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    assert shown(meeting, "screen", "note", "face") == {new_id("a"): "hidden", new_id("b"): "up"}
    assert shown(meeting, "screen", "note", "text")[new_id("a")] == ""


async def test_A5_deleted_for_good_with_the_edit_that_waited() -> None:
    meeting = await meeting_with("a", "b")
    await meeting.do(ask(TurnAll, activity=Q1), edit("a", "other words"), ask(DeleteNote, note=new_id("a")))
    stored = str(list(meeting.store.boards["board"].rows.values()))
    assert "other words" not in stored and "note a" not in stored
    assert writing(meeting.board).cards == 1


async def test_F6_a_flood_is_deleted_at_once() -> None:
    meeting = await meeting_with("a", "b", "c")
    ids = [new_id("a"), new_id("b"), new_id("a")]
    assert await meeting.code(ask(DeleteNotes, notes=[*ids, new_id("never")])) == "unknown"
    assert await meeting.code(ask(DeleteNotes, notes=ids)) == "unknown"
    await meeting.do(STOP, edit("a", "other words"))
    assert await meeting.code(ask(DeleteNotes, notes=ids), CO) == "role"
    await meeting.do(ask(DeleteNotes, notes=ids))
    assert faces(meeting.board) == {"c": "stopped"}
    assert writing(meeting.board).cards == 1
    stored = str(list(meeting.store.boards["board"].rows.values()))
    assert "other words" not in stored and "note a" not in stored and "note b" not in stored


async def test_B53_B55_who_may_turn_over_and_who_may_delete_for_good() -> None:
    meeting = await meeting_with("a")
    for role in (PHONE, SCREEN, Role.SERVER):
        assert await meeting.code(ask(TurnAll, activity=Q1), role) == "role"
    await meeting.do(ask(TurnAll, activity=Q1), role=CO)
    assert await meeting.code(ask(DeleteNote, note=new_id("a")), CO) == "role"
    await meeting.do(ask(DeleteNote, note=new_id("a")))


async def test_F6_a_selection_is_deleted_for_good_in_one_command() -> None:
    meeting = await meeting_with("a", "b", "c", "d")
    await meeting.do(ask(TurnAll, activity=Q1), edit("a", "other words"), ask(DeleteNote, note=new_id("d")))
    assert await meeting.code(delete_many("a", "b"), CO) == "role"
    # All or none; notes deleted since, or named twice, are no obstacle.
    assert await meeting.code(delete_many("a", "never")) == "unknown"
    assert set(faces(meeting.board)) == {"a", "b", "c"}
    await meeting.do(delete_many("a", "b", "b", "d"))
    assert set(faces(meeting.board)) == {"c"} and writing(meeting.board).cards == 1
    stored = str(list(meeting.store.boards["board"].rows.values()))
    assert "other words" not in stored and "note a" not in stored and "note b" not in stored


async def test_F6_A16_a_selection_with_a_face_down_note_is_refused_like_one_that_never_was() -> None:
    meeting = await meeting_with("a", "b")
    assert await meeting.code(delete_many("a", "b")) == "unknown"
    assert set(faces(meeting.board)) == {"a", "b"}


async def test_P2_2_what_is_not_there_cannot_be_turned() -> None:
    meeting = await Meeting.open()
    for command in (turn_one(), ask(TurnAll, activity=Q1), STOP, ask(LetInLate, activity=Q1)):
        assert await meeting.code(command) == "not_open"
    await meeting.do(GO)
    # F1: if it were refused while people write, asking repeatedly would reveal the very first note.
    assert (await meeting.do(turn_one())).told == ("nothing_to_turn",)
    assert writing(meeting.board).state == "stopped"
    assert await meeting.code(turn_one()) == "nothing_to_turn"

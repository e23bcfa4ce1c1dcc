"""P2.2, in turn: the turn is passed, and people put up their own notes; nobody else ever sees the rest."""

import pytest

from app.activities.notes.messages import HangUp, PassWord, Telling, telling_id
from app.engine.agenda import Become, ChangeItem, End, Go, Item
from app.engine.records import Board
from app.engine.timer import Start
from app.engine.undo import UndoCommand
from app.engine.wall import Wall
from app.parts.notes.messages import AddPaper, HideNote, StopWriting, TurnAll, TurnOne, WriteNote, Writing
from app.parts.notes.records import Note
from tests.support.boards import (
    IN_TURN,
    PHONE,
    Q1,
    Q2,
    Meeting,
    W,
    ask,
    edit,
    new_id,
    note,
    secret,
)

GO = ask(Go, item=IN_TURN)
MODES = {"question": "Hvad hjælper?", "paper": "korn", "finish_seconds": 20}


def wrote(name: str) -> WriteNote:
    return note(name, activity=IN_TURN)


def hang_up(name: str, activity: str = IN_TURN, proof: str | None = None) -> HangUp:
    command: HangUp = ask(HangUp, activity=activity, note=new_id(name), secret=secret(proof or name))
    return command


def passed() -> PassWord:
    command: PassWord = ask(PassWord, activity=IN_TURN)
    return command


async def telling(*names: str) -> Meeting:
    """These notes are written, and the turn was passed for the first time."""
    meeting = await Meeting.open()
    await meeting.do(GO, *(wrote(name) for name in names), passed())
    return meeting


def faces(board: Board) -> dict[str, str]:
    return {one.text.removeprefix("note "): one.face for one in board.of(Note, IN_TURN).values()}


def forward(board: Board) -> str | None:
    return board.one(Wall, f"wall:{W}").forward


async def test_P2_2_nobody_may_look_through_what_is_told_in_turn() -> None:
    meeting = await Meeting.open()
    desk, wall, phone = (meeting.join(kind) for kind in ("desk", "screen", "phone"))
    await meeting.do(GO, wrote("a"), wrote("b"), ask(StopWriting, activity=IN_TURN))
    await meeting.do(passed(), ask(Go, item=Q1), GO)
    meeting.run()
    assert faces(meeting.board) == {"a": "down", "b": "down"}
    for member in (desk, wall, phone):
        assert "note a" not in str(member.read())
    assert meeting.board.one(Writing, f"writing:{IN_TURN}").cards == 2


async def test_P2_2_the_turn_is_passed_and_a_note_that_is_put_up_comes_forward() -> None:
    meeting = await telling("a", "b")
    assert meeting.board.one(Writing, f"writing:{IN_TURN}").state == "stopped"
    await meeting.do(hang_up("b"))
    assert faces(meeting.board) == {"a": "down", "b": "up"} and forward(meeting.board) == new_id("b")
    await meeting.do(passed())
    assert forward(meeting.board) is None
    assert meeting.board.one(Telling, telling_id(IN_TURN)).turn == 2
    await meeting.do(hang_up("a"))
    assert faces(meeting.board) == {"a": "up", "b": "up"}


async def test_P2_2_putting_a_note_up_twice_puts_it_up_once() -> None:
    meeting = await telling("a")
    await meeting.do(hang_up("a"), passed())
    await meeting.do(hang_up("a"))
    assert forward(meeting.board) is None


async def test_P2_2_people_put_up_their_own_notes_and_only_when_notes_are_told_in_turn() -> None:
    meeting = await Meeting.open()
    await meeting.do(GO, wrote("a"), note("x", activity=IN_TURN), edit("x", None, activity=IN_TURN))
    assert await meeting.code(hang_up("a"), PHONE) == "not_open"
    await meeting.do(passed())
    assert await meeting.code(hang_up("a", proof="b"), PHONE) == "not_yours"
    assert await meeting.code(hang_up("never"), PHONE) == "unknown"
    assert await meeting.code(hang_up("x"), PHONE) == "gone"
    await meeting.do(ask(Go, item=Q1))
    assert await meeting.code(hang_up("a"), PHONE) == "not_open"


async def test_P2_2_nothing_is_put_up_where_the_facilitator_turns_notes_over() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), note("a"))
    assert await meeting.code(hang_up("a", Q1), PHONE) == "unknown"
    assert await meeting.code(ask(PassWord, activity=Q1)) == "unknown"


@pytest.mark.parametrize("kind", [TurnOne, TurnAll])
async def test_P2_2_nobody_turns_over_what_is_told_in_turn(kind: type[TurnOne | TurnAll]) -> None:
    meeting = await telling("a", "b")
    assert await meeting.code(ask(kind, activity=IN_TURN)) == "in_turn"
    assert set(faces(meeting.board).values()) == {"down"}


async def test_P2_2_one_more_while_others_tell_is_not_late() -> None:
    meeting = await telling("a")
    await meeting.do(wrote("c"), wrote("d"), wrote("e"))
    assert faces(meeting.board)["c"] == "down"
    await meeting.forward(10)
    assert meeting.board.one(Writing, f"writing:{IN_TURN}").cards == 4
    await meeting.do(edit("c", "rettet", activity=IN_TURN), hang_up("c"))
    assert faces(meeting.board)["rettet"] == "up"


async def test_P2_2_the_clock_stops_the_writing_and_shows_nothing() -> None:
    meeting = await Meeting.open()
    await meeting.do(GO, wrote("a"), ask(Start, activity=IN_TURN, seconds=60))
    await meeting.forward(100)
    assert meeting.board.one(Writing, f"writing:{IN_TURN}").state == "stopped"
    assert faces(meeting.board) == {"a": "down"}


async def test_P2_2_a_note_on_paper_is_up_as_soon_as_it_is_typed_in() -> None:
    meeting = await Meeting.open()
    paper = ask(AddPaper, activity=IN_TURN, texts=["papir"])
    await meeting.do(GO)
    assert await meeting.code(paper) == "in_turn"
    await meeting.do(passed(), paper)
    assert faces(meeting.board) == {"papir": "up"}


async def test_P2_2_A16_a_note_can_be_acted_on_only_once_it_is_up() -> None:
    meeting = await telling("a", "b")
    await meeting.do(hang_up("a"))
    hide = ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a")))
    await meeting.do(hide)
    assert meeting.board.one(Note, new_id("a")).hidden
    down = ask(HideNote, note=new_id("b"), base=meeting.seq(new_id("b")))
    assert await meeting.code(down) == "unknown"


async def test_P2_2_what_was_kept_is_not_left_behind_when_the_meeting_ends() -> None:
    meeting = await telling("a", "b")
    await meeting.do(hang_up("a"), ask(End, workshop=W))
    assert faces(meeting.board) == {"a": "up"}


async def test_P2_2_how_it_is_told_is_fixed_before_the_first_note() -> None:
    meeting = await Meeting.open()
    item = meeting.board.one(Item, Q2)

    def change(mode: str) -> ChangeItem:
        settings = {**item.settings, "mode": mode}
        changed: ChangeItem = ask(
            ChangeItem, item=Q2, base=meeting.seq(Q2), title=item.title, minutes=9, settings=settings
        )
        return changed

    def become(mode: str) -> Become:
        settings = {**item.settings, "mode": mode}
        became: Become = ask(
            Become, item=Q2, base=meeting.seq(Q2), activity="notes", title=item.title, settings=settings
        )
        return became

    await meeting.do(change("in_turn"))
    await meeting.do(ask(Go, item=Q2))
    # An earlier change cannot be undone now either.
    await meeting.code(ask(UndoCommand, workshop=W))
    assert meeting.board.one(Item, Q2).settings["mode"] == "in_turn"
    assert await meeting.code(change("anonymous")) == "begun"
    await meeting.do(become("anonymous"))
    await meeting.do(become("in_turn"))
    await meeting.do(note("a", activity=Q2))
    # F8: what the room was not shown decides nothing, and is carried over.
    await meeting.do(become("anonymous"))
    await meeting.do(become("in_turn"), note("b", activity=Q2), note("c", activity=Q2))
    await meeting.forward(10)
    assert await meeting.code(become("anonymous")) == "written"
    assert meeting.board.one(Item, Q2).settings["mode"] == "in_turn"

"""P2.6: the notes of a question become themes; the group answers four questions."""

import pytest
from pydantic import ValidationError

from app.activities.clustering.messages import (
    AnswerQuestion,
    MakeTheme,
    MergeThemes,
    MoveNotes,
    NoteAt,
    OrderTheme,
    RecolourTheme,
    RenameTheme,
    SplitTheme,
)
from app.engine.agenda import Go
from app.engine.records import Board
from app.parts.gathered import Answer
from app.parts.notes.messages import DeleteNote, StopWriting
from app.parts.notes.records import Note
from app.parts.themes import Theme, notes_in, themes_of
from tests.support.boards import C1, C2, Q1, Q2, Meeting, ask, new_id, note


def make(meeting: Meeting, *names: object, activity: str = C1, **fields: object) -> MakeTheme:
    fields = {"theme": new_id(), "name": "", "paper": "mos"} | fields
    places = [meeting.at_seq(name) for name in names]
    command: MakeTheme = ask(MakeTheme, activity=activity, notes=places, **fields)
    return command


def move(meeting: Meeting, theme: str | None, *names: object, activity: str = C1) -> MoveNotes:
    places = [meeting.at_seq(name) for name in names]
    command: MoveNotes = ask(MoveNotes, activity=activity, theme=theme, notes=places)
    return command


def texts(board: Board, theme: str) -> list[str]:
    return [note.text.removeprefix("note ") for note in notes_in(board, theme)]


def free(board: Board) -> set[str]:
    return {n.text.removeprefix("note ") for n in board.of(Note, Q1).values() if n.theme is None}


async def gathered() -> tuple[Meeting, str, str]:
    meeting = await Meeting.open()
    await meeting.turned(*"abcdef")
    return meeting, await meeting.theme("one", "a", "b"), await meeting.theme("two", "c", "d")


async def test_P2_6_a_note_on_a_note_makes_a_theme_and_the_name_comes_later() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    command = make(meeting, "a", "b")
    await meeting.do(command)
    theme = meeting.board.one(Theme, command.theme)
    assert (theme.name, theme.paper, theme.of) == ("", "mos", Q1)
    assert texts(meeting.board, theme.id) == ["a", "b"]
    await meeting.do(ask(RenameTheme, theme=theme.id, base=meeting.seq(theme.id), name=" Good \u2013 tone "))
    assert meeting.board.one(Theme, theme.id).name == "Good - tone"


async def test_P2_6_notes_move_in_and_out_and_keep_their_order() -> None:
    meeting, one, two = await gathered()
    await meeting.do(move(meeting, one, "e", "c"))
    assert texts(meeting.board, one) == ["a", "b", "e", "c"] and texts(meeting.board, two) == ["d"]
    await meeting.do(move(meeting, None, "a", "e"))
    assert texts(meeting.board, one) == ["b", "c"] and free(meeting.board) == {"a", "e", "f"}


async def test_P2_6_a_theme_without_a_name_goes_with_its_last_note_and_one_with_a_name_stays() -> None:
    meeting, one, _ = await gathered()
    unnamed = make(meeting, "e", "f")
    await meeting.do(unnamed)
    await meeting.do(move(meeting, one, "e"))
    assert meeting.board.find(Theme, unnamed.theme) is not None
    await meeting.do(move(meeting, one, "f"))
    assert meeting.board.find(Theme, unnamed.theme) is None
    await meeting.do(move(meeting, None, *"abef"))
    assert meeting.board.one(Theme, one).name == "one"


async def test_P2_6_two_themes_that_are_one() -> None:
    meeting, one, two = await gathered()
    await meeting.do(ask(MergeThemes, theme=two, base=meeting.seq(two), into=one))
    assert texts(meeting.board, one) == ["a", "b", "c", "d"]
    assert meeting.board.find(Theme, two) is None


async def test_P2_6_a_theme_that_turned_out_not_to_be_one_is_dissolved() -> None:
    meeting, one, _ = await gathered()
    await meeting.do(ask(SplitTheme, theme=one, base=meeting.seq(one)))
    assert free(meeting.board) == {"a", "b", "e", "f"} and meeting.board.find(Theme, one) is None


async def test_P2_6_themes_stand_in_the_order_the_group_gives_them() -> None:
    meeting, one, two = await gathered()
    three = await meeting.theme("three", "e")

    def order() -> list[str]:
        return [theme.name for theme in themes_of(meeting.board, (Q1,))]

    assert order() == ["one", "two", "three"]
    await meeting.do(ask(OrderTheme, theme=three, base=meeting.seq(three), before=one))
    assert order() == ["three", "one", "two"]
    await meeting.do(ask(OrderTheme, theme=three, base=meeting.seq(three), before=two))
    assert order() == ["one", "three", "two"]
    await meeting.do(ask(OrderTheme, theme=one, base=meeting.seq(one), before=None))
    assert order() == ["three", "two", "one"]


async def test_P2_6_colour_says_theme() -> None:
    meeting, one, _ = await gathered()
    await meeting.do(ask(RecolourTheme, theme=one, base=meeting.seq(one), paper="lyng"))
    assert meeting.board.one(Theme, one).paper == "lyng"
    with pytest.raises(ValidationError):
        ask(RecolourTheme, theme=one, base=0, paper="pink")


async def test_P2_6_the_group_answers_four_questions() -> None:
    meeting, *_ = await gathered()
    for question in range(1, 5):
        await meeting.do(ask(AnswerQuestion, activity=C1, question=question, base=0, text=f"so {question}"))
    answers = {answer.question: answer.text for answer in meeting.board.of(Answer, C1).values()}
    assert answers == {1: "so 1", 2: "so 2", 3: "so 3", 4: "so 4"}
    for question in (0, 5):
        with pytest.raises(ValidationError):
            ask(AnswerQuestion, activity=C1, question=question, base=0, text="x")


async def test_P2_6_an_answer_is_changed_and_taken_away() -> None:
    meeting, *_ = await gathered()
    id = f"answer:{C1}:1"

    def say(base: int, text: str) -> AnswerQuestion:
        command: AnswerQuestion = ask(AnswerQuestion, activity=C1, question=1, base=base, text=text)
        return command

    await meeting.do(say(0, "one"))
    assert await meeting.code(say(0, "two")) == "stale"
    old = meeting.seq(id)
    await meeting.do(say(old, "two"))
    await meeting.do(say(meeting.seq(id), " "))
    assert meeting.board.find(Answer, id) is None
    # A client that still saw the old value learns that somebody else changed it.
    assert await meeting.code(say(old, "three")) == "stale"
    await meeting.do(say(0, "three"))


async def test_P2_6_each_question_has_its_own_notes_and_themes() -> None:
    meeting, one, _ = await gathered()
    await meeting.do(ask(Go, item=Q2))
    await meeting.turned("q", question=Q2)
    two = await meeting.theme("of two", "q", clustering=C2)
    assert await meeting.code(make(meeting, "q")) == "unknown"
    assert await meeting.code(move(meeting, two, "a")) == "unknown"
    assert await meeting.code(move(meeting, one, "q")) == "unknown"
    assert await meeting.code(ask(MergeThemes, theme=two, base=meeting.seq(two), into=one)) == "unknown"


async def test_P2_6_only_clustering_gathers() -> None:
    meeting, *_ = await gathered()
    for activity in (Q1, "priority-1"):
        assert await meeting.code(make(meeting, "e", activity=activity)) == "unknown"
        answer = ask(AnswerQuestion, activity=activity, question=1, base=0, text="x")
        assert await meeting.code(answer) == "unknown"


async def test_A16_notes_not_turned_over_cannot_be_gathered() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), note("a"))
    assert await meeting.code(make(meeting, "a")) == "unknown"
    await meeting.do(ask(StopWriting, activity=Q1))
    assert await meeting.code(make(meeting, "a")) == "unknown"


async def test_B66_a_note_on_itself_a_theme_on_itself_and_a_merge_with_what_is_gone() -> None:
    meeting, one, two = await gathered()
    seq = meeting.board.seq
    assert await meeting.code(make(meeting, "e", "e")) == "self"
    assert await meeting.code(ask(MergeThemes, theme=one, base=meeting.seq(one), into=one)) == "self"
    assert await meeting.code(ask(OrderTheme, theme=one, base=meeting.seq(one), before=one)) == "self"
    assert meeting.board.seq == seq
    await meeting.do(ask(SplitTheme, theme=two, base=meeting.seq(two)))
    assert await meeting.code(ask(MergeThemes, theme=one, base=meeting.seq(one), into=two)) == "gone"
    assert await meeting.code(ask(MergeThemes, theme=two, base=0, into=one)) == "gone"
    assert await meeting.code(ask(MergeThemes, theme=one, base=meeting.seq(one), into="never")) == "unknown"
    assert texts(meeting.board, one) == ["a", "b"]


async def test_B66_a_theme_made_twice_is_taken() -> None:
    meeting, one, _ = await gathered()
    assert await meeting.code(make(meeting, "e", theme=one)) == "taken"
    assert free(meeting.board) == {"e", "f"}


async def test_B66_a_note_deleted_meanwhile_is_gone_and_nothing_is_half_done() -> None:
    meeting, one, _ = await gathered()
    places = [meeting.at_seq("e"), meeting.at_seq("f")]
    await meeting.do(ask(DeleteNote, note=new_id("f")))
    assert await meeting.code(ask(MoveNotes, activity=C1, theme=one, notes=places)) == "gone"
    assert free(meeting.board) == {"e"}


async def test_B63_a_note_moved_meanwhile_is_stale() -> None:
    meeting, one, two = await gathered()
    place = meeting.at_seq("e")
    await meeting.do(move(meeting, one, "e"))
    answer = await meeting.ask(ask(MoveNotes, activity=C1, theme=two, notes=[place]))
    assert answer.code == "stale" and answer.fresh == meeting.board.held(new_id("e"))
    wrong = NoteAt(note=new_id("e"), base=2**50)
    assert await meeting.code(ask(MoveNotes, activity=C1, theme=two, notes=[wrong])) == "stale"
    for base in (-1, 2**60, "1"):
        with pytest.raises(ValidationError):
            NoteAt.model_validate({"note": new_id("e"), "base": base})

"""P2.1, P2.4: one thought per note, written in silence; only its author may change it."""

import hashlib
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from app.activities.action_plan.messages import SignMeUp, Withdraw
from app.activities.notes.messages import HangUp
from app.activities.registry import registry
from app.engine.agenda import Go, Seed
from app.engine.commands import MATRIX, Role
from app.engine.pace import SayDone
from app.engine.records import Board, Gone
from app.parts.ballots import Cast
from app.parts.notes.messages import (
    AddPaper,
    EditNote,
    LateNote,
    Pending,
    StopWriting,
    TurnAll,
    WriteNote,
)
from app.parts.notes.phones import MOST_NOTES
from app.parts.notes.records import Note
from tests.support.boards import C1, Q1, Q2, Meeting, ask, board_after, edit, new_id, note, secret

GO = ask(Go, item=Q1)


def one(board: Board, name: object = "a") -> Note:
    return board.one(Note, new_id(name))


async def started() -> Meeting:
    meeting = await Meeting.open()
    await meeting.do(GO)
    return meeting


async def test_P2_1_one_thought_on_one_note() -> None:
    board = await board_after(GO, note("a", "  at the machines\u2026 I\u2019m \u201cfree\u201d  "))
    assert one(board).text == 'at the machines... I\'m "free"'
    assert (one(board).face, one(board).theme, one(board).rev) == ("down", None, 1)


async def test_P2_4_question_two_is_the_same_course() -> None:
    board = await board_after(ask(Go, item=Q2), note("a", activity=Q2), ask(TurnAll, activity=Q2))
    assert one(board).activity == Q2 and one(board).face == "up"


async def test_A1_only_the_hash_of_its_secret_is_kept() -> None:
    meeting = await started()
    await meeting.do(note("a"))
    assert one(meeting.board).secret_hash == hashlib.sha256(secret("a").encode()).hexdigest()
    assert secret("a") not in str(list(meeting.store.boards["board"].rows.values()))


async def test_A9_no_field_of_a_note_says_who_when_or_in_which_order() -> None:
    fields = {"kind", "id", "activity", "text", "secret_hash", "rev", "face", "hidden", "theme", "rank"}
    assert set(Note.model_fields) == fields | {"edited", "masked", "audience", "poster"}
    late = {"kind", "id", "activity", "text", "secret_hash", "rev", "poster"}
    assert set(LateNote.model_fields) == late
    assert set(Pending.model_fields) == {"kind", "id", "activity", "note", "text", "rev"}


async def test_A1_no_two_notes_share_a_value() -> None:
    board = await board_after(GO, note("a"), note("b"), ask(AddPaper, activity=Q1, texts=["p", "q"]))
    hashes = [note.secret_hash for note in board.of(Note, Q1).values()]
    assert None not in hashes and len(set(hashes)) == len(hashes) == 4


async def test_P2_1_its_author_changes_it_and_takes_it_away() -> None:
    meeting = await started()
    await meeting.do(note("a"), edit("a", "better", rev=2))
    assert (one(meeting.board).text, one(meeting.board).rev) == ("better", 2)
    await meeting.do(edit("a", None, rev=3))
    held = meeting.board.held(new_id("a"))
    assert held is not None and isinstance(held.record, Gone)


async def test_P2_1_notes_on_paper_lie_unmarked_among_the_others() -> None:
    board = await board_after(GO, note("a"), ask(AddPaper, activity=Q1, texts=["paper"]))
    paper = next(note for note in board.of(Note, Q1).values() if note.text == "paper")
    phone = one(board)
    assert paper.model_dump(exclude={"id", "text", "secret_hash"}) == phone.model_dump(
        exclude={"id", "text", "secret_hash"}
    )


async def test_P2_1_paper_notes_are_shown_like_the_others() -> None:
    meeting = await started()
    await meeting.do(ask(StopWriting, activity=Q1), ask(AddPaper, activity=Q1, texts=["one"]))
    await meeting.do(ask(TurnAll, activity=Q1), ask(AddPaper, activity=Q1, texts=["two"]))
    assert {note.face for note in meeting.board.of(Note, Q1).values()} == {"up"}


async def test_R13_what_comes_after_the_stop_is_kept_as_late() -> None:
    meeting = await started()
    await meeting.do(ask(StopWriting, activity=Q1))
    answer = await meeting.do(note("a"))
    assert answer.told == ("late",)
    assert meeting.board.find(Note, new_id("a")) is None
    assert meeting.board.one(LateNote, new_id("a")).text == "note a"
    # A repeat is the same late note; its author may still change it, and it stays late.
    assert (await meeting.do(note("a"))).told == ("late",)
    for _ in range(2):
        assert (await meeting.do(edit("a", "other"))).told == ("late",)
    assert meeting.board.one(LateNote, new_id("a")).text == "other"


async def test_X11_an_activity_takes_so_many_notes_and_no_more() -> None:
    meeting = await started()
    lots = [Note(id=f"n{n}", activity=Q1, text="x", secret_hash=None) for n in range(MOST_NOTES)]
    await meeting.do(ask(Seed, records=tuple(lots)))
    await meeting.forward(10)
    assert await meeting.code(note("one more")) == "too_many"
    assert await meeting.code(ask(AddPaper, activity=Q1, texts=["one more"])) == "too_many"


# -- bad input ---------------------------------------------------------------------------------------------

TEXTS: list[tuple[str, str, str]] = [
    ("B19", "a\ufffeb", "text"),
    ("B19", "a\ufdd0b", "text"),
    ("B19", "a\U0001ffffb", "text"),
    ("B18", "\x00\x07", "empty"),
    ("B20", "   \n ", "empty"),
    ("B20", "\u200b\u200b", "empty"),
    ("B20", "\u2800", "empty"),
    ("B20", "\u3164", "empty"),
    ("B20", "\u202e\u200f", "empty"),
    ("B25", "x" * 281, "too_long"),
    ("B25", "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 100, "too_long"),
    ("B26", "\ufdfa" * 280 + "x" * 2000, "too_long"),
]


@pytest.mark.parametrize(("id", "text", "code"), TEXTS, ids=lambda value: repr(value)[:14])
async def test_B18_B19_B20_B25_what_cannot_be_kept_is_refused(id: str, text: str, code: str) -> None:
    meeting = await started()
    assert await meeting.code(note("a", text)) == code, id
    await meeting.do(note("a", "good"))
    assert await meeting.code(edit("a", text)) == code, id
    assert one(meeting.board).text == "good"


KEPT: list[tuple[str, str, str]] = [
    ("B18", "a\x00b", "ab"),
    ("B18", "a\x07b", "ab"),
    ("B18", "a\x1b[31mb", "a[31mb"),
    ("G39", "a\u0085b", "a\nb"),
    ("G39", "a\x0bb", "a\nb"),
    ("G39", "a\x0cb", "a\nb"),
    ("G39", "a\rb", "a\nb"),
    ("G39", "a\r\nb", "a\nb"),
    ("G39", "a\u2028b\u2029c", "a\nb\nc"),
    ("G39", "a\tb", "a b"),
    ("B21", "a\u202eb\u2066c\u2069d\u061ce", "abcde"),
    (
        "B22",
        "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
        "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    ),
    ("B24", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f469\u200d\U0001f467"),
    (
        "B24",
        "\U0001f1e9\U0001f1f0 \U0001f44d\U0001f3fd \u2764\ufe0f",
        "\U0001f1e9\U0001f1f0 \U0001f44d\U0001f3fd \u2764\ufe0f",
    ),
    ("B25", "\U0001f469\u200d\U0001f467" * 150, "\U0001f469\u200d\U0001f467" * 150),
    ("B26", "w" * 280, "w" * 280),
    ("B26", "\ufdfa" * 280, "\ufdfa" * 280),
    ("B27", "cafe\u0301", "caf\u00e9"),
    ("B27", "cafe\u200b\u0301", "caf\u00e9"),
    ("B28", "\ufb00 \u0130 \u00df", "\ufb00 \u0130 \u00df"),
    ("B29", "\u00e6\u00f8\u00e5 \u00c6\u00d8\u00c5", "\u00e6\u00f8\u00e5 \u00c6\u00d8\u00c5"),
    ("B30", "Scunthorpe, Fuchs, pis", "Scunthorpe, Fuchs, pis"),
    ("B31", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ("B32", "{{7*7}} ${x} %s%n #{1}", "{{7*7}} ${x} %s%n #{1}"),
    ("B33", "'; DROP TABLE note;--", "'; DROP TABLE note;--"),
    ("B34", "=HYPERLINK(1)", "=HYPERLINK(1)"),
    ("A13", "one\r\ntwo\n\n\n\nthree\u2014four", "one\ntwo\n\nthree-four"),
]


@pytest.mark.parametrize(("id", "text", "kept"), KEPT, ids=lambda value: repr(value)[:14])
async def test_B21_to_B34_what_people_write_is_kept(id: str, text: str, kept: str) -> None:
    meeting = await started()
    await meeting.do(note("a", text))
    assert one(meeting.board).text == kept, id
    # In that form it is the same note again.
    await meeting.do(note("a", text), note("a", kept))
    assert (await meeting.another()).board.one(Note, new_id("a")).text == kept


async def test_G39_of_what_nobody_sees_nothing_is_kept_and_it_is_told() -> None:
    meeting = await started()
    assert (await meeting.do(note("a", "ro\x02lig\x0bhed"))).told == ("signs_cut",)
    assert one(meeting.board).text == "rolig\nhed"
    assert (await meeting.do(edit("a", "ro\x0blig"))).told == ()
    assert (await meeting.do(edit("a", "\x07rolig", 3))).told == ("signs_cut",)


async def test_B23_of_many_marks_on_one_letter_eight_are_kept_and_it_is_told() -> None:
    meeting = await started()
    answer = await meeting.do(note("a", "Z" + "\u0335" * 200 + "!"))
    assert answer.told == ("marks_cut",)
    assert one(meeting.board).text == "Z" + "\u0335" * 8 + "!"
    assert (await meeting.do(edit("a", "Z" + "\u0335" * 20))).told == ("marks_cut",)


async def test_B41_the_same_note_with_another_text_keeps_the_first() -> None:
    meeting = await started()
    await meeting.do(note("a", "first"), note("a", "first"))
    assert await meeting.code(note("a", "second")) == "stale"
    assert one(meeting.board).text == "first"


async def test_B42_the_same_id_with_another_secret_is_taken() -> None:
    meeting = await started()
    await meeting.do(note("a"))
    assert await meeting.code(note("a", secret=secret("b"))) == "taken"
    assert one(meeting.board).text == "note a"


@pytest.mark.parametrize("with_secret", [secret("b"), secret("nobody"), "A" * 43])
async def test_B43_without_its_own_secret_a_note_is_not_yours(with_secret: str) -> None:
    meeting = await started()
    await meeting.do(note("a"), note("b"))
    for text in ("mine now", None):
        assert await meeting.code(edit("a", text, secret=with_secret)) == "not_yours"
    await meeting.do(ask(TurnAll, activity=Q1))
    assert await meeting.code(edit("a", None, secret=with_secret)) == "not_yours"
    assert one(meeting.board).text == "note a" and not meeting.board.count(Pending, Q1)


async def test_B43_nobody_holds_the_secret_of_a_note_on_paper() -> None:
    meeting = await started()
    await meeting.do(ask(AddPaper, activity=Q1, texts=["paper"]))
    (paper,) = meeting.board.of(Note, Q1).values()
    assert await meeting.code(edit("x", None, note=paper.id)) == "not_yours"


def _command(make: Callable[..., object], **fields: object) -> None:
    make(**fields)


@pytest.mark.parametrize("left_out", ["secret", "note", "rev", "text", "activity"])
def test_B43_B63_a_command_without_its_fields_is_no_command(left_out: str) -> None:
    fields = {
        "type": "notes.edit",
        "activity": Q1,
        "note": new_id(),
        "secret": secret(1),
        "rev": 2,
        "text": "x",
    }
    del fields[left_out]
    with pytest.raises(ValidationError):
        _command(EditNote, **fields)


async def test_B44_the_highest_revision_counts() -> None:
    meeting = await started()
    await meeting.do(note("a"), edit("a", "three", rev=3))
    assert await meeting.code(edit("a", "two", rev=2)) == "stale"
    assert await meeting.code(edit("a", "other three", rev=3)) == "stale"
    await meeting.do(edit("a", "three", rev=3))
    assert one(meeting.board).text == "three"
    for rev in (2**31, 0, -1):
        with pytest.raises(ValidationError):
            edit("a", "x", rev=rev)


async def test_B44_the_highest_revision_counts_while_an_edit_waits() -> None:
    meeting = await started()
    await meeting.do(note("a"), note("b"), note("c"), ask(TurnAll, activity=Q1))
    await meeting.do(edit("b", "other"), edit("c", "other"))
    assert (await meeting.do(edit("a", "two", rev=2))).told == ("waits",)
    assert (await meeting.do(edit("a", "two", rev=2))).told == ("waits",)
    assert await meeting.code(edit("a", "other", rev=2)) == "stale"
    await meeting.do(edit("a", "three", rev=3))
    await meeting.forward(10)
    assert (one(meeting.board).text, one(meeting.board).rev) == ("three", 3)


async def test_B45_deleting_twice_and_writing_after_a_deletion() -> None:
    meeting = await started()
    await meeting.do(note("a"), edit("a", None))
    assert await meeting.code(edit("a", None)) == "gone"
    assert await meeting.code(edit("a", "back", rev=9)) == "gone"
    assert await meeting.code(note("a")) == "gone"


async def test_B45_after_the_stop_deleting_twice_deletes_once() -> None:
    meeting = await started()
    await meeting.do(note("a"), note("b"), note("c"), ask(TurnAll, activity=Q1))
    await meeting.do(edit("a", None), edit("a", None), edit("b", None), edit("c", None))
    await meeting.forward(10)
    assert await meeting.code(edit("a", None)) == "gone"


async def test_B47_only_an_activity_that_asks_takes_notes() -> None:
    meeting = await started()
    assert await meeting.code(note("a", activity=Q2)) == "not_open"
    assert await meeting.code(note("a", activity=C1)) == "unknown"
    assert await meeting.code(note("a", activity="nowhere")) == "unknown"
    await meeting.do(ask(Go, item=C1))
    assert (await meeting.do(note("a"))).told == ("late",)


async def test_B47_a_note_is_changed_where_it_was_written() -> None:
    meeting = await started()
    await meeting.do(note("a"))
    assert await meeting.code(edit("a", "x", activity=Q2)) == "unknown"
    assert await meeting.code(edit("never", "x")) == "unknown"


async def test_T7_the_filler_is_thrown_away() -> None:
    meeting = await started()
    await meeting.do(note("a", pad="#" * 2048))
    assert "##" not in str(list(meeting.board))


def test_there_is_no_message_for_drafts_or_typing() -> None:
    """2.3: nothing leaves the phone before it is sent."""
    phone = {r.command for r in registry.commands if Role.PHONE in MATRIX[r.group]}
    # A3: named commands have a route of their own, one tap each. U24: being done has no text.
    assert phone == {WriteNote, EditNote, HangUp, Cast, SignMeUp, Withdraw, SayDone}

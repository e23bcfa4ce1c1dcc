"""E10, A11, A16: a view depends on the record alone; a face-down note is visible to nobody."""

import statistics
from itertools import pairwise

import pytest

from app.activities.clustering.messages import MergeThemes
from app.activities.influence.messages import PlaceInfluence
from app.engine.agenda import ChangeWorkshop, Go, Workshop
from app.engine.timer import Lengthen, Start
from app.engine.undo import UndoCommand
from app.parts.notes.messages import (
    DeleteNote,
    HideNote,
    LetInLate,
    MaskNote,
    ShowNote,
    StopWriting,
    TurnAll,
    TurnOne,
    WriteNote,
)
from app.parts.themes import Theme
from tests.support.boards import C1, Q1, Q2, WRITES, Meeting, Screen, W, ask, edit, new_id, note, secret

VIEWERS = ("phone", "screen", "desk")


async def room(kind: str = "notes") -> tuple[Meeting, Screen, Screen, Screen]:
    meeting = await Meeting.open()
    await meeting.opened_for_writing(kind)
    phone, wall, desk = (meeting.join(viewer) for viewer in VIEWERS)
    return meeting, phone, wall, desk


def live(meeting: Meeting) -> str:
    """The item with writing."""
    return meeting.board.one(Workshop, W).live or ""


def hung(meeting: Meeting, name: str, text: str | None = None, at: int = 0) -> WriteNote:
    """A note in the live item."""
    return meeting.hung(live(meeting), name, text, at)


every_kind = pytest.mark.parametrize("kind", WRITES)


@every_kind
async def test_A16_while_writing_no_byte_of_a_note_reaches_anybody(kind: str) -> None:
    meeting, *screens = await room(kind)
    await meeting.do(ask(Start, activity=live(meeting), seconds=300))
    for n in range(9):
        await meeting.do(hung(meeting, f"n{n}", f"marked text {n}", n))
        await meeting.forward(2)
    await meeting.do(
        edit("n1", "marked change", activity=live(meeting)),
        edit("n2", None, activity=live(meeting)),
        ask(Lengthen, activity=live(meeting), seconds=60),
    )
    await meeting.forward(30)
    screens += [meeting.fresh(viewer) for viewer in VIEWERS]
    meeting.run()
    for screen in screens:
        assert b"marked" not in screen.bytes
        assert b"note_state" not in screen.bytes and b'"kind":"note"' not in screen.bytes
        for n in range(9):
            assert new_id(f"n{n}").encode() not in screen.bytes


@every_kind
async def test_A16_the_facilitator_too_has_a_number_only(kind: str) -> None:
    meeting, _, wall, desk = await room(kind)
    await meeting.do(hung(meeting, "a"), hung(meeting, "b"), hung(meeting, "c"))
    await meeting.forward(10)
    meeting.run()
    assert desk.one("writing") == wall.one("writing")
    assert desk.one("writing")["cards"] == 3


@every_kind
async def test_A11_nothing_is_sent_to_anybody_while_it_waits(kind: str) -> None:
    meeting, *screens = await room(kind)
    await meeting.do(hung(meeting, "a"), hung(meeting, "b"))
    await meeting.forward(60)
    meeting.run()
    before = [len(screen.line.frames) for screen in screens]
    await meeting.do(edit("a", "longer", activity=live(meeting)), edit("b", None, activity=live(meeting)))
    await meeting.forward(60)
    meeting.run()
    assert [len(screen.line.frames) for screen in screens] == before


@every_kind
async def test_A11_a_screen_that_asks_often_learns_nothing(kind: str) -> None:
    """E3: the seq a role is sent is that of the last change it may see."""
    meeting, *_ = await room(kind)
    before = [meeting.fresh(viewer).bytes for viewer in VIEWERS]
    await meeting.do(hung(meeting, "a"), hung(meeting, "b"), edit("a", None, activity=live(meeting)))
    assert [meeting.fresh(viewer).bytes for viewer in VIEWERS] == before


@pytest.mark.parametrize("kind", [kind for kind in WRITES if WRITES[kind] != (None,)])
async def test_A11_P4_1_P4_2_on_which_posters_the_cards_hang_is_told_after_the_stop_only(kind: str) -> None:
    """A single card would otherwise reveal which poster its author's note is on."""
    meeting, *screens = await room(kind)
    for n in range(7):
        await meeting.do(hung(meeting, f"n{n}", at=n))
        await meeting.forward(16)
        meeting.run()
    for screen in screens:
        assert (screen.one("writing")["cards"], screen.one("writing")["posters"]) == (6, {})
        assert not [p for p in WRITES[kind] if f'"poster":"{p}"'.encode() in screen.bytes]
    await meeting.do(ask(StopWriting, activity=live(meeting)))
    meeting.run()
    for screen in screens:
        told = screen.one("writing")["posters"]
        assert sum(told.values()) == 7 and set(told) == set(WRITES[kind])


async def steps(notes: int) -> list[int]:
    """How far the desk's seq advances between two of its commands, with notes in between."""
    meeting, _, _, desk = await room()
    await meeting.do(ask(Start, activity=Q1, seconds=8 * 3600))
    told = []
    for n in range(40):
        meeting.run()
        told.append(desk.seq)
        await meeting.do(*(note((n, m)) for m in range(notes)))
        await meeting.do(ask(Lengthen, activity=Q1, seconds=1))
    return [after - before for before, after in pairwise(told)]


async def test_A11_seqs_do_not_count_the_notes_in_between() -> None:
    """A driver who reads the protocol cannot tell 0 notes from 2 by the seqs of their own commands."""
    none, two = await steps(0), await steps(2)
    assert min(*none, *two) > 100
    spread = statistics.stdev(none)
    assert abs(statistics.mean(none) - statistics.mean(two)) < spread
    assert len(set(none)) == len(none)


async def test_A11_neither_do_the_steps_of_undo() -> None:
    meeting, _, _, desk = await room()
    await meeting.do(ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), title="one"))
    await meeting.do(*(note(n) for n in range(17)))
    await meeting.do(ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), title="two"))
    meeting.run()
    orders = [step["order"] for step in desk.kinds("step")]
    assert max(orders) - min(orders) == 1


@every_kind
async def test_E10_P2_2_after_the_stop_the_desk_looks_and_the_wall_waits(kind: str) -> None:
    meeting, phone, wall, desk = await room(kind)
    await meeting.do(hung(meeting, "a"), hung(meeting, "b"), ask(StopWriting, activity=live(meeting)))
    meeting.run()
    assert [seen["text"] for seen in desk.kinds("note")] == ["note a", "note b"]
    assert not wall.kinds("note") and wall.one("writing")["cards"] == 2
    assert [set(seen) for seen in phone.kinds("note_state")] == [{"kind", "id", "activity", "face"}] * 2
    assert b"note a" not in phone.bytes + wall.bytes


@every_kind
async def test_A15_what_the_stop_opens_comes_under_one_seq_in_the_order_of_random_ids(kind: str) -> None:
    meeting, _, _, desk = await room(kind)
    names = ["q", "c", "z", "a", "m"]
    await meeting.do(*(hung(meeting, name) for name in names), edit("c", "later", activity=live(meeting)))
    await meeting.do(ask(StopWriting, activity=live(meeting)))
    before = len(desk.line.frames)
    meeting.run()
    (changes,) = [frame for frame in desk.line.frames[before:] if b'"note"' in frame]
    places = [changes.index(new_id(name).encode()) for name in sorted(names, key=new_id)]
    assert places == sorted(places)
    assert len({meeting.seq(new_id(name)) for name in names}) == 1


async def test_E10_no_role_sees_who_wrote_or_proves_it() -> None:
    meeting, *screens = await room()
    await meeting.do(note("a"), ask(TurnAll, activity=Q1))
    meeting.run()
    for screen in screens:
        assert b"secret" not in screen.bytes and b'"rev"' not in screen.bytes
        assert secret("a").encode() not in screen.bytes


async def test_E10_P2_2_a_hidden_note_has_no_text_on_the_wall() -> None:
    meeting, phone, wall, desk = await room()
    await meeting.do(note("a"), ask(StopWriting, activity=Q1))
    await meeting.do(ask(HideNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    await meeting.do(ask(TurnAll, activity=Q1))
    meeting.run()
    assert (wall.one("note")["text"], wall.one("note")["face"]) == ("", "hidden")
    assert (desk.one("note")["text"], phone.one("note_state")["face"]) == ("note a", "hidden")
    assert b"note a" not in wall.bytes
    await meeting.do(ask(ShowNote, note=new_id("a"), base=meeting.seq(new_id("a"))))
    meeting.run()
    assert (wall.one("note")["text"], wall.one("note")["face"]) == ("note a", "up")


async def test_E10_what_was_visible_stays_visible_as_a_tombstone() -> None:
    meeting, phone, wall, desk = await room()
    away = meeting.join("screen")
    await meeting.do(note("a"), note("b"), ask(TurnAll, activity=Q1))
    meeting.run()
    meeting.leave(away)
    await meeting.do(ask(DeleteNote, note=new_id("a")))
    meeting.run()
    for screen in (wall, desk):
        assert [seen["id"] for seen in screen.kinds("note")] == [new_id("b")]
    assert [seen["id"] for seen in phone.kinds("note_state")] == [new_id("b")]
    # A client that was offline learns of it from a process that has only the tombstone.
    restarted = await meeting.another()
    restarted.join(away)
    assert [seen["id"] for seen in away.kinds("note")] == [new_id("b")]


async def test_A16_a_face_down_note_leaves_no_tombstone_that_anybody_hears_of() -> None:
    meeting, *screens = await room()
    await meeting.do(note("a"), note("b"), note("c"), note("d"))
    await meeting.forward(6)
    await meeting.do(edit("a", None))
    await meeting.do(ask(TurnAll, activity=Q1))
    screens += [meeting.fresh(viewer) for viewer in VIEWERS]
    meeting.run()
    assert all(new_id("a").encode() not in screen.bytes for screen in screens)


async def test_R13_late_notes_are_a_number_until_they_are_let_in() -> None:
    meeting, *screens = await room()
    await meeting.do(note("a"), ask(TurnAll, activity=Q1), note("late one"), note("another"), note("third"))
    await meeting.forward(10)
    meeting.run()
    assert screens[2].one("writing")["late"] == 3
    assert all(b"late one" not in screen.bytes for screen in screens)
    await meeting.do(ask(LetInLate, activity=Q1))
    meeting.run()
    assert all(screen.one("writing")["letting_in"] for screen in screens)
    assert all(b"late one" not in screen.bytes for screen in screens)
    await meeting.forward(10)
    meeting.run()
    assert "note late one" in [seen["text"] for seen in screens[1].kinds("note")]
    assert screens[2].one("writing")["late"] == 0


async def test_A5_a_masked_text_is_nowhere_any_more() -> None:
    meeting, *_ = await room()
    await meeting.do(note("a", "Bente is late"), ask(TurnAll, activity=Q1))
    await meeting.do(ask(MaskNote, note=new_id("a"), base=meeting.seq(new_id("a")), text="Somebody is late"))
    after = [meeting.fresh(viewer).bytes for viewer in VIEWERS]
    assert all(b"Bente" not in shown for shown in after)
    stored = "".join(held.record.model_dump_json() for held in meeting.store.boards["board"].rows.values())
    assert "Bente" not in stored


async def test_E10_phones_have_the_live_activity_only() -> None:
    meeting, phone, *_ = await room()
    await meeting.do(note("a"), ask(TurnAll, activity=Q1), ask(Go, item=Q2))
    meeting.run()
    assert phone.activity == Q2
    assert not phone.kinds("note_state")
    assert [item["id"] for item in phone.kinds("item")] == [Q2]
    assert phone.kinds("writing")[0]["activity"] == Q2


async def test_E10_phones_see_no_wall_no_theme_and_no_text() -> None:
    meeting, phone, *_ = await room()
    await meeting.do(note("a"), ask(TurnOne, activity=Q1), ask(Go, item=C1))
    theme = await meeting.theme("named", "a")
    await meeting.do(ask(PlaceInfluence, theme=theme, base=0, field="can"))
    meeting.run()
    assert {held["record"]["kind"] for held in phone.held.values()} == {"workshop", "item"}
    assert b"named" not in phone.bytes


async def shown_on_phones() -> tuple[Meeting, Screen, str]:
    """A meeting without a projector, in the middle of clustering."""
    meeting, phone, *_ = await room()
    await meeting.do(note("a"), note("b"), ask(TurnAll, activity=Q1), ask(Go, item=C1))
    theme = await meeting.theme("named", "a")
    await meeting.do(ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), board_on_phones=True))
    meeting.run()
    return meeting, phone, theme


async def test_E10_a_board_shown_on_phones_is_all_there_at_once() -> None:
    meeting, phone, theme = await shown_on_phones()
    assert phone.one("theme")["id"] == theme
    assert [seen["text"] for seen in phone.kinds("note")] == ["note a", "note b"]
    other = await meeting.theme("another", "b")
    meeting.run()
    assert {seen["id"] for seen in phone.kinds("theme")} == {theme, other}
    assert phone.held == meeting.fresh(phone).held


async def test_E10_a_board_no_longer_shown_leaves_stubs() -> None:
    meeting, phone, theme = await shown_on_phones()
    away = meeting.join("phone")
    meeting.leave(away)
    await meeting.do(ask(UndoCommand, workshop=W))
    meeting.run()
    assert not phone.kinds("theme") and not phone.kinds("note")
    assert [stub["id"] for stub in phone.kinds("stub")] == [theme]
    restarted = await meeting.another()
    restarted.join(away)
    assert away.held == phone.held == restarted.fresh(phone).held
    # New records are not sent at all.
    await meeting.theme("another", "b")
    meeting.run()
    assert [stub["id"] for stub in phone.kinds("stub")] == [theme]


async def test_E10_what_is_taken_away_after_that_is_told_too() -> None:
    meeting, phone, theme = await shown_on_phones()
    into = await meeting.theme("another", "b")
    meeting.run()
    await meeting.do(ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), board_on_phones=False))
    await meeting.do(ask(MergeThemes, theme=theme, base=meeting.seq(theme), into=into))
    meeting.run()
    assert [stub["id"] for stub in phone.kinds("stub")] == [into]
    await meeting.do(ask(UndoCommand, workshop=W))
    meeting.run()
    assert meeting.board.one(Theme, theme).audience == "left"
    assert phone.held == meeting.fresh(phone).held


async def test_E10_a_workshop_that_opens_with_its_board_on_phones() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), board_on_phones=True))
    phone = meeting.join("phone")
    await meeting.turned("a")
    meeting.run()
    assert phone.one("note")["text"] == "note a"

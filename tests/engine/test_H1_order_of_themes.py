"""H1: themes have one order everywhere: by the agenda, then by position, then by id."""

from app.activities.influence.report import report
from app.blocks.fields import Fields
from app.engine.agenda import Item, Move
from app.engine.records import Held
from app.engine.store import Batch
from app.engine.undo import UndoCommand
from app.locales import words
from app.parts.themes import Theme, left_over, themes_of
from tests.support.boards import Meeting, MemoryStore, W, ask
from tests.support.golden import (
    FILE,
    PLACING,
    ids,
    moved,
    questions,
    second_cycle,
    text,
    theme,
    two_questions,
    workshop,
)


async def test_H1_themes_stand_in_the_order_of_the_agenda_not_of_random_ids() -> None:
    meeting = await two_questions()
    assert ids(themes_of(meeting.board)) == ["t4", "t3", "t2", "t1", "t5", "t6"]
    assert ids(themes_of(meeting.board, ("q-a",))) == ["t2", "t1", "t5", "t6"]
    item = meeting.board.one(Item, PLACING)
    (fields,) = report(meeting.board, item, words("da"))
    assert isinstance(fields, Fields)
    assert [card.name for card in fields.fields[0].cards] == ["t4", "t1"]


async def test_H1_older_meetings_come_first() -> None:
    meeting = await second_cycle()
    assert ids(themes_of(meeting.board)) == ["t7", "t8", "t9", "t6", "t5", "t4", "t3", "t2", "t1"]
    assert ids(left_over(meeting.board, 2)) == ["t9", "t5", "t3", "t2"]


async def test_W2_of_two_meetings_on_one_day_the_one_that_began_first_comes_first() -> None:
    day = "2027-01-04"
    # Their ids are in the opposite order.
    records = [
        workshop("b", day),
        workshop("a", day),
        *questions("q1", workshop="b"),
        *questions("q2", workshop="a"),
    ]
    themes = [theme("t2", "q2", 1), theme("t1", "q1", 1)]
    begun = [one.with_(started_at=n) for n, id in ((1, "q1"), (2, "q2")) for one in records if one.id == id]
    meeting = await Meeting.open(
        records=[*(one for one in records if one.id not in ("q1", "q2")), *begun, *themes]
    )
    assert ids(themes_of(meeting.board)) == ["t1", "t2"]
    assert sorted_by_what_it_was_sent(meeting, "screen") == ["t1", "t2"]


async def test_H1_a_question_that_is_moved_takes_its_themes_along_on_every_screen() -> None:
    meeting = await two_questions()
    before = [(who, sorted_by_what_it_was_sent(meeting, who)) for who in ("desk", "screen", "phone")]
    await meeting.do(ask(Move, item="q-a", base=meeting.seq("q-a"), before="q-z"))
    now = ["t2", "t1", "t5", "t6", "t4", "t3"]
    assert ids(themes_of(meeting.board)) == now
    for who, was in before:
        assert was == ["t4", "t3", "t2", "t1", "t5", "t6"], who
        assert sorted_by_what_it_was_sent(meeting, who) == now, who
    await meeting.do(ask(UndoCommand, workshop=W))
    for who, was in before:
        assert sorted_by_what_it_was_sent(meeting, who) == was, who


async def test_H1_a_board_stored_before_themes_knew_their_place_is_told_in_order() -> None:
    meeting = await two_questions()
    snapshot = await meeting.store.load("board")
    old = [
        Held(held.seq, Theme.model_validate(held.record.model_dump(exclude={"agenda_place"})))
        if isinstance(held.record, Theme)
        else held
        for held in snapshot.rows
    ]
    store = MemoryStore()
    await store.create("board")
    await store.commit("board", 0, lambda _: Batch(snapshot.seq, old))
    later = await Meeting.at(store, meeting.time)
    assert {theme.agenda_place for theme in later.board.every(Theme).values()} == {0, 1}
    for who in ("desk", "screen", "phone"):
        assert sorted_by_what_it_was_sent(later, who) == ["t4", "t3", "t2", "t1", "t5", "t6"], who
    assert {held.record.id: held.seq for held in later.board} == {h.record.id: h.seq for h in snapshot.rows}


async def test_H1_what_moves_no_question_touches_no_theme() -> None:
    meeting = await moved()
    seqs = {id: meeting.seq(id) for id in meeting.board.every(Theme)}
    await meeting.do(ask(Move, item=PLACING, base=meeting.seq(PLACING), before=None))
    assert {id: meeting.seq(id) for id in meeting.board.every(Theme)} == seqs


def test_H1_the_golden_boards_are_fresh() -> None:
    assert FILE.read_text("utf-8") == text(), "stale: run `make golden` and commit it"


def sorted_by_what_it_was_sent(meeting: Meeting, who: str) -> list[str]:
    themes = meeting.fresh(who).kinds("theme")
    order = sorted(themes, key=lambda one: (one["agenda_place"], one["position"], one["id"]))
    return [one["id"] for one in order]

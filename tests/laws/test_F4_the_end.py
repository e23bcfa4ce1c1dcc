"""F4: after the end a board contains what the summary shows, what the agenda needs, and nothing else.

Every kind of record is in one of the two lists; a new kind must decide.
"""

import random
from typing import Any

import pytest

from app.activities.dots.messages import DotsResult, DotsSlate
from app.activities.pulse.messages import PulseAnswer
from app.activities.registry import registry
from app.engine.agenda import End, Go, Workshop, items_of
from app.engine.commands import Command
from app.engine.ending import Tidy
from app.engine.records import Gone, Record
from app.exports.gather import gather
from app.exports.summary import collect
from app.locales import words
from app.parts.ballots import Ballot, Cast
from app.parts.notes.messages import HideNote, LateNote, Pending, StopWriting, TurnAll, TurnOne
from app.parts.notes.records import Note
from app.parts.proposals import How, Picked
from tests.support.boards import (
    Q1,
    Q2,
    STOP,
    Meeting,
    W,
    agenda,
    ask,
    edit,
    new_id,
    note,
    secret,
)
from tests.support.commands import made, rich_meeting

#: What the summary shows.
SHOWN = {
    "action", "answer", "chosen", "dots_result", "dots_slate", "how", "influence", "influence_spread",
    "me_too_result", "me_too_slate", "next_theme", "note", "picked", "placing", "priority", "progress",
    "pulse", "pulse_answer", "pulse_result", "reflection", "reminder", "sign_up", "spread", "tagged",
    "theme", "why", "writing",
}  # fmt: skip
#: What the list of meetings and the agenda need.
NEEDED = {"workshop", "item"}
#: What is removed at the end. `step`: that of the end itself answers a repeat (E2).
GOES = {
    "alone", "ballot", "balloting", "guide", "late_note", "pending", "step", "tally", "telling", "timer",
    "wall",
}  # fmt: skip
REPORTS = {name: kind.report for name, kind in registry.kinds.items()}


def kind_of(kind: type[Record]) -> str:
    return str(kind.model_fields["kind"].default)


def summary_of(meeting: Meeting) -> str:
    gathered = gather(meeting.board, company="Firma", group="Lageret")
    assert gathered is not None
    told = collect(gathered.board, gathered.items, REPORTS, gathered.heading, words("da"))
    return told.model_dump_json()


def texts_in(value: Any) -> list[str]:
    """Every text in a record's fields."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for each in inside for text in texts_in(each)]


async def full_meeting() -> Meeting:
    """Every possible record, with everything unsettled that can be."""
    meeting = await rich_meeting()
    for item in items_of(meeting.board, W):
        # Planned items do not appear in the summary.
        await meeting.do(ask(Go, item=item.id))
    late, kept = note("late", "marked late"), note("down", "marked down", activity=Q2)
    await meeting.do(ask(Go, item=Q2), kept, late)
    await meeting.do(edit("n1", "marked edit"), edit("n2", None))
    dots = "dots-1"
    theme = new_id("theme tema 0")
    vote: dict[str, Any] = {"ballot": new_id("vote"), "secret": secret("vote"), "rev": 1, "of": "dots"}
    await meeting.do(ask(Go, item=dots), ask(Cast, activity=dots, value=(theme,), **vote))
    return meeting


def test_F4_every_kind_of_record_says_whether_it_outlives_the_meeting() -> None:
    assert not SHOWN & GOES and not NEEDED & (SHOWN | GOES)
    assert {kind_of(kind) for kind in registry.record_kinds} == SHOWN | NEEDED | GOES


async def test_F4_after_the_end_only_what_is_shown_or_needed_lies_on_the_board() -> None:
    meeting = await full_meeting()
    assert {held.record.kind for held in meeting.board} >= GOES - {"telling", "timer", "guide"}
    await meeting.do(ask(End, workshop=W))
    stored = [held.record for held in meeting.store.boards["board"].rows.values()]
    assert {record.kind for record in stored} <= SHOWN | NEEDED | {"step"}
    steps = [record for record in stored if record.kind == "step"]
    assert [step.model_dump()["did"] for step in steps] == ["agenda.end"]
    assert [(step.model_dump()["before"], step.model_dump()["after"]) for step in steps] == [({}, {})]


@pytest.mark.parametrize("seed", range(6))
async def test_F4_whatever_came_before_the_end_leaves_no_text_that_is_not_shown(seed: int) -> None:
    meeting = await full_meeting()
    rng = random.Random(seed)
    kinds = [
        ruled.command for ruled in registry.commands if ruled.group != "server" and ruled.command is not End
    ]
    for _ in range(40):
        await meeting.ask(made(rng.choice(kinds), meeting, rng))
    await meeting.do(ask(End, workshop=W))
    said = summary_of(meeting)
    for held in meeting.board:
        if held.record.anonymous:
            body = held.record.model_dump(mode="json", exclude={"id", "kind", "activity", "theme", "face"})
            for text in texts_in(body):
                assert text in ("", "wall", "stop", "more", "new", "up", "down") or text in said, held.record
        assert not getattr(held.record, "secret_hash", None)
    # And the rest stays as it is: the check at the next start finds nothing to do.
    assert await meeting.code(ask(Tidy, workshop=W)) == "nothing_due"


async def test_F4_what_was_put_aside_keeps_no_words_and_nothing_that_hangs_under_it() -> None:
    meeting = await rich_meeting()
    proposals = sorted(id for id, one in meeting.board.of(Note, STOP).items())
    assert meeting.board.every(How)
    assert meeting.board.every(Picked)
    hidden = [*proposals, new_id("n0")]
    await meeting.do(*(ask(HideNote, note=id, base=meeting.seq(id)) for id in hidden), ask(End, workshop=W))
    assert {(meeting.board.one(Note, id).hidden, meeting.board.one(Note, id).text) for id in hidden} == {
        (True, "")
    }
    assert not meeting.board.every(How)
    assert not meeting.board.every(Picked)
    put_aside = [one for one in meeting.board.every(PulseAnswer).values() if one.hidden]
    assert put_aside and {one.text for one in put_aside} == {""}


async def test_F4_what_authors_changed_last_is_so_and_late_notes_go_with_the_meeting() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b", "c")
    await meeting.do(note("late"), edit("a", None), edit("b", "better"), ask(Go, item=Q2))
    await meeting.do(edit("c", "marked last"), ask(End, workshop=W))
    texts = {one.text for one in meeting.board.every(Note).values()}
    assert texts == {"better", "marked last"}
    assert not meeting.board.every(LateNote) and not meeting.board.every(Pending)


async def test_F4_late_notes_that_were_let_in_hang_with_the_others_after_the_end() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    await meeting.do(note("late one"), note("late two"))
    # The state after `notes.let_in_late`.
    stored = meeting.store.boards["board"].rows
    held = stored[f"writing:{Q1}"]
    stored[f"writing:{Q1}"] = held._replace(record=held.record.with_(letting_in=True))
    meeting = await Meeting.at(meeting.store, meeting.time)
    before = len(meeting.store.commits)
    await meeting.do(ask(End, workshop=W))
    notes = [held for held in meeting.board if isinstance(held.record, Note)]
    assert {held.record.text for held in notes} == {"note a", "note b", "note late one", "note late two"}  # type: ignore[attr-defined]
    # One change, one seq, in the order of random ids.
    assert len(meeting.store.commits) == before + 1 and len({held.seq for held in notes}) == 1
    put = [row.record.id for row in meeting.store.commits[-1].rows if isinstance(row.record, Note)]
    assert put == sorted(put)


@pytest.mark.parametrize("how", [[], [ask(StopWriting, activity=Q1)], [ask(TurnOne, activity=Q1)]])
async def test_F4_what_was_never_turned_over_is_not_kept_and_the_summary_says_so(how: list[Command]) -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), note("a"), note("b"), *how, ask(End, workshop=W))
    shown = {one.text for one in meeting.board.every(Note).values()}
    assert len(shown) == (1 if how and how[0].type == "notes.turn_one" else 0)
    if not shown:
        assert words("da")("notes.report.unturned") in summary_of(meeting)


async def test_F4_a_vote_that_was_not_counted_leaves_nothing() -> None:
    meeting = await full_meeting()
    assert meeting.board.every(DotsSlate)
    assert meeting.board.every(Ballot)
    await meeting.do(ask(End, workshop=W))
    assert not meeting.board.every(DotsSlate) and not meeting.board.every(DotsResult)


async def test_F4_nothing_in_a_meeting_under_way_is_touched() -> None:
    meeting = await Meeting.open([*agenda(), *agenda("workshop-2", "-next")])
    await meeting.do(ask(Go, item="q1-next"), note("n", activity="q1-next"), workshop="workshop-2")
    there = {held.record.id: held.record for held in meeting.board if "next" in held.record.id}
    await meeting.do(ask(Go, item=Q1), note("a"), ask(TurnAll, activity=Q1), ask(End, workshop=W))
    now = {held.record.id: held.record for held in meeting.board}
    assert {id: now.get(id) for id in there} == there
    assert now[new_id("n")].model_dump()["secret_hash"]
    assert {"wall:workshop-2", "alone:workshop-2"} <= set(now)
    assert [one.state for one in meeting.board.every(Workshop).values()].count("live") == 1
    assert not [held for held in meeting.board if isinstance(held.record, Gone)]

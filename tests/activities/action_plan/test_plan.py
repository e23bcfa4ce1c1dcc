"""P4.5, P4.7: the plan is made from proposals and edited live; a phrase becomes a day, or stays a phrase."""

import pytest

from app.activities.action_plan.messages import (
    AddAction,
    ChangeAction,
    MakeAction,
    MoveAction,
    RemoveAction,
    SetStatus,
)
from app.activities.action_plan.report import report, when_in_words
from app.blocks.table import Table
from app.engine.agenda import Item, Workshop
from app.engine.undo import UndoCommand
from app.locales import words
from app.parts.plan import Action, actions_of
from app.parts.proposals import AskHow, PickProposal
from app.parts.themes import Theme
from tests.support.boards import PLAN, PRIORITY, Meeting, W, agenda, ask, item, new_id


async def with_actions(*names: str) -> Meeting:
    meeting = await Meeting.open()
    for name in names:
        await meeting.do(ask(AddAction, activity=PLAN, action=new_id(name), theme=None, text=name))
    return meeting


def change(meeting: Meeting, name: str, **fields: object) -> ChangeAction:
    id = new_id(name)
    fields = {"base": meeting.seq(id)} | fields
    command: ChangeAction = ask(ChangeAction, activity=PLAN, action=id, **fields)
    return command


def row(meeting: Meeting, name: str) -> Action:
    return meeting.board.one(Action, new_id(name))


def order(meeting: Meeting) -> list[str]:
    return [action.text for action in actions_of(meeting.board)]


async def with_proposal() -> tuple[Meeting, str]:
    """A picked proposal, turned over on a poster, as the tools of P4.1 and P4.2 leave it."""
    meeting = await Meeting.open()
    (proposal,) = await meeting.proposals("new")
    await meeting.do(ask(PickProposal, note=proposal))
    return meeting, proposal


async def test_P4_5_an_action_is_written_into_the_plan_and_filled_in() -> None:
    meeting = await with_actions("a")
    await meeting.do(change(meeting, "a", responsible=["Dorte", "Emil", "Dorte"], who="Dagholdet"))
    await meeting.do(change(meeting, "a", how="Kl. 7.10\nved tavlen", text="Ti minutter"))
    action = row(meeting, "a")
    assert (action.responsible, action.who) == (("Dorte", "Emil"), "Dagholdet")
    assert (action.how, action.text, action.status) == ("Kl. 7.10\nved tavlen", "Ti minutter", "not_started")


async def test_P4_5_an_action_belongs_to_a_theme_that_is_there() -> None:
    meeting = await with_actions("a")
    await meeting.turned("n")
    theme = await meeting.theme("Afbrydelser", "n")
    await meeting.do(change(meeting, "a", theme=theme))
    assert row(meeting, "a").theme == theme
    assert await meeting.code(change(meeting, "a", theme="nothing")) == "unknown"
    await meeting.do(change(meeting, "a", theme=None))
    assert row(meeting, "a").theme is None


# The meetings of these tests are on Monday 4 January 2027.
@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("inden for to måneder", "2027-03-04"),
        ("senest 1. marts", "2027-03-01"),
        ("uge 12", "2027-03-26"),
        ("by March 1", "2027-03-01"),
        ("efter sommerferien", None),
        ("hurtigst muligt", None),
        ("29.02.2027", None),
    ],
)
async def test_P4_5_a_phrase_is_kept_as_typed_with_the_day_it_means(phrase: str, day: str | None) -> None:
    meeting = await with_actions("a")
    await meeting.do(change(meeting, "a", when=phrase))
    action = row(meeting, "a")
    assert (action.when, action.day, action.either) == (phrase, day, ())


async def test_P4_5_a_phrase_with_two_readings_has_no_day_until_somebody_says_which() -> None:
    meeting = await with_actions("a")
    await meeting.do(change(meeting, "a", when="næste fredag"))
    assert (row(meeting, "a").day, row(meeting, "a").either) == (None, ("2027-01-08", "2027-01-15"))
    await meeting.do(change(meeting, "a", day="2027-01-15"))
    action = row(meeting, "a")
    assert (action.when, action.day, action.either) == ("næste fredag", "2027-01-15", ())


async def test_P4_5_the_next_meeting_is_the_next_one_that_is_planned() -> None:
    later = Workshop(id="workshop-2", title="Næste", group="Lageret", language="da", date="2027-02-01")
    meeting = await Meeting.open([*agenda(), later])
    await meeting.do(ask(AddAction, activity=PLAN, action=new_id("a"), theme=None, text="a"))
    await meeting.do(change(meeting, "a", when="til næste møde"))
    assert row(meeting, "a").day == "2027-02-01"


@pytest.mark.parametrize("day", ["2027-02-29", "9999-01-01"])
async def test_P4_5_B68_a_day_that_is_not_in_the_calendar_is_refused(day: str) -> None:
    meeting = await with_actions("a")
    assert await meeting.code(change(meeting, "a", day=day)) == "range"


async def test_P4_5_an_edit_of_an_outdated_row_is_refused_with_the_fresh_one() -> None:
    meeting = await with_actions("a")
    old = meeting.seq(new_id("a"))
    await meeting.do(change(meeting, "a", who="Alle"))
    answer = await meeting.ask(change(meeting, "a", base=old, how="Sådan"))
    assert answer.code == "stale"
    assert answer.fresh is not None and answer.fresh.record == row(meeting, "a")


async def test_P4_5_rows_are_moved_up_and_down_and_taken_out_with_undo() -> None:
    meeting = await with_actions("a", "b", "c")
    c, a = new_id("c"), new_id("a")
    await meeting.do(ask(MoveAction, activity=PLAN, action=c, base=meeting.seq(c), before=a))
    assert order(meeting) == ["c", "a", "b"]
    await meeting.do(ask(MoveAction, activity=PLAN, action=c, base=meeting.seq(c), before=None))
    assert order(meeting) == ["a", "b", "c"]
    await meeting.do(ask(RemoveAction, activity=PLAN, action=a, base=meeting.seq(a)))
    assert order(meeting) == ["b", "c"]
    await meeting.do(ask(UndoCommand, workshop=W))
    assert order(meeting) == ["a", "b", "c"]


async def test_P4_7_an_action_has_a_status() -> None:
    meeting = await with_actions("a")
    for status in ("under_way", "done", "dropped", "not_started"):
        id = new_id("a")
        await meeting.do(ask(SetStatus, activity=PLAN, action=id, base=meeting.seq(id), status=status))
        assert row(meeting, "a").status == status


async def test_P4_5_a_row_is_made_from_a_picked_proposal_with_the_answers_to_how_as_its_way() -> None:
    meeting, proposal = await with_proposal()
    first, second = new_id("how 1"), new_id("how 2")
    await meeting.do(ask(AskHow, how=first, of=proposal, text="Kl. 7.10"))
    await meeting.do(ask(AskHow, how=second, of=first, text="På skift, en uge ad gangen"))
    await meeting.do(ask(MakeAction, activity=PLAN, action=new_id("a"), note=proposal))
    action = row(meeting, "a")
    assert (action.text, action.made_from) == ("on new", proposal)
    assert action.how == "Kl. 7.10\nPå skift, en uge ad gangen"


async def test_P4_5_a_proposal_comes_into_the_plan_once_and_only_when_it_is_picked() -> None:
    meeting, proposal = await with_proposal()
    await meeting.do(ask(MakeAction, activity=PLAN, action=new_id("a"), note=proposal))
    assert await meeting.code(ask(MakeAction, activity=PLAN, action=new_id("b"), note=proposal)) == "in_plan"
    assert (
        await meeting.code(ask(MakeAction, activity=PLAN, action=new_id("c"), note=new_id("x"))) == "unknown"
    )


async def test_P4_5_the_plan_is_edited_in_items_of_its_own_kind_only() -> None:
    meeting = await with_actions()
    command = ask(AddAction, activity=PRIORITY, action=new_id("a"), theme=None, text="a")
    assert await meeting.code(command) == "unknown"


async def test_P4_5_P4_7_the_summary_has_the_plan_as_a_table() -> None:
    meeting = await with_actions("a", "b")
    await meeting.turned("n")
    theme = await meeting.theme("Afbrydelser", "n")
    await meeting.do(change(meeting, "a", theme=theme, responsible=["Dorte", "Emil"], how="Sådan"))
    await meeting.do(change(meeting, "a", when="inden for to måneder", who="Alle"))
    await meeting.do(change(meeting, "b", when="løbende"))
    (table,) = report(meeting.board, meeting.board.one(Item, PLAN), words("da"))
    assert isinstance(table, Table)
    first, second = table.rows
    day = "4. marts 2027 (inden for to måneder)"
    assert first.cells == ("Afbrydelser", "a", "Dorte, Emil", "Alle", "Sådan", day, "Ikke begyndt")
    paper = meeting.board.one(Theme, theme).paper
    assert (first.paper, second.paper, second.cells[5]) == (paper, None, "løbende")
    assert len(table.columns) == len(first.cells)


async def test_P4_7_the_open_actions_are_there_at_the_next_meeting_and_the_plan_is_said_once() -> None:
    since = item("since-2", "action_plan", 1, "workshop-2", view="status")
    meeting = await Meeting.open([*agenda(), *agenda("workshop-2", "-next"), since])
    await meeting.do(ask(AddAction, activity=PLAN, action=new_id("a"), theme=None, text="a"))
    status = ask(
        SetStatus, activity=since.id, action=new_id("a"), base=meeting.seq(new_id("a")), status="done"
    )
    await meeting.do(status, workshop="workshop-2")
    assert row(meeting, "a").status == "done"
    said = [
        id
        for id in (PLAN, f"{PLAN}-next", since.id)
        if report(meeting.board, meeting.board.one(Item, id), words("en"))
    ]
    assert len(said) == 1 and said != [since.id]


def test_P4_5_a_phrase_that_its_day_says_already_is_not_said_again() -> None:
    for phrase, told in (
        ("1. februar", "1. februar 2027"),
        ("1. februar 2027", "1. februar 2027"),
        ("fra mandag", "1. februar 2027 (fra mandag)"),
        ("", "1. februar 2027"),
    ):
        action = Action(id="a", theme=None, text="Ring", when=phrase, day="2027-02-01", position=1)
        assert when_in_words(action, words("da")) == told

"""P3.4: each phone places the themes; the board shows the group's placement and its agreement."""

import random
from collections import Counter

import pytest
from hypothesis import given, strategies as st

from app.activities.priority.messages import (
    FollowGroup,
    Guide,
    Priority,
    Spread,
    guide_id,
)
from app.activities.priority.report import report
from app.activities.priority.spread import VALUES, spread, spread_id
from app.blocks.splits import Splits
from app.engine.agenda import End, Go, Item
from app.engine.edits import Traces
from app.engine.records import VIEWERS
from app.engine.undo import UndoCommand
from app.locales import words
from app.parts.answers import released
from app.parts.ballots import Ballot, Balloting, balloting_id
from app.parts.placing import DONE, ClosePlacing, OpenPlacing, Placing, agreement, majority
from tests.activities.priority.test_priority import with_themes
from tests.support.boards import PRIORITY, Q1, Meeting, W, ask, done, new_id, placed, secret

OPEN = ask(OpenPlacing, activity=PRIORITY)
BOTH, IMPORTANT, URGENT, NEITHER = 3, 2, 1, 0


def closing() -> ClosePlacing:
    command: ClosePlacing = ask(ClosePlacing, activity=PRIORITY)
    return command


async def opened(*names: str) -> tuple[Meeting, list[str]]:
    meeting, themes = await with_themes(*names)
    await meeting.do(ask(Go, item=PRIORITY), ask(OpenPlacing, activity=PRIORITY))
    return meeting, themes


def spread_of(meeting: Meeting, theme: str) -> Spread | None:
    return meeting.board.find(Spread, spread_id(PRIORITY, theme))


def counted(meeting: Meeting) -> int:
    return meeting.board.one(Balloting, balloting_id(PRIORITY)).count


# -- the pure part -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yes", "n", "said"),
    [
        (5, 5, "agreed"),
        (0, 5, "agreed"),
        (9, 10, "agreed"),
        (4, 5, "mostly"),
        (1, 5, "mostly"),
        (7, 10, "mostly"),
        (3, 5, "divided"),
        (5, 10, "divided"),
    ],
)
def test_P3_4_how_far_a_group_agrees(yes: int, n: int, said: str) -> None:
    assert agreement(yes, n) == said
    assert agreement(n - yes, n) == said


def test_P3_4_what_more_than_half_said() -> None:
    assert (majority(3, 5), majority(2, 5), majority(3, 6)) == (True, False, None)


@given(st.lists(st.sampled_from(list(VALUES)), max_size=30), st.integers(0, 30))
def test_P3_4_A12_a_spread_is_made_from_five_on_and_tells_no_order(values: list[int], before: int) -> None:
    counts = released(values, before)
    assert (counts is None) == (len(values) - before < 5)
    shuffled = random.Random(1).sample(values, len(values))
    assert released(shuffled, before) == counts
    if counts:
        made = spread("p", "t", counts)
        assert made.n == len(values)
        assert 0 <= min(made.important, made.urgent) <= max(made.important, made.urgent) <= made.n


# -- placing -----------------------------------------------------------------------------------------------


async def test_P3_4_the_phones_are_told_the_themes_and_nothing_else() -> None:
    meeting, themes = await opened("a", "b")
    phone = meeting.join("phone")
    told = phone.one("placing")["themes"]
    assert [one["theme"] for one in told] == themes
    assert [one["name"] for one in told] == ["Theme a", "Theme b"]
    assert phone.one("balloting")["state"] == "open"
    assert not phone.kinds("theme")


async def test_P3_4_it_is_asked_only_while_live_and_only_of_what_can_be_influenced() -> None:
    meeting, _ = await with_themes("a")
    assert await meeting.code(ask(OpenPlacing, activity=PRIORITY)) == "not_live"
    nothing, (stuck,) = await with_themes("a", field="cannot")
    await nothing.do(ask(Go, item=PRIORITY))
    assert await nothing.code(ask(OpenPlacing, activity=PRIORITY)) == "no_themes"
    assert await nothing.code(placed("p", stuck, BOTH)) == "not_asked"
    assert await nothing.code(ask(OpenPlacing, activity=Q1)) == "unknown"


async def test_P3_4_what_five_phones_said_is_frozen_and_what_four_said_is_shown_to_nobody() -> None:
    meeting, (a, b) = await opened("a", "b")
    said = [BOTH, BOTH, IMPORTANT, IMPORTANT, URGENT]
    await meeting.do(*(placed(n, a, value) for n, value in enumerate(said)))
    await meeting.do(*(placed(n, b, BOTH) for n in range(4)))
    wall, desk, phone = (meeting.join(who) for who in ("screen", "desk", "phone"))
    await meeting.do(closing())
    meeting.run()
    assert spread_of(meeting, b) is None
    found = spread_of(meeting, a)
    assert found is not None
    assert (found.n, found.important, found.urgent) == (5, 4, 3)
    assert (found.important_agreement, found.urgent_agreement) == ("mostly", "divided")
    for screen in (wall, desk):
        assert [one["theme"] for one in screen.kinds("spread")] == [a]
    assert not phone.kinds("spread")


async def test_P3_4_E2_answering_again_replaces_and_a_repeat_is_harmless() -> None:
    meeting, (a,) = await opened("a")
    await meeting.do(placed("p", a, BOTH), placed("p", a, BOTH))
    await meeting.do(placed("p", a, NEITHER, rev=2))
    assert [one.value for one in meeting.board.every(Ballot).values()] == [NEITHER]
    assert meeting.store.commits[-1].traces is Traces.LOG
    assert await meeting.code(placed("p", a, BOTH, rev=2)) == "stale"
    assert await meeting.code(placed("p", a, BOTH, rev=1)) == "stale"


async def test_P3_4_A1_only_the_holder_of_the_secret_answers_again_and_no_ballot_changes_hands() -> None:
    meeting, (a, b) = await opened("a", "b")
    await meeting.do(placed("p", a, BOTH))
    assert await meeting.code(placed("p", a, NEITHER, rev=2, secret=secret("other"))) == "taken"
    mine = placed("p", a, BOTH)
    assert await meeting.code(placed("p", b, BOTH, ballot=mine.ballot, secret=mine.secret, rev=2)) == "taken"
    assert await meeting.code(placed("p", a, BOTH, ballot=new_id("a"))) == "taken"
    assert await meeting.code(placed("q", "nothing", BOTH)) == "unknown"
    assert await meeting.code(placed("q", a, 4)) == "unknown"


async def test_U14_A11_the_room_learns_at_ticks_how_many_phones_are_done_and_not_how_often_they_tapped() -> (
    None
):
    meeting, (a, b) = await opened("a", "b")
    wall = meeting.join("screen")
    await meeting.do(*(placed(n, theme, BOTH) for n in range(4) for theme in (a, b)))
    await meeting.forward(10)
    assert counted(meeting) == 0
    await meeting.do(done(1), done(2), done(2))
    await meeting.forward(10)
    assert counted(meeting) == 0
    await meeting.do(done(3))
    await meeting.forward(10)
    meeting.run()
    assert wall.one("balloting")["count"] == 3
    await meeting.do(done(4))
    await meeting.forward(60)
    assert counted(meeting) == 3
    await meeting.do(closing())
    assert counted(meeting) == 4


async def test_U14_A1_that_a_phone_is_done_is_a_ballot_of_its_own_and_releases_nothing() -> None:
    meeting, (a,) = await opened("a")
    assert await meeting.code(done(1).model_copy(update={"value": 2})) == "unknown"
    await meeting.do(*(done(n) for n in range(9)), *(placed(n, a, BOTH) for n in range(4)))
    await meeting.do(closing())
    assert spread_of(meeting, a) is None
    # A11: after reopening, five more finished phones do not make closing reveal more than before.
    await meeting.do(ask(OpenPlacing, activity=PRIORITY), *(done(n) for n in range(9, 20)))
    await meeting.forward(20)
    await meeting.do(placed(9, a, BOTH), closing())
    assert spread_of(meeting, a) is None
    assert {one.of for one in meeting.board.every(Ballot).values()} == {a, DONE}


async def test_P3_4_A12_reopened_it_is_released_again_only_after_five_further_placements() -> None:
    meeting, (a,) = await opened("a")
    await meeting.do(*(placed(n, a, BOTH) for n in range(5)))
    await meeting.do(closing(), ask(OpenPlacing, activity=PRIORITY))
    await meeting.do(*(placed(n, a, NEITHER) for n in range(5, 9)))
    await meeting.forward(10)
    before = spread_of(meeting, a)
    await meeting.do(closing())
    assert spread_of(meeting, a) == before and before is not None and before.n == 5
    # A11: nor does a single answer that the room was not shown.
    await meeting.do(ask(OpenPlacing, activity=PRIORITY), placed(9, a, NEITHER), closing())
    assert spread_of(meeting, a) == before
    await meeting.do(ask(OpenPlacing, activity=PRIORITY), placed(10, a, NEITHER), placed(11, a, NEITHER))
    await meeting.forward(10)
    await meeting.do(closing())
    after = spread_of(meeting, a)
    assert after is not None and (after.n, after.important) == (12, 5)


async def test_P3_4_leaving_and_ending_close_the_placing() -> None:
    meeting, (a,) = await opened("a")
    await meeting.do(*(placed(n, a, BOTH) for n in range(5)), ask(Go, item=Q1))
    assert spread_of(meeting, a) is not None
    assert await meeting.code(placed(9, a, BOTH)) == "not_asked"
    assert await meeting.code(closing()) == "not_asked"
    await meeting.do(ask(End, workshop=W))
    assert not meeting.board.every(Ballot)
    assert spread_of(meeting, a) is not None


# -- what is left of it ------------------------------------------------------------------------------------


async def test_P3_4_A4_closing_leaves_neither_order_nor_link() -> None:
    """A12: in the stored rows nothing links two placements of one phone, and nothing reveals their order."""
    meeting, themes = await opened("a", "b", "c")
    for n in range(6):
        await meeting.do(*(placed(n, theme, BOTH) for theme in themes))
    await meeting.do(closing())
    assert meeting.store.commits[-1].traces is Traces.PAGES
    rows = [held for held in meeting.store.boards["board"].rows.values() if isinstance(held.record, Ballot)]
    assert len(rows) == 18 and len({held.seq for held in rows}) == 1
    batch = [row.record.id for row in meeting.store.commits[-1].rows if isinstance(row.record, Ballot)]
    assert batch == sorted(batch)
    # Anything two rows of one phone share, they share with every row of their theme, or with all rows.
    for field in Ballot.model_fields:
        values = Counter(str(getattr(held.record, field)) for held in rows)
        assert set(values.values()) in ({1}, {6}, {18}), field


async def test_P3_4_E10_no_screen_ever_hears_of_a_ballot() -> None:
    meeting, (a,) = await opened("a")
    screens = [meeting.join(who) for who in ("screen", "desk", "phone")]
    await meeting.do(*(placed(n, a, BOTH) for n in range(7)))
    await meeting.forward(20)
    await meeting.do(closing())
    meeting.run()
    ids = list(meeting.board.every(Ballot))
    screens += [meeting.fresh(who) for who in ("screen", "desk", "phone")]
    assert len(ids) == 7 and len(VIEWERS) == 3
    for screen in screens:
        assert not [id for id in ids if id.encode() in screen.bytes]


# -- the facilitator decides -------------------------------------------------------------------------------


async def test_P3_4_themes_go_where_the_group_placed_them_and_back_by_undo() -> None:
    meeting, (a, b, c) = await opened("a", "b", "c")
    for n, value in enumerate([BOTH, BOTH, BOTH, IMPORTANT, IMPORTANT, URGENT]):
        await meeting.do(placed(n, a, value), placed(n, b, URGENT if n % 2 else NEITHER))
    await meeting.do(placed(1, c, BOTH), closing())
    await meeting.do(ask(FollowGroup, activity=PRIORITY))
    lies = {p.theme: (p.important, p.urgent) for p in meeting.board.every(Priority).values()}
    assert lies == {a: (True, True), b: (False, None)}
    # U14: all four fields can be adjusted, and one undo reverts all of it.
    assert meeting.board.one(Guide, guide_id(PRIORITY)).step == "free"
    await meeting.do(ask(UndoCommand, workshop=W))
    assert not meeting.board.every(Priority) and not meeting.board.every(Guide)


async def test_P3_4_without_a_spread_there_is_nothing_to_follow() -> None:
    meeting, _ = await opened("a")
    assert meeting.board.every(Placing)
    assert await meeting.code(ask(FollowGroup, activity=PRIORITY)) == "not_asked"


# -- in the summary ----------------------------------------------------------------------------------------


async def test_P3_4_the_summary_shows_the_spread_of_what_five_placed_and_nothing_of_the_rest() -> None:
    meeting, (a, b) = await opened("a", "b")
    await meeting.do(*(placed(n, a, BOTH if n < 4 else NEITHER) for n in range(6)))
    await meeting.do(*(placed(n, b, BOTH) for n in range(4)), closing())
    (block,) = report(meeting.board, meeting.board.one(Item, PRIORITY), words("da"))
    assert isinstance(block, Splits)
    (split,) = block.splits
    assert split.card.name == "Theme a"
    assert [(bar.label, bar.yes, bar.of, bar.said) for bar in split.bars] == [
        ("Vigtigt", 4, 6, "delte meninger"),
        ("Haster", 4, 6, "delte meninger"),
    ]


async def test_F4_a_placing_with_too_few_is_not_kept_after_the_end() -> None:
    meeting, (a,) = await opened("a")
    await meeting.do(placed(1, a, BOTH), ask(End, workshop=W))
    assert not meeting.board.every(Placing)
    assert spread_of(meeting, a) is None

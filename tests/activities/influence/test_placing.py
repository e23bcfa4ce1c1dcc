"""W13: each phone places the themes as something we can influence or not, before the group talks."""

import pytest

from app.activities.influence.messages import (
    CAN,
    CANNOT,
    FollowInfluence,
    InfluenceSpread,
    influence_spread_id,
)
from app.activities.influence.report import report
from app.blocks.fields import Fields
from app.blocks.splits import Splits
from app.engine.agenda import End, Go, Item
from app.engine.undo import UndoCommand
from app.locales import languages, words
from app.parts.ballots import Ballot, Balloting, balloting_id
from app.parts.placing import ClosePlacing, OpenPlacing, Placing
from app.parts.themes import influence_of
from tests.support.boards import INFLUENCE, Q1, Meeting, W, ask, done, placed


async def asked(*names: str) -> tuple[Meeting, list[str]]:
    meeting = await Meeting.open()
    await meeting.turned(*names)
    themes = [await meeting.theme(f"Theme {name}", name) for name in names]
    await meeting.do(ask(Go, item=INFLUENCE), ask(OpenPlacing, activity=INFLUENCE))
    return meeting, themes


def closing() -> ClosePlacing:
    command: ClosePlacing = ask(ClosePlacing, activity=INFLUENCE)
    return command


def group(meeting: Meeting, theme: str) -> InfluenceSpread | None:
    return meeting.board.find(InfluenceSpread, influence_spread_id(INFLUENCE, theme))


async def test_W13_the_phones_are_told_the_themes_and_nothing_else() -> None:
    meeting, themes = await asked("a", "b")
    phone = meeting.join("phone")
    assert [one["theme"] for one in phone.one("placing")["themes"]] == themes
    assert not phone.kinds("theme")
    assert await meeting.code(placed("p", themes[0], 2, INFLUENCE)) == "unknown"


async def test_W13_it_is_asked_only_while_live_and_only_where_there_are_themes() -> None:
    meeting = await Meeting.open()
    assert await meeting.code(ask(OpenPlacing, activity=INFLUENCE)) == "not_live"
    await meeting.do(ask(Go, item=INFLUENCE))
    assert await meeting.code(ask(OpenPlacing, activity=INFLUENCE)) == "no_themes"
    assert await meeting.code(ask(OpenPlacing, activity=Q1)) == "unknown"
    assert await meeting.code(ask(ClosePlacing, activity=Q1)) == "unknown"


async def test_W13_A12_what_five_phones_said_is_frozen_and_what_four_said_is_shown_to_nobody() -> None:
    meeting, (a, b) = await asked("a", "b")
    await meeting.do(*(placed(n, a, CAN if n < 4 else CANNOT, INFLUENCE) for n in range(5)))
    await meeting.do(
        *(placed(n, b, CAN, INFLUENCE) for n in range(4)), *(done(n, INFLUENCE) for n in range(5))
    )
    wall, phone = meeting.join("screen"), meeting.join("phone")
    await meeting.do(closing())
    meeting.run()
    assert group(meeting, b) is None
    found = group(meeting, a)
    assert found is not None and (found.n, found.can, found.agreement) == (5, 4, "mostly")
    assert [one["theme"] for one in wall.kinds("influence_spread")] == [a]
    assert not phone.kinds("influence_spread")
    assert meeting.board.one(Balloting, balloting_id(INFLUENCE)).count == 5


async def test_W13_themes_go_where_the_group_placed_them_in_one_step_and_back_by_undo() -> None:
    meeting, (a, b, c) = await asked("a", "b", "c")
    for n in range(6):
        await meeting.do(
            placed(n, a, CAN, INFLUENCE),
            placed(n, b, CANNOT, INFLUENCE),
            placed(n, c, CAN if n % 2 else CANNOT, INFLUENCE),
        )
    assert await meeting.code(ask(FollowInfluence, activity=INFLUENCE)) == "not_asked"
    await meeting.do(closing(), ask(FollowInfluence, activity=INFLUENCE))
    lies = [influence_of(meeting.board, theme) for theme in (a, b, c)]
    # Where the group is divided in two, people talk about it, and the facilitator places the theme.
    assert lies == ["can", "cannot", None]
    await meeting.do(ask(UndoCommand, workshop=W))
    assert [influence_of(meeting.board, theme) for theme in (a, b, c)] == [None, None, None]


async def test_W13_F4_leaving_closes_it_and_nothing_of_too_few_is_kept() -> None:
    meeting, (a,) = await asked("a")
    await meeting.do(placed(1, a, CAN, INFLUENCE), ask(Go, item=Q1))
    assert await meeting.code(placed(2, a, CAN, INFLUENCE)) == "not_asked"
    await meeting.do(ask(End, workshop=W))
    assert not meeting.board.every(Ballot) and not meeting.board.every(Placing)


@pytest.mark.parametrize("language", languages())
async def test_W13_the_summary_has_what_the_group_said_before_the_fields(language: str) -> None:
    meeting, (a,) = await asked("a")
    await meeting.do(*(placed(n, a, CAN, INFLUENCE) for n in range(5)), closing())
    item, say = meeting.board.one(Item, INFLUENCE), words(language)
    (alone,) = report(meeting.board, item, say)
    assert isinstance(alone, Splits)
    await meeting.do(ask(FollowInfluence, activity=INFLUENCE))
    split, fields = report(meeting.board, item, say)
    assert isinstance(split, Splits) and isinstance(fields, Fields)
    assert [(bar.yes, bar.of) for bar in split.splits[0].bars] == [(5, 5)]

"""P3.2, P3.3: important or not, urgent or not; then two or three themes are chosen."""

import pytest
from pydantic import ValidationError

from app.activities.clustering.messages import MergeThemes
from app.activities.influence.messages import PlaceInfluence
from app.activities.priority.messages import (
    ChooseTheme,
    Guide,
    GuidePass,
    PlacePriority,
    Priority,
    UnchooseTheme,
)
from app.activities.priority.report import report
from app.blocks.chosen import Chosen as ChosenBlock
from app.blocks.quadrants import Quadrants
from app.engine.agenda import Item
from app.locales import words
from app.parts.themes import Chosen, influence_id
from tests.support.boards import PRIORITY, Q1, Meeting, ask


async def with_themes(*names: str, field: str = "can") -> tuple[Meeting, list[str]]:
    meeting = await Meeting.open()
    await meeting.turned(*names)
    themes = [await meeting.theme(f"Theme {name}", name) for name in names]
    for theme in themes:
        await meeting.do(ask(PlaceInfluence, theme=theme, base=0, field=field))
    return meeting, themes


def place(
    meeting: Meeting, theme: str, important: bool | None, urgent: bool | None, base: int | None = None
) -> PlacePriority:
    base = meeting.seq(f"priority:{theme}") if base is None else base
    command: PlacePriority = ask(PlacePriority, theme=theme, base=base, important=important, urgent=urgent)
    return command


def choose(theme: str, *, confirmed: bool = False) -> ChooseTheme:
    command: ChooseTheme = ask(ChooseTheme, theme=theme, confirmed=confirmed)
    return command


def where(meeting: Meeting, theme: str) -> tuple[bool | None, bool | None] | None:
    found = meeting.board.find(Priority, f"priority:{theme}")
    return (found.important, found.urgent) if found else None


def chosen(meeting: Meeting) -> set[str]:
    return {one.theme for one in meeting.board.every(Chosen).values()}


async def test_P3_2_first_important_or_not_then_urgent_or_not() -> None:
    meeting, (a, b) = await with_themes("a", "b")
    await meeting.do(ask(GuidePass, activity=PRIORITY, base=0, step="important"))
    await meeting.do(place(meeting, a, True, None), place(meeting, b, False, None))
    assert (where(meeting, a), where(meeting, b)) == ((True, None), (False, None))
    guide = f"guide:{PRIORITY}"
    await meeting.do(ask(GuidePass, activity=PRIORITY, base=meeting.seq(guide), step="urgent"))
    await meeting.do(place(meeting, a, True, True), place(meeting, b, False, True))
    assert (where(meeting, a), where(meeting, b)) == ((True, True), (False, True))
    assert meeting.board.one(Guide, guide).step == "urgent"
    assert await meeting.code(ask(GuidePass, activity=PRIORITY, base=0, step="free")) == "stale"


async def test_P3_2_freely_to_any_quadrant_and_back_to_the_tray() -> None:
    meeting, (a,) = await with_themes("a")
    for important in (True, False):
        for urgent in (True, False):
            await meeting.do(place(meeting, a, important, urgent))
            assert where(meeting, a) == (important, urgent)
    await meeting.do(place(meeting, a, None, None))
    assert where(meeting, a) is None
    await meeting.do(place(meeting, a, None, None))


async def test_P3_2_only_what_can_be_influenced_comes_in() -> None:
    meeting, (a,) = await with_themes("a", field="cannot")
    assert await meeting.code(place(meeting, a, True, True)) == "not_influenceable"
    assert await meeting.code(choose(a)) == "not_influenceable"
    await meeting.do(ask(PlaceInfluence, theme=a, base=meeting.seq(influence_id(a)), field=None))
    assert await meeting.code(choose(a)) == "not_influenceable"


async def test_P3_2_only_a_priority_board_has_passes() -> None:
    meeting, _ = await with_themes("a")
    assert await meeting.code(ask(GuidePass, activity=Q1, base=0, step="urgent")) == "unknown"
    with pytest.raises(ValidationError):
        ask(GuidePass, activity=PRIORITY, base=0, step="later")


async def test_P3_3_two_or_three_are_chosen_and_a_fourth_asks() -> None:
    meeting, themes = await with_themes(*"abcd")
    await meeting.do(*(choose(theme) for theme in themes[:3]))
    assert await meeting.code(choose(themes[3])) == "fourth"
    assert chosen(meeting) == set(themes[:3])
    await meeting.do(choose(themes[3], confirmed=True), choose(themes[0]))
    assert chosen(meeting) == set(themes)


async def test_P3_3_one_waits_for_the_next_cycle_after_all() -> None:
    meeting, themes = await with_themes(*"abcd")
    await meeting.do(*(choose(theme) for theme in themes[:3]))
    await meeting.do(
        ask(UnchooseTheme, theme=themes[0]), ask(UnchooseTheme, theme=themes[0]), choose(themes[3])
    )
    assert chosen(meeting) == set(themes[1:])


async def test_P3_3_a_theme_merged_away_or_beyond_influence_takes_nobodys_place() -> None:
    meeting, (a, b, c, d, e) = await with_themes(*"abcde")
    await meeting.do(choose(a), choose(b), choose(c))
    await meeting.do(ask(MergeThemes, theme=a, base=meeting.seq(a), into=b), choose(d))
    await meeting.do(ask(PlaceInfluence, theme=b, base=meeting.seq(influence_id(b)), field="cannot"))
    await meeting.do(choose(e))


async def test_B49_unknown_themes_and_unknown_places_are_refused() -> None:
    meeting, _ = await with_themes("a")
    assert (
        await meeting.code(ask(PlacePriority, theme="never", base=0, important=True, urgent=None))
        == "unknown"
    )
    assert await meeting.code(choose("never")) == "unknown"
    for odd in (1, "true", 0.5):
        with pytest.raises(ValidationError):
            ask(PlacePriority, theme="x", base=0, important=odd, urgent=None)


async def test_B63_of_two_who_place_it_the_second_is_told() -> None:
    meeting, (a,) = await with_themes("a")
    await meeting.do(place(meeting, a, True, None, base=0))
    answer = await meeting.ask(place(meeting, a, False, None, base=0))
    assert answer.code == "stale" and answer.fresh == meeting.board.held(f"priority:{a}")


async def test_P3_2_P3_3_the_summary_has_the_quadrants_and_the_choice() -> None:
    meeting, (a, b, c) = await with_themes(*"abc")
    await meeting.do(place(meeting, a, True, True), place(meeting, b, False, False), choose(a))
    quadrants, picked = report(meeting.board, meeting.board.one(Item, PRIORITY), words("en"))
    assert isinstance(quadrants, Quadrants) and isinstance(picked, ChosenBlock)
    names = [[[card.name for card in cell] for cell in row] for row in quadrants.cells]
    assert names == [[["Theme a"], []], [[], ["Theme b"]]]
    assert [card.name for card in picked.themes] == ["Theme a"]
    assert c not in chosen(meeting)

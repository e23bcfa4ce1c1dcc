"""P5.5: in the next cycle the leftover themes are placed and chosen again; the first cycle is unchanged."""

import pytest

from app.activities.dots.messages import DotsSettings
from app.activities.dots.rules import themes_for
from app.activities.influence.messages import PlaceInfluence
from app.activities.influence.report import report as influence_report
from app.activities.priority.messages import ChooseTheme, PlacePriority, priority_id
from app.activities.priority.report import report
from app.activities.priority.rules import themes_in_play
from app.blocks.chosen import Chosen as ChosenBlock
from app.blocks.fields import Fields
from app.blocks.quadrants import Quadrants
from app.engine.agenda import End, Go, Item, Seed
from app.locales import words
from app.parts.placing import OpenPlacing, Placing
from app.parts.themes import Theme, chosen_in, left_over, worked_before
from tests.support.boards import INFLUENCE, PRIORITY, Meeting, W, agenda, ask

W2 = "workshop-2"
DA = words("da")


def names(themes: list[Theme]) -> list[str]:
    return sorted(theme.name for theme in themes)


def place(meeting: Meeting, theme: str, cycle: int, **sides: bool | None) -> PlacePriority:
    command: PlacePriority = ask(
        PlacePriority, theme=theme, base=meeting.seq(priority_id(theme, cycle)), **sides
    )
    return command


async def second_cycle() -> tuple[Meeting, dict[str, str]]:
    """Four themes; *a* was chosen, *d* cannot be influenced; the second cycle has its first meeting."""
    meeting = await Meeting.open()
    await meeting.turned(*"abcd")
    themes = {name: await meeting.theme(name, name) for name in "abcd"}
    for name, theme in themes.items():
        field = "cannot" if name == "d" else "can"
        await meeting.do(ask(PlaceInfluence, theme=theme, base=0, field=field))
    await meeting.do(place(meeting, themes["a"], 1, important=True, urgent=True))
    await meeting.do(place(meeting, themes["b"], 1, important=False, urgent=True))
    await meeting.do(ask(ChooseTheme, theme=themes["a"], confirmed=False), ask(End, workshop=W))
    await meeting.do(ask(Seed, records=tuple(agenda(W2, "-2", cycle=2))), workshop=W2)
    return meeting, themes


async def test_P5_5_what_is_left_over_is_what_was_never_chosen_and_can_be_influenced() -> None:
    meeting, themes = await second_cycle()
    assert names(left_over(meeting.board, 1)) == ["b", "c"]
    assert worked_before(meeting.board, 2) == {themes["a"]}
    assert names(themes_in_play(meeting.board, 2)) == ["b", "c"]
    assert names(themes_for(meeting.board, DotsSettings(dots=3), 2)) == ["b", "c"]


async def test_P5_5_themes_are_placed_and_chosen_again_and_the_first_cycle_is_unchanged() -> None:
    meeting, themes = await second_cycle()
    await meeting.do(place(meeting, themes["b"], 2, important=True, urgent=True), workshop=W2)
    await meeting.do(ask(ChooseTheme, theme=themes["b"], confirmed=False), workshop=W2)
    assert chosen_in(meeting.board, 1) == {themes["a"]} and chosen_in(meeting.board, 2) == {themes["b"]}
    for item, where, chosen in (
        (PRIORITY, {"a": (0, 0), "b": (0, 1)}, "a"),
        (f"{PRIORITY}-2", {"b": (0, 0)}, "b"),
    ):
        blocks = report(meeting.board, meeting.board.one(Item, item), DA)
        (quadrants,) = (block for block in blocks if isinstance(block, Quadrants))
        (picked,) = (block for block in blocks if isinstance(block, ChosenBlock))
        cells = {
            c.name: (r, n)
            for r, row in enumerate(quadrants.cells)
            for n, cell in enumerate(row)
            for c in cell
        }
        assert cells == where
        assert [card.name for card in picked.themes] == [chosen]


async def test_P5_5_what_was_worked_with_may_be_taken_up_again() -> None:
    meeting, themes = await second_cycle()
    await meeting.do(place(meeting, themes["a"], 2, important=True, urgent=None), workshop=W2)
    assert names(themes_in_play(meeting.board, 2)) == ["a", "b", "c"]
    await meeting.do(ask(ChooseTheme, theme=themes["a"], confirmed=False), workshop=W2)
    assert names(left_over(meeting.board, 2)) == ["b", "c"]


async def test_P5_5_phones_are_asked_about_the_themes_that_are_left() -> None:
    meeting, _ = await second_cycle()
    await meeting.do(ask(Go, item=f"{PRIORITY}-2"), workshop=W2)
    await meeting.do(ask(OpenPlacing, activity=f"{PRIORITY}-2"), workshop=W2)
    asked = meeting.board.one(Placing, f"placing:{PRIORITY}-2").themes
    assert sorted(theme.name for theme in asked) == ["b", "c"]


@pytest.mark.parametrize(("item", "shown"), [(INFLUENCE, ["a", "b", "c"]), (f"{INFLUENCE}-2", ["b", "c"])])
async def test_P5_5_the_influence_board_of_each_cycle_has_its_own_themes(item: str, shown: list[str]) -> None:
    meeting, _ = await second_cycle()
    (fields,) = influence_report(meeting.board, meeting.board.one(Item, item), DA)
    assert isinstance(fields, Fields)
    can, cannot = fields.fields
    assert sorted(card.name for card in can.cards) == shown
    assert [card.name for card in cannot.cards] == ["d"]

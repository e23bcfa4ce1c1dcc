"""P2.10: themes are tagged with the six factors, and a picture shows their distribution."""

import re

import pytest

from app.activities.clustering.messages import SplitTheme, TagTheme, UntagTheme
from app.activities.clustering.report import report
from app.blocks.drawing import svg
from app.blocks.themes import Themes
from app.blocks.wheel import Ray, Wheel
from app.blocks.wheel.drawing import INNER, OUTER, SIDE, segment
from app.engine.agenda import Item
from app.engine.report import Card
from app.engine.undo import UndoCommand
from app.locales import languages, texts_of, words
from app.parts.factors import FACTORS, Tagged, factors_of, over_the_six
from app.parts.themes import themes_of
from tests.support.boards import C1, Meeting, W, ask


def tag(theme: str, factor: str) -> TagTheme:
    command: TagTheme = ask(TagTheme, theme=theme, factor=factor)
    return command


async def two_themes() -> tuple[Meeting, str, str]:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    return meeting, await meeting.theme("Travlt", "a"), await meeting.theme("Tonen", "b")


async def test_P2_10_a_theme_is_tagged_with_several_and_untagged_again() -> None:
    meeting, busy, _ = await two_themes()
    await meeting.do(tag(busy, "reward"), tag(busy, "demands"), tag(busy, "demands"))
    assert factors_of(meeting.board, busy) == ("demands", "reward")
    await meeting.do(ask(UndoCommand, workshop=W))
    assert factors_of(meeting.board, busy) == ("reward",)
    await meeting.do(ask(UntagTheme, theme=busy, factor="reward"))
    assert not meeting.board.every(Tagged)
    assert await meeting.code(tag("nothing", "demands")) == "unknown"


async def test_P2_10_a_theme_counts_in_each_of_its_factors_and_not_when_it_is_gone() -> None:
    meeting, busy, tone = await two_themes()
    await meeting.do(tag(busy, "demands"), tag(busy, "support"), tag(tone, "support"))
    spread = over_the_six(meeting.board, themes_of(meeting.board))
    assert list(spread) == list(FACTORS)
    assert {factor: len(themes) for factor, themes in spread.items() if themes} == {
        "demands": 1,
        "support": 2,
    }
    await meeting.do(ask(SplitTheme, theme=tone, base=meeting.seq(tone)))
    assert len(over_the_six(meeting.board, themes_of(meeting.board))["support"]) == 1


async def test_P2_10_the_summary_has_the_picture_and_a_word_at_each_theme() -> None:
    meeting, busy, _ = await two_themes()
    item = meeting.board.one(Item, C1)
    assert not [block for block in report(meeting.board, item, words("da")) if isinstance(block, Wheel)]
    await meeting.do(tag(busy, "demands"), tag(busy, "predictability"))
    blocks = report(meeting.board, item, words("da"))
    (wheel,) = (block for block in blocks if isinstance(block, Wheel))
    assert [ray.label for ray in wheel.rays if ray.cards] == ["Krav", "Forudsigelighed"]
    assert "Krav: Travlt" in wheel.alt and "Mening: ingen temaer" in wheel.alt
    (themes,) = (block for block in blocks if isinstance(block, Themes))
    assert {theme.name: theme.tag for theme in themes.themes} == {
        "Travlt": "Krav, Forudsigelighed",
        "Tonen": "",
    }


@pytest.mark.parametrize("language", languages())
def test_P2_10_each_factor_has_its_name_and_is_explained(language: str) -> None:
    texts = texts_of(language)
    for factor in FACTORS:
        assert len(texts[f"factors.desk.about.{factor}"]) > 50
        assert len({texts[f"factors.{shell}.name.{factor}"] for shell in ("wall", "desk", "report")}) == 1


def test_P2_10_the_drawing_has_six_petals_and_a_block_for_each_theme() -> None:
    busy = Card(name="<b>Travlt</b>", paper="hyben")
    rays = tuple(Ray(label=factor, cards=(busy,) * nth) for nth, factor in enumerate(FACTORS))
    drawing = Wheel(rays=rays, alt="-").drawing()
    looks = [mark.look for mark in drawing.paths]
    assert looks.count("ground") == 6 and looks.count("hyben") == 15
    # X24: the drawing contains nothing that people wrote.
    assert "Travlt" not in drawing.model_dump_json() and "Travlt" not in svg(drawing)
    numbers = [float(number) for number in re.findall(r"(?<=[ ML])\d+\.\d", svg(drawing))]
    assert len(numbers) > 6 * 8 and all(0 <= number <= SIDE for number in numbers)


def test_P2_10_the_first_petal_is_at_the_top_and_names_stand_round_the_wheel() -> None:
    assert segment(0, 6, INNER, OUTER).startswith("M")
    rays = tuple(Ray(label=factor) for factor in FACTORS)
    names = Wheel(rays=rays, alt="-").drawing().texts
    assert [name.text for name in names] == list(FACTORS)
    assert names[0].x == pytest.approx(SIDE / 2) and (names[0].anchor, names[3].anchor) == ("middle",) * 2
    assert names[0].y < SIDE / 2 - OUTER and names[3].y > SIDE / 2 + OUTER
    assert names[1].x > 0.8 * SIDE and names[5].x < 0.2 * SIDE
    assert (names[1].anchor, names[5].anchor) == ("start", "end")

"""P5.2: the bars of a distribution, as the page and the PDF draw them."""

import re
from typing import NamedTuple

import pytest

from app.blocks.bars import Bars
from app.blocks.open_answers import OpenAnswers
from app.engine.report import Block
from app.exports.html import summary_page
from app.exports.summary import collect
from app.locales import words
from tests.exports.making import FileMaker
from tests.exports.reading import page, pdf_text, squeezed
from tests.exports.sample import HEADING, Item

DA = words("da")

COUNTS = (0, 2, 1, 4, 0)


def scale(*earlier: int) -> Bars:
    said = ("Gennemsnit 3,3, 7 svar", "maj 2026: 2,0, 14 svar")[: 2 if earlier else 1]
    question = "Er det blevet bedre det sidste halve år?"
    return Bars(
        question=question,
        counts=COUNTS,
        earlier=earlier,
        ends=("slet ikke", "i høj grad"),
        said=said,
        alt=f"{question} Så mange svarede 2: 2, 3: 1, 4: 4",
    )


class Box(NamedTuple):
    """A bar as drawn."""

    x: float
    top: float
    right: float
    base: float

    @property
    def height(self) -> float:
        return self.base - self.top


def boxes(it: Bars, look: str) -> list[Box]:
    """The bars of one time, from the numbers of their paths."""
    paths = [one.path for one in it.drawing().paths if one.look == look]
    numbers = [[float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)] for path in paths]
    return [Box(n[0], n[10], n[18], n[1]) for n in numbers]


def test_P5_2_the_highest_bar_fills_the_height_and_the_mean_lies_between_the_steps() -> None:
    it, drawing = scale(), scale().drawing()
    two, three, four = boxes(it, "full")
    assert [round(bar.height / four.height, 2) for bar in (two, three, four)] == [0.5, 0.25, 1]
    # Above the highest there is space for its number, and no more.
    assert four.top == pytest.approx(drawing.frame.type * 1.5, abs=0.1)
    (axis,) = (one.path for one in drawing.paths if one.look == "axis")
    left, line, right, _ = (float(n) for n in re.findall(r"\d+\.\d", axis))
    assert all(bar.base == line for bar in (two, three, four))
    steps = {one.text: one.x for one in drawing.texts if one.tone == "plain"}
    assert list(steps) == ["1", "2", "3", "4", "5"]
    assert [(bar.x + bar.right) / 2 for bar in (two, three, four)] == pytest.approx(
        [steps[n] for n in "234"], abs=0.1
    )
    wide = two.right - two.x
    assert (steps["1"] - wide / 2, steps["5"] + wide / 2) == pytest.approx((left, right), abs=0.1)
    (mean,) = (float(one.path[1:].split()[0]) for one in drawing.paths if one.look == "ink")
    assert steps["3"] < mean < steps["4"]
    assert boxes(it, "outline") == []


def test_P5_2_an_earlier_time_is_next_to_it_as_shares_of_its_own_answers() -> None:
    it = scale(0, 4, 2, 8, 0)
    now, earlier = boxes(it, "full"), boxes(it, "outline")
    assert [bar.height for bar in earlier] == [bar.height for bar in now]
    for before, bar in zip(earlier, now, strict=True):
        assert before.right < bar.x and before.right - before.x < bar.right - bar.x


async def test_P5_2_page_and_pdf_say_the_numbers_and_the_open_answers() -> None:
    blocks: list[Block] = [
        scale(1, 8, 2, 3, 0),
        OpenAnswers(question="Hvad skal vi gøre mere af?", answers=("Mere af morgentavlen",)),
    ]
    summary = collect(None, [Item("one", "Puls")], {"one": lambda _board, _item, _say: blocks}, HEADING, DA)
    maker = FileMaker()
    try:
        report = squeezed(pdf_text(await maker.summary(summary, DA)))
    finally:
        await maker.close()
    html = summary_page(summary, DA)
    for said in (
        "Er det blevet bedre",
        "Gennemsnit 3,3, 7 svar",
        "maj 2026: 2,0, 14 svar",
        "Mere af morgentavlen",
    ):
        assert said in page(html).text
        assert squeezed(said) in report
    assert 'aria-label="Er det blevet bedre det sidste halve år? Så mange svarede 2: 2' in html
    # They are not notes of the board, and are not counted as such.
    assert summary.short == ()

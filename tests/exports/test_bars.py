"""P5.2: the bars of a distribution, as the page and the PDF draw them."""

import pytest

from app.board.report import Bars, Block, OpenAnswers
from app.exports.bars import BOTTOM, TOP, WIDTH, bars
from app.exports.html import summary_page
from app.exports.pdf import PdfMaker
from app.exports.summary import collect
from app.locales import words
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


def test_P5_2_the_highest_bar_fills_the_height_and_the_mean_lies_between_the_steps() -> None:
    drawn = bars(scale())
    assert [round(bar.height / (BOTTOM - TOP), 2) for bar in drawn.bars] == [0, 0.5, 0.25, 1, 0]
    assert all(bar.y + bar.height == pytest.approx(BOTTOM) for bar in drawn.bars)
    assert drawn.bars[0].x == 0
    assert drawn.bars[-1].x + drawn.bars[-1].width == pytest.approx(WIDTH)
    assert drawn.steps[2] < drawn.mean < drawn.steps[3]
    assert drawn.earlier == ()


def test_P5_2_an_earlier_time_stands_beside_it_as_shares_of_its_own_people() -> None:
    drawn = bars(scale(0, 4, 2, 8, 0))
    assert [bar.height for bar in drawn.earlier] == pytest.approx([bar.height for bar in drawn.bars])
    for then, now in zip(drawn.earlier, drawn.bars, strict=True):
        assert then.x + then.width < now.x and then.width < now.width


async def test_P5_2_page_and_pdf_say_the_numbers_and_the_open_answers() -> None:
    blocks: list[Block] = [
        scale(1, 8, 2, 3, 0),
        OpenAnswers(question="Hvad skal vi gøre mere af?", answers=("Mere af morgentavlen",)),
    ]
    summary = collect(None, [Item("one", "Puls")], {"one": lambda _board, _item, _say: blocks}, HEADING, DA)
    maker = PdfMaker()
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
    # They are no notes of the board, and are not counted as such.
    assert summary.short == ()

"""D: what belongs together is on one page, wherever on the page it falls."""

import asyncio
import io
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdf
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.bars import Bars
from app.blocks.fields import FieldBlock, Fields
from app.blocks.notes import Notes
from app.blocks.open_answers import OpenAnswers
from app.blocks.paragraph import Paragraph
from app.blocks.posters import PosterBlock, Posters, Proposal
from app.blocks.quadrants import Quadrants
from app.blocks.splits import Split, SplitBar, Splits
from app.blocks.table import Table, TableRow
from app.blocks.themes import ThemeBlock, Themes
from app.blocks.wheel import Ray, Wheel
from app.engine.report import Block, Card
from app.exports import setter
from app.exports.html import STATIC, summary_css, summary_page
from app.exports.last_page import Spacing
from app.exports.pdf import document_data
from app.exports.summary import Summary
from app.locales import words
from tests.exports.every_block import summary_with
from tests.exports.reading import squeezed

DA = words("da")
#: In points: the height of the paper, and of our own header and footer on it.
HEIGHT, HEAD, FOOT = 842, 82, 72
#: In points: the 18 mm that a browser leaves free.
MARGIN = 51
AT = "http://summary.test/"

#: How far down the page it is, in points, and its text.
Line = tuple[float, str]


@dataclass(frozen=True)
class Paper:
    """A way of putting a summary on pages; the text of a full page ends `ends` points down."""

    ends: float
    pages: Callable[[Summary, float], Awaitable[list[list[Line]]]]

    async def of(self, summary: Summary, ends: float | None = None) -> list[list[Line]]:
        """The lines of each page; with `ends`, every page ends there instead."""
        return await self.pages(summary, 0 if ends is None else self.ends - ends)


async def typeset(summary: Summary, low: float) -> list[list[Line]]:
    """The lines of our own pages, without headers and footers."""

    def made() -> bytes:
        data = json.loads(json.dumps(document_data(summary, DA))) | {"boxes": ""}
        with tempfile.TemporaryDirectory() as folder:
            root = setter._root(folder, "summary.typ")
            it = setter.compiler(root, data)
            setter._space(root, Spacing(low=low))
            return setter.compiled(it, 0, [])

    pages = pages_in(await asyncio.to_thread(made))
    return [[line for line in page if HEAD < line[0] < HEIGHT - FOOT - low + 9] for page in pages]


def pages_in(pdf: bytes) -> list[list[Line]]:
    return [list(lines_of(page)) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def lines_of(page: pypdf.PageObject) -> Iterator[Line]:
    found: dict[float, str] = {}

    def seen(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            down = round(HEIGHT - (tm[4] * cm[1] + tm[5] * cm[3] + cm[5]), 1)
            found[down] = found.get(down, "") + squeezed(text)

    page.extract_text(visitor_text=seen)
    yield from sorted(found.items())


@pytest_asyncio.fixture(params=["set", "printed from the page"])
async def paper(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Paper]:
    if request.param == "set":
        yield Paper(HEIGHT - FOOT, typeset)
        return
    context = await browser.new_context(locale="da-DK")
    page = await context.new_page()
    shown = ""

    def answer(route: Any) -> Any:
        path = route.request.url.removeprefix(AT)
        files = {"": shown.encode(), "static/summary.css": summary_css()}
        body = files[path] if path in files else (STATIC / path.removeprefix("static/")).read_bytes()
        kind = {"": "text/html", "static/summary.css": "text/css"}.get(path, "font/woff2")
        return asyncio.ensure_future(route.fulfill(body=body, content_type=kind))

    async def printed(summary: Summary, low: float) -> list[list[Line]]:
        nonlocal shown
        if shown != (shown := summary_page(summary, DA)):
            await page.goto(AT)
            await page.add_style_tag(content="@page {}")
            await page.evaluate("document.fonts.ready")
        free = f"@page {{ margin-bottom: {MARGIN + low}pt }}"
        await page.evaluate("(rule) => { document.head.lastElementChild.textContent = rule }", free)
        return pages_in(await page.pdf(format="A4", prefer_css_page_size=True))

    await page.route(f"{AT}**", answer)
    yield Paper(HEIGHT - MARGIN, printed)
    await context.close()


def summary_of(block: Block) -> Summary:
    """With so much before the block that a page break can be made anywhere in it."""
    return summary_with(Notes(notes=("Fyld",) * 4), block, Notes(notes=("Til sidst",) * 9))


def card(name: str) -> Card:
    return Card(name=name, paper="mos")


def fields() -> Block:
    cards = card("Ro"), card("Tid"), card("sidst")
    return Fields(fields=(FieldBlock(title="Kan", cards=cards),), caption="Billedtekst")


def splits() -> Block:
    bars = (SplitBar(label="Vigtigt", yes=6, of=7, said="Enige"),)
    cards = card("Ro"), card("Tid"), card("sidst")
    return Splits(splits=tuple(Split(card=each, bars=bars) for each in cards), caption="Billedtekst")


def quadrants() -> Block:
    cells = (((card("Ro"),), ()), ((card("sidst"),), ()))
    alt, caption = "Felter", "Billedtekst"
    return Quadrants(columns=("A", "B"), rows=("C", "D"), cells=cells, caption=caption, alt=alt)


def wheel() -> Block:
    # On screen the fourth ray is the lowest of the wheel; on paper the last one ends the list.
    rays = tuple(Ray(label=f"Stråle {m}", cards=(card("sidst"),) * (m in (3, 5))) for m in range(6))
    return Wheel(rays=rays, caption="Billedtekst", alt="Hjul")


@pytest.mark.parametrize("block", [fields, splits, quadrants, wheel])
async def test_a_caption_is_on_the_page_of_what_it_describes(
    paper: Paper, block: Callable[[], Block]
) -> None:
    summary = summary_of(block())
    page = (await paper.of(summary))[0]
    (down,) = (down for down, text in page if text == "Billedtekst")
    # Where the page ends, what is described would still fit and its caption would not.
    for ends in (down - 6, down - 3, down):
        pages = await paper.of(summary, ends)
        (page,) = (page for page in pages if any(text == "Billedtekst" for _, text in page))
        (caption,) = (at for at, text in page if text == "Billedtekst")
        assert any("sidst" in text for at, text in page if caption - 130 < at < caption), pages


def themes() -> Block:
    return Themes(themes=(ThemeBlock(name="Rubrik", notes=("Radioen",)),))


def notes() -> Block:
    return Notes(notes=("Solen",), title="Rubrik")


def answers() -> Block:
    return QuestionAnswers(answers=(QuestionAnswer(question="Rubrik", answer="Et svar"),))


def posters() -> Block:
    poster = PosterBlock(title="Rubrik", proposals=(Proposal(text="Et forslag"),))
    return Posters(theme=card("Rubrik"), posters=(poster,))


def open_answers() -> Block:
    return OpenAnswers(question="Rubrik", answers=("Tak for i dag",))


def bars() -> Block:
    ends, said = ("Aldrig", "Altid"), ("Snit",)
    return Bars(question="Rubrik", counts=(1, 2, 3, 0, 1), ends=ends, said=said, alt="Søjler")


def table() -> Block:
    return Table(columns=("Rubrik", "Handling"), rows=(TableRow(cells=("Tavle", "Møde")),))


def question() -> Block:
    return Paragraph(text="Rubrik", tone="question")


def remark() -> Block:
    return Paragraph(text="Rubrik", tone="quiet")


HEADED = [themes, notes, answers, posters, open_answers, bars, table, question, remark]


@pytest.mark.parametrize("block", HEADED)
async def test_no_heading_stands_alone_at_the_foot_of_a_page(
    paper: Paper, block: Callable[[], Block]
) -> None:
    summary = summary_of(block())
    page = (await paper.of(summary))[0]
    down = [at for at, text in page if "Rubrik" in text][-1]
    # Where the page ends, the heading would still fit and what follows it would not.
    for more in (4, 10, 16):
        for page in (await paper.of(summary, down + more))[:-1]:
            assert "Rubrik" not in page[-1][1], (more, page)

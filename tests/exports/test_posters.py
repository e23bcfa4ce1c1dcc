"""P2.8, P5.4, P1.6: posters are complete, scale, and continue on further pages instead of being cut off."""

import io
import zipfile
from collections.abc import AsyncIterator
from typing import cast

import pikepdf
import pypdf
import pytest
import pytest_asyncio
from PIL import Image

from app.blocks.table import Table, TableRow
from app.engine.report import Box
from app.exports.maker import Maker
from app.exports.posters import Poster, Shape, Sheet, job, posters_of
from app.locales import languages, words
from tests.exports.every_block import summary_with
from tests.exports.reading import pdf_text, squeezed
from tests.exports.sample import HARD, HEADING, JOYS, REST, sample
from tests.exports.test_whole import summed
from tests.exports.web import OTHER, PROCESS, Web

DA = words("da")
BOXES = squeezed(DA("summary.boxes"))


@pytest_asyncio.fixture
async def maker() -> AsyncIterator[Maker]:
    maker = Maker()
    yield maker
    await maker.close()


def posters() -> dict[str, Poster]:
    return {one.id: one for one in posters_of(summed(planned=True), HEADING, DA)}


async def made(maker: Maker, poster: Poster, shape: Shape = "pdf") -> bytes:
    return await maker.ask(job(poster, shape, sample(), DA))


def of(*boxes: Box, paper: str = "a3") -> Poster:
    sheet = Sheet(over="Montagen", title="Det, der er svært", head=60, phase=2, boxes=boxes)
    return Poster.model_validate({"id": "results", "name": "Plakat", "paper": paper, "sheets": (sheet,)})


def pages(pdf: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_P2_8_P5_4_P1_6_there_is_one_of_the_why_the_results_the_plan_and_each_theme_at_work() -> None:
    there = posters()
    assert {id: (one.name, one.paper) for id, one in there.items()} == {
        "why": ("Hvorfor vi gør det", "a4"),
        "results": ("Det, vi fandt", "a3"),
        "plan": ("Handleplan", "a3"),
        "theme-4": ("Besked om ændringer", "a4"),
        "theme-5": ("Afbrydelser", "a4"),
        "theme-6": ("Travlt før levering", "a4"),
        "theme-7": ("Oplæring af nye", "a4"),
    }
    assert [sheet.title for sheet in there["results"].sheets] == [
        "Det, der giver lyst til at gå på arbejde",
        "Det, der kan gøre hverdagen svær",
    ]
    told = [box.title for box in there["theme-5"].sheets[0].boxes]
    assert told == ["Telefonfri time fra 8 til 9", "Skilt på døren til hallen: spørg ved tavlen"]
    assert there["theme-5"].sheets[0].boxes[0].lines[0] == "Ansvarlig: Dorte"
    assert "Fredagskaffe på skift mellem holdene" not in there["plan"].model_dump_json()
    assert there["plan"].sheets[0].next == "13. januar 2028: Statusmøde"


async def test_P2_8_eight_themes_and_sixty_notes_stand_on_one_a3_each_word_of_them(maker: Maker) -> None:
    boxes = [
        Box(title=name, lines=tuple(notes), paper=paper) for (name, paper), notes in {**HARD, **REST}.items()
    ]
    more = [f"Endnu en seddel af en helt almindelig længde, nummer {n}" for n in range(19)]
    pdf = await made(maker, of(*boxes, Box(title="Uden tema", lines=tuple(more), paper="lyng")))
    assert sum(len(box.lines) for box in boxes) + len(more) == 60 and len(boxes) + 1 == 8
    (page,) = pages(pdf)
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 1191)
    text = squeezed(pdf_text(pdf))
    for said in ("Det, der er svært", *more, *(line for box in boxes for line in (box.title, *box.lines))):
        assert squeezed(said) in text, said


def rows_of(picture: Image.Image, x: int) -> list[tuple[int, int, int]]:
    """The colours down a column of pixels."""
    return [cast("tuple[int, int, int]", picture.getpixel((x, y))) for y in range(picture.height)]


async def test_P2_8_eight_themes_and_sixty_notes_fill_their_a3_and_nothing_lies_in_its_margins(
    maker: Maker,
) -> None:
    boxes = [
        Box(title=name, lines=tuple(notes), paper=paper) for (name, paper), notes in {**HARD, **REST}.items()
    ]
    more = tuple(f"Endnu en seddel af en helt almindelig længde, nummer {n}" for n in range(19))
    asked = job(of(*boxes, Box(title="Uden tema", lines=more, paper="lyng")), "png", sample(), DA)
    with Image.open(io.BytesIO(await maker.ask(asked | {"dots": 36}))) as made:
        picture = made.convert("RGB")
    # Half a pixel of this picture is a point of paper; clipped content would run into the margin of 64.
    edges = [
        picture.crop(area)
        for area in ((0, 0, 30, 595), (391, 0, 421, 595), (0, 0, 421, 26), (0, 569, 421, 595))
    ]
    assert all(edge.getextrema() == ((255, 255),) * 3 for edge in edges)
    papers = {(244, 224, 164), (243, 203, 191), (208, 223, 185), (197, 220, 232), (222, 208, 233)}
    columns = [[y for y, seen in enumerate(rows_of(picture, x)) if seen in papers] for x in range(33, 388)]
    # Between two columns there is paper at the corners only.
    filled = [ys for ys in columns if len(ys) > 100]
    # The columns end together, above the foot, and boxes fill most of their height.
    assert (
        max(ys[-1] for ys in filled) - min(ys[-1] for ys in filled) < 24
        and max(ys[-1] for ys in filled) < 540
    )
    top, end = min(ys[0] for ys in filled), max(ys[-1] for ys in filled)
    assert end - top > 340
    assert sum(map(len, filled)) > 0.7 * (end - top) * len(columns)


def test_P4_7_what_was_dropped_hangs_on_no_wall_and_both_say_so() -> None:
    (sheet,) = posters()["plan"].sheets
    assert sheet.note == "1 handling er droppet. Den står i opsamlingen."
    summary = summed(planned=True)
    (plan,) = (block for section in summary.sections for block in section.blocks if block.closes)
    rows = plan.model_dump()["rows"]
    # The summary has everything the poster has, in its order, followed by what was dropped.
    assert [row["cells"][1] for row in rows if not row["off"]] == [box.title for box in sheet.boxes]
    assert [row["off"] for row in rows] == [False] * 4 + [True]
    dropped, new = TableRow(cells=("Gammelt", "Droppet"), off=True), TableRow(cells=("Nyt", "I gang"))
    (section,) = summary_with(Table(columns=("Hvad", "Status"), rows=(dropped, new), brief=(0, 1))).sections
    assert section.blocks[0].model_dump()["rows"] == (new.model_dump(), dropped.model_dump())


async def test_P5_4_the_reminder_of_a_theme_has_its_progress_picture(maker: Maker) -> None:
    there = posters()
    assert [id for id, poster in there.items() if poster.sheets[0].picture] == ["theme-4"]
    pdf = await made(maker, there["theme-4"])
    assert len(pages(pdf)) == 1
    told = squeezed(pdf_text(pdf))
    for said in ("10. december 2026", "31. december 2027", "Det har vi aftalt", "Ti minutter ved tavlen"):
        assert squeezed(said) in told
    with pikepdf.open(io.BytesIO(pdf)) as read:
        figures = [
            it for it in read.objects if isinstance(it, pikepdf.Dictionary) and it.get("/S") == "/Figure"
        ]
        assert [str(figure.Alt).partition(":")[0] for figure in figures] == ["Besked om ændringer"]


@pytest.mark.parametrize(("many", "paper"), [(5, "a4"), (400, "a3"), (200, "a4")])
async def test_P2_8_it_continues_on_further_pages_and_loses_nothing(
    maker: Maker, many: int, paper: str
) -> None:
    lines = tuple(f"Seddel nummer {n} har lidt mere end en linje at sige om dagen" for n in range(many))
    long = "Kantinekøkkenudstyrsværkstedsportens " * 7
    pdf = await made(
        maker, of(Box(title="Alt", lines=(*lines, long)), Box(title="Ro", lines=("En",)), paper=paper)
    )
    assert (len(pages(pdf)) > 1) is (many > 5)
    text = squeezed(pdf_text(pdf))
    assert all(squeezed(line) in text for line in (*lines, long, "En", "Ro"))


async def test_P2_8_every_poster_is_a_tagged_pdf_an_svg_and_a_picture(maker: Maker) -> None:
    there = posters()
    for poster in (there["why"], there["plan"], there["theme-4"]):
        with pikepdf.open(io.BytesIO(await made(maker, poster))) as pdf, pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"] == poster.name
            assert len(pdf.pages) == 1
    svg = await made(maker, there["why"], "svg")
    assert svg.startswith(b"<svg") and b"<script" not in svg
    with Image.open(io.BytesIO(await made(maker, there["plan"], "png"))) as picture:
        assert (picture.format, picture.width) == ("PNG", 1754)
    # Several pages are several pictures in one file.
    with zipfile.ZipFile(io.BytesIO(await made(maker, there["results"], "png"))) as both:
        assert both.namelist() == ["1.png", "2.png"]


@pytest.mark.parametrize(
    "text", ['#read("/etc/passwd")', "$x^2$ @ref <lab>", "*b* _i_ = h", r"\u{41} {next}"]
)
async def test_B35_X24_markup_is_printed_as_typed(maker: Maker, text: str) -> None:
    pdf = await made(maker, of(Box(title=text, lines=(text,))))
    assert squeezed(pdf_text(pdf)).count(squeezed(text)) == 2


async def test_B22_B24_other_scripts_and_emoji_stand_on_them(maker: Maker) -> None:
    lines = ("Vi griner 🙂👨‍👩‍👧‍👦", "谢谢你们", "Дякую")
    text = squeezed(pdf_text(await made(maker, of(Box(title="ขอบคุณ", lines=(*lines, "مرحبا بكم"))))))
    assert all(squeezed(line) in text for line in lines) and BOXES not in text


async def test_X24_paper_and_pictures_say_that_no_font_has_a_character(maker: Maker) -> None:
    rare = of(Box(title="Tegn", lines=("\U00013080",)))
    assert BOXES in squeezed(pdf_text(await made(maker, rare)))
    asked = job(rare, "png", sample(), DA)
    silent = asked | {"data": asked["data"] | {"boxes": ""}}
    assert await maker.ask(asked) != await maker.ask(silent)


@pytest.mark.parametrize("language", languages())
def test_every_language_has_its_posters(language: str) -> None:
    say = words(language)
    assert [one.id for one in posters_of(sample(language), HEADING, say)][:2] == ["why", "results"]


async def test_P2_8_X20_B37_posters_are_listed_and_downloaded_by_facilitators(web: Web) -> None:
    at = f"/api/processes/{PROCESS}/posters"
    listed = (await web.client.get(at)).json()
    assert {"id": "results", "name": "Det, vi fandt", "paper": "a3", "workshop": None} in listed
    answer = await web.client.get(f"{at}/results.pdf")
    assert answer.content.startswith(b"%PDF") and answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="plakat-results-2026-12-03.pdf"'
    why = await web.client.get(f"{at}/why.svg")
    assert why.headers["content-type"] == "image/svg+xml" and why.headers["cache-control"] == "no-store"
    for path in (f"{at}/theme-99.pdf", f"{at}/..%2fx.pdf", f"/api/processes/{OTHER}/posters"):
        assert (await web.client.get(path)).status_code == 404
    assert (await web.client.get(f"{at}/results.exe")).status_code == 422
    assert len(JOYS) == 3

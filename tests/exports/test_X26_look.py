"""X26: a company's colour and logo on exports; without them nothing changes."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pikepdf
import pytest
from PIL import Image
from playwright.async_api import Page, expect

from app.colour import look_of
from app.exports import way_in
from app.exports.html import summary_page
from app.exports.logo import taken_in
from app.exports.look import PLAIN, Look, dressed
from app.exports.maker import Maker
from app.exports.pdf import job
from app.exports.posters import job as poster_job
from app.exports.way_in import Paper
from app.locales import words
from tests.exports.making import FileMaker
from tests.exports.sample import sample
from tests.exports.test_manager_page import page, url
from tests.exports.test_posters import maker, posters
from tests.exports.test_way_in import WAY
from tests.exports.web import PROCESS, Web

__all__ = ["maker", "page", "url"]

DA = words("da")
Job = dict[str, Any]
SIZES: tuple[Paper, ...] = ("a3", "a4")
ORANGE = "#f97316"
LOGO = "1f6feb"
#: The colour on paper: darker than it was given.
USED = look_of(ORANGE).day.accent


def logo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 100), f"#{LOGO}").save(file, "PNG")
    return taken_in(file.getvalue())


@pytest.fixture
def look() -> Look:
    return Look(ORANGE, logo())


def test_X26_without_a_look_the_worker_is_asked_for_the_same_as_ever(look: Look) -> None:
    asked = job("zip", sample(), DA)
    assert dressed(asked, PLAIN) == asked
    assert all("look" in one for _, one in dressed(asked, look)["files"])


async def test_X26_a_pdf_has_the_logo_on_each_page_and_keeps_to_the_standards(look: Look) -> None:
    made = FileMaker()
    own, plain = [await made.file("pdf", sample(), DA, one) for one in (look, PLAIN)]
    await made.close()
    pictures = pictures_in(own)
    assert min(pictures) >= 1
    assert set(pictures_in(plain)) == {0}
    assert b"pdfuaid" in own
    assert len(pictures) == len(pictures_in(plain))


def pictures_in(pdf: bytes) -> list[int]:
    return [len(one.get_images()) for one in pikepdf.open(io.BytesIO(pdf)).pages]


def drawn() -> dict[str, Job]:
    """One of all posters there are, as pictures."""
    ways = {f"way in {size}": way_in.job(WAY, "png", size, DA) for size in SIZES}
    return {id: poster_job(one, "png", sample(), DA) for id, one in posters().items()} | ways


@pytest.mark.parametrize("which", drawn())
async def test_X26_every_poster_is_in_the_colour_with_the_logo(maker: Maker, look: Look, which: str) -> None:
    asked = drawn()[which] | {"dots": 100}
    own, plain = [first_page(await maker.ask(dressed(asked, one))) for one in (look, PLAIN)]
    for colour, many in ((USED, 20), (LOGO, 300)):
        assert count(own, colour) > many and count(plain, colour) == 0


def first_page(made: bytes) -> Image.Image:
    if made.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(made)) as pages:
            made = pages.read("1.png")
    return Image.open(io.BytesIO(made))


def count(picture: Image.Image, colour: str) -> int:
    wanted = tuple(int(colour[at : at + 2], 16) for at in (0, 2, 4))
    found = picture.convert("RGB").getcolors(1 << 24) or []
    return sum(many for many, each in found if each == wanted)


async def test_X26_word_has_the_logo_in_its_header_and_the_colour_in_its_styles(look: Look) -> None:
    made = FileMaker()
    file = zipfile.ZipFile(io.BytesIO(await made.file("docx", sample(), DA, look)))
    await made.close()
    header = next(name for name in file.namelist() if name.startswith("word/header"))
    assert 'descr="Bakkedal Inventar"' in file.read(header).decode()
    assert f'w:val="{USED.upper()}"' in file.read("word/styles.xml").decode()
    assert b"0F5A5E" not in file.read("word/styles.xml")


async def test_X26_excel_has_the_logo_next_to_its_first_table_and_the_colour_in_its_headers(
    look: Look,
) -> None:
    made = FileMaker()
    own, plain = [await made.file("xlsx", sample(), DA, one) for one in (look, PLAIN)]
    await made.close()
    for file, colour, drawn in ((own, USED, ["xl/worksheets/_rels/sheet1.xml.rels"]), (plain, "0f5a5e", [])):
        for sheet in openpyxl.load_workbook(io.BytesIO(file)):
            heads = {(cell.fill.fgColor.rgb, cell.font.color.rgb) for cell in sheet[1]}
            assert heads == {(f"FF{colour.upper()}", "FFFFFFFF")}
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            assert [name for name in parts.namelist() if name.startswith("xl/worksheets/_rels/")] == drawn
    with zipfile.ZipFile(io.BytesIO(own)) as parts:
        said = parts.read("xl/drawings/drawing1.xml").decode()
    # Two columns, one of them empty.
    assert "<xdr:from><xdr:col>3</xdr:col>" in said and 'descr="Bakkedal Inventar"' in said


def test_X26_the_page_holds_the_logo_itself_and_asks_nobody_for_it(look: Look) -> None:
    shown = summary_page(sample(), DA, look=look)
    assert 'src="data:image/png;base64,' in shown and '"static/accent-f97316.css"' in shown
    # A page of its own has a longer path than that of a link.
    of_ones_own = summary_page(sample(), DA, file="summary.", look=look)
    assert '"../../../static/accent-f97316.css"' in of_ones_own
    plain = summary_page(sample(), DA)
    assert "<img" not in plain and "accent-" not in plain


async def test_X26_a_colours_sheet_says_nothing_but_the_colour(web: Web) -> None:
    found = await web.client.get("/static/accent-f97316.css")
    assert found.headers["content-type"].startswith("text/css")
    assert f"--accent: #{USED};" in found.text
    for name in ("accent-F97316.css", "accent-f9731.css", "accent-red.css", "accent-f97316.css.map"):
        assert (await web.client.get(f"/static/{name}")).status_code == 404


async def test_X26_a_manager_reads_in_the_companys_colour_under_its_logo(
    web: Web, url: str, page: Page, look: Look
) -> None:
    assert web.source.gathered is not None
    web.source.gathered = replace(web.source.gathered, look=look)
    _, token = await web.link()
    await page.goto(f"{url}/summary#{token}")
    await expect(page.locator("img.logo")).to_be_visible()
    assert await page.locator("img.logo").evaluate("(it) => it.decode().then(() => it.naturalWidth)") == 300
    red, green, blue = (int(USED[at : at + 2], 16) for at in (0, 2, 4))
    await expect(page.locator(".button").first).to_have_css(
        "background-color", f"rgb({red}, {green}, {blue})"
    )
    assert (await web.client.get(f"/api/processes/{PROCESS}/summary.html")).text.count("<img") == 1

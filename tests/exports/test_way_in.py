"""W11: the poster with the QR code, decoded from each format and at small sizes."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
import pytest_asyncio
import typst
import zxingcpp
from PIL import Image

from app.engine.commands import Role
from app.exports.maker import Maker
from app.exports.posters import Shape
from app.exports.way_in import Paper, WayIn, job
from app.locales import languages, words
from tests.exports.reading import pdf_text, squeezed
from tests.exports.web import OTHER, PROCESS, Web
from tests.support.naughty import NAUGHTY

WAY = WayIn(
    title="Hovedmødet",
    company="Bakkedal Inventar",
    group="Montagen",
    language="da",
    base_url="http://192.168.100.200:8000",
    join_url="HTTP://192.168.100.200:8000/J/ABCDEFGHIJKLMNOP",
    code="AB2CD3",
    until="2026-12-03",
)
PULSE = replace(WAY, activity="pulse", about="Besked om ændringer", until="2026-12-10", least=5)
#: Millimetres: an A4 printed four to a page, and a slip, eight to a page.
QUARTER, EIGHTH = 105, 74


@pytest_asyncio.fixture(scope="module")
async def maker() -> AsyncIterator[Maker]:
    maker = Maker()
    yield maker
    await maker.close()


def printed(file: bytes, shape: Shape, folder: Path, width: int, dots: int = 300) -> Image.Image:
    """The file as a printer renders it, this many millimetres wide."""
    (folder / f"it.{shape}").write_bytes(file)
    (folder / "page.typ").write_text(
        f'#set page(width: {width}mm, height: auto, margin: 0mm)\n#image("it.{shape}", width: 100%)'
    )
    page = typst.compile(str(folder / "page.typ"), format="png", ppi=dots)
    return Image.open(io.BytesIO(page))


def codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize(
    ("shape", "paper", "language"),
    [
        ("pdf", "a3", "da"),
        ("pdf", "a4", "en"),
        ("svg", "a3", "en"),
        ("svg", "a4", "da"),
        ("png", "a3", "en"),
        ("png", "a4", "da"),
    ],
)
async def test_W11_its_code_is_read_from_every_format_and_when_printed_small(
    maker: Maker, tmp_path: Path, shape: Shape, paper: Paper, language: str
) -> None:
    file = await maker.ask(job(WAY, shape, paper, words(language)))
    assert codes(printed(file, shape, tmp_path, QUARTER)) == [WAY.join_url]
    assert codes(printed(file, shape, tmp_path, EIGHTH, dots=150)) == [WAY.join_url]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("way", [WAY, PULSE], ids=["door", "pulse"])
async def test_W11_it_says_where_to_type_what_is_anonymous_and_until_when_it_works(
    maker: Maker, way: WayIn, language: str
) -> None:
    say = words(language)
    pdf = await maker.ask(job(way, "pdf", "a4", say))
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    text = squeezed(pdf_text(pdf))
    for said in ("192.168.100.200:8000", "AB2 CD3", "Hovedmødet", "Montagen", say("desk.poster.ends")):
        assert squeezed(said) in text, said
    day = {("da", WAY): "3. december 2026", ("en", WAY): "3 December 2026"}.get((language, way))
    if day:
        assert squeezed(say("desk.poster.until", day=day)) in text
        assert squeezed(say("desk.join.print_promise")) in text
    else:
        assert squeezed(say("desk.poster.pulse.title", about="Besked om ændringer")) in text
        assert squeezed(say("desk.poster.pulse.safe", least=5)) in text


async def test_W11_B40_whatever_is_asked_it_is_one_page_with_a_code_that_is_read(
    maker: Maker, tmp_path: Path
) -> None:
    longest = sorted(NAUGHTY, key=len)[-4:]
    for about in ('Hvad {about} {day} #read("x") $x$', "\ufdfa" * 60, "å" * 280, *longest):
        pdf = await maker.ask(job(replace(WAY, activity="notes", about=about), "pdf", "a4", words("da")))
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
        assert codes(printed(pdf, "pdf", tmp_path, 210, dots=100)) == [WAY.join_url]


async def test_W11_X20_B37_facilitators_download_it_while_the_door_is_open(web: Web) -> None:
    at = "/api/workshops/workshop-1/poster"
    assert (await web.client.get(f"{at}.pdf")).json()["code"] == "door_closed"
    listed = f"/api/processes/{PROCESS}/posters"
    assert not [one for one in (await web.client.get(listed)).json() if one["workshop"]]
    web.ways.way = replace(WAY, title="../x\r\nA: b")
    answer = await web.client.get(f"{at}.pdf?paper=a3&language=en")
    assert answer.content.startswith(b"%PDF") and answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="poster-way-in-a3-2026-12-03.pdf"'
    for wrong in (f"{at}.exe", f"{at}.pdf?paper=a5", f"{at}.pdf?language=xx"):
        assert (await web.client.get(wrong)).status_code == 422
    assert (await web.client.get(f"/api/workshops/{OTHER}/poster.pdf")).status_code == 404
    web.people.role = Role.CO_FACILITATOR
    assert (await web.client.get(f"{at}.svg")).headers["content-type"] == "image/svg+xml"
    web.people.role = None
    assert (await web.client.get(f"{at}.pdf")).status_code == 401

"""H8: an element of a summary is a folder that contains everything about it; nothing else names its kind."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from app import blocks
from app.blocks.drawing import Picture
from app.engine.report import Block
from app.exports.html import summary_page
from app.locales import words
from tests.exports.every_block import every_block, summary_of_all, texts
from tests.exports.making import FileMaker
from tests.exports.reading import cells, page, pdf_text, squeezed, word_lines
from tests.support.drawings import DRAWN, FILE, text

ROOT = Path(__file__).parents[2]
KINDS = sorted(path.parent.name for path in blocks.HERE.glob("*/__init__.py"))


def blocks_of(kind: str) -> list[type[Block]]:
    """The blocks that a folder declares, of which there must be one."""
    module = import_module(f"app.blocks.{kind}")
    found = (one for one in vars(module).values() if isinstance(one, type) and issubclass(one, Block))
    return [one for one in found if one.__module__ == module.__name__]


def every(block: type[Block]) -> Iterator[type[Block]]:
    for one in block.__subclasses__():
        yield one
        yield from every(one)


@pytest.mark.parametrize("kind", KINDS)
def test_H8_every_block_has_its_part_of_the_page_of_the_paper_and_of_word(kind: str) -> None:
    (block,) = blocks_of(kind)
    folder = blocks.HERE / kind
    assert block.model_fields["kind"].default == kind
    assert all((folder / part).is_file() for part in ("page.html", "paper.typ", "word.py"))
    assert callable(import_module(f"app.blocks.{kind}.word").word)


#: The texts below pictures, and the descriptions or names of empty ones.
NO_ROW = {
    "Kan ikke",
    "Intet her",
    "Nyt",
    "Ingen forslag her",
    "Støtte",
    *(f"En tekst under {what}" for what in ("felter", "fordelinger", "kvadranter", "hjulet")),
}


async def test_H8_every_format_tells_the_same_texts() -> None:
    """One of every block through every format; what one shows, each does."""
    summary, say = summary_of_all(), words("da")
    assert sorted(block.kind for block in every_block()) == KINDS
    maker = FileMaker()
    try:
        formats = {
            "page": page(summary_page(summary, say)).text,
            "paper": pdf_text(await maker.summary(summary, say)),
            "word": "\n".join(word_lines(await maker.word(summary, say))),
            "tables": "\n".join(cells(await maker.file("xlsx", summary, say))),
        }
    finally:
        await maker.close()
    told = {name: squeezed(text).casefold() for name, text in formats.items()}
    for said in (said for block in every_block() for said in texts(block)):
        telling = {name for name, whole in told.items() if squeezed(said).casefold() in whole}
        # Tables have no pictures to explain, and no rows for empty blocks.
        assert telling == told.keys() or (said in NO_ROW and told.keys() - telling == {"tables"}), said


@pytest.mark.parametrize("kind", KINDS)
def test_H8_every_picture_has_one_drawing_and_both_parts_show_it(kind: str) -> None:
    (block,) = blocks_of(kind)
    folder = blocks.HERE / kind
    page, paper = ((folder / name).read_text("utf-8") for name in ("page.html", "paper.typ"))
    assert issubclass(block, Picture) is (folder / "drawing.py").is_file()
    if issubclass(block, Picture):
        assert block.drawing is not Picture.drawing
        assert "picture(it)" in page or "it.drawing" in page
        assert "picture(it" in paper
    # A template that draws lines itself would be a second drawing.
    assert not re.search(r"<(path|circle|line|poly\w+)\b", page)
    assert not re.search(r"\b(curve|polygon|circle|path)\(", paper)


def test_H8_the_golden_drawings_are_fresh_and_of_every_picture_that_is_drawn_live_too() -> None:
    drawings = {path.parent.name: path.read_text("utf-8") for path in blocks.HERE.glob("*/drawing.py")}
    live = {kind: found[1] for kind, text in drawings.items() if (found := re.search(r"`(\S+\.ts)`", text))}
    assert live and DRAWN.keys() == live.keys()
    for kind, twin in live.items():
        source = (ROOT / "frontend" / "src" / twin).read_text("utf-8")
        assert "new Pen(" in source and f"app/blocks/{kind}" in source
    assert FILE.read_text("utf-8") == text(), "stale: run `make golden` and commit it"


def test_H8_there_is_no_block_outside_the_folders() -> None:
    known = {block for kind in KINDS for block in blocks_of(kind)}
    other = {block.__name__ for block in every(Block) if block.__module__.startswith("app.")}
    assert other - {block.__name__ for block in known} == {"Picture", "Section"}


def test_H8_nothing_but_its_folder_knows_a_kind_of_block() -> None:
    """The exports call blocks, and never ask which one it is; a summary's own sentences are a paragraph."""
    sources = [ROOT / "app" / "engine" / "report.py"]
    for kind in ("*.py", "*.html", "*.typ"):
        sources += (ROOT / "app" / "exports").rglob(kind)
    names = "|".join(block.__name__ for kind in KINDS for block in blocks_of(kind))
    known = re.compile(
        rf"app\.blocks\.({'|'.join(KINDS)})\b|\bkind [=!]= |\b(?:case|isinstance\(\w+,) (?:{names})\b"
    )
    assert {(path.name, *found) for path in sources if (found := known.findall(path.read_text("utf-8")))} == {
        ("summary.py", "paragraph")
    }


GAUGE = {
    "__init__.py": '''
from typing import Literal
from app.blocks.drawing import Drawing, Frame, Picture
from app.blocks.gauge.drawing import drawn

class Gauge(Picture):
    """How full something is."""
    kind: Literal["gauge"] = "gauge"
    share: float

    def drawing(self) -> Drawing:
        return drawn(self.share, Frame(width=200, height=40, type=14))
''',
    "drawing.py": """
from app.blocks.drawing import Drawing, Frame, Pen, bar

def drawn(share: float, frame: Frame) -> Drawing:
    pen = Pen(frame)
    pen.mark("full", bar(0, 0, frame.width * share, 20, 3))
    pen.say("Halvt fuld", 0, 38, "start")
    return pen.drawing()
""",
    "page.html": '<figure class="gauge">{{ picture(it) }}</figure>\n',
    "page.css": ".gauge { margin: 7px 0; }\n",
    "paper.typ": "it => picture(it, 1pt)\n",
    "word.py": """
def word(it, page):
    page.picture(it, 200)
    page.lines(it["alt"])
""",
}
#: Run in the copy: one report yields it, and it is on the page, in its style sheet, in the PDF and in Word.
SHOWN = """
import asyncio, io
import docx, pypdf
from app.blocks.gauge import Gauge
from app.exports.html import summary_css, summary_page
from tests.exports.making import FileMaker
from app.exports.summary import Heading, collect
from app.locales import words
from types import SimpleNamespace
item = SimpleNamespace(activity="one", workshop="w", title="Måler")
told = lambda *_: [Gauge(share=0.5, alt="Halvt")]
summary = collect(None, [item], {"one": told}, Heading(company="c", group="g"), words("da"))
html = summary_page(summary, words("da"))
for part in ('class="gauge"', 'class="full"', "Halvt fuld", 'aria-label="Halvt"'):
    assert part in html, part
assert b".gauge {" in summary_css()
async def pdf():
    maker = FileMaker()
    made = await maker.summary(summary, words("da"))
    word = await maker.word(summary, words("da"))
    assert "Halvt" in "".join(one.text for one in docx.Document(io.BytesIO(word)).paragraphs)
    await maker.close()
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
assert "Halvt fuld" in asyncio.run(pdf())
assert '"share":0.5' in summary.model_dump_json()
"""


def test_H8_a_new_picture_is_a_folder_and_the_line_that_tells_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("web"))
    folder = tmp_path / "app" / "blocks" / "gauge"
    folder.mkdir()
    for name, source in GAUGE.items():
        (folder / name).write_text(source, "utf-8")
    command = [sys.executable, "-c", SHOWN]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]

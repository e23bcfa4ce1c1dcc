"""The summary as a page: the same value the PDF is made of, through templates that escape everything."""

from collections.abc import Collection
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.blocks import HERE as BLOCKS
from app.engine.report import Words
from app.exports.look import PLAIN, Look
from app.exports.run_sheet import RunSheet
from app.exports.shapes import ENDINGS
from app.exports.summary import Summary

HERE = Path(__file__).parent
STATIC = HERE / "static"
_templates = Environment(
    # The part of each kind of block is `<kind>/page.html`.
    loader=FileSystemLoader([HERE / "templates", BLOCKS]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def summary_page(
    summary: Summary,
    words: Words,
    file: str = "",
    without: Collection[str] = (),
    until: str = "",
    look: Look = PLAIN,
) -> str:
    """The whole page. `file` plus an ending is the address of a format; without it a script fetches them.

    `without`: what those files leave out too. `until`: how long a link to the page works.
    """
    shapes = [shape for shape in ENDINGS if shape != "pdf"]
    page = _templates.get_template("summary.html")
    asked = "".join(f"{'&' if n else '?'}without={part}" for n, part in enumerate(without))
    return page.render(
        it=summary.shown(words), say=words, file=file, asked=asked, shapes=shapes, until=until, look=look
    )


def run_sheet_page(sheet: RunSheet, words: Words) -> str:
    """The run sheet, to be printed."""
    return _templates.get_template("run_sheet.html").render(it=sheet.model_dump(), say=words)


def link_page(words: Words) -> str:
    """The page that a manager's link opens, before it knows which summary to show."""
    return _templates.get_template("link.html").render(say=words)


def summary_css() -> bytes:
    """The style sheet of the summary, with that of each block."""
    return _css("summary.css", *sorted(BLOCKS.glob("*/page.css")))


def run_sheet_css() -> bytes:
    """The style sheet of the run sheet."""
    return _css("run-sheet.css")


def _css(own: str, *more: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (STATIC / "base.css", STATIC / own, *more))

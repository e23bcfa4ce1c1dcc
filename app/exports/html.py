"""The summary as a page: the same value the PDF is made of, through templates that escape everything."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.blocks import HERE as BLOCKS
from app.engine.report import Words
from app.exports.run_sheet import RunSheet
from app.exports.summary import Summary

HERE = Path(__file__).parent
_templates = Environment(
    # The part of each kind of block is `<kind>/page.html`.
    loader=FileSystemLoader([HERE / "templates", BLOCKS]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def summary_page(summary: Summary, words: Words, pdf: str = "") -> str:
    """The whole page. `pdf` is where its download button leads; without it a script does the downloading."""
    return _templates.get_template("summary.html").render(it=summary.shown(words), say=words, pdf=pdf)


def run_sheet_page(sheet: RunSheet, words: Words) -> str:
    """The run sheet, to be printed."""
    return _templates.get_template("run_sheet.html").render(it=sheet.model_dump(), say=words)


def link_page(words: Words) -> str:
    """The page a manager's link opens, before it knows whose summary it is."""
    return _templates.get_template("link.html").render(say=words)


def stylesheet() -> bytes:
    """The page's own, and then that of each block."""
    own = HERE / "static" / "summary.css"
    return b"".join(path.read_bytes() for path in (own, *sorted(BLOCKS.glob("*/page.css"))))

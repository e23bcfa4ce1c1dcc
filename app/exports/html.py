"""The summary as a page: the same value the PDF is made of, through one template that escapes everything."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.board.report import Words
from app.exports.bars import bars
from app.exports.course import drawn
from app.exports.pdf import note_count, quadrant_titles
from app.exports.summary import Summary
from app.exports.wheel import shapes

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals |= {
    "bars": bars,
    "drawn": drawn,
    "note_count": note_count,
    "quadrant_titles": quadrant_titles,
    "wheel": shapes,
}


def summary_page(summary: Summary, words: Words, pdf: str = "") -> str:
    """The whole page. `pdf` is where its download button leads; without it a script does the downloading."""
    return _templates.get_template("summary.html").render(it=summary, say=words, pdf=pdf)


def link_page(words: Words) -> str:
    """The page a manager's link opens, before it knows whose summary it is."""
    return _templates.get_template("link.html").render(say=words)

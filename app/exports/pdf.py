"""The summary as files: its data for the templates, and the worker's jobs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from app.engine.report import Words
from app.exports.collecting import summary_of
from app.exports.everything import Extra
from app.exports.gather import Gathered
from app.exports.look import dressed
from app.exports.sections import Kinds
from app.exports.shapes import Shape, ended, file_name
from app.exports.sheets import sheets
from app.exports.summary import Summary

#: What a ZIP contains besides the documents.
MakeExtras = Callable[[Gathered, Summary, Words], Iterable[Extra]]


@dataclass(frozen=True)
class Composed:
    """A file of what was gathered, as a job that the worker composes itself."""

    gathered: Gathered
    kinds: Kinds
    shape: Shape
    without: tuple[str, ...]
    make_extras: MakeExtras

    def __call__(self) -> dict[str, Any]:
        """The job in the worker's terms."""
        summary, say = summary_of(self.gathered, self.kinds, self.without)
        extras = self.make_extras(self.gathered, summary, say) if self.shape == "zip" else ()
        return dressed(job(self.shape, summary, say, extras), self.gathered.look)


def job(shape: Shape, summary: Summary, words: Words, extras: Iterable[Extra] = ()) -> dict[str, Any]:
    """What the worker is asked for."""
    if shape != "zip":
        data = document_data if shape in ("pdf", "docx") else table_data
        return _asked(shape, data(summary, words), summary)
    # The shared data of two of them is built once.
    document, tables = document_data(summary, words), table_data(summary, words)
    data_of: dict[Shape, dict[str, Any]] = {"pdf": document, "docx": document, "xlsx": tables, "csv": tables}
    name = file_name(summary.day, words)
    each = [(ended(name, one), _asked(one, data, summary)) for one, data in data_of.items()]
    return {"to": shape, "timestamp": _timestamp(summary), "files": [*each, *map(tuple, extras)]}


def _asked(shape: Shape, data: dict[str, Any], summary: Summary) -> dict[str, Any]:
    asked = {"to": shape, "timestamp": _timestamp(summary), "data": data}
    return asked | {"template": "summary.typ"} if shape == "pdf" else asked


def _timestamp(summary: Summary) -> int:
    """Noon of the last meeting, so that the document is dated by its content, not by the download."""
    day = summary.day or date(2000, 1, 1)
    return int(datetime.combine(day, time(12), UTC).timestamp())


def document_data(summary: Summary, words: Words) -> dict[str, Any]:
    """The data for a document: the summary, and the few other texts it needs."""
    data = summary.shown(words)
    return data | {
        "page": words("summary.page"),
        "chosen": words("summary.chosen"),
        "picked": words("summary.picked"),
        "how": words("summary.how"),
        "boxes": words("summary.boxes"),
    }


def table_data(summary: Summary, words: Words) -> dict[str, Any]:
    """The data for a workbook and for CSV."""
    return {
        "title": summary.title,
        "company": summary.company,
        "cut": words("summary.cut"),
        "sheets": [sheet.job() for sheet in sheets(summary, words)],
    }

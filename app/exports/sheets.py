"""The summary as tables, for Excel and CSV: the rows its blocks have, sheet by sheet.

They hold no more than the summary; pictures and their explanations are left to the documents.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from app.engine.report import Block, Cell, Day, Words
from app.exports.summary import Summary


class Sheet(NamedTuple):
    """A table with its name and its header."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]

    def job(self) -> dict[str, Any]:
        """For the worker, which knows none of our models."""
        cells = [[{"day": cell.iso} if isinstance(cell, Day) else cell for cell in row] for row in self.rows]
        return {"name": self.name, "columns": self.columns, "rows": cells}


def sheets(summary: Summary, words: Words) -> list[Sheet]:
    """The overview first, then each sheet where the summary first has something for it."""
    found: dict[tuple[str, tuple[str, ...]], Sheet] = {}
    for title, block in _told(summary):
        for name, columns, rows in block.tabled(words):
            header = words("summary.column.item"), *columns
            sheet = found.setdefault((name, columns), Sheet(name, header, []))
            sheet.rows.extend((title, *row) for row in rows)
    return _told_apart([_overview(summary, words), *found.values()])


def _told(summary: Summary) -> Iterator[tuple[str, Block]]:
    for block in summary.short:
        yield summary.short_title, block
    for section in summary.sections:
        for block in section.blocks:
            yield section.title, block


def _overview(summary: Summary, words: Words) -> Sheet:
    columns = words("summary.column.name"), words("summary.column.value")
    said: list[tuple[Cell, ...]] = [
        ("", text) for text in (summary.company, summary.title, summary.why) if text
    ]
    return Sheet(
        words("summary.sheet.about"), columns, [*said, *((one.name, one.value) for one in summary.rows)]
    )


def _told_apart(them: Sequence[Sheet]) -> list[Sheet]:
    """Give each table a name of its own, as tables with different columns need separate sheets."""
    named: list[Sheet] = []
    for sheet in them:
        same = sum(one.name.partition(" (")[0] == sheet.name for one in named)
        named.append(sheet._replace(name=f"{sheet.name} ({same + 1})") if same else sheet)
    return named

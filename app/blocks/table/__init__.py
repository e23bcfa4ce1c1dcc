"""Rows under named columns, such as the action plan (P4.5)."""

from collections.abc import Iterable
from itertools import chain, islice, repeat
from typing import Any, ClassVar, Literal, Self

from app.engine.report import Block, Box, Day, FoundCard, FoundLine, Paper, ReportModel, Tabled, Whole, Words

#: Shares of the width on paper, by column: what is done and how take more, a day more than a status.
WIDTHS = (1.0, 1.5, 1.0, 1.0, 1.4, 1.25, 0.9)


class TableRow(ReportModel):
    """One row; `paper` is that of its theme, if it has one. A cell may have several lines."""

    cells: tuple[str, ...]
    #: The day (ISO) that its words mean, for sorting.
    day: str = ""
    paper: Paper | None = None
    #: Done; or no longer to be done, and listed last.
    done: bool = False
    off: bool = False


class Table(Block):
    """As many cells in each row as there are columns. Without rows nothing is shown.

    `brief` are the two columns to use where there is little space: what it is, and its status.
    """

    tells: ClassVar[str] = "rows"
    kind: Literal["table"] = "table"
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    brief: tuple[int, int] | None = None
    #: The name of its sheet in Excel; one of our own words, since Excel accepts few names.
    sheet: str = ""
    #: Its first column is the theme.
    themed: bool = False
    #: Its rows are what people wrote.
    own_words: bool = False

    @property
    def boxes(self) -> Iterable[Box]:
        if self.brief:
            name, _ = self.brief
            for row in (row for row in self.rows if not row.off):
                said = zip(self.columns, row.cells, strict=True)
                lines = tuple(
                    f"{column}: {cell}" for n, (column, cell) in enumerate(said) if n != name and cell
                )
                theme = row.cells[0] if self.themed else ""
                yield Box(title=row.cells[name], lines=lines, paper=row.paper, theme=theme)

    @property
    def standing(self) -> Iterable[str]:
        if self.brief:
            _, said = self.brief
            by_state = sorted(self.rows, key=lambda row: (not row.done, row.off))
            yield from (row.cells[said] for row in by_state)

    @property
    def due(self) -> Iterable[tuple[str, str]]:
        if self.brief:
            name, _ = self.brief
            left = (row for row in self.rows if row.day and not row.done and not row.off)
            yield from ((row.day, row.cells[name]) for row in left)

    @property
    def off(self) -> int:
        return sum(row.off for row in self.rows) if self.brief else 0

    def marked(self, _whole: Whole, _before: Block | None) -> Self:
        return self.model_copy(update={"rows": tuple(sorted(self.rows, key=lambda row: row.off))})

    @property
    def wordless(self) -> Self | None:
        return None if self.own_words else self

    @property
    def closes(self) -> bool:
        return self.brief is not None

    def found(self, _words: Words) -> Iterable[FoundLine]:
        if self.brief:
            name, said = self.brief
            rows = (
                FoundCard(name=row.cells[name], paper=row.paper, said=row.cells[said]) for row in self.rows
            )
            yield FoundLine(cards=tuple(rows))

    def shown(self, words: Words) -> dict[str, Any]:
        many = len(self.columns)
        widths = islice(chain(WIDTHS if many > 2 else (), repeat(1.0)), many)
        return {**super().shown(words), "widths": list(widths)}

    def tabled(self, words: Words) -> Iterable[Tabled]:
        days = any(row.day for row in self.rows)
        columns = (*self.columns, words("summary.column.day")) if days else self.columns
        rows = [(*row.cells, Day(row.day) if row.day else "") if days else row.cells for row in self.rows]
        if rows:
            yield Tabled(self.sheet or words("summary.sheet.table"), columns, rows)

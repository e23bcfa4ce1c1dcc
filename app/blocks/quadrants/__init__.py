"""The quadrants as a picture (P3.2)."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import Field

from app.engine.report import Block, Card, Tabled, Whole, Words, tabled

Row = tuple[tuple[Card, ...], tuple[Card, ...]]


class Quadrants(Block):
    """`cells[row][column]`; the first cell is the one that counts.

    `alt` describes the picture for people who cannot see it; it is never left out (PDF/UA).
    """

    #: The picture is what everybody looks for.
    first_page: ClassVar[bool] = True

    kind: Literal["quadrants"] = "quadrants"
    columns: tuple[str, str]
    rows: tuple[str, str]
    cells: tuple[Row, Row]
    caption: str = ""
    alt: str = Field(min_length=1)

    @property
    def titles(self) -> list[str]:
        """The titles of its four fields, row by row, each as *Vigtigt, haster*."""
        return [f"{column}, {row[:1].lower()}{row[1:]}" for row in self.rows for column in self.columns]

    def marked(self, whole: Whole, before: Block | None) -> Self:
        said = self.caption or (whole.words("summary.quadrant.caption") if whole.chosen else "")
        return super().marked(whole, before).model_copy(update={"caption": said})

    def shown(self, words: Words) -> dict[str, Any]:
        """Its four fields with their titles."""
        shown = super().shown(words)
        cells = [cards for row in shown["cells"] for cards in row]
        fields = [{"title": title, "cards": cards} for title, cards in zip(self.titles, cells, strict=True)]
        return shown | {"fields": fields, "empty": words("summary.quadrant.empty")}

    def tabled(self, words: Words) -> Iterable[Tabled]:
        cells = (card for row in self.cells for card in row)
        rows = ((card.name, title) for title, cards in zip(self.titles, cells, strict=True) for card in cards)
        return tabled(words, "places", "theme place", rows)

"""Two or more fields side by side, with cards in them (P3.1)."""

from collections.abc import Iterable
from typing import Literal

from app.engine.report import Block, Card, FoundLine, ReportModel, Tabled, Words, cards_found, tabled


class FieldBlock(ReportModel):
    """One named field of a board, such as *Kan påvirkes*. `empty` is shown when nothing is in it."""

    title: str
    cards: tuple[Card, ...] = ()
    empty: str = ""


class Fields(Block):
    """The fields; the first is the one that counts."""

    kind: Literal["fields"] = "fields"
    fields: tuple[FieldBlock, ...]
    caption: str = ""

    def found(self, _words: Words) -> Iterable[FoundLine]:
        for field in self.fields:
            if field.cards:
                yield FoundLine(label=field.title, cards=cards_found(field.cards))

    def tabled(self, words: Words) -> Iterable[Tabled]:
        rows = ((card.name, field.title) for field in self.fields for card in field.cards)
        return tabled(words, "places", "theme place", rows)

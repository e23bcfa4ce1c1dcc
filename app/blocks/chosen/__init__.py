"""The themes the group has chosen to work with (P3.3): the one block that is meant to be seen first."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from app.engine.report import Block, Card, FoundLine, Tabled, Tally, Words, cards_found, tabled


class Chosen(Block):
    """The chosen themes."""

    tells: ClassVar[str] = "themes"
    kind: Literal["chosen"] = "chosen"
    themes: tuple[Card, ...]

    @property
    def tally(self) -> Tally:
        return Tally(chosen=self.themes)

    def found(self, words: Words) -> Iterable[FoundLine]:
        yield FoundLine(label=words("summary.found.chosen"), cards=cards_found(self.themes))

    def tabled(self, words: Words) -> Iterable[Tabled]:
        return tabled(
            words, "places", "theme place", ((one.name, words("summary.chosen")) for one in self.themes)
        )

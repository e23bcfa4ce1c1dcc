"""Themes, each with its notes."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from app.engine.report import Block, Box, Card, FoundLine, Tabled, Tally, Words, cards_found, tabled


class ThemeBlock(Card):
    """A theme with its notes; `many` is how many, where they are left out. `tag` is a small word next to the
    name (one of the six factors, P2.10).
    """

    notes: tuple[str, ...] = ()
    many: int | None = None
    tag: str = ""


class Themes(Block):
    """Themes in their order, with how many notes each has."""

    tells: ClassVar[str] = "themes"
    kind: Literal["themes"] = "themes"
    themes: tuple[ThemeBlock, ...]

    @property
    def wordless(self) -> Self | None:
        left = (theme.model_copy(update={"notes": (), "many": len(theme.notes)}) for theme in self.themes)
        return self.model_copy(update={"themes": tuple(left)})

    @property
    def told_once(self) -> bool:
        return True

    @property
    def boxes(self) -> Iterable[Box]:
        for theme in self.themes:
            yield Box(title=theme.name, lines=theme.notes, paper=theme.paper, theme=theme.name, is_theme=True)

    @property
    def tally(self) -> Tally:
        return Tally(notes=sum(len(theme.notes) for theme in self.themes), themes=len(self.themes))

    def found(self, words: Words) -> Iterable[FoundLine]:
        said = (words("summary.notes", n=len(one.notes)) for one in self.themes)
        cards = zip(cards_found(self.themes), said, strict=True)
        yield FoundLine(cards=tuple(card.model_copy(update={"said": said}) for card, said in cards))

    def shown(self, words: Words) -> dict[str, Any]:
        shown = super().shown(words)
        for theme in shown["themes"]:
            many = theme.pop("many")
            theme["count"] = words("summary.notes", n=len(theme["notes"]) if many is None else many)
        return shown

    def tabled(self, words: Words) -> Iterable[Tabled]:
        chosen = words("summary.chosen")
        them = self.themes
        about = ((one.name, one.tag, len(one.notes), chosen if one.chosen else "") for one in them)
        yield from tabled(words, "themes", "theme factor many chosen", about)
        yield from tabled(
            words, "notes", "theme note", ((one.name, note) for one in them for note in one.notes)
        )

"""Notes that lie in no theme."""

from collections.abc import Iterable
from typing import ClassVar, Literal, Self

from app.engine.report import Block, Box, Paper, Tabled, Tally, Whole, Words, tabled


class Notes(Block):
    """Notes without themes. Where they follow themes, the summary gives them a title."""

    tells: ClassVar[str] = "notes"
    kind: Literal["notes"] = "notes"
    notes: tuple[str, ...]
    paper: Paper = "korn"
    title: str = ""
    #: The rest of a question whose other notes lie in themes.
    rest: bool = False

    @property
    def wordless(self) -> Self | None:
        return None

    @property
    def told_once(self) -> bool:
        return self.rest

    @property
    def boxes(self) -> Iterable[Box]:
        # Notes of a question that nobody has grouped yet are shown on the wall too.
        yield Box(title=self.title, lines=self.notes, paper=self.paper, is_theme=True)

    @property
    def tally(self) -> Tally:
        return Tally(notes=len(self.notes))

    def marked(self, whole: Whole, before: Block | None) -> Self:
        if self.title or before is None or not before.tally.themes:
            return self
        return self.model_copy(update={"title": whole.words("summary.notes.free")})

    def tabled(self, words: Words) -> Iterable[Tabled]:
        return tabled(words, "notes", "theme note", ((self.title, note) for note in self.notes))

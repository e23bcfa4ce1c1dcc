"""A question with what people answered in their own words (P5.1)."""

from collections.abc import Iterable
from typing import Literal, Self

from app.engine.report import Block, FoundLine, Paper, Tabled, Words, tabled


class OpenAnswers(Block):
    """The answers; these are no notes of the board, and are not counted as such."""

    kind: Literal["open_answers"] = "open_answers"
    question: str
    answers: tuple[str, ...]
    paper: Paper = "korn"

    @property
    def wordless(self) -> Self | None:
        return None

    def found(self, words: Words) -> Iterable[FoundLine]:
        yield FoundLine(label=self.question, text=words("summary.found.answers", n=len(self.answers)))

    def tabled(self, words: Words) -> Iterable[Tabled]:
        return tabled(words, "texts", "asked text", ((self.question, one) for one in self.answers))

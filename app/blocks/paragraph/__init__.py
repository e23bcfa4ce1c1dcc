"""Running text."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from app.engine.report import Block, FoundLine, Tabled, Words, tabled


class Paragraph(Block):
    """`lead` is large and may head the summary (a why), `question` is large, `quiet` is small and grey."""

    tells: ClassVar[str] = "text"
    kind: Literal["paragraph"] = "paragraph"
    text: str
    tone: Literal["text", "lead", "question", "quiet"] = "text"

    @property
    def opening(self) -> str:
        return self.text if self.tone == "lead" else ""

    @property
    def asked(self) -> str | None:
        return self.text if self.tone == "question" else None

    def found(self, _words: Words) -> Iterable[FoundLine]:
        if self.text:
            yield FoundLine(text=self.text, lead=self.tone == "lead")

    def tabled(self, words: Words) -> Iterable[Tabled]:
        return tabled(words, "texts", "asked text", [("", self.text)])

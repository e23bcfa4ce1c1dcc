"""How many answered each step of a scale, as bars (P5.2)."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from app.blocks.bars.drawing import drawn
from app.blocks.drawing import Drawing, Frame, Picture
from app.engine.report import FoundLine, Tabled, Words, tabled


class Bars(Picture):
    """The steps of a scale from 1; `earlier` is the same from an earlier time, or empty.

    `said` has a line for each of the two; `ends` are the labels of the lowest and the highest step.
    """

    over_time: ClassVar[bool] = True

    kind: Literal["bars"] = "bars"
    question: str
    counts: tuple[int, ...]
    earlier: tuple[int, ...] = ()
    ends: tuple[str, str]
    said: tuple[str, ...]

    def found(self, _words: Words) -> Iterable[FoundLine]:
        yield FoundLine(label=self.question, text=self.said[0])

    def drawing(self) -> Drawing:
        return drawn(self.counts, self.earlier, self.ends, Frame(width=680, height=230, type=17))

    def tabled(self, words: Words) -> Iterable[Tabled]:
        means = dict(zip((1, len(self.counts)), self.ends, strict=True))
        before: tuple[int | str, ...] = self.earlier or ("",) * len(self.counts)
        steps = enumerate(zip(self.counts, before, strict=True), 1)
        rows = ((self.question, step, means.get(step, ""), now, then) for step, (now, then) in steps)
        yield from tabled(words, "pulse", "asked step means now then", rows)
        yield from tabled(words, "texts", "asked text", ((self.question, line) for line in self.said))

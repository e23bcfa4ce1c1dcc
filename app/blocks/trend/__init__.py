"""How the answers to some questions have moved over time, as lines (P5.2)."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from app.blocks.drawing import Drawing, Frame, Picture
from app.blocks.trend.drawing import drawn
from app.engine.report import FoundLine, ReportModel, Tabled, Words, tabled


class TrendTime(ReportModel):
    """When it was asked, in words, and how many days after the first time."""

    label: str
    days: int


class TrendPlace(ReportModel):
    """Which of the times it is, and the mean then, as a number and in words."""

    time: int
    mean: float
    said: str


class TrendLine(ReportModel):
    """What was asked, in a few words, and the means; a time with too few answers has none."""

    name: str
    places: tuple[TrendPlace, ...]


class Trend(Picture):
    """The means of a scale from 1 to `top`; `ends` say what the lowest and the highest step mean."""

    over_time: ClassVar[bool] = True

    kind: Literal["trend"] = "trend"
    title: str
    times: tuple[TrendTime, ...]
    lines: tuple[TrendLine, ...]
    ends: tuple[str, str]
    top: int = 5

    @property
    def scale(self) -> str:
        """*1: slet ikke, 5: i høj grad*"""
        low, high = self.ends
        return f"1: {low}, {self.top}: {high}"

    def found(self, _words: Words) -> Iterable[FoundLine]:
        for line in self.lines:
            told = ", ".join(f"{one.said} ({self.times[one.time].label})" for one in line.places)
            yield FoundLine(label=line.name, text=told)

    def drawing(self) -> Drawing:
        lines = [(line.name, [(one.time, one.mean, one.said) for one in line.places]) for line in self.lines]
        times = [(time.label, time.days) for time in self.times]
        return drawn(lines, times, self.ends, self.top, Frame(width=680, height=270, type=15))

    def shown(self, words: Words) -> dict[str, Any]:
        return super().shown(words) | {"scale": self.scale}

    def tabled(self, words: Words) -> Iterable[Tabled]:
        rows = (
            (f"{self.title}: {line.name}", self.times[one.time].label, one.said, self.scale)
            for line in self.lines
            for one in line.places
        )
        return tabled(words, "trend", "asked when mean scale", rows)

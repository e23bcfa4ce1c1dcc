"""How something has progressed, drawn as a path (P5.4)."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from app.blocks.course.drawing import drawn
from app.blocks.drawing import Drawing, Frame, Picture
from app.engine.report import FoundLine, Paper, ReportModel, Tabled, Words, tabled


class CoursePoint(ReportModel):
    """A place on a scale from 0 to 10; `label` says when that was."""

    label: str
    value: int = Field(ge=0, le=10)


class Course(Picture):
    """The places it was at, the oldest first, and the aim; `low` and `high` say what 0 and 10 mean."""

    kind: Literal["course"] = "course"
    name: str
    paper: Paper = "korn"
    low: str
    high: str
    points: tuple[CoursePoint, ...]
    aim: CoursePoint | None = None

    def found(self, _words: Words) -> Iterable[FoundLine]:
        yield FoundLine(text=self.alt)

    @property
    def progress_of(self) -> tuple[str, Paper] | None:
        return self.name, self.paper

    def drawing(self) -> Drawing:
        points = [(point.label, point.value) for point in self.points]
        aim = (self.aim.label, self.aim.value) if self.aim else None
        return drawn(points, aim, (self.low, self.high), Frame(width=680, height=250, type=15))

    def tabled(self, words: Words) -> Iterable[Tabled]:
        ends = self.low, self.high
        rows = [(self.name, one.label, one.value, "", *ends) for one in self.points]
        aim = [(self.name, self.aim.label, "", self.aim.value, *ends)] if self.aim else []
        return tabled(words, "course", "theme when step aim low high", (*rows, *aim))

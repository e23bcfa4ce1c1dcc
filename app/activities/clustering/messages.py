"""What clustering keeps, and what can be asked of it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.board.activity import Activity, Settings, wall_and_desk
from app.board.commands import Base, DriverCommand, NewId
from app.board.factors import Factor
from app.board.records import Id
from app.board.report import Paper
from app.board.shared_records import BoardRecord
from app.board.text import Name, Prose


class ClusteringSettings(Settings):
    """`of` is the notes activity whose notes are gathered."""

    of: Id


clustering = Activity("clustering", ClusteringSettings)

#: The four questions of P2.6: what stands out, what recurs, what would we act on at once, what do we share.
Question = Annotated[int, Field(ge=1, le=4)]


class Answer(BoardRecord):
    """What the group answered to one of the four questions."""

    kind: Literal["answer"] = "answer"
    activity: Id
    question: Question
    text: str


clustering.record(Answer, wall_and_desk)


class NoteAt(BaseModel):
    """A note, and the seq at which the driver saw it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    note: Id
    base: Base


Notes = Annotated[list[NoteAt], Field(max_length=500)]


class MakeTheme(DriverCommand):
    """A new theme from these notes."""

    type: Literal["clustering.make_theme"]
    activity: Id
    theme: NewId
    notes: Notes
    name: Name
    paper: Paper


class MoveNotes(DriverCommand):
    """These notes into a theme, or with None out of any."""

    type: Literal["clustering.move_notes"]
    activity: Id
    notes: Annotated[Notes, Field(min_length=1)]
    theme: Id | None


class ThemeCommand(DriverCommand):
    """A command to one theme."""

    theme: Id
    base: Base


class RenameTheme(ThemeCommand):
    """Another name."""

    type: Literal["clustering.rename"]
    name: Name


class RecolourTheme(ThemeCommand):
    """Another paper."""

    type: Literal["clustering.recolour"]
    paper: Paper


class MergeThemes(ThemeCommand):
    """All notes of a theme into another; the theme goes."""

    type: Literal["clustering.merge"]
    into: Id


class SplitTheme(ThemeCommand):
    """Dissolve a theme; its notes are free again."""

    type: Literal["clustering.split"]


class OrderTheme(ThemeCommand):
    """Move a theme before another, or last."""

    type: Literal["clustering.order"]
    before: Id | None


class TagTheme(DriverCommand):
    """This theme is about one of the six factors, too."""

    type: Literal["clustering.tag"]
    theme: Id
    factor: Factor


class UntagTheme(DriverCommand):
    """This theme is not about that factor after all."""

    type: Literal["clustering.untag"]
    theme: Id
    factor: Factor


class AnswerQuestion(DriverCommand):
    """The group's answer to one of the four questions; an empty one takes it away."""

    type: Literal["clustering.answer"]
    activity: Id
    question: Question
    base: Base
    text: Prose

"""What clustering keeps, and what can be asked of it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.engine.activity import Part, Settings, wall_and_desk
from app.engine.commands import Base, DriverCommand, NewId
from app.engine.records import Id
from app.engine.report import Paper
from app.engine.text import Name, Prose
from app.parts.factors import Factor
from app.parts.gathered import QUESTIONS, Answer, Question


class ClusteringSettings(Settings):
    """`of` is the notes activity whose notes are gathered."""

    of: Id


clustering = Part("clustering")

clustering.publish(QUESTIONS=QUESTIONS)
clustering.record(Answer, wall_and_desk)


@clustering.public_id
def answer_id(activity: str, question: int) -> str:
    """The id of the answer to a question."""
    return f"answer:{activity}:{question}"


class NoteAt(BaseModel):
    """A note, and the seq at which the driver saw it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    note: Id
    base: Base


Notes = Annotated[list[NoteAt], Field(max_length=500)]


class MakeTheme(DriverCommand):
    """Group these notes into a new theme."""

    type: Literal["clustering.make_theme"]
    activity: Id
    theme: NewId
    notes: Notes
    name: Name
    paper: Paper


class MoveNotes(DriverCommand):
    """Move notes into a theme, or with None out of any."""

    type: Literal["clustering.move_notes"]
    activity: Id
    notes: Annotated[Notes, Field(min_length=1)]
    theme: Id | None


class ThemeCommand(DriverCommand):
    """A command to one theme."""

    theme: Id
    base: Base


class RenameTheme(ThemeCommand):
    """Change the name."""

    type: Literal["clustering.rename"]
    name: Name


class RecolourTheme(ThemeCommand):
    """Change the paper."""

    type: Literal["clustering.recolour"]
    paper: Paper


class MergeThemes(ThemeCommand):
    """Move all notes of a theme into another, and remove the theme."""

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
    """Tag a theme with one of the six factors."""

    type: Literal["clustering.tag"]
    theme: Id
    factor: Factor


class UntagTheme(DriverCommand):
    """Remove a factor from a theme."""

    type: Literal["clustering.untag"]
    theme: Id
    factor: Factor


#: W9: the question whose answer can go into the plan: what we would act on at once.
AT_ONCE: Question = 3
clustering.publish(AT_ONCE=AT_ONCE)


class ActAtOnce(DriverCommand):
    """W9: what the group would act on at once goes into the plan, an action for each line of the answer."""

    type: Literal["clustering.act"]
    answer: Id
    base: Base


class AnswerQuestion(DriverCommand):
    """Set the group's answer to one of the four questions; an empty one removes it."""

    type: Literal["clustering.answer"]
    activity: Id
    question: Question
    base: Base
    text: Prose

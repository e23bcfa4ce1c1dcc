"""What a reflection keeps (P5.3), the progress picture of a theme (P5.4), and what can be asked of them."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.engine.activity import Part, Settings, wall_and_desk
from app.engine.audience import BoardRecord
from app.engine.commands import Base, DriverCommand, NewId
from app.engine.records import Id
from app.engine.text import Line, Name, Prose


class ReflectionSettings(Settings):
    """No settings: the reflection is on the whole process."""


reflection = Part("reflection")

#: P5.3: what the group answers in words, in the order it is asked. The next theme comes before the plan.
ReflectionPart = Literal["far", "well", "less", "plan"]
PARTS: tuple[ReflectionPart, ...] = ("far", "well", "less", "plan")
reflection.publish(REFLECTION_PARTS=PARTS)

#: P5.4: a place on the scale; the words at its ends are the group's own.
TOP = 10
Level = Annotated[int, Field(ge=0, le=TOP)]
reflection.publish(PROGRESS_TOP=TOP)
#: A day, ISO; that it is in the calendar is checked by the rule (B68).
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Reflection(BoardRecord):
    """One answer of the group. Each meeting with a reflection has its own."""

    kind: Literal["reflection"] = "reflection"
    activity: Id
    part: ReflectionPart
    text: str


class NextTheme(BoardRecord):
    """The theme that the group will work with next, chosen in this reflection."""

    kind: Literal["next_theme"] = "next_theme"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    activity: Id
    theme: Id


class Mark(BaseModel):
    """Where a theme was on a day, and where the group wanted it to be; None: not set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: ISO.
    day: str
    value: int | None
    want: int | None


class Progress(BoardRecord):
    """P5.4: the progress of a theme, with a mark for each day it was set; one per process."""

    kind: Literal["progress"] = "progress"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    #: The words at 0 and at 10; empty: the usual ones.
    low: str = ""
    high: str = ""
    #: The day by which the group wants to be there, ISO.
    by: str | None = None
    #: The oldest first.
    marks: tuple[Mark, ...] = ()


class Reminder(BoardRecord):
    """P5.4: at which meeting a theme is followed up, when that is, and who is responsible."""

    kind: Literal["reminder"] = "reminder"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    meeting: str
    #: The phrase as it was typed, the day it means (ISO), and the days it may mean (P4.5: never a guess).
    when: str = ""
    day: str | None = None
    either: tuple[str, ...] = ()
    who: str = ""


reflection.record(Reflection, wall_and_desk)
reflection.record(Reminder, wall_and_desk)
reflection.record(NextTheme, wall_and_desk)
reflection.record(Progress, wall_and_desk)


@reflection.public_id
def reflection_id(activity: str, part: ReflectionPart) -> str:
    """The id of an answer: there is one of each in a reflection."""
    return f"reflection:{activity}:{part}"


@reflection.public_id
def next_theme_id(activity: str) -> str:
    """The id of the choice of the next theme."""
    return f"next_theme:{activity}"


@reflection.public_id
def progress_id(theme: str) -> str:
    """The id of a theme's progress picture."""
    return f"progress:{theme}"


class WriteReflection(DriverCommand):
    """Change the text of an answer; an empty one removes it."""

    type: Literal["reflection.write"]
    activity: Id
    part: ReflectionPart
    base: Base
    text: Prose


class ChooseNext(DriverCommand):
    """Set the next theme, or none."""

    type: Literal["reflection.next"]
    activity: Id
    base: Base
    theme: Id | None


class MarkProgress(DriverCommand):
    """Set where the theme is today, and where it should be. Both None: removes today's mark."""

    type: Literal["reflection.mark"]
    activity: Id
    theme: Id
    base: Base
    value: Level | None
    want: Level | None


class Remind(DriverCommand):
    """Plan to follow up a theme at a meeting; with a base, change the text of a planned one.

    `day` chooses between two readings of the phrase.
    """

    type: Literal["reflection.remind"]
    activity: Id
    reminder: NewId
    base: Base
    theme: Id
    meeting: Line
    when: Name
    who: Name
    day: Day | None = None


class Forget(DriverCommand):
    """Remove a planned follow-up."""

    type: Literal["reflection.forget"]
    reminder: Id
    base: Base


class NameEnds(DriverCommand):
    """The labels of the scale's ends, and the day by which the group wants to reach its goal."""

    type: Literal["reflection.ends"]
    activity: Id
    theme: Id
    base: Base
    low: Name
    high: Name
    by: Day | None

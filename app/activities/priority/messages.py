"""What the priority board keeps, and what can be asked of it."""

from typing import ClassVar, Literal

from app.engine.activity import Part, Settings, wall_and_desk
from app.engine.audience import BoardRecord
from app.engine.commands import Base, DriverCommand
from app.engine.records import Id
from app.parts.placing import Agreement
from app.parts.themes import of_cycle


class PrioritySettings(Settings):
    """Nothing to set: all themes that can be influenced come in."""


priority = Part("priority")


class Priority(BoardRecord):
    """Where a theme lies; None until that pass has reached it. One for a theme: its id is `priority_id`."""

    kind: Literal["priority"] = "priority"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    important: bool | None
    urgent: bool | None
    #: P5.5: each cycle places again; what was said before stays as it was.
    cycle: int = 1


@priority.public_id
def priority_id(theme: str, cycle: int) -> str:
    """The id of a theme's place in a cycle."""
    return of_cycle(f"priority:{theme}", cycle)


class Guide(BoardRecord):
    """Which of the two passes the group is in, or whether it places freely."""

    kind: Literal["guide"] = "guide"
    activity: Id
    step: Literal["important", "urgent", "free"]

    def closed(self) -> None:
        return None


@priority.public_id
def guide_id(activity: str) -> str:
    """The id of the pass an item is in."""
    return f"guide:{activity}"


class Spread(BoardRecord):
    """P3.4: where the group placed a theme, frozen when the placing closed; made of enough answers (A12).

    Of `n` phones so many said that it is important, and so many that it is urgent. Which of them said both is
    kept nowhere: with few phones that would come near to single people.
    """

    kind: Literal["spread"] = "spread"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    activity: Id
    theme: Id
    n: int
    important: int
    urgent: int
    important_agreement: Agreement
    urgent_agreement: Agreement


for _kind in (Priority, Guide, Spread):
    priority.record(_kind, wall_and_desk)


class PlacePriority(DriverCommand):
    """A theme to its place; both None puts it back in the tray."""

    type: Literal["priority.place"]
    theme: Id
    base: Base
    important: bool | None
    urgent: bool | None


class ChooseTheme(DriverCommand):
    """Work with this theme; a fourth must be confirmed."""

    type: Literal["priority.choose"]
    theme: Id
    confirmed: bool


class UnchooseTheme(DriverCommand):
    """Leave this theme for the next cycle after all."""

    type: Literal["priority.unchoose"]
    theme: Id


class GuidePass(DriverCommand):
    """Take the group to a pass."""

    type: Literal["priority.guide"]
    activity: Id
    base: Base
    step: Literal["important", "urgent", "free"]


class OpenPlacing(DriverCommand):
    """Ask the phones where they would place each theme."""

    type: Literal["priority.open_placing"]
    activity: Id


class ClosePlacing(DriverCommand):
    """Take no more placements, and show where the group lies."""

    type: Literal["priority.close_placing"]
    activity: Id


class FollowGroup(DriverCommand):
    """Place every theme where most of the group placed it."""

    type: Literal["priority.follow"]
    activity: Id

"""What the priority board keeps, and what can be asked of it."""

from typing import ClassVar, Literal

from app.engine.activity import Part, Settings, wall_and_desk
from app.engine.audience import BoardRecord
from app.engine.commands import Base, DriverCommand
from app.engine.records import Id
from app.parts.placing import Agreement, GroupSpread
from app.parts.themes import of_cycle


class PrioritySettings(Settings):
    """No settings: all themes that can be influenced are included."""


priority = Part("priority")


class Priority(BoardRecord):
    """Where a theme is; None until that pass has reached it. One for a theme: its id is `priority_id`."""

    kind: Literal["priority"] = "priority"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    important: bool | None
    urgent: bool | None
    #: P5.5: each cycle places again; earlier placements stay as they were.
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


class Spread(GroupSpread):
    """P3.4: where the group placed a theme.

    How many of `n` phones said that it is important, and how many that it is urgent. How many said both is
    stored nowhere: with few phones that would nearly identify people.
    """

    kind: Literal["spread"] = "spread"

    important: int
    urgent: int
    important_agreement: Agreement
    urgent_agreement: Agreement


for _kind in (Priority, Guide, Spread):
    priority.record(_kind, wall_and_desk)


class PlacePriority(DriverCommand):
    """Place a theme; both None puts it back in the tray."""

    type: Literal["priority.place"]
    theme: Id
    base: Base
    important: bool | None
    urgent: bool | None


class ChooseTheme(DriverCommand):
    """Choose a theme; a fourth must be confirmed."""

    type: Literal["priority.choose"]
    theme: Id
    confirmed: bool


class UnchooseTheme(DriverCommand):
    """Leave a chosen theme for the next cycle."""

    type: Literal["priority.unchoose"]
    theme: Id


class GuidePass(DriverCommand):
    """Move the group to a pass."""

    type: Literal["priority.guide"]
    activity: Id
    base: Base
    step: Literal["important", "urgent", "free"]


class FollowGroup(DriverCommand):
    """Place every theme where most of the group placed it."""

    type: Literal["priority.follow"]
    activity: Id

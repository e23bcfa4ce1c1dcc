"""What the priority board keeps, and what can be asked of it."""

from typing import Literal

from app.board.activity import Activity, Settings, wall_and_desk
from app.board.commands import Base, DriverCommand
from app.board.records import Id
from app.board.shared_records import BoardRecord


class PrioritySettings(Settings):
    """Nothing to set: all themes that can be influenced come in."""


priority = Activity("priority", PrioritySettings)


class Priority(BoardRecord):
    """Where a theme lies; None until that pass has reached it."""

    kind: Literal["priority"] = "priority"
    theme: Id
    important: bool | None
    urgent: bool | None


class Chosen(BoardRecord):
    """P3.3: the group works with this theme."""

    kind: Literal["chosen"] = "chosen"
    theme: Id


class Guide(BoardRecord):
    """Which of the two passes the group is in, or whether it places freely."""

    kind: Literal["guide"] = "guide"
    activity: Id
    step: Literal["important", "urgent", "free"]


for _kind in (Priority, Chosen, Guide):
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

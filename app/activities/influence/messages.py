"""What the influence board keeps, and what can be asked of it."""

from typing import ClassVar, Literal

from app.engine.activity import Part, Settings, wall_and_desk
from app.engine.audience import BoardRecord
from app.engine.commands import Base, DriverCommand
from app.engine.records import Id
from app.parts.placing import Agreement


class InfluenceSettings(Settings):
    """`of` lists the notes activities whose themes are placed; empty means all except the strengths.

    W5: `strengths`: includes those too.
    """

    of: tuple[Id, ...] = ()
    strengths: bool = False


influence = Part("influence")

#: What a phone answers to one theme: it cannot, or can, be influenced.
CANNOT, CAN = 0, 1
VALUES = range(2)
influence.publish(PLACED_CAN=CAN, PLACED_CANNOT=CANNOT)


class InfluenceSpread(BoardRecord):
    """W13: where the group placed a theme, frozen at the close; made of enough answers (A12)."""

    kind: Literal["influence_spread"] = "influence_spread"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    activity: Id
    theme: Id
    n: int
    #: How many of them answered that it can be influenced.
    can: int
    agreement: Agreement


influence.record(InfluenceSpread, wall_and_desk)


@influence.public_id
def influence_spread_id(activity: str, theme: str) -> str:
    """The id of the frozen result."""
    return f"influence_spread:{activity}:{theme}"


class PlaceInfluence(DriverCommand):
    """Place a theme in one of the two fields, or with None back in the tray."""

    type: Literal["influence.place"]
    theme: Id
    base: Base
    field: Literal["can", "cannot"] | None


class OpenInfluence(DriverCommand):
    """Ask the phones where they would place each theme."""

    type: Literal["influence.open_placing"]
    activity: Id


class CloseInfluence(DriverCommand):
    """Close the placement, and show where the group placed the themes."""

    type: Literal["influence.close_placing"]
    activity: Id


class FollowInfluence(DriverCommand):
    """Place every theme where most of the group placed it."""

    type: Literal["influence.follow"]
    activity: Id

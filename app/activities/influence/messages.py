"""What the influence board keeps, and what can be asked of it."""

from typing import ClassVar, Literal

from app.engine.activity import Part, Settings, wall_and_desk
from app.engine.audience import BoardRecord
from app.engine.commands import Base, DriverCommand
from app.engine.records import Id
from app.parts.placing import Agreement


class InfluenceSettings(Settings):
    """`of` names the notes activities whose themes are placed; empty means all but what people stand on.

    W5: `strengths`: that as well.
    """

    of: tuple[Id, ...] = ()
    strengths: bool = False


influence = Part("influence")

#: What a phone answers to one theme: it cannot, or can, be influenced.
CANNOT, CAN = 0, 1
VALUES = range(2)
influence.publish(PLACED_CAN=CAN, PLACED_CANNOT=CANNOT)


class InfluenceSpread(BoardRecord):
    """W13: where the group placed a theme, frozen when the placing closed; made of enough answers (A12)."""

    kind: Literal["influence_spread"] = "influence_spread"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    activity: Id
    theme: Id
    n: int
    #: How many of them said that it can be influenced.
    can: int
    agreement: Agreement


influence.record(InfluenceSpread, wall_and_desk)


@influence.public_id
def influence_spread_id(activity: str, theme: str) -> str:
    """The id of the frozen result."""
    return f"influence_spread:{activity}:{theme}"


class PlaceInfluence(DriverCommand):
    """A theme into one of the two fields, or with None back to the tray."""

    type: Literal["influence.place"]
    theme: Id
    base: Base
    field: Literal["can", "cannot"] | None


class OpenInfluence(DriverCommand):
    """Ask the phones where they would place each theme."""

    type: Literal["influence.open_placing"]
    activity: Id


class CloseInfluence(DriverCommand):
    """Take no more placements, and show where the group lies."""

    type: Literal["influence.close_placing"]
    activity: Id


class FollowInfluence(DriverCommand):
    """Place every theme where most of the group placed it."""

    type: Literal["influence.follow"]
    activity: Id

"""What the influence board keeps, and what can be asked of it."""

from typing import Literal

from app.engine.activity import Part, Settings, wall_and_desk
from app.engine.commands import Base, DriverCommand
from app.engine.records import Id
from app.parts.placing import Agreement, GroupSpread


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


class InfluenceSpread(GroupSpread):
    """W13: where the group placed a theme."""

    kind: Literal["influence_spread"] = "influence_spread"

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


class FollowInfluence(DriverCommand):
    """Place every theme where most of the group placed it."""

    type: Literal["influence.follow"]
    activity: Id

"""What the influence board keeps, and what can be asked of it."""

from typing import Literal

from app.board.activity import Activity, Settings
from app.board.commands import Base, DriverCommand
from app.board.records import Id


class InfluenceSettings(Settings):
    """`of` names the notes activities whose themes are placed; empty means all."""

    of: tuple[Id, ...] = ()


influence = Activity("influence", InfluenceSettings)


class PlaceInfluence(DriverCommand):
    """A theme into one of the two fields, or with None back to the tray."""

    type: Literal["influence.place"]
    theme: Id
    base: Base
    field: Literal["can", "cannot"] | None

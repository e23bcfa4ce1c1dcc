"""What the wall shows besides the live activity: black, the QR code, one thing large, size, page."""

from typing import Annotated, Literal

from pydantic import Field

from app.engine.activity import Part, never
from app.engine.agenda import workshop_of
from app.engine.commands import Asked, DriverCommand
from app.engine.edits import Edits, put
from app.engine.records import Board, Id, Record, Seen, Viewer

wall = Part("wall")

#: U7: a dark room wants a dark wall, sunshine a light one; the laptop that shows it cannot tell.
Light = Literal["auto", "light", "dark"]


class Wall(Record):
    """How a workshop's walls are set."""

    kind: Literal["wall"] = "wall"
    workshop: Id
    black: bool = False
    #: The big QR code.
    join: bool = True
    forward: Id | None = None
    size: Literal["M", "L", "XL"] = "M"
    page: Annotated[int, Field(ge=0, le=999)] = 0
    #: Light or dark; "auto": as each wall's own screen is set.
    light: Light = "auto"

    @property
    def home(self) -> str:
        return self.workshop

    def closed(self) -> None:
        return None


def wall_view(record: Wall, viewer: Viewer) -> Seen | None:
    """Phones have no wall."""
    return None if viewer == "phone" else record


wall.record(Wall, wall_view)


class ChangeWall(DriverCommand):
    """Change the given fields; `forward: null` puts back what was brought forward."""

    type: Literal["wall.change"]
    workshop: Id
    black: bool | None = None
    join: bool | None = None
    forward: Id | None = None
    size: Literal["M", "L", "XL"] | None = None
    page: Annotated[int, Field(ge=0, le=999)] | None = None
    light: Light | None = None


@wall.public_id
def wall_id(workshop: str) -> str:
    """The id of what the walls of a workshop show."""
    return f"wall:{workshop}"


def wall_of(board: Board, workshop: str) -> Wall:
    """How the walls of a workshop are set."""
    id = wall_id(workshop)
    return board.find(Wall, id) or Wall(id=id, workshop=workshop)


@wall.rule("drive", undo=never("it is on the wall only while it is wanted"))
def change_wall(board: Board, cmd: ChangeWall, asked: Asked) -> Edits:
    """The room looks at one wall; the facilitator says what it shows."""
    workshop_of(board, asked)
    given = {name: getattr(cmd, name) for name in cmd.model_fields_set - {"type", "id", "workshop"}}
    nullable = {"forward"}
    return put(
        wall_of(board, asked.workshop).with_(
            **{name: value for name, value in given.items() if value is not None or name in nullable}
        )
    )


@wall.move
def clear(board: Board, _item: str, asked: Asked) -> Edits:
    """A new activity begins with a clear wall: nothing brought forward, first page, no big code."""
    return put(wall_of(board, asked.workshop).with_(forward=None, page=0, join=False))

"""One connected screen and its line, as `hub`, `presence` and `leading` know it."""

from dataclasses import dataclass
from typing import Protocol

from app.engine.commands import Role
from app.engine.records import Id, Viewer
from app.live.messages import Leaf


def viewer_of(role: Role) -> Viewer:
    """The view a role looks through."""
    return "phone" if role is Role.PHONE else "screen" if role is Role.SCREEN else "desk"


class Line(Protocol):
    """The way to one screen: a WebSocket or an event stream."""

    def write(self, frame: bytes) -> None:
        """Send a framed message; never waits."""

    def frame(self, message: bytes) -> bytes:
        """A message as this kind of line carries it; lines of one `kind` frame alike."""

    @property
    def kind(self) -> str:
        """Lines of the same kind can share a framed message."""

    @property
    def waiting(self) -> int:
        """Bytes that the other side has not taken yet."""

    def close(self, code: int) -> None:
        """Close it."""


@dataclass(eq=False)
class Member:
    """One connected screen. Only a desk has an id and a name (R11)."""

    role: Role
    workshop: str
    line: Line
    #: Whether it counts in the presence that desks and walls get.
    counted: bool = True
    holds: Id | None = None
    #: A screen that says it cannot show its picture.
    broken: bool = False
    shows: Leaf | None = None
    #: Which desk of its account it is, and whose, so that two know of each other.
    desk: str = ""
    name: str = ""
    #: The loop time since which it has been too far behind to write to.
    stale_since: float | None = None
    #: The last seq it was sent and, for phones, the live activity sent with it.
    has_seq: int = 0
    has_live: Id | None = None

    @property
    def viewer(self) -> Viewer:
        """The view it looks through."""
        return viewer_of(self.role)

"""What the processes of one installation tell each other about doors and rooms, as clients may connect to any
(E8).
"""

from collections.abc import Coroutine

from app.live.door import Doors
from app.live.elsewhere import AGAIN
from app.live.rooms import POLL, Rooms
from app.live.tokens import Gatekeeper
from app.storage.hints import Hints
from app.upkeep import every


def talk(hints: Hints, doors: Doors, rooms: Rooms, gatekeeper: Gatekeeper) -> None:
    """Each announces what it has changed, and applies what another has announced."""

    def moved(workshop: str, board: str) -> None:
        rooms.door_moved(workshop, board)
        hints.tell("moved", workshop, board)

    def moved_elsewhere(workshop: str, board: str) -> None:
        doors.changed()
        rooms.door_moved(workshop, board)

    def revoked(ground: str) -> None:
        rooms.revoked(ground)
        hints.tell("revoked", ground)

    def revoked_elsewhere(ground: str, _value: None) -> None:
        # It may be the epoch of a door; clients that reconnect must not be let in by the old one (X6).
        doors.changed()
        rooms.revoked(ground)

    doors.on_moved(moved)
    gatekeeper.on_revoked(revoked)
    hints.on("board", rooms.hint)
    hints.on("moved", moved_elsewhere)
    hints.on("revoked", revoked_elsewhere)
    hints.on("out", lambda place, _value: rooms.show_out(place))
    hints.on("here", rooms.heard_here)
    hints.on("stepped", rooms.heard_step)
    hints.on("done", rooms.marks.hear)


def talking(hints: Hints, rooms: Rooms) -> list[Coroutine[None, None, None]]:
    """What runs as long as the server does."""
    return [hints.run(), every(POLL, rooms.poll), every(AGAIN, rooms.say_again)]

"""How many are here, and how many answers it takes before anything of them is shown (A12)."""

from typing import Literal

from app.engine.activity import Part
from app.engine.agenda import Threshold, Workshop
from app.engine.commands import Asked, Command, Refused
from app.engine.edits import Edits, put
from app.engine.records import Board, Id

attendance = Part("attendance")


class CountPeople(Command):
    """This many phones are connected; the maximum is kept for the summary."""

    type: Literal["attendance.count_people"]
    workshop: Id
    phones: int


@attendance.rule("server")
def count_people(board: Board, cmd: CountPeople, _asked: Asked) -> Edits:
    """F4: the summary says how many took part, and nothing else about them."""
    workshop = board.one(Workshop, cmd.workshop)
    if workshop.state != "live" or cmd.phones <= (workshop.people or 0):
        raise Refused("nothing_due")
    return put(workshop.with_(people=cmd.phones))


class RaiseThreshold(Command):
    """The company has raised its threshold."""

    type: Literal["attendance.raise_threshold"]
    threshold: Threshold


@attendance.rule("server")
def raise_threshold(board: Board, cmd: RaiseThreshold, _asked: Asked) -> Edits:
    """A12: never lowered, since people answered on that promise; what has ended stays as it was shown."""
    return put(*(one.with_(threshold=cmd.threshold) for one in below(board, cmd.threshold)))


def below(board: Board, threshold: int) -> list[Workshop]:
    """Meetings that are live or have yet to begin, and have a lower threshold."""
    return [
        one for one in board.every(Workshop).values()
        if one.state != "ended" and one.threshold < threshold
    ]  # fmt: skip

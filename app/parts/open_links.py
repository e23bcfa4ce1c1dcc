"""P5.1, U10: what may be shown outside the board of a meeting open by link: only what the room was shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.engine.agenda import Item, Workshop
from app.engine.records import Board
from app.parts.ballots import Balloting, balloting_id, is_open, least
from app.parts.by_link import lasts
from app.parts.notes.messages import Writing
from app.parts.notes.waiting import writing_id


@dataclass(frozen=True)
class OpenLink:
    """What phones answer by link until the end of a day.

    `told`: how many answers or notes the room was shown; up to two more may wait for a third (A11).
    """

    activity: str
    #: The question, or the name of the theme; "" while it is not chosen.
    about: str
    until: str
    told: int
    #: False once its time is over, or before it has begun.
    open: bool
    #: 2.5: with fewer answers nothing is shown.
    least: int


def open_links(board: Board) -> Mapping[str, OpenLink]:
    """By workshop: the live item, if it is answered by link."""
    found = {}
    for workshop in board.every(Workshop).values():
        item = board.find(Item, workshop.live) if workshop.live else None
        until = lasts(board, item) if item else None
        if item is not None and until is not None:
            found[workshop.id] = _link(board, item, until)
    return found


def _link(board: Board, item: Item, until: str) -> OpenLink:
    writing = board.find(Writing, writing_id(item.id))
    balloting = board.find(Balloting, balloting_id(item.id))
    told = writing.cards if writing else balloting.count if balloting else 0
    begun = writing.state == "open" if writing else is_open(board, item.id)
    about = item.settings.get("question") or item.settings.get("name") or ""
    enough = max(least(board, item.id), int(str(item.settings.get("threshold") or 0)))
    return OpenLink(
        activity=item.activity, about=str(about), until=until, told=told, open=begun, least=enough
    )

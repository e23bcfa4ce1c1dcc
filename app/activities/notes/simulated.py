"""What a simulated phone does in a round of notes (`engine/simulated.py`)."""

from app.activities.notes.messages import HangUp, Telling, telling_id
from app.engine.agenda import Item
from app.engine.commands import Command
from app.engine.records import Board
from app.engine.simulated import SimulatedPhone
from app.parts.notes.records import Note
from app.parts.simulated import writes

#: Which of the two questions is asked, by the paper it is answered on.
ABOUT = {"korn": "draws", "fjord": "hard"}


def simulated(board: Board, item: Item, phone: SimulatedPhone) -> Command | None:
    """P2.1: it writes a note or two; P2.2: told in turn, it puts up its own when its turn has come."""
    telling = board.find(Telling, telling_id(item.id))
    if telling is None:
        return writes(board, item, phone, ABOUT[str(item.settings["paper"])])
    if (telling.turn - 1) % phone.many != phone.nth:
        return None
    for id, secret in phone.own.get(f"note {item.id}", ()):
        note = board.find(Note, id)
        if note is not None and note.face != "up":
            return HangUp(type="notes.hang_up", activity=item.id, note=id, secret=secret)
    return None

"""What a simulated phone says goes for it too (W12)."""

from app.activities.me_too.messages import ALSO, MeTooSlate, me_too_slate_id
from app.engine.agenda import Item
from app.engine.commands import Command
from app.engine.records import Board
from app.engine.simulated import SimulatedPhone
from app.parts.simulated import answers


def simulated(board: Board, item: Item, phone: SimulatedPhone) -> Command | None:
    """The first things go for most of them, the last for few."""
    slate = board.find(MeTooSlate, me_too_slate_id(item.id))
    if slate is None:
        return None
    mine = [thing.id for nth, thing in enumerate(slate.things) if (phone.nth + nth) % (nth + 2) < 2]
    return answers(board, item, phone, [(id, ALSO) for id in mine])

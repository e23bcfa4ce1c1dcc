"""What a simulated phone does while the phones are asked what can be influenced (W13)."""

from app.activities.influence.messages import VALUES
from app.engine.agenda import Item
from app.engine.commands import Command
from app.engine.records import Board
from app.engine.simulated import SimulatedPhone
from app.parts.simulated import places


def simulated(board: Board, item: Item, phone: SimulatedPhone) -> Command | None:
    """As on the priority board."""
    return places(board, item, phone, VALUES)

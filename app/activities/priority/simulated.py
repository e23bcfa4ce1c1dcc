"""What a simulated phone does while the phones are asked where they would place each theme (P3.4)."""

from app.activities.priority.spread import VALUES
from app.engine.agenda import Item
from app.engine.commands import Command
from app.engine.records import Board
from app.engine.simulated import SimulatedPhone
from app.parts.simulated import places


def simulated(board: Board, item: Item, phone: SimulatedPhone) -> Command | None:
    """It places theme by theme, and says when it is done."""
    return places(board, item, phone, VALUES)

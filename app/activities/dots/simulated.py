"""What a simulated phone does in a dot vote."""

from app.activities.dots.messages import QUESTION, DotsSettings, DotsSlate, dots_slate_id
from app.engine.agenda import Item, settings_of
from app.engine.commands import Command
from app.engine.records import Board
from app.engine.simulated import SimulatedPhone
from app.parts.simulated import answers


def simulated(board: Board, item: Item, phone: SimulatedPhone) -> Command | None:
    """P3.3: it places all of its dots at once, more of them on the first themes."""
    slate = board.find(DotsSlate, dots_slate_id(item.id))
    if slate is None:
        return None
    settings: DotsSettings = settings_of(board, item.id, DotsSettings)
    themes = [one.theme for one in slate.themes]
    weights = range(len(themes), 0, -1)
    return answers(
        board, item, phone, [(QUESTION, tuple(phone.rng.choices(themes, weights, k=settings.dots)))]
    )

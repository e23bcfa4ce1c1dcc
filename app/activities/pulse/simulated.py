"""What a simulated phone answers in a pulse (P5.1)."""

from app.activities.pulse.messages import MORE, SCALES, STEPS
from app.engine.agenda import Item
from app.engine.commands import Command
from app.engine.records import Board
from app.engine.simulated import SimulatedPhone
from app.parts.simulated import answers


def simulated(board: Board, item: Item, phone: SimulatedPhone) -> Command | None:
    """Both scales, mostly in the middle; and some write what more is needed."""
    scales = [(scale, phone.rng.choice([*STEPS, *STEPS[1:4]])) for scale in SCALES]
    said = answers(board, item, phone, scales)
    if said is not None or phone.nth % 2:
        return said
    words = phone.says("pulse")
    return answers(board, item, phone, [(MORE, words[phone.nth // 2 % len(words)])])

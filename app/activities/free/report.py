"""What a free item says in the summary: nothing, since nothing was written in it."""

from app.engine.agenda import Item
from app.engine.records import Board
from app.engine.report import Block, Words


def report(_board: Board, _item: Item, _words: Words) -> list[Block]:
    """No block."""
    return []

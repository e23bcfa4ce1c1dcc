"""What a presentation says in the summary: nothing, for what it shows is told where it was made."""

from app.board.agenda import Item
from app.board.records import Board
from app.board.report import Block, Words


def report(_board: Board, _item: Item, _words: Words) -> list[Block]:
    """No block."""
    return []

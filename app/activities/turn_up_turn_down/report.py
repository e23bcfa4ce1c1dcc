"""What the two posters say in the summary."""

from app.activities.turn_up_turn_down.messages import TurnUpTurnDownSettings
from app.board.agenda import Item
from app.board.posters import posters_report
from app.board.records import Board
from app.board.report import Block, Words


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """P4.2, P4.4: the posters with their proposals."""
    return posters_report(board, item, words, TurnUpTurnDownSettings)

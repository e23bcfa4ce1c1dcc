"""What the three posters say in the summary."""

from app.activities.stop_more_new.messages import StopMoreNewSettings
from app.board.agenda import Item
from app.board.posters import posters_report
from app.board.records import Board
from app.board.report import Block, Words


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """P4.1, P4.4: the posters with their proposals."""
    return posters_report(board, item, words, StopMoreNewSettings)

"""What a dot vote says in the summary: the sums, the most first, and of how many voters."""

from app.activities.dots.messages import DotsResult, DotsSlate, dots_result_id, dots_slate_id
from app.blocks.splits import Split, SplitBar, Splits
from app.engine.agenda import Item
from app.engine.records import Board
from app.engine.report import Block, Card, Words
from app.parts.themes import AskedTheme, Theme, name_of


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """Nothing until the vote was closed with enough voters (A12)."""
    result = board.find(DotsResult, dots_result_id(item.id))
    slate = board.find(DotsSlate, dots_slate_id(item.id))
    if result is None or slate is None:
        return []
    of = sum(result.sums.values())
    order = sorted(slate.themes, key=lambda asked: -result.sums[asked.theme])
    splits = tuple(_split(board, asked, result.sums[asked.theme], of, words) for asked in order)
    return [Splits(splits=splits, caption=words("dots.report.caption", voters=result.voters))]


def _split(board: Board, asked: AskedTheme, n: int, of: int, words: Words) -> Split:
    theme = board.find(Theme, asked.theme)
    name = name_of(theme or asked, words)
    share = words("dots.report.share", n=round(100 * n / of))
    bar = SplitBar(label=words("dots.report.dots"), yes=n, of=of, said=share)
    return Split(card=Card(name=name, paper=theme.paper if theme else asked.paper), bars=(bar,))


def titled(_board: Board, _item: Item, words: Words) -> str:
    """Its title."""
    return words("dots.report.title")

"""What the influence board says in the summary (P3.1): what cannot be changed is kept as shared knowledge."""

from typing import Literal

from app.activities.influence.messages import InfluenceSpread, influence_spread_id
from app.activities.influence.rules import themes_in_play
from app.blocks.fields import FieldBlock, Fields
from app.blocks.splits import Split, SplitBar, Splits
from app.engine.agenda import Item, cycle_of
from app.engine.records import Board
from app.engine.report import Block, Card, Words
from app.parts.ballots import least
from app.parts.themes import Theme, influence_of, name_of


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """The two fields with their themes."""
    themes = themes_in_play(board, item.id, cycle_of(board, item))

    def field(name: Literal["can", "cannot"]) -> FieldBlock:
        cards = tuple(
            Card(name=name_of(theme, words), paper=theme.paper)
            for theme in themes
            if influence_of(board, theme.id) == name
        )
        return FieldBlock(
            title=words(f"influence.report.{name}"), cards=cards, empty=words("influence.report.empty")
        )

    groups = [
        (theme, board.find(InfluenceSpread, influence_spread_id(item.id, theme.id))) for theme in themes
    ]
    splits = tuple(_split(theme, group, words) for theme, group in groups if group is not None)
    caption = words("influence.report.spread", least=least(board, item.id))
    group_first = [Splits(splits=splits, caption=caption)] if splits else []
    if not any(influence_of(board, theme.id) for theme in themes):
        return [*group_first]
    return [
        *group_first,
        Fields(fields=(field("can"), field("cannot")), caption=words("influence.report.caption")),
    ]


def _split(theme: Theme, group: InfluenceSpread, words: Words) -> Split:
    """W13: what enough phones placed; of the others not even how many there were (A12)."""
    said = words(f"influence.report.agree.{group.agreement}")
    bar = SplitBar(label=words("influence.report.can"), yes=group.can, of=group.n, said=said)
    return Split(card=Card(name=name_of(theme, words), paper=theme.paper), bars=(bar,))


def titled(_board: Board, _item: Item, words: Words) -> str:
    """Its title."""
    return words("influence.report.title")

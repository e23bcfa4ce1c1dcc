"""What the influence board says in the summary (P3.1): what cannot be changed is kept as shared knowledge."""

from typing import Literal

from app.activities.influence.messages import InfluenceSettings
from app.board.agenda import Item, cycle_of, settings_of
from app.board.records import Board
from app.board.report import Block, Card, FieldBlock, Fields, Words
from app.board.shared_records import influence_of, themes_of, worked_before


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """The two fields with their themes."""
    settings: InfluenceSettings = settings_of(board, item.id, InfluenceSettings)
    before = worked_before(board, cycle_of(board, item))
    themes = [theme for theme in themes_of(board, settings.of) if theme.id not in before]

    def field(name: Literal["can", "cannot"]) -> FieldBlock:
        cards = tuple(
            Card(name=theme.name or words("clustering.report.unnamed"), paper=theme.paper)
            for theme in themes
            if influence_of(board, theme.id) == name
        )
        return FieldBlock(
            title=words(f"influence.report.{name}"), cards=cards, empty=words("influence.report.empty")
        )

    if not any(influence_of(board, theme.id) for theme in themes):
        return []
    return [Fields(fields=(field("can"), field("cannot")), caption=words("influence.report.caption"))]

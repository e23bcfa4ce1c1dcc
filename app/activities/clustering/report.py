"""What clustering says in the summary: the themes with their notes, and the group's four answers (P2.6),
and how the themes spread over the six factors (P2.10).
"""

from app.activities.clustering.messages import ClusteringSettings
from app.engine.agenda import Item, settings_of
from app.engine.records import Board
from app.engine.report import Block, Words
from app.parts.factors import wheel
from app.parts.gathered import answered, asked_about, gathered
from app.parts.themes import themes_of


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """Themes, then free notes; then the six, and the answers."""
    settings: ClusteringSettings = settings_of(board, item.id, ClusteringSettings)
    picture = wheel(board, themes_of(board, (settings.of,)), words)
    return [
        *gathered(board, settings.of, words),
        *([picture] if picture else []),
        *answered(board, item.id, words),
    ]


def titled(board: Board, item: Item, words: Words) -> str:
    """What was asked about: the themes stand with their question."""
    settings: ClusteringSettings = settings_of(board, item.id, ClusteringSettings)
    return asked_about(board, settings.of, words)

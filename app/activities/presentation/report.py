"""What a presentation says in the summary: the results it showed, question by question (W9).

A summary of several meetings shows them once, where they were made.
"""

from app.activities.presentation.messages import PresentationSettings
from app.engine.agenda import Item, settings_of
from app.engine.records import Board
from app.engine.report import Block, Section, Words
from app.parts.gathered import answered, asked_about, gathered, gatherings_of
from app.parts.themes import themes_of


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """P2.7: the themes with their notes, then the group's four answers."""
    settings: PresentationSettings = settings_of(board, item.id, PresentationSettings)
    if settings.show == "stand":
        return []
    questions = dict.fromkeys(theme.of for theme in themes_of(board, settings.of))
    return [_section(board, question, words) for question in questions]


def _section(board: Board, question: str, words: Words) -> Section:
    answers = (block for id in gatherings_of(board, question) for block in answered(board, id, words))
    return Section(
        title=asked_about(board, question, words), blocks=(*gathered(board, question, words), *answers)
    )

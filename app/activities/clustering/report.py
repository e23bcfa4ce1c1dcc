"""What clustering says in the summary: the themes with their notes, and the group's four answers (P2.6),
and how the themes spread over the six factors (P2.10).
"""

from app.activities.clustering.messages import Answer, ClusteringSettings
from app.board.agenda import Item, settings_of
from app.board.aside import told
from app.board.factors import factors_of, wheel
from app.board.records import Board
from app.board.report import (
    Block,
    Notes as NotesBlock,
    QuestionAnswer,
    QuestionAnswers,
    ThemeBlock,
    Themes,
    Words,
)
from app.board.shared_records import Note, notes_in, paper_of, themes_of


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """Themes by position, their notes by rank; then free notes; then the answers."""
    settings: ClusteringSettings = settings_of(board, item.id, ClusteringSettings)
    themes = [
        ThemeBlock(
            name=theme.name or words("clustering.report.unnamed"),
            paper=theme.paper,
            notes=tuple(told(note, words) for note in notes_in(board, theme.id)),
            tag=", ".join(words(f"factors.report.name.{one}") for one in factors_of(board, theme.id)),
        )
        for theme in themes_of(board, (settings.of,))
    ]
    free = sorted(
        (note.id, told(note, words))
        for note in board.of(Note, settings.of).values()
        if note.theme is None and note.face == "up" and not note.hidden
    )
    answers = sorted(board.of(Answer, item.id).values(), key=lambda answer: answer.question)
    blocks: list[Block] = []
    if themes:
        blocks.append(Themes(themes=tuple(themes)))
    if themes and free:
        blocks.append(NotesBlock(notes=tuple(text for _, text in free), paper=paper_of(board, settings.of)))
    if picture := wheel(board, themes_of(board, (settings.of,)), words):
        blocks.append(picture)
    if answers:
        spoken = (
            QuestionAnswer(question=words(f"clustering.report.question.{a.question}"), answer=a.text)
            for a in answers
        )
        blocks.append(QuestionAnswers(answers=tuple(spoken)))
    return blocks

"""The results of a question's notes for the summary: the same wherever they appear (W4, W9)."""

from typing import Annotated, Literal

from pydantic import Field

from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.notes import Notes
from app.blocks.themes import ThemeBlock, Themes
from app.engine.agenda import Item, all_items
from app.engine.audience import BoardRecord
from app.engine.records import Board, Id
from app.engine.report import Block, Words
from app.parts.factors import factors_of
from app.parts.notes.aside import told
from app.parts.notes.records import Note
from app.parts.themes import name_of, notes_in, paper_of, themes_of

#: The four questions of P2.6: what stands out, what recurs, what would we act on at once, what do we share.
QUESTIONS = (1, 2, 3, 4)
Question = Annotated[int, Field(ge=QUESTIONS[0], le=QUESTIONS[-1])]


class Answer(BoardRecord):
    """What the group answered to one of the four questions, in an item that gathers notes."""

    kind: Literal["answer"] = "answer"
    activity: Id
    question: Question
    text: str


def gathered(board: Board, question: str, words: Words) -> list[Block]:
    """P2.6: its themes by position, their notes by rank; then the notes in none, by random id (A15)."""
    themes = tuple(
        ThemeBlock(
            name=name_of(theme, words),
            paper=theme.paper,
            notes=tuple(told(note, words) for note in notes_in(board, theme.id)),
            tag=", ".join(words(f"factors.report.name.{one}") for one in factors_of(board, theme.id)),
        )
        for theme in themes_of(board, (question,))
    )
    if not themes:
        return []
    free = sorted(
        (note.id, told(note, words))
        for note in board.of(Note, question).values()
        if note.theme is None and note.face == "up" and not note.hidden
    )
    if not free:
        return [Themes(themes=themes)]
    texts = tuple(text for _, text in free)
    return [Themes(themes=themes), Notes(notes=texts, paper=paper_of(board, question), rest=True)]


def asked_about(board: Board, question: str, words: Words) -> str:
    """A question's heading for readers who were not there: what it was about, or the group's own words."""
    asked = board.find(Item, question)
    if asked is None:
        return words("notes.report.title.own")
    # W6: if it does not say so itself, its paper decides.
    about = asked.settings.get("about") or ("hard" if asked.settings.get("paper") == "fjord" else "draws")
    return str(asked.settings["question"]) if about == "own" else words(f"notes.report.title.{about}")


def answered(board: Board, item: str, words: Words) -> list[Block]:
    """P2.6: the four questions with what the group answered when it gathered the notes."""
    answers = sorted(board.of(Answer, item).values(), key=lambda answer: answer.question)
    spoken = tuple(
        QuestionAnswer(question=words(f"clustering.report.question.{each.question}"), answer=each.text)
        for each in answers
    )
    return [QuestionAnswers(answers=spoken)] if spoken else []


def gatherings_of(board: Board, question: str) -> list[str]:
    """The items of all meetings that grouped the notes of a question, in order."""
    return [item.id for item in all_items(board) if item.settings.get("of") == question]

"""What the why says in the summary: the headline first, in large type (P1.3), then the parts (P1.1, P1.6)."""

from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.paragraph import Paragraph
from app.engine.agenda import Item
from app.engine.records import Board
from app.engine.report import Block, Words
from app.parts.why import PARTS, Why, why_id


def report(board: Board, _item: Item, words: Words) -> list[Block]:
    """Nothing while nothing was written."""
    said = {part: found.text for part in PARTS if (found := board.find(Why, why_id(part)))}
    headline = said.pop("headline", "")
    blocks: list[Block] = [Paragraph(text=headline, tone="lead")] if headline else []
    if said:
        answers = (
            QuestionAnswer(question=words(f"why.report.{part}"), answer=text) for part, text in said.items()
        )
        blocks.append(QuestionAnswers(answers=tuple(answers), first=True))
    return blocks


def titled(_board: Board, _item: Item, words: Words) -> str:
    """Its title."""
    return words("why.report.title")

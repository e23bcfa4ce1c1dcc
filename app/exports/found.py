"""F1: what was found in each phase of a process, in short, for the page of the process.

It is the summary's reports, condensed: what they do not tell is not told here either. Like them it knows no
activity; each kind says in which phase what it makes is told (`Activity.phase`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from app.board.agenda import Workshop
from app.board.report import (
    Bars,
    Block,
    Card,
    Chosen,
    Course,
    Fields,
    Notes,
    OpenAnswers,
    Paper,
    Paragraph,
    Posters,
    Quadrants,
    QuestionAnswers,
    Report,
    ReportModel,
    Section,
    Splits,
    Table,
    Themes,
    Wheel,
    Words,
)
from app.exports.gather import Gathered


class FoundCard(ReportModel):
    """A theme or an action by name, and in a word or two how it stands."""

    name: str
    paper: Paper | None = None
    said: str = ""


class FoundLine(ReportModel):
    """One thing that was found: in words, as cards, or both. `lead` is what stands above all else."""

    label: str = ""
    text: str = ""
    lead: bool = False
    cards: tuple[FoundCard, ...] = ()


class Found(ReportModel):
    """What one activity of the agenda has left."""

    phase: int
    cycle: int
    title: str
    lines: tuple[FoundLine, ...]


def found(
    gathered: Gathered, reports: Mapping[str, Report], phases: Mapping[str, int], words: Words
) -> list[Found]:
    """By phase, and within it in the order of the meetings. What says the same again is said once."""
    told = [
        Found(
            phase=phases[item.activity],
            cycle=gathered.board.one(Workshop, item.workshop).cycle,
            title=item.title,
            lines=lines,
        )
        for item in gathered.items
        if (lines := tuple(_lines(reports[item.activity](gathered.board, item, words), words)))
    ]
    # The latest time counts: the why opens every meeting, and is told where it was said last.
    latest = {(one.phase, one.lines): one for one in told}
    return sorted(latest.values(), key=lambda one: one.phase)


def _lines(blocks: Iterable[Block], words: Words) -> Iterator[FoundLine]:
    for block in blocks:
        yield from _lines(block.blocks, words) if isinstance(block, Section) else _condensed(block, words)


def _condensed(block: Block, words: Words) -> Iterator[FoundLine]:
    match block:
        case Paragraph(text=text, tone=tone):
            if text:
                yield FoundLine(text=text, lead=tone == "lead")
        case Themes(themes=themes):
            cards = (
                FoundCard(
                    name=one.name, paper=one.paper, said=_counted("summary.notes", len(one.notes), words)
                )
                for one in themes
            )
            yield FoundLine(cards=tuple(cards))
        case Fields(fields=fields):
            for field in fields:
                if field.cards:
                    yield FoundLine(label=field.title, cards=_cards(field.cards))
        case Chosen(themes=themes):
            yield FoundLine(label=words("summary.found.chosen"), cards=_cards(themes))
        case Posters(theme=theme, posters=posters):
            yield FoundLine(cards=_cards([theme]))
            for poster in posters:
                if n := len(poster.proposals):
                    yield FoundLine(label=poster.title, text=_counted("summary.found.proposals", n, words))
        case Table(rows=rows, brief=(name, said)):
            cards = (FoundCard(name=row.cells[name], paper=row.paper, said=row.cells[said]) for row in rows)
            yield FoundLine(cards=tuple(cards))
        case Bars(question=question, said=said):
            yield FoundLine(label=question, text=said[0])
        case OpenAnswers(question=question, answers=answers):
            yield FoundLine(label=question, text=_counted("summary.found.answers", len(answers), words))
        case QuestionAnswers(answers=answers):
            for one in answers:
                yield FoundLine(label=one.question, text=one.answer)
        case Course(alt=alt):
            yield FoundLine(text=alt)
        case Notes() | Quadrants() | Splits() | Wheel() | Table() | Section():
            # Single notes, pictures and long tables are for the summary, which has the room for them.
            return
        case _:
            assert_never(block)


def _cards(cards: Iterable[Card]) -> tuple[FoundCard, ...]:
    return tuple(FoundCard(name=card.name, paper=card.paper) for card in cards)


def _counted(key: str, n: int, words: Words) -> str:
    return words(f"{key}.one") if n == 1 else words(key, n=n)

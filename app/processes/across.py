"""What groups have in common, under their company's threshold. Pure; `app/README.md` has the rule.

A group is included whole or not at all, and pictures never depend on the search.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.engine.agenda import THRESHOLD, Item, Workshop
from app.engine.measured import Measured, Measures
from app.engine.records import Board
from app.parts.factors import FACTORS, Factor, factors_of
from app.parts.themes import Theme

#: Fewer groups are never combined: somebody who knows all but one could subtract them.
LEAST_GROUPS = 3


class Group(NamedTuple):
    """What one group contributes: released figures, and the number of its themes by factor."""

    measured: tuple[Measured, ...]
    themes: Mapping[Factor, int]


class Point(NamedTuple):
    """The answers to one question in a quarter, over all groups that asked it then."""

    quarter: str
    mean: float
    groups: int


def quarter_of(day: str) -> str:
    """*2026-4*: sorting these texts sorts the quarters."""
    on = date.fromisoformat(day)
    return f"{on.year}-{(on.month + 2) // 3}"


def brought_by(board: Board, measures: Iterable[Measures], today: str, threshold: int = THRESHOLD) -> Group:
    """A group's contribution: of past quarters, and with enough answers or phones."""
    figures = (one for measure in measures for one in measure(board))
    return Group(
        measured=tuple(one for one in figures if one.n >= threshold and _is_over(one.day, today)),
        themes=_themes(board, today, threshold),
    )


def course(groups: Iterable[Group], of: str) -> list[Point]:
    """A point for each quarter in which at least three groups were asked; all answers count equally."""
    asked: dict[str, list[list[Measured]]] = {}
    for group in groups:
        own: dict[str, list[Measured]] = {}
        for one in group.measured:
            if one.of == of:
                own.setdefault(quarter_of(one.day), []).append(one)
        for quarter, figures in own.items():
            asked.setdefault(quarter, []).append(figures)
    return [
        Point(quarter, _mean([one for figures in each for one in figures]), len(each))
        for quarter, each in sorted(asked.items())
        if len(each) >= LEAST_GROUPS
    ]


def by_factor(groups: Iterable[Group]) -> Mapping[Factor, int] | None:
    """How many themes are about each of the six; None where fewer than three groups have any."""
    having = [group.themes for group in groups if any(group.themes.values())]
    if len(having) < LEAST_GROUPS:
        return None
    return {factor: sum(themes.get(factor, 0) for themes in having) for factor in FACTORS}


def _mean(figures: Sequence[Measured]) -> float:
    return sum(one.total for one in figures) / sum(one.n for one in figures)


def _is_over(day: str, today: str) -> bool:
    return quarter_of(day) < quarter_of(today)


def _themes(board: Board, today: str, threshold: int) -> Mapping[Factor, int]:
    """Themes of meetings with enough phones, without strengths."""
    found: Counter[Factor] = Counter()
    for theme in board.every(Theme).values():
        item = board.find(Item, theme.of)
        meeting = board.find(Workshop, item.workshop) if item else None
        if meeting is not None and not theme.strength and _is_enough(meeting, today, threshold):
            found.update(factors_of(board, theme.id))
    return found


def _is_enough(meeting: Workshop, today: str, threshold: int) -> bool:
    many = meeting.people or 0
    enough = max(threshold, meeting.threshold)
    return meeting.state == "ended" and many >= enough and _is_over(meeting.date, today)

"""P3.4: where a group lies with a theme, and how far it agrees; pure."""

from collections import Counter
from collections.abc import Iterable

from app.activities.priority.messages import Agreement, Spread
from app.board.ballots import released

#: What a phone answers to one theme is a number of two bits: important, urgent.
IMPORTANT, URGENT = 2, 1
VALUES = range(4)


def spread_id(activity: str, theme: str) -> str:
    """The id of the frozen result."""
    return f"spread:{activity}:{theme}"


def agreement(yes: int, n: int) -> Agreement:
    """How far `n` people agree of whom `yes` said yes: it is the larger side that counts."""
    larger = max(yes, n - yes)
    if 10 * larger >= 9 * n:
        return "agreed"
    return "mostly" if 10 * larger >= 7 * n else "divided"


def majority(yes: int, n: int) -> bool | None:
    """What more than half said; None where both sides are as large."""
    return None if 2 * yes == n else 2 * yes > n


def spread(activity: str, theme: str, values: Iterable[int], before: int = 0) -> Spread | None:
    """What is released of a theme; None while there are too few placements, or too few further ones (A12)."""
    counts = released(values, before)
    if counts is None:
        return None
    n = counts.total()
    important, urgent = _having(counts, IMPORTANT), _having(counts, URGENT)
    return Spread(
        id=spread_id(activity, theme),
        activity=activity,
        theme=theme,
        n=n,
        important=important,
        urgent=urgent,
        important_agreement=agreement(important, n),
        urgent_agreement=agreement(urgent, n),
    )


def _having(counts: Counter[int], bit: int) -> int:
    return sum(n for value, n in counts.items() if value & bit)

"""P3.4: where a group placed a theme, and how far it agrees; pure."""

from collections import Counter

from app.activities.priority.messages import Spread, priority
from app.parts.placing import agreement

#: What a phone answers to one theme is a number of two bits: important, urgent.
IMPORTANT, URGENT = 2, 1
VALUES = range(4)
priority.publish(PLACED_IMPORTANT=IMPORTANT, PLACED_URGENT=URGENT)


@priority.public_id
def spread_id(activity: str, theme: str) -> str:
    """The id of the frozen result."""
    return f"spread:{activity}:{theme}"


def spread(activity: str, theme: str, counts: Counter[int]) -> Spread:
    """What is released of a theme."""
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

"""U16: an agenda rearranged before the meeting is created: another order, fewer items, other times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.method.templates import Earlier, Plan, Template


@dataclass(frozen=True)
class Line:
    """An item that stays, by its place in the template from 0, and its minutes."""

    item: int
    minutes: int


def arranged(of: Template, lines: Sequence[Line]) -> Template:
    """The template with these items in this order.

    An item that builds on one that was left out, or that now comes later, is left out too. Raises
    `ValueError` for a place that does not exist or is named twice.
    """
    places = [line.item for line in lines]
    if len(set(places)) < len(places) or any(place not in range(len(of.items)) for place in places):
        raise ValueError(places)
    kept: list[Plan] = []
    for line in lines:
        plan = of.items[line.item]
        if _goes_on_with(plan) <= {one.name for one in kept}:
            kept.append(replace(plan, minutes=line.minutes))
    return replace(of, items=tuple(kept))


def _goes_on_with(plan: Plan) -> set[str]:
    """The names of the items of the same agenda that it needs before it."""
    settings = [each if isinstance(each, list | tuple) else [each] for each in plan.settings.values()]
    return {one.name for many in settings for one in many if isinstance(one, Earlier)}

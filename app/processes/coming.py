"""W1: which agenda comes next in a process, derived from its board.

The order is the method's: the questions one by one, clustering, the results, the choice, the work. What a
meeting is planned for counts as under way; what the room was not told of does not count (F8).
"""

from collections.abc import Iterator
from typing import Any

from app.engine.agenda import Item, Workshop
from app.engine.records import Board
from app.parts.notes.waiting import is_told
from app.parts.plan import actions_of
from app.parts.themes import Theme, chosen_in

POSTERS = ("stop_more_new", "turn_up_turn_down")
#: Once the group has chosen, earlier steps do not matter.
CHOICE = "choose"


def next_template(board: Board, cycle: int) -> str:
    """The id of the template that comes next (`app/method/templates.py`)."""
    steps = list(_steps(board, cycle))
    done = {name for name, is_done in steps if is_done}
    names = [name for name, _ in steps]
    last = max((names.index(name) for name in done), default=-1)
    # P5.5: a further cycle begins with choosing from what was left over.
    first = last if last >= names.index(CHOICE) else names.index(CHOICE) if cycle > 1 else 0
    return next((name for name in names[first:] if name not in done), names[-1])


def _steps(board: Board, cycle: int) -> Iterator[tuple[str, bool]]:
    items = [item for item in board.every(Item).values() if _counts(board, item, cycle)]
    asked = [item for item in items if "question" in item.settings and _is_asked(board, item)]

    def held(*kinds: str, **settings: Any) -> bool:
        return any(
            item.activity in kinds and all(item.settings.get(k) == v for k, v in settings.items())
            for item in items
        )

    chosen = chosen_in(board, cycle)
    worked = held(*POSTERS) or bool(actions_of(board)) or held("action_plan", view="plan")
    headed = {str(item.settings["theme"]) for item in items if item.activity in POSTERS}
    first, second = ([item for item in asked if item.settings.get("paper") == p] for p in ("korn", "fjord"))
    yield "why", held("why") or bool(asked)
    yield "step_1", bool(first)
    yield "step_2", bool(second)
    yield "gathering", bool(asked) and all(_is_gathered(board, item, items) for item in asked)
    yield "results", held("presentation", show="results")
    yield CHOICE, bool(chosen) or held("priority")
    yield "work", worked
    yield "further_theme", worked and chosen <= headed
    # A look back before anything was worked with ends nothing.
    yield "follow_up", worked and held("reflection")


def _counts(board: Board, item: Item, cycle: int) -> bool:
    meeting = board.find(Workshop, item.workshop)
    return (
        meeting is not None
        and meeting.cycle == cycle
        and (meeting.state == "draft" or item.started_at is not None)
    )


def _is_planned(board: Board, item: Item) -> bool:
    return board.one(Workshop, item.workshop).state == "draft"


def _is_asked(board: Board, item: Item) -> bool:
    return _is_planned(board, item) or is_told(board, item.id)


def _is_gathered(board: Board, item: Item, items: list[Item]) -> bool:
    if any(theme.of == item.id for theme in board.every(Theme).values()):
        return True
    return any(each.settings.get("of") == item.id and _is_planned(board, each) for each in items)

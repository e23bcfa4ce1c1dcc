"""P4.7: the days of the plan, one for each action; dropped actions have none."""

from collections.abc import Iterator

from app.engine.dated import Dated, labelled
from app.engine.records import Board
from app.engine.report import Words
from app.parts.plan import Action, actions_of
from app.parts.themes import Theme, name_of


def dates(board: Board, words: Words) -> Iterator[Dated]:
    """In the order of the plan."""
    for action in actions_of(board):
        if action.day and action.status != "dropped":
            yield Dated(
                key=action.id,
                day=action.day,
                title=_title(action, words),
                about=tuple(_about(board, action, words)),
                done=action.status == "done",
            )


def _title(action: Action, words: Words) -> str:
    """A calendar shows little more than the title, so the title says whether it is done."""
    if action.status != "done":
        return action.text
    # Not by the text's placeholders: an action may contain braces.
    return f"{words('action_plan.report.status.done')}: {action.text}"


def _about(board: Board, action: Action, words: Words) -> Iterator[str]:
    theme = board.find(Theme, action.theme) if action.theme else None
    said = {
        "theme": name_of(theme, words) if theme else "",
        "responsible": ", ".join(action.responsible),
        "who": action.who,
        "how": action.how,
        "status": words(f"action_plan.report.status.{action.status}"),
    }
    for column, text in said.items():
        yield from labelled(words(f"action_plan.report.{column}"), text)

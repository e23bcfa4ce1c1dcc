"""What the plan says in the summary (P4.5-P4.7): one table, a row for each action."""

from app.activities.action_plan.messages import ActionPlanSettings, action_plan
from app.blocks.table import Table, TableRow
from app.engine.agenda import Item, settings_of
from app.engine.records import Board
from app.engine.report import Block, Words, day_in_words
from app.parts.plan import Action, actions_of, signed_up
from app.parts.themes import Theme, name_of

COLUMNS = ("theme", "action", "responsible", "who", "how", "when", "status")


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """The current plan. There is one for the whole process: the last item that made it shows it."""
    rows = [_row(board, action, words) for action in actions_of(board)]
    if not rows or item.id != _last(board):
        return []
    columns = tuple(words(f"action_plan.report.{column}") for column in COLUMNS)
    brief = COLUMNS.index("action"), COLUMNS.index("status")
    sheet = words("summary.sheet.plan")
    return [Table(columns=columns, rows=tuple(rows), brief=brief, sheet=sheet, themed=True)]


def _last(board: Board) -> str:
    """The item that shows the plan: one that makes it rather than one that looks back, and the latest."""

    def late(item: Item) -> tuple[bool, bool, int, str, float, str]:
        settings: ActionPlanSettings = settings_of(board, item.id, ActionPlanSettings)
        started = item.started_at or 0
        return (started > 0, settings.view == "plan", started, item.workshop, item.position, item.id)

    items = [item for item in board.every(Item).values() if item.activity == action_plan.name]
    return max(items, key=late).id


def _row(board: Board, action: Action, words: Words) -> TableRow:
    theme = board.find(Theme, action.theme) if action.theme else None
    name = name_of(theme, words) if theme else ""
    cells = (
        name,
        action.text,
        ", ".join(action.responsible),
        ", ".join(name for name in (action.who, *signed_up(board, action.id, words.language)) if name),
        action.how,
        when_in_words(action, words),
        words(f"action_plan.report.status.{action.status}"),
    )
    return TableRow(
        cells=cells,
        day=action.day or "",
        paper=theme.paper if theme else None,
        done=action.status == "done",
        off=action.status == "dropped",
    )


def when_in_words(action: Action, words: Words) -> str:
    """*25. januar 2027 (inden for to måneder)*; the phrase alone where it means no day."""
    if action.day is None:
        return action.when
    said = day_in_words(action.day, words)
    # Not by the text's placeholders: a phrase may contain braces.
    return f"{said} ({action.when})" if action.when not in said else said


def titled(_board: Board, _item: Item, words: Words) -> str:
    """Its title."""
    return words("action_plan.report.title")

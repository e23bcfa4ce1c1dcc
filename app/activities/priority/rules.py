"""P3.2, P3.3: two passes over the themes that can be influenced, then two or three are chosen."""

from app.activities.priority.messages import (
    ChooseTheme,
    Chosen,
    Guide,
    GuidePass,
    PlacePriority,
    Priority,
    UnchooseTheme,
    priority,
)
from app.board.activity import inverse
from app.board.agenda import item_of, workshop_of
from app.board.commands import Asked, Refused
from app.board.edits import NOTHING, Edits, put, remove
from app.board.records import Board
from app.board.shared_records import Theme, influence_of

#: P3.3: two or three; one more asks.
MOST_CHOSEN = 3


@priority.rule("drive", undo=inverse)
def place(board: Board, cmd: PlacePriority, asked: Asked) -> Edits:
    """P3.2: important or not, urgent or not, in one of the passes or freely."""
    workshop_of(board, asked)
    theme = _influenceable(board, cmd.theme)
    id = f"priority:{theme.id}"
    known = board.at_or_none(Priority, id, cmd.base)
    if cmd.important is None and cmd.urgent is None:
        return remove(id) if known else NOTHING
    return put(Priority(id=id, theme=theme.id, important=cmd.important, urgent=cmd.urgent))


@priority.rule("drive", undo=inverse)
def choose(board: Board, cmd: ChooseTheme, asked: Asked) -> Edits:
    """P3.3: two or three themes are chosen; a fourth asks the facilitator to confirm."""
    workshop_of(board, asked)
    theme = _influenceable(board, cmd.theme)
    id = f"chosen:{theme.id}"
    if board.find(Chosen, id):
        return NOTHING
    # A theme that was merged away, or turned out beyond our influence, is no longer worked with.
    chosen = [c for c in board.every(Chosen).values() if _workable(board, c.theme)]
    if len(chosen) >= MOST_CHOSEN and not cmd.confirmed:
        raise Refused("fourth")
    return put(Chosen(id=id, theme=theme.id))


@priority.rule("drive", undo=inverse)
def unchoose(board: Board, cmd: UnchooseTheme, asked: Asked) -> Edits:
    """P3.3: the theme waits for the next cycle after all."""
    workshop_of(board, asked)
    id = f"chosen:{cmd.theme}"
    if board.find(Chosen, id):
        return remove(id)
    board.one(Theme, cmd.theme)
    return NOTHING


@priority.rule("drive", undo=inverse)
def guide(board: Board, cmd: GuidePass, asked: Asked) -> Edits:
    """P3.2: first important or not, then urgent or not, as the method says; or freely."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, priority.name)
    id = f"guide:{cmd.activity}"
    board.at_or_none(Guide, id, cmd.base)
    return put(Guide(id=id, activity=cmd.activity, step=cmd.step))


def _influenceable(board: Board, id: str) -> Theme:
    """P3.2: only what can be influenced comes in."""
    theme = board.one(Theme, id)
    if not _workable(board, theme.id):
        raise Refused("not_influenceable")
    return theme


def _workable(board: Board, theme: str) -> bool:
    return board.find(Theme, theme) is not None and influence_of(board, theme) == "can"

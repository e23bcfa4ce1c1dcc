"""P3.2, P3.3: two passes over the themes that can be influenced, then two or three are chosen.

P3.4: before that each phone may place the themes by itself; the group's spread is shown, and the facilitator
decides.
"""

from app.activities.priority.messages import (
    ChooseTheme,
    FollowGroup,
    Guide,
    GuidePass,
    PlacePriority,
    Priority,
    Spread,
    UnchooseTheme,
    guide_id,
    priority,
    priority_id,
)
from app.engine.activity import inverse
from app.engine.agenda import item_of, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board
from app.parts.placing import majority
from app.parts.themes import (
    Chosen,
    Theme,
    chosen_id,
    chosen_in,
    influence_of,
    themes_of,
    worked_before,
)

#: P3.3: two or three; one more asks.
MOST_CHOSEN = 3
priority.publish(MOST_CHOSEN=MOST_CHOSEN)


@priority.rule("drive", undo=inverse)
def place(board: Board, cmd: PlacePriority, asked: Asked) -> Edits:
    """P3.2: important or not, urgent or not, in one of the passes or freely."""
    cycle = workshop_of(board, asked).cycle
    theme = _influenceable(board, cmd.theme)
    id = priority_id(theme.id, cycle)
    known = board.at_or_none(Priority, id, cmd.base)
    if cmd.important is None and cmd.urgent is None:
        return remove(id) if known else NOTHING
    sides = {"important": cmd.important, "urgent": cmd.urgent}
    return put(Priority(id=id, theme=theme.id, **sides, cycle=cycle))


@priority.rule("drive", undo=inverse)
def choose(board: Board, cmd: ChooseTheme, asked: Asked) -> Edits:
    """P3.3: two or three themes are chosen; a fourth asks the facilitator to confirm."""
    cycle = workshop_of(board, asked).cycle
    theme = _influenceable(board, cmd.theme)
    id = chosen_id(theme.id, cycle)
    if board.find(Chosen, id):
        return NOTHING
    # A theme that was merged away, or turned out to be beyond our influence, no longer counts.
    chosen = [one for one in chosen_in(board, cycle) if _workable(board, one)]
    if len(chosen) >= MOST_CHOSEN and not cmd.confirmed:
        raise Refused("fourth")
    return put(Chosen(id=id, theme=theme.id, cycle=cycle))


@priority.rule("drive", undo=inverse)
def unchoose(board: Board, cmd: UnchooseTheme, asked: Asked) -> Edits:
    """P3.3: the theme waits for the next cycle after all."""
    id = chosen_id(cmd.theme, workshop_of(board, asked).cycle)
    if board.find(Chosen, id):
        return remove(id)
    board.one(Theme, cmd.theme)
    return NOTHING


@priority.rule("drive", undo=inverse)
def guide(board: Board, cmd: GuidePass, asked: Asked) -> Edits:
    """P3.2: first important or not, then urgent or not, as the method says; or freely."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, priority.name)
    id = guide_id(cmd.activity)
    board.at_or_none(Guide, id, cmd.base)
    return put(Guide(id=id, activity=cmd.activity, step=cmd.step))


@priority.rule("drive", undo=inverse)
def follow(board: Board, cmd: FollowGroup, asked: Asked) -> Edits:
    """P3.4: themes go where most of the group placed them; ties stay where they are.

    All in one step; the group then discusses and moves them.
    """
    cycle = workshop_of(board, asked).cycle
    item_of(board, cmd.activity, priority.name)
    groups = [one for one in board.of(Spread, cmd.activity).values() if _workable(board, one.theme)]
    if not groups:
        raise Refused("not_asked")
    guide = Guide(id=guide_id(cmd.activity), activity=cmd.activity, step="free")
    return put(guide, *(_as_group(board, one, cycle) for one in groups))


def _as_group(board: Board, group: Spread, cycle: int) -> Priority:
    id = priority_id(group.theme, cycle)
    new = Priority(id=id, theme=group.theme, important=None, urgent=None, cycle=cycle)
    now = board.find(Priority, id) or new
    sides = {
        "important": majority(group.important, group.n),
        "urgent": majority(group.urgent, group.n),
    }
    return now.with_(**{side: said for side, said in sides.items() if said is not None})


def themes_in_play(board: Board, cycle: int) -> list[Theme]:
    """P3.2, P5.5: what can be influenced, and was not worked with before unless it is taken up again."""
    before = worked_before(board, cycle)
    again = {one.theme for one in board.every(Priority).values() if one.cycle == cycle}
    again |= chosen_in(board, cycle)
    themes = [theme for theme in themes_of(board) if _workable(board, theme.id)]
    return [theme for theme in themes if theme.id not in before or theme.id in again]


def _influenceable(board: Board, id: str) -> Theme:
    """P3.2: only themes that can be influenced are included."""
    theme = board.one(Theme, id)
    if not _workable(board, theme.id):
        raise Refused("not_influenceable")
    return theme


def _workable(board: Board, theme: str) -> bool:
    return board.find(Theme, theme) is not None and influence_of(board, theme) == "can"

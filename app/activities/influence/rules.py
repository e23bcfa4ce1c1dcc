"""P3.1: a theme is in one of the two fields, or in neither yet.

W13: before that each phone may place the themes by itself, as on the priority board (P3.4).
"""

from collections import Counter

from app.activities.influence.messages import (
    CAN,
    FollowInfluence,
    InfluenceSettings,
    InfluenceSpread,
    PlaceInfluence,
    influence,
    influence_spread_id,
)
from app.engine.activity import inverse
from app.engine.agenda import item_of, settings_of, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board
from app.parts.placing import agreement, majority
from app.parts.themes import Influence, Theme, influence_id, influence_of, to_sort


@influence.rule("drive", undo=inverse)
def place(board: Board, cmd: PlaceInfluence, asked: Asked) -> Edits:
    """P3.1: the group drags a theme to what can, or cannot, be influenced; placing again replaces (B49)."""
    workshop_of(board, asked)
    theme = board.one(Theme, cmd.theme)
    id = influence_id(theme.id)
    known = board.at_or_none(Influence, id, cmd.base)
    if cmd.field is None:
        return remove(id) if known else NOTHING
    return put(Influence(id=id, theme=theme.id, field=cmd.field))


@influence.rule("drive", undo=inverse)
def follow(board: Board, cmd: FollowInfluence, asked: Asked) -> Edits:
    """W13: one step moves each theme where most of the group placed it; ties stay where they are."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, influence.name)
    groups = [one for one in board.of(InfluenceSpread, cmd.activity).values() if board.find(Theme, one.theme)]
    if not groups:
        raise Refused("not_asked")
    edits: Edits = NOTHING
    for one in groups:
        can = majority(one.can, one.n)
        field = "can" if can else "cannot"
        if can is not None and influence_of(board, one.theme) != field:
            edits |= put(Influence(id=influence_id(one.theme), theme=one.theme, field=field))
    return edits


def themes_in_play(board: Board, item: str, cycle: int) -> list[Theme]:
    """P3.1, W5, P5.5: the themes that it asks about."""
    settings: InfluenceSettings = settings_of(board, item, InfluenceSettings)
    return to_sort(board, settings.of, cycle, settings.strengths)


def spread(activity: str, theme: str, counts: Counter[int]) -> InfluenceSpread:
    """W13: what is released of a theme."""
    n, can = counts.total(), counts[CAN]
    id = influence_spread_id(activity, theme)
    return InfluenceSpread(id=id, activity=activity, theme=theme, n=n, can=can, agreement=agreement(can, n))

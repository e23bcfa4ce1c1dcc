"""P3.1: a theme is in one of the two fields, or in neither yet.

W13: before that each phone may place the themes by itself, as on the priority board (P3.4).
"""

from app.activities.influence.messages import (
    CAN,
    CloseInfluence,
    FollowInfluence,
    InfluenceSettings,
    InfluenceSpread,
    OpenInfluence,
    PlaceInfluence,
    influence,
    influence_spread_id,
)
from app.engine.activity import inverse, never
from app.engine.agenda import item_of, settings_of, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board
from app.parts.answers import released
from app.parts.ballots import is_open, least
from app.parts.placing import agreement, brought_forward, forgotten, majority, open_for, released_in
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


@influence.rule("drive", undo=never("the phones are asked at once; closing is the way back"))
def open_placing(board: Board, cmd: OpenInfluence, asked: Asked) -> Edits:
    """W13: each phone places the themes, before anybody has heard what the others think."""
    workshop = workshop_of(board, asked)
    item = item_of(board, cmd.activity, influence.name)
    if workshop.live != item.id:
        raise Refused("not_live")
    themes = themes_in_play(board, item.id, workshop.cycle)
    if not themes:
        raise Refused("no_themes")
    return open_for(board, item.id, workshop, themes, asked)


@influence.rule("drive", undo=never("the room has seen where it lies"))
def close_placing(board: Board, cmd: CloseInfluence, asked: Asked) -> Edits:
    """W13, A12: one frozen result for each theme that enough phones placed; for others nothing at all."""
    workshop = workshop_of(board, asked)
    item_of(board, cmd.activity, influence.name)
    return _released(board, cmd.activity, asked) | brought_forward(board, cmd.activity, workshop)


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


def leave(board: Board, item: str, asked: Asked) -> Edits:
    """A4: leaving the activity closes the placing, and nothing keeps the order it arrived in."""
    return _released(board, item, asked) if is_open(board, item) else NOTHING


def finish(board: Board, item: str, _asked: Asked) -> Edits:
    return forgotten(board, item, board.of(InfluenceSpread, item))


def themes_in_play(board: Board, item: str, cycle: int) -> list[Theme]:
    """P3.1, W5, P5.5: the themes that it asks about."""
    settings: InfluenceSettings = settings_of(board, item, InfluenceSettings)
    return to_sort(board, settings.of, cycle, settings.strengths)


def _released(board: Board, activity: str, asked: Asked) -> Edits:
    shown = {one.theme: one.n for one in board.of(InfluenceSpread, activity).values()}

    def made(theme: str, said: list[int], before: int) -> InfluenceSpread | None:
        counts = released(said, before, least(board, activity))
        if counts is None:
            return None
        n, can = counts.total(), counts[CAN]
        id = influence_spread_id(activity, theme)
        return InfluenceSpread(
            id=id, activity=activity, theme=theme, n=n, can=can, agreement=agreement(can, n)
        )

    return released_in(board, activity, shown, made, asked)

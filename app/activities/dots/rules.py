"""How a dot vote opens, what a ballot may hold, and what becomes of the ballots when it closes."""

from collections import Counter
from collections.abc import Container

from app.activities.dots.messages import (
    QUESTION,
    CloseVote,
    DotsResult,
    DotsSettings,
    DotsSlate,
    OpenVote,
    dots,
    dots_result_id,
    dots_slate_id,
)
from app.engine.activity import never
from app.engine.agenda import Item, cycle_of, item_of, settings_of, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board
from app.parts.answers import MarksOn, marks, released, taken_apart
from app.parts.ballots import closed, opened, tells
from app.parts.themes import (
    Theme,
    asked_themes,
    influence_of,
    is_challenge,
    themes_of,
    worked_before,
)


def enter(board: Board, item: str, asked: Asked) -> Edits:
    """P3.3: the phones may vote as soon as the activity is live; what has been counted stays counted (E7)."""
    return NOTHING if board.find(DotsResult, dots_result_id(item)) else _opened(board, item, asked)


def finish(board: Board, item: str, _asked: Asked) -> Edits:
    """F4: a slate on which nothing was counted has nothing to say."""
    counted = board.find(DotsResult, dots_result_id(item))
    return (
        remove(dots_slate_id(item)) if board.find(DotsSlate, dots_slate_id(item)) and not counted else NOTHING
    )


@dots.rule("drive", undo=never("the phones vote at once; closing is the way back"))
def open_vote(board: Board, cmd: OpenVote, asked: Asked) -> Edits:
    """B75: there were too few, so nothing was shown; the dots that lie there stay, and more may come."""
    workshop = workshop_of(board, asked)
    item_of(board, cmd.activity, dots.name)
    if workshop.live != cmd.activity:
        raise Refused("not_live")
    if board.find(DotsResult, dots_result_id(cmd.activity)):
        raise Refused("counted")
    return _opened(board, cmd.activity, asked)


@dots.rule("drive", undo=never("the room has seen the sums, and the ballots are gone"))
def close_vote(board: Board, cmd: CloseVote, asked: Asked) -> Edits:
    """A12: the sums from five voters on, and the ballots are taken apart; with fewer nothing is shown."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, dots.name)
    edits = closed(board, cmd.activity, asked)
    votes = released(marks(board, cmd.activity, QUESTION)) if tells(board, cmd.activity) else None
    if votes is None:
        return edits.telling("few")
    sums = Counter(theme for ballot in votes.elements() for theme in ballot)
    slate = board.one(DotsSlate, dots_slate_id(cmd.activity))
    result = DotsResult(
        id=dots_result_id(cmd.activity),
        activity=cmd.activity,
        voters=votes.total(),
        sums={asked.theme: sums[asked.theme] for asked in slate.themes},
    )
    return edits | taken_apart(board, cmd.activity) | put(result)


def themes_for(board: Board, settings: DotsSettings, cycle: int) -> list[Theme]:
    """P3.1: what can be influenced; all where the item says so.

    W5: while none has been placed, not what people stand on, unless there is nothing else. P5.5: not what was
    worked with in an earlier cycle.
    """
    before = worked_before(board, cycle)
    themes = [theme for theme in themes_of(board, settings.of) if theme.id not in before]
    if settings.which == "all":
        return themes
    if any(influence_of(board, theme.id) for theme in themes):
        return [theme for theme in themes if influence_of(board, theme.id) == "can"]
    return [theme for theme in themes if is_challenge(board, theme)] or themes


def _opened(board: Board, item: str, asked: Asked) -> Edits:
    """On the slate that the first voters had; a vote without themes does not open."""
    settings: DotsSettings = settings_of(board, item, DotsSettings)
    themes = themes_for(board, settings, cycle_of(board, board.one(Item, item)))
    slate = board.find(DotsSlate, dots_slate_id(item)) or DotsSlate(
        id=dots_slate_id(item), activity=item, themes=asked_themes(themes)
    )
    return put(slate) | opened(board, item, asked) if slate.themes else NOTHING


def asks(board: Board, item: Item, of: str) -> Container[object]:
    slate = board.find(DotsSlate, dots_slate_id(item.id))
    if slate is None or of != QUESTION:
        return ()
    settings: DotsSettings = settings_of(board, item.id, DotsSettings)
    return MarksOn(frozenset(asked.theme for asked in slate.themes), settings.dots)

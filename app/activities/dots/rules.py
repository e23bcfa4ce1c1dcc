"""How a dot vote opens, what a ballot may hold, and what becomes of the ballots when it closes."""

from collections import Counter
from collections.abc import Container

from app.activities.dots.messages import (
    CloseVote,
    DotsResult,
    DotsSettings,
    DotsSlate,
    OpenVote,
    dots,
    result_id,
    slate_id,
)
from app.board.activity import never
from app.board.agenda import Item, cycle_of, item_of, settings_of, workshop_of
from app.board.ballots import (
    MarksOn,
    closed,
    is_open,
    marks,
    opened,
    released,
    taken_apart,
    takes_ballots,
    tells,
)
from app.board.commands import Asked, Refused
from app.board.edits import NOTHING, Edits, put, remove
from app.board.records import Board
from app.board.shared_records import Theme, asked_themes, influence_of, themes_of, worked_before

#: The one question of a vote.
QUESTION = "dots"


@dots.enter
def enter(board: Board, item: str, asked: Asked) -> Edits:
    """P3.3: the phones may vote as soon as the activity is live; what has been counted stays counted (E7)."""
    return NOTHING if board.find(DotsResult, result_id(item)) else _opened(board, item, asked)


@dots.leave
def leave(board: Board, item: str, _asked: Asked) -> Edits:
    """A4: whatever ends the activity ends the vote, and its ballots lose their order; nothing is shown."""
    return closed(board, item) if is_open(board, item) else NOTHING


@dots.finish
def finish(board: Board, item: str, _asked: Asked) -> Edits:
    """F4: a slate on which nothing was counted has nothing to say."""
    counted = board.find(DotsResult, result_id(item))
    return remove(slate_id(item)) if board.find(DotsSlate, slate_id(item)) and not counted else NOTHING


@dots.rule("drive", undo=never("the phones vote at once; closing is the way back"))
def open_vote(board: Board, cmd: OpenVote, asked: Asked) -> Edits:
    """B75: there were too few, so nothing was shown; the dots that lie there stay, and more may come."""
    workshop = workshop_of(board, asked)
    item_of(board, cmd.activity, dots.name)
    if workshop.live != cmd.activity:
        raise Refused("not_live")
    if board.find(DotsResult, result_id(cmd.activity)):
        raise Refused("counted")
    return _opened(board, cmd.activity, asked)


@dots.rule("drive", undo=never("the room has seen the sums, and the ballots are gone"))
def close_vote(board: Board, cmd: CloseVote, asked: Asked) -> Edits:
    """A12: the sums from five voters on, and the ballots are taken apart; with fewer nothing is shown."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, dots.name)
    edits = closed(board, cmd.activity)
    votes = released(marks(board, cmd.activity, QUESTION)) if tells(board, cmd.activity) else None
    if votes is None:
        return edits.telling("few")
    sums = Counter(theme for ballot in votes.elements() for theme in ballot)
    slate = board.one(DotsSlate, slate_id(cmd.activity))
    result = DotsResult(
        id=result_id(cmd.activity),
        activity=cmd.activity,
        voters=votes.total(),
        sums={asked.theme: sums[asked.theme] for asked in slate.themes},
    )
    return edits | taken_apart(board, cmd.activity) | put(result)


def themes_for(board: Board, settings: DotsSettings, cycle: int) -> list[Theme]:
    """P3.1: what can be influenced; all, while none of them has been placed or where the item says so.

    P5.5: not what was worked with in an earlier cycle.
    """
    before = worked_before(board, cycle)
    themes = [theme for theme in themes_of(board, settings.of) if theme.id not in before]
    if settings.which == "all" or not any(influence_of(board, theme.id) for theme in themes):
        return themes
    return [theme for theme in themes if influence_of(board, theme.id) == "can"]


def _opened(board: Board, item: str, asked: Asked) -> Edits:
    """On the slate that the first voters had; a vote without themes does not open."""
    settings: DotsSettings = settings_of(board, item, DotsSettings)
    themes = themes_for(board, settings, cycle_of(board, board.one(Item, item)))
    slate = board.find(DotsSlate, slate_id(item)) or DotsSlate(
        id=slate_id(item), activity=item, themes=asked_themes(themes)
    )
    return put(slate) | opened(board, item, asked) if slate.themes else NOTHING


def _asks(board: Board, item: Item, of: str) -> Container[object]:
    slate = board.find(DotsSlate, slate_id(item.id))
    if slate is None or of != QUESTION:
        return ()
    settings: DotsSettings = settings_of(board, item.id, DotsSettings)
    return MarksOn(frozenset(asked.theme for asked in slate.themes), settings.dots)


takes_ballots(dots, _asks)

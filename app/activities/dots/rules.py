"""How a dot vote opens, what a ballot may hold, and what happens to the ballots when it closes."""

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
from app.engine.commands import Asked
from app.engine.edits import Edits, put
from app.engine.records import Board
from app.parts.answers import CountedOnce, MarksOn, marks, released, taken_apart
from app.parts.ballots import closed, least, tells
from app.parts.themes import (
    Theme,
    asked_themes,
    influence_of,
    is_challenge,
    themes_of,
    worked_before,
)


def _slate(board: Board, item: str) -> DotsSlate | None:
    settings: DotsSettings = settings_of(board, item, DotsSettings)
    themes = asked_themes(themes_for(board, settings, cycle_of(board, board.one(Item, item))))
    return DotsSlate(id=dots_slate_id(item), activity=item, themes=themes) if themes else None


vote = CountedOnce(dots_slate_id, dots_result_id, _slate)


@dots.rule("drive", undo=never("the phones vote at once; closing is the way back"))
def open_vote(board: Board, cmd: OpenVote, asked: Asked) -> Edits:
    """B75: for a vote that had too few voters to show the sums."""
    return vote.reopen(board, cmd.activity, dots.name, asked)


@dots.rule("drive", undo=never("the room has seen the sums, and the ballots are gone"))
def close_vote(board: Board, cmd: CloseVote, asked: Asked) -> Edits:
    """A12: the sums, once enough have voted, and the ballots are taken apart; with fewer nothing is shown."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, dots.name)
    edits = closed(board, cmd.activity, asked)
    cast = marks(board, cmd.activity, QUESTION)
    enough = tells(board, cmd.activity)
    votes = released(cast, threshold=least(board, cmd.activity)) if enough else None
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

    W5: while none has been placed, strengths are left out, unless there is nothing else. P5.5: so are themes
    worked with in an earlier cycle.
    """
    before = worked_before(board, cycle)
    themes = [theme for theme in themes_of(board, settings.of) if theme.id not in before]
    if settings.which == "all":
        return themes
    if any(influence_of(board, theme.id) for theme in themes):
        return [theme for theme in themes if influence_of(board, theme.id) == "can"]
    return [theme for theme in themes if is_challenge(board, theme)] or themes


def asks(board: Board, item: Item, of: str) -> Container[object]:
    slate = board.find(DotsSlate, dots_slate_id(item.id))
    if slate is None or of != QUESTION:
        return ()
    settings: DotsSettings = settings_of(board, item.id, DotsSettings)
    return MarksOn(frozenset(asked.theme for asked in slate.themes), settings.dots)

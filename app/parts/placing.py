"""P3.1, P3.4: people place the themes on their own phones, before hearing what the others think.

A kind uses `Placed(…)`; opening, closing and leaving are the same for all. Closing makes one frozen result
for each theme that enough placed. Every placement is a ballot of its own; that a phone is done with all of
them is one more, linked to none, and it is the number of these that the room gets at ticks.
"""

from collections import Counter
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import ClassVar, Literal

from app.engine.activity import Part, Step, everybody, never
from app.engine.agenda import Item, workshop_of
from app.engine.audience import BoardRecord
from app.engine.commands import Asked, DriverCommand, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board, Id, Record
from app.engine.wall import wall_of
from app.parts.answers import answers, released
from app.parts.ballots import Allows, Balloted, Counts, closed, is_open, least, opened, tallied, tells
from app.parts.themes import AskedTheme, Theme, asked_themes, themes_of

placing_part = Part("placing")

#: What a phone answers at the end of the themes, whether or not it placed all of them.
DONE = "done"
placing_part.publish(PLACING_DONE=DONE)


class Placing(Record):
    """P3.4: which themes the phones are asked about; the balloting says whether they still are."""

    kind: Literal["placing"] = "placing"
    activity: Id
    themes: tuple[AskedTheme, ...]


placing_part.record(Placing, everybody)


@placing_part.public_id
def placing_id(activity: str) -> str:
    """The id of what the phones are asked in an item; the wall brings the picture forward by it."""
    return f"placing:{activity}"


#: How far the group agrees on a question: all but at most a tenth, a clear majority, or divided.
Agreement = Literal["agreed", "mostly", "divided"]


class GroupSpread(BoardRecord):
    """P3.4: where the group placed a theme, frozen at the close; made of enough answers (A12).

    Each kind adds what it asks about a theme.
    """

    refers: ClassVar[tuple[str, ...]] = ("theme",)

    activity: Id
    theme: Id
    n: int


class OpenPlacing(DriverCommand):
    """Ask the phones where they would place each theme."""

    type: Literal["placing.open"]
    activity: Id


class ClosePlacing(DriverCommand):
    """Close the placement, and show where the group placed the themes."""

    type: Literal["placing.close"]
    activity: Id


@placing_part.rule("drive", undo=never("the phones are asked at once; closing is the way back"))
def open_placing(board: Board, cmd: OpenPlacing, asked: Asked) -> Edits:
    """P3.4: each phone places the themes, before anybody has heard what the others think."""
    workshop = workshop_of(board, asked)
    used = _used(board, cmd.activity, asked)
    if workshop.live != cmd.activity:
        raise Refused("not_live")
    themes = used.themes(board, cmd.activity, workshop.cycle)
    if not themes:
        raise Refused("no_themes")
    placing = Placing(id=placing_id(cmd.activity), activity=cmd.activity, themes=asked_themes(themes))
    wall = wall_of(board, workshop.id).with_(forward=None)
    return put(placing, wall) | opened(board, cmd.activity, asked)


@placing_part.rule("drive", undo=never("the room has seen where it lies"))
def close_placing(board: Board, cmd: ClosePlacing, asked: Asked) -> Edits:
    """P3.4, A12: one frozen result for each theme that enough phones placed, brought forward on the wall."""
    workshop = workshop_of(board, asked)
    edits = _closed(board, cmd.activity, asked)
    return edits | put(wall_of(board, workshop.id).with_(forward=placing_id(cmd.activity), join=False))


# -- for the kinds whose themes are placed -----------------------------------------------------------------


def _leave(board: Board, item: str, asked: Asked) -> Edits:
    """A4: leaving the activity closes the placing, and nothing keeps the order it arrived in."""
    return _closed(board, item, asked) if is_open(board, item) else NOTHING


def _finish(board: Board, item: str, asked: Asked) -> Edits:
    """F4: which themes were asked about is kept only together with where the group placed them."""
    placing = board.find(Placing, placing_id(item))
    return remove(placing.id) if placing and not board.of(_used(board, item, asked).result, item) else NOTHING


@dataclass(frozen=True, kw_only=True, eq=False)
class Placed(Balloted):
    """How a kind has themes placed on phones; `allows` is `one_of(values)`."""

    #: The themes that an item asks about, by item and cycle.
    themes: Callable[[Board, str, int], list[Theme]]
    result: type[GroupSpread]
    #: Makes the result of an item and a theme from how often each value was answered.
    made: Callable[[str, str, Counter[int]], GroupSpread]
    counts: Counts = lambda answered: answered.get(DONE, 0)
    leave: Step | None = _leave
    finish: Step | None = _finish


def one_of(values: Container[int]) -> Allows:
    """Each theme asked about may be placed with one of these values."""

    def allows(board: Board, item: Item, of: str) -> Container[int]:
        placing = board.find(Placing, placing_id(item.id))
        if placing is None:
            return ()
        if of == DONE:
            return (1,)
        return values if any(asked.theme == of for asked in placing.themes) else ()

    return allows


def _used(board: Board, activity: str, asked: Asked) -> Placed:
    used = asked.kinds.use(board.one(Item, activity).activity, Placed)
    if used is None:
        raise Refused("unknown")
    return used


def _closed(board: Board, item: str, asked: Asked) -> Edits:
    """A12: themes with enough answers get a frozen result, the others nothing at all."""
    used = _used(board, item, asked)
    shown = {one.theme: one.n for one in board.of(used.result, item).values()}
    # The number of phones that are done releases nothing, so it must not decide what closing shows (A11).
    before = {**shown, DONE: tallied(board, item)[DONE]}
    edits = closed(board, item, asked, before)
    if not tells(board, item, before):
        return edits
    for theme in themes_of(board):
        said = answers(board, item, theme.id)
        counts = released(said, shown.get(theme.id, 0), least(board, item))
        edits |= put(used.made(item, theme.id, counts)) if counts else NOTHING
    return edits


def agreement(yes: int, n: int) -> Agreement:
    """The agreement of `n` people if `yes` of them answered yes: the larger side counts."""
    larger = max(yes, n - yes)
    if 10 * larger >= 9 * n:
        return "agreed"
    return "mostly" if 10 * larger >= 7 * n else "divided"


def majority(yes: int, n: int) -> bool | None:
    """The answer of the majority; None for a tie."""
    return None if 2 * yes == n else 2 * yes > n

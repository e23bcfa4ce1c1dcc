"""P3.1, P3.4: people place the themes on their own phones, before hearing what the others think.

A kind uses `placed(values)`, opens with `open_for` and closes with `released_in`: one frozen result for each
theme that enough placed, made by the kind. Every placement is a ballot of its own; that a phone is done with
all of them is one more, linked to none, and it is the number of these that the room gets at ticks.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Literal

from app.engine.activity import Part, everybody
from app.engine.agenda import Item, Workshop
from app.engine.commands import Asked
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board, Id, Record
from app.engine.wall import wall_of
from app.parts.answers import answers
from app.parts.ballots import Balloted, closed, opened, tallied, tells
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
#: Makes a theme's result from its id, the answers, and how many the last release counted.
Released = Callable[[str, list[int], int], Record | None]


def placed(values: Container[int]) -> Balloted:
    """For a kind whose themes are placed on phones, with one of these values each."""

    def allows(board: Board, item: Item, of: str) -> Container[int]:
        placing = board.find(Placing, placing_id(item.id))
        if placing is None:
            return ()
        if of == DONE:
            return (1,)
        return values if any(asked.theme == of for asked in placing.themes) else ()

    return Balloted(allows=allows, counts=lambda answered: answered.get(DONE, 0))


def open_for(board: Board, item: str, workshop: Workshop, themes: Iterable[Theme], asked: Asked) -> Edits:
    """The phones are asked about these themes, and the wall shows that they are."""
    placing = Placing(id=placing_id(item), activity=item, themes=asked_themes(themes))
    wall = wall_of(board, workshop.id).with_(forward=None)
    return put(placing, wall) | opened(board, item, asked)


def brought_forward(board: Board, item: str, workshop: Workshop) -> Edits:
    """Make the wall bring forward the group's picture."""
    return put(wall_of(board, workshop.id).with_(forward=placing_id(item), join=False))


def released_in(board: Board, item: str, shown: Mapping[str, int], made: Released, asked: Asked) -> Edits:
    """A12: the placement closes; themes with enough answers get a frozen result, the others nothing at all.

    `shown` is how many placements of each theme the last release counted.
    """
    # The number of phones that are done releases nothing, so it must not decide what closing shows (A11).
    before = {**shown, DONE: tallied(board, item)[DONE]}
    edits = closed(board, item, asked, before)
    if not tells(board, item, before):
        return edits
    for theme in themes_of(board):
        now = made(theme.id, answers(board, item, theme.id), shown.get(theme.id, 0))
        edits |= put(now) if now else NOTHING
    return edits


def forgotten(board: Board, item: str, results: Mapping[str, Record]) -> Edits:
    """F4: which themes were asked about is kept only together with where the group placed them."""
    placing = board.find(Placing, placing_id(item))
    return remove(placing.id) if placing and not results else NOTHING


def agreement(yes: int, n: int) -> Agreement:
    """The agreement of `n` people if `yes` of them answered yes: the larger side counts."""
    larger = max(yes, n - yes)
    if 10 * larger >= 9 * n:
        return "agreed"
    return "mostly" if 10 * larger >= 7 * n else "divided"


def majority(yes: int, n: int) -> bool | None:
    """The answer of the majority; None for a tie."""
    return None if 2 * yes == n else 2 * yes > n

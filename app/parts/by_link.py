"""P5.1: answering by link for some days: the same for a pulse and for a round of notes.

It is the live item of a meeting, whose door stays open as long (`lasts`). Every night the answers are
rewritten in random order (A4). After its last day it ends by itself without showing anything: that is up to
the facilitator. A kind uses `ByLink(…)` and `lasts`, and its settings are `LinkSettings`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, Self, cast

from pydantic import Field

from app.engine.activity import Due, Hooks, Part, Settings, Step
from app.engine.agenda import Item
from app.engine.commands import Asked, Command, Refused
from app.engine.edits import Edits
from app.engine.records import Board, Id
from app.engine.registry import Registry

by_link = Part("by_link")

#: ISO; days are compared as strings.
Day = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class LinkSettings(Settings):
    """`open_until`: answered by link to the end of that day; without it, in the meeting."""

    open_until: Day | None = None

    def fresh(self) -> Self:
        # Another meeting has other days.
        return self.model_copy(update={"open_until": None})


@dataclass(frozen=True, kw_only=True, eq=False)
class ByLink(Hooks):
    """How a kind is answered by link.

    `night_at`: the next midnight of an item that phones are answering, server time in ms, else None. `again`:
    called every such night, removes the order of the answers and sets the next midnight. `over`: ends it.
    `for_a_day`: it ends with its first night even when it is not by link.
    """

    night_at: Callable[[Board, str], int | None]
    again: Step
    over: Step
    for_a_day: bool = False


class Night(Command):
    """Due: a night of an item open for phones, or its end."""

    type: Literal["by_link.night"]
    activity: Id


def lasts(_board: Board, item: Item) -> str | None:
    """The last day (ISO) on which it, and its door, is open by link; None if it is not by link."""
    return cast("str | None", item.settings.get("open_until"))


def stays_open(board: Board, item: str, asked: Asked) -> bool:
    """Whether it stays open by link, today and perhaps longer, while the room does something else."""
    until = lasts(board, board.one(Item, item))
    return until is not None and asked.today <= until


@by_link.due
def due(board: Board, kinds: Registry) -> Iterator[Due]:
    """E6: every midnight of an open item."""
    for item in board.every(Item).values():
        at = _night_of(board, item, kinds)
        if at is not None:
            yield Due(Night(type="by_link.night", activity=item.id), at=at)


@by_link.rule("server")
def night(board: Board, cmd: Night, asked: Asked) -> Edits:
    """P5.1: it ends with its last day. 2.5: until then it is rewritten and scrubbed every night."""
    item = board.find(Item, cmd.activity)
    at = _night_of(board, item, asked.kinds) if item else None
    if item is None or at is None or asked.now < at:
        raise Refused("nothing_due")
    used = asked.kinds.use(item.activity, ByLink)
    assert used is not None
    return (used.again if stays_open(board, item.id, asked) else used.over)(board, item.id, asked)


def _night_of(board: Board, item: Item, kinds: Registry) -> int | None:
    used = kinds.use(item.activity, ByLink) if item.state != "planned" else None
    if used is None or not (used.for_a_day or lasts(board, item)):
        return None
    return used.night_at(board, item.id)

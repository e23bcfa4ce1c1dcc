"""U24: who says they are done with individual work, so that the facilitator can stop early.

It identifies nobody and is never stored. A phone reports that it is done under a random mark made for this
item alone. The marks are in the memory of the running room (`Board.done`), never in a record, a step or the
store, and are dropped when the item stops asking, when the room closes, and with the process. Their number is
shown only at the item's own ticks, three or more at once (A11).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from app.engine.activity import Due, Hooks, Part
from app.engine.agenda import Item, Workshop, workshop_of
from app.engine.commands import Asked, Command, NewId, Refused
from app.engine.edits import NOTHING, Edits
from app.engine.records import Board, Done, Id
from app.engine.registry import Registry
from app.engine.ticks import TOGETHER, tick_to_serve

pace = Part("pace")

#: X11: no room has more phones than this; any beyond it are ignored.
MOST_MARKS = 2_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Paced(Hooks):
    """For kinds whose items people work on individually, and can say they are done with.

    `since`: the server time in ms from which ticks are counted; None while there is nothing to finish. It may
    read only what the room was shown.
    """

    since: Callable[[Board, Item], int | None]


class SayDone(Command):
    """A phone is done, or (`done` false) continues after all. A repeat changes nothing (E2)."""

    type: Literal["pace.done"]
    activity: Id
    #: Made by the phone for this item, joined with none of its notes; it does not prove anything.
    mark: NewId
    done: bool
    #: Filler, so that it is as long as a note (T7).
    pad: Annotated[str, Field(max_length=4096)] = ""


class TellDone(Command):
    """Due: tell the room how many are done, if enough have changed."""

    type: Literal["pace.tell"]
    activity: Id


@pace.rule("answer")
def say(board: Board, cmd: SayDone, asked: Asked) -> Edits:
    """U24: a phone says that it is done, or takes that back; refused where nobody asks."""
    workshop_of(board, asked)
    _since(board, cmd.activity, asked.kinds)
    now = board.done.get(cmd.activity, Done())
    marks = now.marks | {cmd.mark} if cmd.done else now.marks - {cmd.mark}
    return NOTHING if len(marks) > MOST_MARKS else Edits(done={cmd.activity: now._replace(marks=marks)})


@pace.due
def due(board: Board, kinds: Registry) -> Iterator[Due]:
    """E6, A11: ticks at which enough changes are waiting."""
    for item, done in board.done.items():
        since = ticks_from(board, item, kinds)
        if since is not None and _is_due(done):
            yield Due(TellDone(type="pace.tell", activity=item), ticks_from=since)


@pace.rule("server")
def tell(board: Board, cmd: TellDone, asked: Asked) -> Edits:
    """A11: the number moves by three acts or more, so that no single tap can be matched with it."""
    now = board.done.get(cmd.activity, Done())
    at = tick_to_serve(_since(board, cmd.activity, asked.kinds), now.at, asked.now)
    if not _is_due(now):
        raise Refused("nothing_due")
    return Edits(done={cmd.activity: now._replace(told=len(now.marks), at=at)})


def ticks_from(board: Board, item: str, kinds: Registry) -> int | None:
    """When people started working on an item, in ms; None if nobody is asked whether they are done."""
    found = board.find(Item, item)
    paced = kinds.use(found.activity, Paced) if found else None
    workshop = board.find(Workshop, found.workshop) if found else None
    if found is None or paced is None or workshop is None or workshop.live != item:
        return None
    return paced.since(board, found) if workshop.state == "live" else None


def told(board: Board, workshop: str) -> int:
    """How many are done, as the room was shown at the last tick; 0 if it was not."""
    found = board.find(Workshop, workshop)
    done = board.done.get(found.live) if found and found.live else None
    return done.told if done else 0


def over(board: Board, kinds: Registry) -> list[Id]:
    """The items whose marks are kept though nobody works on them any more."""
    return [item for item in board.done if ticks_from(board, item, kinds) is None]


def _since(board: Board, item: str, kinds: Registry) -> int:
    since = ticks_from(board, item, kinds)
    if since is None:
        raise Refused("not_open")
    return since


def _is_due(done: Done) -> bool:
    return abs(len(done.marks) - done.told) >= TOGETHER

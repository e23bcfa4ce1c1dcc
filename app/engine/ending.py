"""How a meeting ends, by hand or automatically, what is kept afterwards, and how one is deleted (F4).

After the end the board has what the summary shows and what other meetings of the process need. A meeting
without a driver ends automatically. The time is computed from drivers' acts alone, in whole hours, so that
nothing stored next to anonymous records reveals when a phone did anything (A10).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from app.engine.activity import Due, Part, never, nobody
from app.engine.agenda import End, Item, Workshop, items_of, left_live, workshop_of
from app.engine.commands import LONGEST, Asked, Command, Refused
from app.engine.edits import NOTHING, Edits, Traces, put
from app.engine.records import Board, Draft, Gone, Held, Id, Record
from app.engine.registry import Registry

ending = Part("ending")

#: In ms.
HOUR = 3600 * 1000
#: After this long without a driver's act every door has closed (X10), and the meeting is over.
ALONE = 12 * HOUR
#: P5.1, A12: how long after the last day the facilitator can show what was answered by link.
UNRELEASED = 7 * 24 * HOUR


class Alone(Record):
    """When a live meeting ends by itself if no driver does anything."""

    kind: Literal["alone"] = "alone"
    workshop: Id
    #: Server time in ms, from the last driver's act: a whole hour, or a midnight (A10).
    ends_at: int

    @property
    def home(self) -> str:
        return self.workshop

    def closed(self) -> None:
        return None


ending.record(Alone, nobody)


class EndByItself(Command):
    """Due: no driver has done anything for long enough."""

    type: Literal["ending.by_itself"]
    workshop: Id


class Lead(Command):
    """A driver did something outside the board, such as opening the door; or no time is stored yet."""

    type: Literal["ending.lead"]
    workshop: Id


class Tidy(Command):
    """Delete what is left of a meeting that has ended, by an older version or a power cut."""

    type: Literal["ending.tidy"]
    workshop: Id


class ForgetMeeting(Command):
    """Delete a meeting for good."""

    type: Literal["ending.forget"]
    workshop: Id


def alone_id(workshop: str) -> str:
    """The id of the time at which a meeting ends by itself."""
    return f"alone:{workshop}"


@ending.rule("lead", undo=never("a meeting that has ended has ended"))
def end(board: Board, _cmd: End, asked: Asked) -> Edits:
    """F4: ended by the facilitator; everything pending is settled at once, under one seq."""
    return _over(board, workshop_of(board, asked), asked)


# -- by itself ---------------------------------------------------------------------------------------------


def led(board: Board, edits: Edits, asked: Asked) -> Edits:
    """F4: a driver's act moves the time at which the meeting ends by itself on to the next hour."""
    workshop = _after(board, edits, asked.workshop)
    if not isinstance(workshop, Workshop) or workshop.state != "live":
        return NOTHING
    ends_at = asked.now - asked.now % HOUR + HOUR + ALONE
    live = _after(board, edits, workshop.live or "")
    day = asked.kinds.lasts(board, live) if isinstance(live, Item) else None
    if day is not None:
        ends_at = max(ends_at, min(asked.end_of(day), asked.now + LONGEST) + UNRELEASED)
    alone = Alone(id=alone_id(workshop.id), workshop=workshop.id, ends_at=ends_at)
    return NOTHING if board.find(Alone, alone.id) == alone else put(alone)


def _after(board: Board, edits: Edits, id: str) -> Record | None:
    held = board.held(id)
    return edits.puts.get(id, held.record if held else None)


@ending.due
def due(board: Board, _kinds: Registry) -> Iterator[Due]:
    """E6: stored with the board while anything anonymous may be unsettled, so it survives a crash."""
    for alone in board.every(Alone).values():
        yield Due(EndByItself(type="ending.by_itself", workshop=alone.workshop), at=alone.ends_at)


@ending.rule("server")
def by_itself(board: Board, cmd: EndByItself, asked: Asked) -> Edits:
    """F4: as if the facilitator had ended it; late notes that nobody let in are not kept."""
    alone = board.find(Alone, alone_id(cmd.workshop))
    workshop = board.find(Workshop, cmd.workshop)
    if alone is None or workshop is None or asked.now < alone.ends_at:
        raise Refused("nothing_due")
    return _over(board, workshop, asked)


@ending.rule("server")
def lead(board: Board, cmd: Lead, asked: Asked) -> Edits:
    """F4: what drivers do outside the board counts too."""
    moved = led(board, NOTHING, replace(asked, workshop=cmd.workshop))
    if not moved.puts:
        raise Refused("nothing_due")
    return moved


# -- what stays --------------------------------------------------------------------------------------------


def _over(board: Board, workshop: Workshop, asked: Asked) -> Edits:
    asked = replace(asked, workshop=workshop.id)
    laid = _Laid(board)
    laid.lay(left_live(board, workshop, asked))
    _settle(laid, workshop, asked)
    laid.lay(put(workshop.with_(state="ended", live=None, board_on_phones=False)))
    return laid.edits(again=workshop)


@ending.rule("server")
def tidy(board: Board, cmd: Tidy, asked: Asked) -> Edits:
    """F4: apply the current rules to meetings that ended under older ones."""
    workshop = board.find(Workshop, cmd.workshop)
    if workshop is None or workshop.state != "ended":
        raise Refused("nothing_due")
    laid = _Laid(board)
    _settle(laid, workshop, replace(asked, workshop=workshop.id))
    if not laid.puts:
        raise Refused("nothing_due")
    return laid.edits(again=workshop)


def _settle(laid: "_Laid", workshop: Workshop, asked: Asked) -> None:
    for item in items_of(laid.board, workshop.id):
        if item.state != "planned":
            laid.lay(asked.kinds.finished(laid.board, item.activity, item.id, asked))
    others = _others(laid.board, workshop.id)
    closed: dict[str, Record | None] = {}
    for _, record in laid.board:
        if not isinstance(record, Gone) and record.home not in others:
            left = record.closed()
            if left != record:
                closed[record.id] = left
    laid.lay(Edits(closed))
    laid.lay(Edits(dict.fromkeys(asked.kinds.orphaned(laid.board))))


def _others(board: Board, workshop: str) -> set[str]:
    """The meetings still going on, with their items: what belongs to them is not closed yet."""
    meetings = board.every(Workshop).values()
    going_on = {other.id for other in meetings if other.id != workshop and other.state != "ended"}
    return going_on | {item.id for item in board.every(Item).values() if item.workshop in going_on}


class _Laid:
    """A board with edits applied in turn: each step sees the effect of those before it."""

    def __init__(self, board: Board) -> None:
        self.board = Draft(board)
        self.puts: dict[str, Record | None] = {}

    def lay(self, edits: Edits) -> None:
        """Apply on top of the earlier ones."""
        self.board.apply(
            [Held(self.board.seq, record or self._gone(id)) for id, record in edits.puts.items()]
        )
        self.puts |= edits.puts

    def _gone(self, id: str) -> Gone:
        held = self.board.held(id)
        home = held.record.home if held else ""
        return Gone(id=id, of="", activity=home, phones=None, seen_by=())

    def edits(self, again: Workshop) -> Edits:
        """All of it; A4: with every anonymous record of the meeting put again, in the order of random ids."""
        own = {item.id for item in items_of(self.board, again.id)}
        for _, record in self.board:
            if record.anonymous and record.home in own:
                self.puts.setdefault(record.id, record)
        return Edits(dict(sorted(self.puts.items())), traces=Traces.PAGES, prune=True)


# -- deletion ----------------------------------------------------------------------------------------------


@ending.rule("server")
def forget(board: Board, cmd: ForgetMeeting, _asked: Asked) -> Edits:
    """F4: delete the meeting, all that belongs to it, and what is about nothing else.

    Themes are deleted with the question they answer, and so is what was said about them. What was agreed on
    (the action plan) stays, and so does what other meetings made of it.
    """
    if board.find(Workshop, cmd.workshop) is None:
        raise Refused("nothing_due")
    gone, puts = {cmd.workshop}, dict[str, Record | None]({cmd.workshop: None})
    found: Mapping[str, Record | None] = puts
    while found:
        found = dict(_changed(board, puts, gone))
        puts |= found
        gone |= {id for id, left in found.items() if left is None}
    return Edits(puts, traces=Traces.PAGES, prune=True)


def _changed(
    board: Board, puts: Mapping[str, Record | None], gone: set[str]
) -> Iterator[tuple[str, Record | None]]:
    for _, held in board:
        record = puts.get(held.id, held)
        if record is not None and not isinstance(record, Gone):
            left = record.without(gone)
            if left != record:
                yield record.id, left


def leftovers(board: Board, workshop: Workshop, asked: Asked) -> Command | None:
    """F4: the command, if any, that cleans up what a meeting has left behind."""
    commands: tuple[Command, ...] = (
        Lead(type="ending.lead", workshop=workshop.id),
        Tidy(type="ending.tidy", workshop=workshop.id),
    )
    if workshop.state == "live" and board.find(Alone, alone_id(workshop.id)) is None:
        return commands[0]
    if workshop.state == "ended":
        try:
            tidy(board, Tidy(type="ending.tidy", workshop=workshop.id), asked)
        except Refused:
            return None
        return commands[1]
    return None

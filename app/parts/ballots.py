"""Answers by tap, such as placements (P3.4): an anonymous ballot for each thing asked, released together.

A kind uses `Balloted(allows=…)`, opens with `opened`, and closes with `closed`; if closing `tells`, it puts
the result of `released(...)` in a record of its own. Nobody sees a ballot; the room gets one number, at ticks
(A11). Two ballots of one phone share no value: each has its own random id and secret, and is sent separately.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import Field

from app.engine.activity import Become, Due, Hooks, Part, nobody
from app.engine.agenda import THRESHOLD, Item, Workshop, workshop_of
from app.engine.commands import Asked, Command, NewId, Refused, Secret
from app.engine.edits import NOTHING, Edits, Traces, put
from app.engine.proof import hashed, proves
from app.engine.records import Board, Gone, Id, Record, Seen, Unshown, Viewer
from app.engine.registry import Registry
from app.engine.text import MAX_BYTES, clean_note
from app.engine.ticks import TOGETHER, tick_to_serve

ballots = Part("ballots")

#: X11: the most ballots one item takes.
MOST_BALLOTS = 20_000

#: An answer: a number, words (empty: withdrawn), or the things marks were placed on, each as often as it got
#: marks.
Level = Annotated[int, Field(ge=0, le=9)]
Marks = Annotated[tuple[Id, ...], Field(max_length=10)]
Raw = Annotated[str, Field(max_length=MAX_BYTES * 4)]
Value = Level | Marks | Raw
V = TypeVar("V")

#: The allowed answers to one thing asked in an item; empty if it is not asked there.
Allows = Callable[[Board, Item, str], Container[Any]]
#: How many have answered in an item, from how often each thing asked was answered.
Counts = Callable[[Mapping[str, int]], int]


class Ballot(Unshown):
    """One answer to one question. Nothing in it says who, when, or what else the same phone answered.

    Released results have records of their own (A1, F4).
    """

    kind: Literal["ballot"] = "ballot"
    guarded: ClassVar[frozenset[str]] = frozenset({"value", "secret_hash", "rev"})

    activity: Id
    #: What was asked: the id of a theme, or a name that the kind gives it.
    of: Id
    value: int | tuple[Id, ...] | str
    #: SHA-256 of the secret that its phone holds, hex; None once the workshop has closed.
    secret_hash: str | None
    rev: int


class Balloting(Record):
    """Whether an item takes ballots, and how many the room may know of."""

    kind: Literal["balloting"] = "balloting"
    activity: Id
    state: Literal["open", "closed"] = "open"
    count: int = 0
    #: Whether it has ever been closed. Not told.
    closed_before: bool = False
    #: Server time in ms at which a driver first opened it; its ticks count from here. Not told.
    opened_at: int = 0
    #: The last of its ticks at which the count moved, in ms. Not told.
    moved_at: int = 0

    def closed(self) -> None:
        return None


class Tally(Unshown):
    """How often each thing had been answered at the last tick; nobody sees it.

    It decides what is released: if the board did, repeated opening and closing would reveal when somebody
    answers (A11).
    """

    kind: Literal["tally"] = "tally"
    activity: Id
    there: dict[Id, int]
    #: The number that the room was last told.
    told: int


class SeenBalloting(Seen):
    """A balloting as every screen sees it, without the times of its opening and last tick."""

    kind: Literal["balloting"] = "balloting"
    activity: Id
    state: Literal["open", "closed"]
    count: int


def balloting_view(record: Balloting, _viewer: Viewer) -> Seen:
    """One number for the whole item: per theme, a single ballot would reveal what its phone does."""
    return SeenBalloting(id=record.id, activity=record.activity, state=record.state, count=record.count)


ballots.record(Ballot, nobody)
ballots.record(Tally, nobody)
ballots.record(Balloting, balloting_view, shows=(SeenBalloting,))


class Cast(Command):
    """An answer; the same id and secret with a higher revision replace it."""

    type: Literal["ballots.cast"]
    activity: Id
    ballot: NewId
    secret: Secret
    rev: Annotated[int, Field(ge=1, lt=2**31)]
    of: Id
    value: Value
    #: Filler, so that the length of what is sent says little (T7).
    pad: Annotated[str, Field(max_length=4096)] = ""


class MoveCount(Command):
    """Due: show the room the new ballots, if there are enough."""

    type: Literal["ballots.move_count"]
    activity: Id


@ballots.rule("answer")
def cast(board: Board, cmd: Cast, asked: Asked) -> Edits:
    """2.5: one answer per phone for each thing asked; another one replaces it, a repeat is harmless (E2)."""
    workshop_of(board, asked)
    item = board.one(Item, cmd.activity)
    _open(board, item.id)
    value = _cleaned(cmd.value)
    used = asked.kinds.use(item.activity, Balloted)
    if used is None or value not in used.allows(board, item, cmd.of):
        raise Refused("unknown")
    fresh = Ballot(
        id=cmd.ballot,
        activity=item.id,
        of=cmd.of,
        value=value,
        secret_hash=hashed(cmd.secret),
        rev=cmd.rev,
    )
    known = board.held(cmd.ballot)
    if known is not None:
        return _again(known.record, fresh, cmd.secret)
    # Limited by the count at the last tick, with room for what arrives between two ticks (A11).
    there = board.count(Ballot, item.id)
    if tallied(board, item.id).total() >= MOST_BALLOTS or there >= 2 * MOST_BALLOTS:
        raise Refused("too_many")
    return put(fresh)


@ballots.due
def due(board: Board, kinds: Registry) -> Iterator[Due]:
    """E6, A11: the count, at ticks."""
    for one in board.every(Balloting).values():
        if one.state == "open" and (_is_due(board, one, kinds) or _has_moved(board, one)):
            move = MoveCount(type="ballots.move_count", activity=one.activity)
            yield Due(move, ticks_from=one.opened_at)


@ballots.rule("server")
def move_count(board: Board, cmd: MoveCount, asked: Asked) -> Edits:
    """A11: the room learns of new ballots at ticks, three or more at once, so that no tap can be matched.

    Of fewer, in what was opened again, only the tally moves: otherwise a small group that is one short of the
    threshold would need three more answers before its sums could be shown.
    """
    one = _open(board, cmd.activity)
    at = tick_to_serve(one.opened_at, one.moved_at, asked.now)
    if _is_due(board, one, asked.kinds):
        return _told(board, one.with_(moved_at=at), asked.kinds)
    if not _has_moved(board, one):
        raise Refused("nothing_due")
    tally = board.one(Tally, tally_id(one.activity))
    return put(tally.with_(there=dict(sorted(_standing(board, one.activity).items()))))


def _is_due(board: Board, one: Balloting, kinds: Registry) -> bool:
    if not one.closed_before:
        there = tallied(board, one.activity).total()
        if board.count(Ballot, one.activity) - there < TOGETHER:
            # Cheaper than looking at each, and the number only grows.
            return False
    return abs(_number(board, one.activity, _standing(board, one.activity), kinds) - one.count) >= TOGETHER


def _has_moved(board: Board, one: Balloting) -> bool:
    """Whether a reopened item has other answers than at the last tick; the first close shows all."""
    return one.closed_before and _standing(board, one.activity) != tallied(board, one.activity)


def _standing(board: Board, activity: str) -> Counter[str]:
    """How often each thing is currently answered, without withdrawn answers."""
    return Counter(one.of for one in board.of(Ballot, activity).values() if one.value not in ("", ()))


def _number(board: Board, activity: str, answered: Mapping[str, int], kinds: Registry) -> int:
    used = kinds.use(board.one(Item, activity).activity, Balloted)
    return used.counts(answered) if used else 0


def _told(board: Board, one: Balloting, kinds: Registry) -> Edits:
    """Tell all current ballots, as one number."""
    there = _standing(board, one.activity)
    number = _number(board, one.activity, there, kinds)
    fields = {"activity": one.activity, "there": dict(sorted(there.items())), "told": number}
    return put(one.with_(count=number), Tally(id=tally_id(one.activity), **fields))


# -- for the kinds that take ballots -----------------------------------------------------------------------


def _stays(board: Board, before: Item, _after: Item, _asked: Asked) -> Edits:
    """F8: once phones were asked, the item stays as it is, whether or not any has answered."""
    if board.find(Balloting, balloting_id(before.id)):
        raise Refused("begun")
    return NOTHING


@dataclass(frozen=True, kw_only=True, eq=False)
class Balloted(Hooks):
    """For kinds whose items phones answer; `allows` gives the values each thing asked may get.

    `counts` says how many have answered; the default counts every answer.
    """

    allows: Allows
    counts: Counts = lambda answered: sum(answered.values())
    become: Become | None = _stays


@ballots.public_id
def balloting_id(activity: str) -> str:
    """The id of an item's balloting."""
    return f"balloting:{activity}"


def tally_id(activity: str) -> str:
    """The id of what was there of an item's ballots at a tick."""
    return f"tally:{activity}"


def least(board: Board, activity: str) -> int:
    """2.5, A12: the meeting's threshold: with fewer answers nothing is shown."""
    item = board.find(Item, activity)
    workshop = board.find(Workshop, item.workshop) if item else None
    return workshop.threshold if workshop else THRESHOLD


def is_open(board: Board, activity: str) -> bool:
    """Whether the item takes ballots just now."""
    one = board.find(Balloting, balloting_id(activity))
    return one is not None and one.state == "open"


def tallied(board: Board, activity: str) -> Counter[str]:
    """How often each thing asked had been answered at the last tick."""
    tally = board.find(Tally, tally_id(activity))
    return Counter(tally.there if tally else {})


def opened(board: Board, activity: str, asked: Asked) -> Edits:
    """Open an item for ballots; one that was closed takes more, and keeps its ticks."""
    known = board.find(Balloting, balloting_id(activity))
    if known is None:
        return put(Balloting(id=balloting_id(activity), activity=activity, opened_at=asked.now))
    tally = board.find(Tally, tally_id(activity))
    return put(known.with_(state="open", count=tally.told if tally else 0))


def tells(board: Board, activity: str, shown: Mapping[str, int] | None = None, threshold: int = 0) -> bool:
    """A11: whether closing shows what arrived since the last tick: the first time, or to release something.

    Whether there is something to release depends on the last tick, never on the current ballots: otherwise
    repeated opening and closing would reveal when the missing one arrives. `shown` is how many answers to
    each thing asked the last release counted, `threshold` what the item requires beyond its meeting.
    """
    one = board.find(Balloting, balloting_id(activity))
    if one is not None and one.state == "open" and not one.closed_before:
        return True
    before = shown or {}
    enough = max(threshold, least(board, activity))
    there = tallied(board, activity)
    return any(many - before.get(of, 0) >= enough for of, many in there.items())


def closed(
    board: Board,
    activity: str,
    asked: Asked,
    shown: Mapping[str, int] | None = None,
    threshold: int = 0,
) -> Edits:
    """A4: take no more ballots, and put all again in the order of their random ids; refuses if closed.

    The count is shown if it `tells`.
    """
    one = _open(board, activity).with_(state="closed", closed_before=True)
    now = _told(board, one, asked.kinds) if tells(board, activity, shown, threshold) else put(one)
    return (rewritten(board, activity) | now).leaving(Traces.PAGES)


def left(board: Board, activity: str, asked: Asked) -> Edits:
    """A4: asking ends with the activity; the ballots lose their order, and nothing is shown."""
    return closed(board, activity, asked) if is_open(board, activity) else NOTHING


def rewritten(board: Board, activity: str) -> Edits:
    """A4: every ballot of the item, and every tombstone, put again in the order of its random id."""
    kinds: tuple[type[Record], ...] = (Ballot, Gone)
    records = [record for kind in kinds for record in board.of(kind, activity).values()]
    return put(*sorted(records, key=lambda record: record.id))


def _cleaned(value: int | tuple[str, ...] | str) -> int | tuple[str, ...] | str:
    if isinstance(value, tuple):
        # The order in which marks were placed must not be kept.
        return tuple(sorted(value))
    if isinstance(value, int) or not value.strip():
        return value if isinstance(value, int) else ""
    try:
        return clean_note(value).text
    except ValueError as reason:
        raise Refused(str(reason)) from None


def _open(board: Board, activity: str) -> Balloting:
    one = board.find(Balloting, balloting_id(activity))
    if one is None or one.state != "open":
        raise Refused("not_asked")
    return one


def _again(known: Record, fresh: Ballot, secret: str) -> Edits:
    if isinstance(known, Gone):
        raise Refused("gone")
    if not isinstance(known, Ballot) or not proves(secret, known.secret_hash):
        raise Refused("taken")
    if (known.activity, known.of) != (fresh.activity, fresh.of):
        raise Refused("taken")
    if fresh == known:
        return NOTHING
    if fresh.rev <= known.rev:
        raise Refused("stale")
    # A5: the earlier answer must be gone.
    return put(fresh).leaving(Traces.LOG)

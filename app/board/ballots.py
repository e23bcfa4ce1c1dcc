"""Answers by tap, such as placements (P3.4): one anonymous ballot for each thing asked, released together.

A kind says `takes_ballots(kind, allows)`, opens with `opened`, and closes with `closed`; what it then makes
of `released(...)` is a record of its own. Nobody sees a ballot; the room gets one number, in batches (A11).
Two ballots of one phone share no value: each has its own random id and secret, and is sent by itself.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import Field

from app.board.activity import Activity, Due, nobody
from app.board.agenda import Item, workshop_of
from app.board.commands import Asked, Command, NewId, Refused, Secret
from app.board.edits import NOTHING, Edits, Traces, put, remove
from app.board.proof import hashed, proves
from app.board.records import Board, Gone, Id, Record, Seen, Viewer
from app.board.text import MAX_BYTES, clean_note

ballots = Activity("ballots")

#: 2.5: fewer answers than this are never shown, nor fewer further ones after a release. May be raised only.
THRESHOLD = 5
#: A11: a batch holds three, or is due after so long; never sooner than `BETWEEN` after the last. In ms.
BATCH = 3
BETWEEN = 5_000
OLDEST = 15_000
#: A4: ballots that nobody closes are rewritten so long after their last batch. In ms.
ABANDONED = 12 * 3600 * 1000
#: X11: the most ballots one item takes.
MOST_BALLOTS = 20_000

#: What is answered: a number, words (none: taken back), or the things that marks were laid on, one of them as
#: often as it got marks.
Level = Annotated[int, Field(ge=0, le=9)]
Marks = Annotated[tuple[Id, ...], Field(max_length=10)]
Raw = Annotated[str, Field(max_length=MAX_BYTES * 4)]
Value = Level | Marks | Raw
V = TypeVar("V")

#: The values that may be answered to one thing asked in an item; empty when it is not asked there.
Allows = Callable[[Board, Item, str], Container[Any]]
_allows: dict[str, Allows] = {}
#: How many have answered in an item, as the room is told.
Counts = Callable[[Board, str], int]
_counts: dict[str, Counts] = {}


class Ballot(Record):
    """One answer to one thing asked. Nothing in it says who, when, or what else the same phone answered."""

    kind: Literal["ballot"] = "ballot"
    guarded: ClassVar[frozenset[str]] = frozenset({"value", "secret_hash", "rev"})
    anonymous: ClassVar[bool] = True

    activity: Id
    #: What was asked: the id of a theme, or a name that the kind gives it.
    of: Id
    value: int | tuple[Id, ...] | str
    #: SHA-256 of the secret that its phone holds, hex; None once the workshop has closed.
    secret_hash: str | None
    rev: int

    @property
    def boxed(self) -> bool:
        return True

    def closed(self) -> "Ballot":
        # Afterwards nobody can prove, or be made to prove, what they answered (A1).
        return self.with_(secret_hash=None, rev=0)


class Balloting(Record):
    """Whether an item takes ballots, and how many the room may know of."""

    kind: Literal["balloting"] = "balloting"
    activity: Id
    state: Literal["open", "closed"] = "open"
    count: int = 0
    #: Server time in ms of the last batch; not told, and zeroed when it closes.
    moved_at: int = 0


class SeenBalloting(Seen):
    """The same for everybody; the time of the last batch stays on the server."""

    kind: Literal["balloting"] = "balloting"
    activity: Id
    state: Literal["open", "closed"]
    count: int


def balloting_view(record: Balloting, _viewer: Viewer) -> Seen:
    """One number for the whole item: said theme by theme, a single ballot would tell what its phone does."""
    return SeenBalloting(id=record.id, activity=record.activity, state=record.state, count=record.count)


ballots.record(Ballot, nobody)
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
    """Due: let the room know of the ballots that came since the last batch."""

    type: Literal["ballots.move_count"]
    activity: Id


class Rewrite(Command):
    """Due: nobody has closed these for long."""

    type: Literal["ballots.rewrite"]
    activity: Id


@ballots.rule("answer")
def cast(board: Board, cmd: Cast, asked: Asked) -> Edits:
    """2.5: one answer for each thing asked and phone; answering again replaces, a repeat is harmless (E2)."""
    workshop_of(board, asked)
    item = board.one(Item, cmd.activity)
    _open(board, item.id)
    value = _cleaned(cmd.value)
    if value not in _allowed(board, item, cmd.of):
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
    if board.count(Ballot, item.id) >= MOST_BALLOTS:
        raise Refused("too_many")
    return put(fresh)


@ballots.due
def due(board: Board) -> Iterator[Due]:
    """E6, A11: batches of the count; A4: what lies open for long is rewritten."""
    for one in board.every(Balloting).values():
        waiting = abs(count_of(board, one.activity) - one.count) if one.state == "open" else 0
        move = MoveCount(type="ballots.move_count", activity=one.activity)
        if waiting:
            yield Due(move, after=OLDEST)
        if waiting >= BATCH:
            yield Due(move, at=one.moved_at + BETWEEN)
        if one.moved_at:
            again = Rewrite(type="ballots.rewrite", activity=one.activity)
            yield Due(again, at=one.moved_at + ABANDONED)


@ballots.rule("server")
def move_count(board: Board, cmd: MoveCount, asked: Asked) -> Edits:
    """A11: the room learns of new ballots in batches, so that no tap can be matched with the count."""
    one = _open(board, cmd.activity)
    count = count_of(board, cmd.activity)
    waiting = abs(count - one.count)
    if not waiting or asked.now < one.moved_at + (BETWEEN if waiting >= BATCH else OLDEST):
        raise Refused("nothing_due")
    return put(one.with_(count=count, moved_at=asked.now))


@ballots.rule("server")
def rewrite(board: Board, cmd: Rewrite, asked: Asked) -> Edits:
    """A4: the order in which ballots came is not kept overnight."""
    one = board.find(Balloting, balloting_id(cmd.activity))
    if one is None or not one.moved_at or asked.now < one.moved_at + ABANDONED:
        raise Refused("nothing_due")
    return (rewritten(board, cmd.activity) | put(one.with_(moved_at=0))).leaving(Traces.PAGES)


# -- for the kinds that take ballots -----------------------------------------------------------------------


@dataclass(frozen=True)
class MarksOn:
    """What a ballot of marks may hold: at most so many, on these things; several on one are allowed.

    A phone's marks are one ballot: they are one answer to one question, and only so can the server see that
    there are no more of them than there may be, without knowing whose they are. Who counts them takes them
    apart for good: `taken_apart`.
    """

    things: frozenset[str]
    most: int

    def __contains__(self, value: object) -> bool:
        return isinstance(value, tuple) and len(value) <= self.most and self.things.issuperset(value)


class AnyWords:
    """Any words at all, or none."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str)


def takes_ballots(kind: Activity, allows: Allows, counts: Counts | None = None) -> None:
    """Phones answer in items of this kind; `allows` says which values each thing asked may get.

    `counts` says how many have answered; without it every ballot is counted.
    """
    _allows[kind.name] = allows
    if counts is not None:
        _counts[kind.name] = counts


def count_of(board: Board, activity: str) -> int:
    """How many have answered, as the room will be told in the next batch."""
    counts = _counts.get(board.one(Item, activity).activity)
    return counts(board, activity) if counts else board.count(Ballot, activity)


def balloting_id(activity: str) -> str:
    """The id of an item's balloting."""
    return f"balloting:{activity}"


def is_open(board: Board, activity: str) -> bool:
    """Whether the item takes ballots just now."""
    one = board.find(Balloting, balloting_id(activity))
    return one is not None and one.state == "open"


def opened(board: Board, activity: str) -> Edits:
    """The item takes ballots from now on; one that was closed takes further ones."""
    known = board.find(Balloting, balloting_id(activity))
    return put(
        known.with_(state="open") if known else Balloting(id=balloting_id(activity), activity=activity)
    )


def closed(board: Board, activity: str) -> Edits:
    """A4: no further ballots, and all there are put again in the order of their random ids; refuses twice."""
    one = _open(board, activity)
    now = one.with_(state="closed", count=count_of(board, activity), moved_at=0)
    return (rewritten(board, activity) | put(now)).leaving(Traces.PAGES)


def rewritten(board: Board, activity: str) -> Edits:
    """A4: every ballot of the item, and every tombstone, put again in the order of its random id."""
    kinds: tuple[type[Record], ...] = (Ballot, Gone)
    records = [record for kind in kinds for record in board.of(kind, activity).values()]
    return put(*sorted(records, key=lambda record: record.id))


def answers(board: Board, activity: str, of: str) -> list[int]:
    """What was answered to one thing asked, by value: no order of answering is left (A15)."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, int))


def marks(board: Board, activity: str, of: str) -> list[tuple[str, ...]]:
    """What each phone laid its marks on, sorted; who took all of theirs back has not answered."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, tuple) and one.value)


def texts(board: Board, activity: str, of: str) -> list[str]:
    """The words that were answered to one thing asked, sorted; who took theirs back has not answered."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, str) and one.value)


def taken_apart(board: Board, activity: str) -> Edits:
    """2.2: the ballots are removed, so that nothing is left that joins what one phone answered."""
    return remove(*sorted(board.of(Ballot, activity))).leaving(Traces.PAGES)


def released(values: Iterable[V], before: int = 0, threshold: int = THRESHOLD) -> Counter[V] | None:
    """2.5, A12: how often each was answered; None while there are too few, or too few further ones.

    `before` is how many the last release counted, 0 when there was none: were a single further answer enough,
    it would be the difference of the two. A company may raise `threshold`, never lower it.
    """
    counts = Counter(values)
    return counts if counts.total() - before >= max(threshold, THRESHOLD) else None


def _cleaned(value: int | tuple[str, ...] | str) -> int | tuple[str, ...] | str:
    if isinstance(value, tuple):
        # In which order marks were laid is nobody's business.
        return tuple(sorted(value))
    if isinstance(value, int) or not value.strip():
        return value if isinstance(value, int) else ""
    try:
        return clean_note(value).text
    except ValueError as reason:
        raise Refused(str(reason)) from None


def _allowed(board: Board, item: Item, of: str) -> Container[Any]:
    allows = _allows.get(item.activity)
    return allows(board, item, of) if allows else ()


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
    # A5: what was answered first is gone.
    return put(fresh).leaving(Traces.LOG)

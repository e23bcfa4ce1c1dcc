"""The records of a board: small and immutable, and the board as rules read it."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.engine.commands import Refused

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_:-]{1,96}$")]

Viewer = Literal["phone", "screen", "desk"]
VIEWERS: tuple[Viewer, ...] = ("phone", "screen", "desk")


class Seen(BaseModel):
    """What a screen is shown of a record; it has no field for what must not leave the server."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)

    kind: str
    id: Id


class Record(Seen):
    """One frozen thing on the board. Subclasses set `kind` to a Literal; change is by copying."""

    #: Fields that hold what a participant wrote or proves: never kept for undo (E5).
    guarded: ClassVar[frozenset[str]] = frozenset()
    #: Written by phones: rewritten in random order by the scrub (A4).
    anonymous: ClassVar[bool] = False
    #: Fields that only the engine sets; undo steps neither keep nor compare them (E5).
    stamped: ClassVar[frozenset[str]] = frozenset()
    #: Fields that name what it is about: it is deleted with that, with its activity or with its workshop.
    refers: ClassVar[tuple[str, ...]] = ()

    @property
    def home(self) -> str:
        """The id of the activity the record belongs to, or "" for the whole board."""
        # Not `getattr`: for a missing field pydantic looks in many places before it gives up.
        return str(vars(self).get("activity", ""))

    @property
    def scope(self) -> str:
        """The activity or workshop whose phones may get it; "" for the whole board (E10)."""
        return self.home

    @property
    def boxed(self) -> bool:
        """Whether a phone made it and the room was not shown it: such a record is kept in the box (F2, F15).

        Once a record is out of the box it never goes back in.
        """
        return False

    def closed(self) -> Self | None:
        """F4: what remains of the record when its workshop has ended; None for nothing.

        The record itself if nothing changes. What remains is what the summary shows, and what the agenda or
        other meetings of the process need.
        """
        return self

    def without(self, gone: Container[str]) -> Self | None:
        """What remains of the record when these ids are deleted for good; None if it is deleted with them."""
        about = (getattr(self, name, "") for name in ("activity", "workshop", *self.refers))
        return None if any(id in gone for id in about) else self

    def with_(self, **changes: object) -> Self:
        """A copy with some fields changed."""
        return self.model_copy(update=changes)


class Unshown(Record):
    """What phones made and nobody is shown: kept in the box, unordered, and deleted with its workshop."""

    anonymous: ClassVar[bool] = True

    @property
    def boxed(self) -> bool:
        return True

    def closed(self) -> None:
        return None


class Gone(Record):
    """The tombstone of a removed record: no text, only who had been told of it (E2, E10)."""

    kind: Literal["gone"] = "gone"
    of: str
    activity: str
    phones: str | None
    seen_by: tuple[Viewer, ...]
    #: Whether the removed record was in the box: then the tombstone is too.
    unshown: bool = False

    @property
    def scope(self) -> str:
        return self.phones or ""

    @property
    def boxed(self) -> bool:
        return self.unshown


class Held(NamedTuple):
    """A record with the seq of its last change."""

    seq: int
    record: Record


class Done(NamedTuple):
    """Who is done in an item (`pace.py`): marks, the number shown last, and at which tick, in ms."""

    marks: frozenset[str] = frozenset()
    told: int = 0
    at: int = 0


R = TypeVar("R", bound=Record)


class Board:
    """One board at `seq`. Rules read it; only its room applies changes."""

    def __init__(self, epoch: str = "", seq: int = 0, pruned_seq: int = 0) -> None:
        self.epoch = epoch
        self.seq = seq
        self.pruned_seq = pruned_seq
        #: By item. Not a record: it never gets into a store, a step or a view.
        self.done: dict[str, Done] = {}
        self._held: dict[str, Held] = {}
        self._homes: dict[tuple[str, str], dict[str, Record]] = {}
        self._kinds: dict[str, dict[str, Record]] = {}

    # -- reading -------------------------------------------------------------------------------------------

    def still(self) -> "Board":
        """A snapshot, for reading elsewhere while its room continues."""
        copy = Board(self.epoch, self.seq, self.pruned_seq)
        copy.done = dict(self.done)
        copy._held = dict(self._held)
        copy._homes = {key: dict(records) for key, records in self._homes.items()}
        copy._kinds = {kind: dict(records) for kind, records in self._kinds.items()}
        return copy

    def __reduce__(self) -> tuple[Any, ...]:
        # A snapshot for another process, five times as fast as pydantic's own copies of the records.
        rows = [(held.seq, type(held.record), vars(held.record)) for held in self]
        return _copied, (self.epoch, self.seq, self.pruned_seq, self.done, rows)

    def held(self, id: str) -> Held | None:
        """The record or tombstone with its seq, or None."""
        return self._held.get(id)

    def of(self, kind: type[R], home: str) -> Mapping[str, R]:
        """Records of one kind that belong to one activity, by id. Their order must not be shown (A15)."""
        return self._homes.get((_kind(kind), home), {})  # type: ignore[return-value]

    def every(self, kind: type[R]) -> Mapping[str, R]:
        """Records of one kind on the whole board, by id."""
        return self._kinds.get(_kind(kind), {})  # type: ignore[return-value]

    def count(self, kind: type[Record], home: str) -> int:
        """How many records of one kind belong to one activity."""
        return len(self._homes.get((_kind(kind), home), ()))

    def find(self, kind: type[R], id: str) -> R | None:
        """The record, or None if there is none of that kind."""
        held = self.held(id)
        return held.record if held and isinstance(held.record, kind) else None

    def one(self, kind: type[R], id: str) -> R:
        """The record; refuses with `gone` for a removed one and `unknown` for one that never was.

        An id of another kind is `unknown`, removed or not: derivable ids, such as that of a waiting edit,
        must not reveal whether it ever existed (A11).
        """
        held = self.held(id)
        if held and isinstance(held.record, kind):
            return held.record
        was_one = held is not None and isinstance(held.record, Gone) and held.record.of == _kind(kind)
        raise Refused("gone" if was_one else "unknown")

    def at(self, kind: type[R], id: str, base: int) -> R:
        """The record if it is as the driver saw it; else refuses with `stale` and the fresh one (E1)."""
        record = self.one(kind, id)
        if self._held_seq(id) != base:
            raise Refused("stale", fresh=id)
        return record

    def at_or_none(self, kind: type[R], id: str, base: int) -> R | None:
        """Like `at`, for a record that may not exist yet: then `base` is 0, or that of its tombstone."""
        if self.find(kind, id) is not None:
            return self.at(kind, id, base)
        if base not in (0, self._held_seq(id)):
            # The driver saw one that somebody has removed since.
            raise Refused("stale")
        return None

    def _held_seq(self, id: str) -> int:
        held = self.held(id)
        return held.seq if held else 0

    def __iter__(self) -> Iterator[Held]:
        return iter(self._held.values())

    # -- changing (the room alone) -----------------------------------------------------------------------

    def apply(self, rows: Iterable[Held]) -> None:
        """Apply accepted changes; the seq moves to the highest."""
        for held in rows:
            record = held.record
            id, kind = record.id, record.kind
            self._forget(id)
            self._held[id] = held
            self._homes.setdefault((kind, record.home), {})[id] = record
            self._kinds.setdefault(kind, {})[id] = record
            self.seq = max(self.seq, held.seq)

    def prune(self, seq: int) -> None:
        """Forget the tombstones up to `seq`; a `since` below it counts as 0 from now on."""
        for id in [id for id in self.every(Gone) if self._held_seq(id) <= seq]:
            self._forget(id)
            del self._held[id]
        self.pruned_seq = seq

    def _forget(self, id: str) -> None:
        old = self._held.get(id)
        if old is not None:
            del self._homes[old.record.kind, old.record.home][id]
            del self._kinds[old.record.kind][id]


def _copied(
    epoch: str,
    seq: int,
    pruned_seq: int,
    done: Mapping[str, Done],
    rows: Iterable[tuple[int, type[Record], dict[str, Any]]],
) -> Board:
    board = Board(epoch, seq, pruned_seq)
    board.done = dict(done)
    # They were validated where they come from.
    board.apply(Held(at, kind.model_construct(**fields)) for at, kind, fields in rows)
    board.seq = seq
    return board


class Draft(Board):
    """A board with edits applied that are not stored yet: rules of one group see each other's changes."""

    def __init__(self, base: Board) -> None:
        super().__init__(base.epoch, base.seq, base.pruned_seq)
        self._base = base
        self.done = dict(base.done)
        self._covered: Counter[tuple[str, str]] = Counter()

    def apply(self, rows: Iterable[Held]) -> None:
        for held in rows:
            old = self._base.held(held.record.id)
            if old is not None and held.record.id not in self._held:
                self._covered[old.record.kind, old.record.home] += 1
            super().apply((held,))

    def held(self, id: str) -> Held | None:
        return self._held.get(id) or self._base.held(id)

    def of(self, kind: type[R], home: str) -> Mapping[str, R]:
        return self._merged(self._base.of(kind, home), super().of(kind, home))

    def every(self, kind: type[R]) -> Mapping[str, R]:
        return self._merged(self._base.every(kind), super().every(kind))

    def count(self, kind: type[Record], home: str) -> int:
        covered = self._covered[_kind(kind), home]
        return self._base.count(kind, home) - covered + super().count(kind, home)

    def __iter__(self) -> Iterator[Held]:
        yield from (held for held in self._base if held.record.id not in self._held)
        yield from self._held.values()

    def _merged(self, base: Mapping[str, R], over: Mapping[str, R]) -> Mapping[str, R]:
        if not self._held:
            return base
        return {id: record for id, record in base.items() if id not in self._held} | dict(over)


@cache
def _kind(kind: type[Record]) -> str:
    return str(kind.model_fields["kind"].default)

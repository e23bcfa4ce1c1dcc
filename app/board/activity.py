"""The contract every kind of activity fulfils, and the registry that holds them to it.

A kind is one `Activity` object: its commands with their rules, its records with their views, what falls due
by time, and what it says in the summary. The engine itself is made of kinds too (agenda, timer, wall, undo);
it knows no other.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, RootModel, TypeAdapter

from app.board.commands import MATRIX, Asked, Command, DriverCommand, Refused
from app.board.edits import NOTHING, Edits
from app.board.records import VIEWERS, Board, Gone, Record, Seen, Viewer
from app.board.report import Report


class Settings(BaseModel):
    """What one item of the agenda sets for its kind; subclasses add fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    #: Fields that say what an item is about: once it is live, only `agenda.become` gives it others.
    fixed: ClassVar[frozenset[str]] = frozenset()

    def anew(self) -> Self:
        """As they begin in another meeting, without what belongs to this one alone (P2.9)."""
        return self


@dataclass(frozen=True)
class Undo:
    """Whether a driver's command can be taken back (E5); if not, `reason` says why."""

    reason: str | None = None

    @property
    def possible(self) -> bool:
        """True for `inverse`."""
        return self.reason is None


inverse = Undo()


def never(reason: str) -> Undo:
    """This command is final, and why."""
    return Undo(reason)


@dataclass(frozen=True)
class Due:
    """A server command that falls due `at` a server time, or at a tick of what opened at `ticks_from` (ms).

    It is the first tick after this process noticed it, and that moment is kept in memory only: nothing stored
    may tell when a note came (A9, A11).
    """

    command: Command
    at: int | None = None
    ticks_from: int | None = None


Rule = Callable[[Board, Any, Asked], Edits]
View = Callable[[Any, Viewer], Seen | None]
DueNow = Callable[[Board], Iterable[Due]]
Step = Callable[[Board, str, Asked], Edits]
#: Takes an item of the agenda; `Any`, since the agenda is made of kinds itself.
Settle = Callable[[Board, Any, Asked], Any]
#: Takes an item of the agenda as it is and as it will be.
Become = Callable[[Board, Any, Any, Asked], Edits]

#: The day (ISO) until the end of which phones must be let in to an item, or None.
Lasts = Callable[[Board, Any], str | None]

F = TypeVar("F", bound=Rule)


@dataclass(frozen=True)
class Ruled:
    """A rule with what the engine must know of it."""

    command: type[Command]
    rule: Rule
    group: str
    undo: Undo | None


def everybody(record: Record, _viewer: Viewer) -> Seen | None:
    """A view: all screens see the whole record."""
    return record


def desks_only(record: Record, viewer: Viewer) -> Seen | None:
    """A view: only who drives sees it."""
    return record if viewer == "desk" else None


def nobody(_record: Record, _viewer: Viewer) -> Seen | None:
    """A view: never leaves the server."""
    return None


class SeenStub(Seen):
    """All that a phone keeps of a record since the board is no longer shown on phones (E10)."""

    kind: Literal["stub"] = "stub"


def wall_and_desk(record: Record, viewer: Viewer) -> Seen | None:
    """A view: the room sees it; phones only in a workshop whose board is shown on them (`audience`)."""
    audience = getattr(record, "audience", "wall")
    if viewer != "phone" or audience == "all":
        return record
    # What was visible stays visible, if only as a stub: a phone that was away must hear that it is over.
    return SeenStub(id=record.id) if audience == "left" else None


@dataclass
class Activity:
    """One kind of activity, or one part of the engine that has commands and records of its own."""

    name: str
    settings: type[Settings] | None = None
    report: Report | None = None
    #: F1: in which phase of the process, 1 to 5, what it makes is told; None: it makes nothing of its own.
    phase: int | None = None
    rules: dict[type[Command], Ruled] = field(default_factory=dict)
    records: dict[type[Record], View] = field(default_factory=dict)
    seen: list[type[Seen]] = field(default_factory=list)
    dues: list[DueNow] = field(default_factory=list)
    leaves: list[Step] = field(default_factory=list)
    enters: list[Step] = field(default_factory=list)
    moves: list[Step] = field(default_factory=list)
    finishes: list[Step] = field(default_factory=list)
    becomes: list[Become] = field(default_factory=list)
    settles: list[Settle] = field(default_factory=list)
    #: For a kind that is answered by link for some days.
    lasts: Lasts | None = None

    def rule(self, group: str, undo: Undo | None = None) -> Callable[[F], F]:
        """Register a rule for the command it takes; `group` is a row of the role matrix (X20)."""
        if group not in MATRIX:
            raise TypeError(f"{self.name}: no row {group!r} in the role matrix")

        def register(rule: F) -> F:
            command = get_type_hints(rule)[list(inspect.signature(rule).parameters)[1]]
            if issubclass(command, DriverCommand) is (undo is None):
                raise TypeError(
                    f"{self.name}: {command.__name__} must say its undo, and only drivers' commands do"
                )
            self.rules[command] = Ruled(command, rule, group, undo)
            return rule

        return register

    def record(self, kind: type[Record], view: View, shows: Iterable[type[Seen]] = ()) -> None:
        """Register a record with its view; `shows` are the shapes a view gives beside the record itself."""
        self.records[kind] = view
        stubs = [SeenStub] if view is wall_and_desk else []
        self.seen.extend(shows or ([kind, *stubs] if view is not nobody else []))

    def due(self, rule: DueNow) -> DueNow:
        """Register what falls due by time (E6)."""
        self.dues.append(rule)
        return rule

    def leave(self, rule: Step) -> Step:
        """Register what happens when an item of this kind stops being the live one."""
        self.leaves.append(rule)
        return rule

    def finish(self, rule: Step) -> Step:
        """Register what is settled for good when the workshop ends, for each item that was ever live (F4).

        It comes after `leave`, reads the board as that left it, and must change nothing a second time.
        """
        self.finishes.append(rule)
        return rule

    def become(self, rule: Become) -> Become:
        """Register what becomes of an item's records when it becomes something else (P4.3).

        The rule refuses, or says what is carried over. It may read only what has been told (F8).
        """
        self.becomes.append(rule)
        return rule

    def move(self, rule: Step) -> Step:
        """Register what happens whenever the live item changes, whatever its kind."""
        self.moves.append(rule)
        return rule

    def settle(self, rule: Settle) -> Settle:
        """Register what settings need of the board: the rule refuses them, or gives the item back whole."""
        self.settles.append(rule)
        return rule

    def enter(self, rule: Step) -> Step:
        """Register what happens when an item of this kind becomes the live one."""
        self.enters.append(rule)
        return rule


class Registry:
    """All kinds together: the one place the engine asks."""

    def __init__(self, kinds: Iterable[Activity]) -> None:
        self.kinds: Mapping[str, Activity] = {kind.name: kind for kind in kinds}
        self._rules = {c: r for kind in self.kinds.values() for c, r in kind.rules.items()}
        self._views = {r: v for kind in self.kinds.values() for r, v in kind.records.items()}
        self._names = {_literal(command, "type"): command for command in self._rules}
        self._dues = [due for kind in self.kinds.values() for due in kind.dues]
        apart = ("server", "named")
        self.command_union = _union([c for c, r in self._rules.items() if r.group not in apart], "type")
        self.server_commands, named = (
            [c for c, ruled in self._rules.items() if ruled.group == group] for group in apart
        )
        #: A3: commands that carry a name; no line to a screen takes them.
        self.named_union = _union(named, "type") if named else Command
        # Seen shapes may be shared by several kinds; a union takes each once.
        shapes = dict.fromkeys(shape for kind in self.kinds.values() for shape in kind.seen)
        self.seen_union = _union(list(shapes), "kind")
        self._kinds_of_record = {_literal(record, "kind"): record for record in self._views}
        # What people wrote must not get into an error message, and so into a log (A9).
        quiet = ConfigDict(hide_input_in_errors=True)
        self._stored: TypeAdapter[Record] = TypeAdapter(_union([*self._views, Gone], "kind"), config=quiet)

    @property
    def commands(self) -> Iterable[Ruled]:
        """Every rule, for the laws."""
        return self._rules.values()

    @property
    def record_kinds(self) -> Iterable[type[Record]]:
        """Every kind of record, for the laws."""
        return self._views

    def ruled(self, command: Command) -> Ruled:
        """The rule for a command."""
        return self._rules[type(command)]

    def settings_of(self, activity: str) -> type[Settings]:
        """The settings model of a kind; refuses an unknown one."""
        kind = self.kinds.get(activity)
        if kind is None or kind.settings is None:
            raise Refused("unknown")
        return kind.settings

    def settled(self, board: Board, item: Any, asked: Asked) -> Any:
        """An item as its kind lets it into the agenda."""
        for settle in self.kinds[item.activity].settles:
            item = settle(board, item, asked)
        return item

    def lasts(self, board: Board, live: Any) -> str | None:
        """The day (ISO) to the end of which phones are let in to the live item; None: as to any meeting."""
        lasts = self.kinds[live.activity].lasts
        return lasts(board, live) if lasts else None

    def view(self, record: Record, viewer: Viewer) -> Seen | None:
        """What a viewer sees of a record; it follows from the record alone (E10)."""
        return self._views[type(record)](record, viewer)

    def visible(self, record: Record) -> bool:
        """Whether anybody at all sees the record, or had been told of the one it was."""
        if isinstance(record, Gone):
            return bool(record.seen_by)
        return any(self.view(record, viewer) is not None for viewer in VIEWERS)

    def tombstone(self, record: Record) -> Gone:
        """What is left of a removed record: who had been told of it, no text."""
        seen_by = tuple(viewer for viewer in VIEWERS if self.view(record, viewer) is not None)
        return Gone(
            id=record.id,
            of=record.kind,
            activity=record.home,
            phones=record.scope if "phone" in seen_by else None,
            seen_by=seen_by,
            unshown=record.boxed,
        )

    def dues(self, board: Board) -> list[Due]:
        """What falls due by time on this board."""
        return [due for rule in self._dues for due in rule(board)]

    def left(self, board: Board, activity: str, item: str, asked: Asked) -> Edits:
        """What a kind does when one of its items stops being live."""
        return reduce(or_, (leave(board, item, asked) for leave in self.kinds[activity].leaves), NOTHING)

    def finished(self, board: Board, activity: str, item: str, asked: Asked) -> Edits:
        """What a kind settles for one of its items when the workshop ends."""
        return reduce(or_, (rule(board, item, asked) for rule in self.kinds[activity].finishes), NOTHING)

    def became(self, board: Board, before: Any, after: Any, asked: Asked) -> Edits:
        """What is carried over when an item becomes another; its kind may refuse."""
        rules = self.kinds[before.activity].becomes
        return reduce(or_, (rule(board, before, after, asked) for rule in rules), NOTHING)

    def entered(self, board: Board, activity: str, item: str, asked: Asked) -> Edits:
        """What a kind does when one of its items becomes live, and what always happens then."""
        steps = [*self.kinds[activity].enters, *(move for kind in self.kinds.values() for move in kind.moves)]
        return reduce(or_, (step(board, item, asked) for step in steps), NOTHING)

    def record_from(self, fields: Mapping[str, Any]) -> Record:
        """A record from its fields."""
        return self._stored.validate_python(fields)

    def record_kind(self, kind: str) -> type[Record]:
        """The class of a kind of record."""
        return self._kinds_of_record[kind]

    def read(self, body: str | bytes) -> Record:
        """A stored body as a record."""
        return self._stored.validate_json(body)


def _union(models: list[Any], tag: str) -> Any:
    return Annotated[reduce(or_, models), Field(discriminator=tag)] if len(models) > 1 else models[0]


def _literal(model: type[BaseModel], name: str) -> str:
    return str(get_type_hints(model)[name].__args__[0])


def root(name: str, union: Any) -> type[BaseModel]:
    """A named model around a union, so that the generated types carry the name."""
    return type(name, (RootModel[union],), {"__module__": __name__})

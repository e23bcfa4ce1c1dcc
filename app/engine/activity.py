"""The contract that every kind of activity fulfils.

A `Part` is commands with their rules, records with their views, and timers. The engine is made of parts
(agenda, timer, wall, undo), and so is what several kinds share. A `Kind` is what an item of the agenda can
be: its own part, its settings, phase and report, and how it uses the other parts.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict

from app.engine.commands import MATRIX, Asked, Command, DriverCommand
from app.engine.dated import Dates
from app.engine.edits import Edits
from app.engine.measured import Measures
from app.engine.records import Board, Id, Record, Seen, Viewer
from app.engine.report import Report, Titled
from app.engine.simulated import Simulate

if TYPE_CHECKING:
    from app.engine.registry import Registry


class Settings(BaseModel):
    """What one item of the agenda sets for its kind; subclasses add fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    #: Fields that say what an item is about: once it is live, only `agenda.become` gives it others.
    fixed: ClassVar[frozenset[str]] = frozenset()

    def fresh(self) -> Self:
        """The settings for another meeting, without what belongs to this one alone (P2.9)."""
        return self


@dataclass(frozen=True)
class Undo:
    """Whether a driver's command can be undone (E5), or the `reason` why not; `by` undoes it by a command."""

    reason: str | None = None
    by: "tuple[Step, Step] | None" = None

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

    That is the first tick after this process noticed it. The moment is kept in memory only: nothing stored
    may tell when a note arrived (A9, A11).
    """

    command: Command
    at: int | None = None
    ticks_from: int | None = None


Rule = Callable[[Board, Any, Asked], Edits]
View = Callable[[Any, Viewer], Seen | None]
DueNow = Callable[[Board, "Registry"], Iterable[Due]]
Step = Callable[[Board, str, Asked], Edits]
#: Takes an item of the agenda; `Any`, since the agenda is made of kinds itself.
Settle = Callable[[Board, Any, Asked], Any]
#: Takes an item of the agenda as it is and as it will be.
Become = Callable[[Board, Any, Any, Asked], Edits]
Along = Callable[[Board, Mapping[str, Record | None]], Mapping[str, Record]]
Orphans = Callable[[Board], Iterable[Id]]

#: The text keys of an item's stages, in order; each has hints under `….hint1` and on.
Stages = Callable[[Any], tuple[str, ...]]

#: The day (ISO) until the end of which phones must be let in to an item, or None.
Lasts = Callable[[Board, Any], str | None]

F = TypeVar("F", bound=Rule)
IdBuilder = TypeVar("IdBuilder", bound=Callable[..., str])
Constant = int | str | tuple[int, ...] | tuple[str, ...]  # a limit, a threshold, or the values there are


@dataclass(frozen=True)
class Ruled:
    """A rule with what the engine needs to know about it."""

    command: type[Command]
    rule: Rule
    group: str
    undo: Undo | None


def everybody(record: Record, _viewer: Viewer) -> Seen | None:
    """A view: all screens see the whole record."""
    return record


def desks_only(record: Record, viewer: Viewer) -> Seen | None:
    """A view: only the facilitator sees it."""
    return record if viewer == "desk" else None


def nobody(_record: Record, _viewer: Viewer) -> Seen | None:
    """A view: never leaves the server."""
    return None


class SeenStub(Seen):
    """What a phone keeps of a record after the board is hidden from phones (E10)."""

    kind: Literal["stub"] = "stub"


def wall_and_desk(record: Record, viewer: Viewer) -> Seen | None:
    """A view: the room sees it; phones only in a workshop whose board is shown on them (`audience`)."""
    audience = getattr(record, "audience", "wall")
    if viewer != "phone" or audience == "all":
        return record
    # What was visible stays visible, if only as a stub: a phone that was offline must learn that it is gone.
    return SeenStub(id=record.id) if audience == "left" else None


@dataclass(eq=False)
class Part:
    """Commands, records and what falls due; the part's modules register what belongs to it."""

    name: str
    #: Constants for the front end, by the name they have there; `make types` writes them.
    constants: dict[str, Constant] = field(default_factory=dict)
    #: Builders of the ids that the front end builds too.
    ids: list[Callable[..., str]] = field(default_factory=list)
    rules: dict[type[Command], Ruled] = field(default_factory=dict)
    records: dict[type[Record], View] = field(default_factory=dict)
    seen: list[type[Seen]] = field(default_factory=list)
    dues: list[DueNow] = field(default_factory=list)
    moves: list[Step] = field(default_factory=list)
    orphans: list[Orphans] = field(default_factory=list)
    alongs: list[Along] = field(default_factory=list)

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
        """Register a record with its view; `shows` are the other shapes that the view returns."""
        self.records[kind] = view
        stubs = [SeenStub] if view is wall_and_desk else []
        self.seen.extend(shows or ([kind, *stubs] if view is not nobody else []))

    def public_id(self, build: IdBuilder) -> IdBuilder:
        """Register a builder of record ids that the front end needs as well.

        It takes ids as `str` and numbers as `int`, and may only concatenate them.
        """
        self.ids.append(build)
        return build

    def publish(self, **constants: Constant) -> None:
        """Let the front end have these constants too, under the same names."""
        self.constants.update(constants)

    def due(self, rule: DueNow) -> DueNow:
        """Register what falls due by time (E6)."""
        self.dues.append(rule)
        return rule

    def orphan(self, rule: Orphans) -> Orphans:
        """Register which records are removed when a workshop ends, as what they belong to has lost its text
        (F4).
        """
        self.orphans.append(rule)
        return rule

    def along(self, rule: Along) -> Along:
        """Register what follows from other records; it is set with every change, so no rule can forget it."""
        self.alongs.append(rule)
        return rule

    def move(self, rule: Step) -> Step:
        """Register what happens whenever the live item changes, whatever its kind."""
        self.moves.append(rule)
        return rule


@dataclass(frozen=True, kw_only=True, eq=False)
class Hooks:
    """What is done with the items of a kind, by the kind itself or by a part that it uses."""

    #: When an item becomes the live one.
    enter: Step | None = None
    #: When it stops being the live one.
    leave: Step | None = None
    #: F4: settles things for good when the workshop ends, for each item that was ever live. Runs after
    #: `leave`, on the board as that left it, and must be idempotent.
    finish: Step | None = None
    #: P4.3: carries things over when an item becomes another, or refuses. It reads only what was shown (F8).
    become: Become | None = None
    #: Checks settings against the board: refuses them, or returns the item completed.
    settle: Settle | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind(Hooks):
    """What an item of the agenda can be, declared once and whole."""

    part: Part
    settings: type[Settings]
    report: Report
    titled: Titled | None = None
    #: F1: the phase of the process, 1 to 5, under which its results are reported. None: it has none.
    phase: int | None
    #: The script of an item, from the first stage to the last, for those who prepare (W13).
    stages: Stages
    #: How it uses what several kinds share.
    uses: tuple[Hooks, ...] = ()
    dates: Dates | None = None
    measured: Measures | None = None
    #: For a kind that is answered by link for some days.
    lasts: Lasts | None = None
    #: What the phones of a rehearsal do in its items; `looks_up` if people only look. A law requires it.
    simulated: Simulate | None = None

    @property
    def name(self) -> str:
        """Its name in messages and on both sides."""
        return self.part.name

    @property
    def hooks(self) -> tuple[Hooks, ...]:
        """All that is done with its items."""
        return (*self.uses, self)

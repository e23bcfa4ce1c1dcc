"""All parts and kinds together: the one place where the engine asks what belongs to which of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Annotated, Any, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, RootModel, TypeAdapter

from app.engine.activity import Due, Kind, Part, Ruled, Settings
from app.engine.commands import Asked, Command, Refused
from app.engine.edits import NOTHING, Edits
from app.engine.records import VIEWERS, Board, Gone, Id, Record, Seen, Viewer

U = TypeVar("U")


class Registry:
    """All parts and kinds, with their rules and views by the type of command and record."""

    def __init__(self, parts: Iterable[Part], kinds: Iterable[Kind]) -> None:
        self.kinds: Mapping[str, Kind] = {kind.name: kind for kind in kinds}
        self.parts = (*parts, *(kind.part for kind in self.kinds.values()))
        self._rules = {c: r for part in self.parts for c, r in part.rules.items()}
        self._views = {r: v for part in self.parts for r, v in part.records.items()}
        self._dues = [due for part in self.parts for due in part.dues]
        self._orphans = [rule for part in self.parts for rule in part.orphans]
        self._alongs = [rule for part in self.parts for rule in part.alongs]
        self._moves = [rule for part in self.parts for rule in part.moves]
        apart = ("server", "named")
        self.command_union = _union([c for c, r in self._rules.items() if r.group not in apart], "type")
        self.undos = {_literal(c, "type"): r.undo for c, r in self._rules.items() if r.undo}
        self.server_commands, named = (
            [c for c, ruled in self._rules.items() if ruled.group == group] for group in apart
        )
        #: A3: commands that carry a name; no connection to a screen accepts them.
        self.named_union = _union(named, "type") if named else Command
        # Seen shapes may be shared by several parts; a union takes each once.
        shapes = dict.fromkeys(shape for part in self.parts for shape in part.seen)
        self.seen_union = _union(list(shapes), "kind")
        self._kinds_of_record = {_literal(record, "kind"): record for record in self._views}
        # What people wrote must not get into an error message, and through that into a log (A9).
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
        if activity not in self.kinds:
            raise Refused("unknown")
        return self.kinds[activity].settings

    def settled(self, board: Board, item: Any, asked: Asked) -> Any:
        """An item as its kind lets it into the agenda."""
        for hooks in self.kinds[item.activity].hooks:
            item = hooks.settle(board, item, asked) if hooks.settle else item
        return item

    def use(self, activity: str, part: type[U]) -> U | None:
        """How a kind uses a part; None: it does not."""
        return next((use for use in self.kinds[activity].uses if isinstance(use, part)), None)

    def lasts(self, board: Board, live: Any) -> str | None:
        """The last day (ISO) on which phones are let in to the live item; None: the usual limits."""
        lasts = self.kinds[live.activity].lasts
        return lasts(board, live) if lasts else None

    def view(self, record: Record, viewer: Viewer) -> Seen | None:
        """What a viewer sees of a record; it follows from the record alone (E10)."""
        return self._views[type(record)](record, viewer)

    def visible(self, record: Record) -> bool:
        """Whether anybody sees the record, or had been told of it before it was removed."""
        if isinstance(record, Gone):
            return bool(record.seen_by)
        return any(self.view(record, viewer) is not None for viewer in VIEWERS)

    def tombstone(self, record: Record) -> Gone:
        """The tombstone of a removed record: who had been told of it, no text."""
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
        return [due for rule in self._dues for due in rule(board, self)]

    def left(self, board: Board, activity: str, item: str, asked: Asked) -> Edits:
        """What a kind does when one of its items stops being live."""
        return _all((hooks.leave for hooks in self.kinds[activity].hooks), board, item, asked)

    def finished(self, board: Board, activity: str, item: str, asked: Asked) -> Edits:
        """What a kind settles for one of its items when the workshop ends."""
        return _all((hooks.finish for hooks in self.kinds[activity].hooks), board, item, asked)

    def along(self, board: Board, puts: Mapping[str, Record | None]) -> dict[str, Record]:
        """The records that change along with these."""
        return {id: record for rule in self._alongs for id, record in rule(board, puts).items()}

    def orphaned(self, board: Board) -> Iterator[Id]:
        """The ids of orphaned records at the end of a workshop."""
        for rule in self._orphans:
            yield from rule(board)

    def became(self, board: Board, before: Any, after: Any, asked: Asked) -> Edits:
        """What is carried over when an item becomes another; its kind may refuse."""
        rules = (hooks.become for hooks in self.kinds[before.activity].hooks)
        return _all(rules, board, before, after, asked)

    def entered(self, board: Board, activity: str, item: str, asked: Asked) -> Edits:
        """What a kind does when one of its items becomes live, and what always happens then."""
        own = (hooks.enter for hooks in self.kinds[activity].hooks)
        return _all((*own, *self._moves), board, item, asked)

    def record_from(self, fields: Mapping[str, Any]) -> Record:
        """A record from its fields."""
        return self._stored.validate_python(fields)

    def record_kind(self, kind: str) -> type[Record]:
        """The class of a kind of record."""
        return self._kinds_of_record[kind]

    def read(self, body: str | bytes) -> Record:
        """A stored body as a record."""
        return self._stored.validate_json(body)


def _all(rules: Iterable[Callable[..., Edits] | None], *given: Any) -> Edits:
    return reduce(or_, (rule(*given) for rule in rules if rule), NOTHING)


def _union(models: list[Any], tag: str) -> Any:
    return Annotated[reduce(or_, models), Field(discriminator=tag)] if len(models) > 1 else models[0]


def _literal(model: type[BaseModel], name: str) -> str:
    return str(get_type_hints(model)[name].__args__[0])


def root(name: str, union: Any) -> type[BaseModel]:
    """A named model around a union, so that the generated types carry the name."""
    return type(name, (RootModel[union],), {"__module__": __name__})

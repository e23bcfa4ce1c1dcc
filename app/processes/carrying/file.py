"""A board as a file, and a file as the records of a new board: both directions, pure.

The file holds what remains of a board when all its meetings have ended (`Record.closed`): nothing from the
box, no times and no order of what phones did. Ids are the file's own numbers: phones keep the real ones, so a
file with those would tell whose note is whose (A1).
"""

import re
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, JsonValue

from app.engine.agenda import Item, Workshop
from app.engine.commands import Refused
from app.engine.records import Board, Gone, Held, Record
from app.engine.registry import Registry
from app.engine.text import Line, storable
from app.engine.undo import Step
from app.http.errors import Body
from app.processes.carrying.ids import is_id, renamed

FORMAT = "trivselstavlen.process"
VERSION = 1
#: A board of the largest meetings has some thousands.
MOST_RECORDS = 20_000
#: The most bytes of one text; nothing longer can be written.
LONGEST = 8_000
#: Fields that are the same for all after the end, or prove who wrote something.
LEFT_OUT = frozenset({"audience", "secret_hash"})
#: The kind of record that a field of this name refers to.
ABOUT = {"workshop": "workshop", "activity": "item", "theme": "theme", "note": "note", "action": "action"}
_OWN = re.compile(r"x[0-9]{1,6}")
_WORD = re.compile(r"[a-z_]{1,24}|[0-9]{1,4}")


class Wrong(ValueError):
    """Why a file is not valid; the text is the refusal code."""


class Meeting(Body):
    """What a meeting's row has and its record lacks."""

    id: str
    phase: Annotated[int, Field(ge=1, le=5)]


class Carried(Body):
    """The whole file. `gone` are ids that something still names, though what they were is deleted."""

    format: Literal["trivselstavlen.process"]
    version: Literal[1]
    group: Line
    cycle: Annotated[int, Field(ge=1, le=1000)]
    meetings: Annotated[list[Meeting], Field(min_length=1, max_length=500)]
    gone: Annotated[list[str], Field(max_length=MOST_RECORDS)]
    records: Annotated[list[dict[str, JsonValue]], Field(max_length=MOST_RECORDS)]


class Laid(NamedTuple):
    """What a new process is made of; the phase of each meeting by id, in the order held."""

    group: str
    cycle: int
    records: list[Record]
    phases: dict[str, int]


# -- out ---------------------------------------------------------------------------------------------------


def carried(
    board: Board, group: str, cycle: int, phases: Mapping[str, int], registry: Registry
) -> dict[str, Any]:
    """The file. The same board gives the same file, however it was numbered before."""
    them = [(type(record), _fields(record)) for record in _left(board, registry)]
    numbers = _Numbers()
    # Sorted by content, not by id.
    for _, fields in sorted(((_said(model, fields), fields["id"]), fields) for model, fields in them):
        numbers.own(fields["id"])
    records = [_renamed(model, fields, numbers.of, registry) for model, fields in them]
    return {
        "format": FORMAT,
        "version": VERSION,
        "group": group,
        "cycle": cycle,
        "meetings": [
            {"id": numbers.of(workshop.id), "phase": phases.get(workshop.id, 1)}
            for workshop in sorted(board.every(Workshop).values(), key=_when)
        ],
        "gone": sorted(numbers.gone),
        "records": sorted(records, key=lambda one: (one["kind"], len(one["id"]), one["id"])),
    }


def _when(workshop: Workshop) -> tuple[str, str, str]:
    return workshop.date, workshop.title, workshop.id


def _left(board: Board, registry: Registry) -> list[Record]:
    """The records as they will be when every meeting that has begun has ended."""
    ended = Board()
    left = (_over(held.record) for held in board)
    ended.apply(Held(seq, record) for seq, record in enumerate((one for one in left if one), 1))
    orphaned = set(registry.orphaned(ended))
    return [held.record for held in ended if held.record.id not in orphaned]


def _over(record: Record) -> Record | None:
    match record:
        case Gone() | Step():
            return None
        case Workshop(state="live"):
            return record.with_(state="ended", live=None, board_on_phones=False)
        case Item(state="live"):
            return record.with_(state="done")
    return None if record.boxed else record.closed()


def _fields(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.model_dump(mode="json").items() if name not in LEFT_OUT}


def _said(model: type[Record], fields: Mapping[str, Any]) -> str:
    return repr(renamed(model, {**fields, "settings": None}, lambda _: ""))


class _Numbers:
    """The file's own ids."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}
        self._own: set[str] = set()

    def own(self, id: str) -> None:
        """Number a record whose id is its own, not derived from another."""
        if ":" not in id:
            self._own.add(self._number(id))

    def of(self, id: str) -> str:
        """The id in the file's numbers; words in it are kept."""
        return ":".join(map(self._part, id.split(":")))

    @property
    def gone(self) -> set[str]:
        """Numbers of ids that were referred to but do not exist."""
        return set(self._given.values()) - self._own

    def _part(self, part: str) -> str:
        # Anything as long as our ids counts as one, even a word by chance.
        word = part not in self._given and len(part) < 22 and _WORD.fullmatch(part)
        return part if word else self._number(part)

    def _number(self, id: str) -> str:
        return self._given.setdefault(id, f"x{len(self._given) + 1}")


def _renamed(
    model: type[Record], fields: Mapping[str, Any], rename: Any, registry: Registry, read: Any = str
) -> dict[str, Any]:
    """Only the kind knows which of its settings are ids."""
    made = renamed(model, {k: v for k, v in fields.items() if k != "settings"}, rename, read)
    if "settings" in fields:
        made["settings"] = renamed(registry.settings_of(fields["activity"]), fields["settings"], rename, read)
    return made


# -- in ----------------------------------------------------------------------------------------------------


def laid(found: Mapping[str, Any], registry: Registry) -> Laid:
    """The file's contents under fresh ids. All or nothing: raises `Wrong`."""
    if found.get("format") != FORMAT:
        raise Wrong("not_carried")
    if found.get("version") != VERSION:
        raise Wrong("carried_version")
    try:
        file = Carried.model_validate(found)
        return _laid(file, registry)
    except Wrong:
        raise
    except (ValueError, Refused, KeyError, TypeError, AttributeError):
        # The messages of these errors may quote what somebody wrote (A9).
        raise Wrong("not_carried") from None


def _laid(file: Carried, registry: Registry) -> Laid:
    ids = [str(fields["id"]) for fields in file.records]
    fresh = _Fresh({*file.gone, *(id for id in ids if ":" not in id)})
    records = [_record(fields, fresh, registry) for fields in file.records]
    kinds = {record.id: record.kind for record in records}
    if len(kinds) != len(records):
        raise Wrong("not_carried")
    for record in records:
        _fits(record, kinds)
    meetings = {fresh.of(meeting.id): meeting.phase for meeting in file.meetings}
    if sorted(meetings) != sorted(id for id, kind in kinds.items() if kind == "workshop"):
        raise Wrong("carried_foreign")
    return Laid(file.group, file.cycle, records, meetings)


class _Fresh:
    """An id for each of the file's numbers. One that is missing in the file leads nowhere (B70)."""

    def __init__(self, known: set[str]) -> None:
        if not all(map(_OWN.fullmatch, known)):
            raise Wrong("carried_foreign")
        self._given = {id: secrets.token_urlsafe(16) for id in known}

    def of(self, id: str) -> str:
        """The new one."""
        return ":".join(map(self._part, id.split(":")))

    def _part(self, part: str) -> str:
        if part in self._given:
            return self._given[part]
        if _OWN.fullmatch(part) or not _WORD.fullmatch(part):
            raise Wrong("carried_foreign")
        return part


def _record(fields: Mapping[str, Any], fresh: _Fresh, registry: Registry) -> Record:
    model = registry.record_kind(fields["kind"])
    if LEFT_OUT & fields.keys():
        raise Wrong("not_carried")
    made = _renamed(model, fields, fresh.of, registry, _read)
    if "settings" in made:
        registry.settings_of(made["activity"]).model_validate(made["settings"])
    if "secret_hash" in model.model_fields:
        made["secret_hash"] = None
    record = registry.record_from(made)
    # Exactly the right types, and only what a board holds after the end.
    if _fields(record) != {name: value for name, value in made.items() if name not in LEFT_OUT}:
        raise Wrong("not_carried")
    if _over(record) != record:
        raise Wrong("not_carried")
    return record


def _read(text: str) -> str:
    if not storable(text, LONGEST):
        raise Wrong("text")
    return text


def _fits(record: Record, kinds: Mapping[str, str]) -> None:
    """What it refers to must be of the right kind, if it exists."""
    for name, kind in ABOUT.items():
        if is_id(type(record), name) and kinds.get(getattr(record, name), kind) != kind:
            raise Wrong("carried_foreign")
    if isinstance(record, Workshop):
        date.fromisoformat(record.date)
        if len(record.title) > 400 or record.rehearsal:
            raise Wrong("not_carried")

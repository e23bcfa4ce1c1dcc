"""Undo and redo: which steps are kept, and when one is refused (E5).

A step keeps the records that a driver's command touched, before and after, without anything a participant
wrote. Whether it can still be undone is decided by comparing contents, not numbers: neither a scrub, which
gives every note a new seq, nor undoing a later step makes an earlier step unusable.
"""

from collections.abc import Container, Mapping
from typing import Literal

from pydantic import JsonValue

from app.engine.activity import Part, Ruled, never
from app.engine.agenda import workshop_of
from app.engine.commands import Asked, DriverCommand, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board, Gone, Id, Record, Seen, Viewer

undo = Part("undo")

#: How many steps a board keeps for undo and redo, and how many only to answer a repeat.
KEPT = 100

Fields = dict[str, JsonValue]


class Step(Record):
    """One command of a driver. `kept` steps are final ones, remembered only to answer a repeat (E2)."""

    kind: Literal["step"] = "step"
    #: The workshop it was done in; "" for steps from before this was recorded.
    workshop: str = ""
    order: int
    did: str
    many: int
    state: Literal["done", "undone", "kept"]
    before: dict[str, Fields | None]
    after: dict[str, Fields | None]
    #: The code the command was refused with, though something was stored; a repeat gets it again.
    refused: str | None = None
    #: The activity of a command that its own rule undoes; "" for any other.
    about: str = ""

    @property
    def home(self) -> str:
        return self.workshop

    def closed(self) -> "Step | None":
        # The step of the end itself answers a repeat of it (E2); it holds nothing else.
        return self if self.did == "agenda.end" else None

    def without(self, gone: Container[str]) -> "Step | None":  # noqa: ARG002
        # It may contain words of what is deleted.
        return None


class SeenStep(Seen):
    """A step in the list on the desk: what was done (text `did.<type>`), and to how many records."""

    kind: Literal["step"] = "step"
    order: int
    did: str
    many: int
    state: Literal["done", "undone"]


def step_view(step: Step, viewer: Viewer) -> Seen | None:
    """Only desks have a list of steps."""
    if viewer != "desk" or step.state == "kept":
        return None
    return SeenStep(id=step.id, order=step.order, did=step.did, many=step.many, state=step.state)


undo.record(Step, step_view, shows=(SeenStep,))


class UndoCommand(DriverCommand):
    """Undo the last step that can be undone."""

    type: Literal["undo"]
    workshop: Id


class RedoCommand(DriverCommand):
    """Redo the step that was undone last."""

    type: Literal["redo"]
    workshop: Id


@undo.public_id
def step_id(command_id: str) -> str:
    """The id of the step a command leaves."""
    return f"step:{command_id}"


def step_for(board: Board, cmd: DriverCommand, ruled: Ruled, edits: Edits, workshop: str = "") -> Edits:
    """The edits and their step, minus the steps that are too old or can no longer be redone."""
    # Not the seq: between two steps it would reveal how many notes were written (A11).
    order = max((step.order for step in board.every(Step).values()), default=0) + 1
    step = Step(
        id=step_id(cmd.id),
        workshop=workshop,
        order=order,
        did=cmd.type,
        many=0,
        state="kept",
        before={},
        after={},
        refused=edits.refused,
    )
    done = [old for old in board.every(Step).values() if old.state == "done"]
    undone = [old.id for old in board.every(Step).values() if old.state == "undone"]
    if ruled.undo is not None and ruled.undo.by and edits.puts and not edits.refused:
        step = step.with_(many=1, state="done", about=getattr(cmd, "activity", ""))
        return edits | put(step) | _without_oldest(done) | remove(*undone)
    if ruled.undo is None or not ruled.undo.possible or not edits.puts:
        kept = [old for old in board.every(Step).values() if old.state == "kept"]
        return edits | put(step) | _without_oldest(kept)
    before, after = {}, {}
    for touched, record in edits.puts.items():
        held = board.held(touched)
        before[touched] = _fields(held.record if held else None)
        after[touched] = _fields(record)
    step = step.with_(many=len(after), state="done", before=before, after=after)
    return edits | put(step) | _without_oldest(done) | remove(*undone)


def to_undo(board: Board) -> Step | None:
    """The step that is taken back next: the last one that stands."""
    done = [step for step in board.every(Step).values() if step.state == "done"]
    return max(done, key=lambda step: step.order, default=None)


def to_redo(board: Board) -> Step | None:
    """The step that is done again next: the first one that was taken back."""
    undone = [step for step in board.every(Step).values() if step.state == "undone"]
    return min(undone, key=lambda step: step.order, default=None)


@undo.rule("drive", undo=never("undo is itself a step back"))
def undo_last(board: Board, _cmd: UndoCommand, asked: Asked) -> Edits:
    """E5: the last step is taken back by a new change, by the facilitator."""
    workshop_of(board, asked)
    step = to_undo(board)
    if step is None:
        raise Refused("nothing_to_undo")
    return _turned(board, step, step.after, step.before, "undone", asked)


@undo.rule("drive", undo=never("redo is itself a step"))
def redo_last(board: Board, _cmd: RedoCommand, asked: Asked) -> Edits:
    """E5: what was taken back is done again, unless it was changed in between."""
    workshop_of(board, asked)
    step = to_redo(board)
    if step is None:
        raise Refused("nothing_to_undo")
    return _turned(board, step, step.before, step.after, "done", asked)


def no_longer(board: Board, did: str, about: str) -> Edits:
    """Remove this activity's steps of a command that its own rule can no longer undo."""
    steps = (step for step in board.every(Step).values() if step.did == did and step.about == about)
    return remove(*(step.id for step in steps if step.state != "kept"))


def _by_rule(board: Board, step: Step, state: Literal["undone", "done"], asked: Asked) -> Edits:
    """Undo by the command's own rules; what they refuse, or find already done, can no longer be undone."""
    undo = asked.kinds.undos.get(step.did)
    try:
        edits = undo.by[state == "done"](board, step.about, asked) if undo and undo.by else NOTHING
    except Refused:
        edits = NOTHING
    if not edits.puts:
        return Edits(remove(step.id).puts, refused="changed_since")
    return edits | put(step.with_(state=state))


def _turned(
    board: Board,
    step: Step,
    expected: Mapping[str, Fields | None],
    wanted: Mapping[str, Fields | None],
    state: Literal["done", "undone"],
    asked: Asked,
) -> Edits:
    if step.about:
        return _by_rule(board, step, state, asked)
    edits = put(step.with_(state=state))
    turned = 0
    for id, fields in wanted.items():
        held = board.held(id)
        record = None if held is None or isinstance(held.record, Gone) else held.record
        if record is None and expected[id] is not None and _is_guarded(asked, expected[id]):
            # Its author has removed the note; it stays removed, and the rest of the step is undone.
            continue
        if _fields(record) != expected[id]:
            # A step that cannot be undone is dropped, so that undo never sticks.
            return Edits(remove(step.id).puts, refused="changed_since")
        turned += 1
        if fields is None:
            edits |= remove(id)
        elif record is not None:
            edits |= put(_with_fields(asked, record, fields))
        else:
            edits |= put(asked.kinds.record_from(fields))
    return edits if turned else Edits(remove(step.id).puts, refused="nothing_to_undo")


def _fields(record: Record | None) -> Fields | None:
    if record is None or isinstance(record, Gone):
        return None
    return record.model_dump(mode="json", exclude=set(record.guarded | record.stamped))


def _with_fields(asked: Asked, record: Record, fields: Fields) -> Record:
    with_fields: Record = asked.kinds.record_from({**record.model_dump(mode="json"), **fields})
    return with_fields


def _is_guarded(asked: Asked, fields: Fields | None) -> bool:
    return fields is not None and bool(asked.kinds.record_kind(str(fields["kind"])).guarded)


def _without_oldest(steps: list[Step]) -> Edits:
    """Room for one more."""
    oldest = sorted(steps, key=lambda step: step.order)[: max(0, len(steps) - KEPT + 1)]
    return remove(*(step.id for step in oldest))

"""Undo and redo: which steps are kept, and when one is refused (E5).

A step keeps what a driver's command changed, as the touched records were before and after, without anything a
participant wrote. Whether it still can be undone is told by comparing contents, not numbers: a scrub, which gives
every note a new seq, and an undo of a later step both leave an earlier step usable.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import JsonValue

from app.board.activity import Activity, Ruled, never
from app.board.agenda import workshop_of
from app.board.commands import Asked, DriverCommand, Refused
from app.board.edits import Edits, put, remove
from app.board.records import Board, Gone, Id, Record, Seen, Viewer

undo = Activity("undo")

#: How many steps a board keeps.
KEPT = 100

Fields = dict[str, JsonValue]


class Step(Record):
    """One command of a driver. `kept` steps are final ones, remembered only to answer a repeat (E2)."""

    kind: Literal["step"] = "step"
    order: int
    did: str
    many: int
    state: Literal["done", "undone", "kept"]
    before: dict[str, Fields | None]
    after: dict[str, Fields | None]

    def closed(self) -> "Step":
        return self.with_(state="kept", before={}, after={}) if self.state != "kept" else self


class SeenStep(Seen):
    """A step in the list on the desk: what was done, in words of the language file, and to how many things."""

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
    """Take back the last step that can be."""

    type: Literal["undo"]
    workshop: Id


class RedoCommand(DriverCommand):
    """Do again what was taken back last."""

    type: Literal["redo"]
    workshop: Id


def step_id(command_id: str) -> str:
    """The id of the step a command leaves."""
    return f"step:{command_id}"


def step_for(board: Board, cmd: DriverCommand, ruled: Ruled, edits: Edits, seq: int) -> Edits:
    """The edits with the step they leave, and without the steps that are too old or can no longer be redone."""
    id = step_id(cmd.id)
    if (
        type(cmd) in (UndoCommand, RedoCommand)
        or ruled.undo is None
        or not ruled.undo.possible
        or not edits.puts
    ):
        kept = Step(id=id, order=seq, did=cmd.type, many=0, state="kept", before={}, after={})
        return edits | put(kept) | _trimmed(board, drop_undone=False)
    before, after = {}, {}
    for touched, record in edits.puts.items():
        held = board.held(touched)
        before[touched] = _fields(held.record if held else None)
        after[touched] = _fields(record)
    step = Step(id=id, order=seq, did=cmd.type, many=len(after), state="done", before=before, after=after)
    return edits | put(step) | _trimmed(board, drop_undone=True)


@undo.rule("drive", undo=never("undo is itself a step back"))
def undo_last(board: Board, cmd: UndoCommand, asked: Asked) -> Edits:
    """E5: the last step is taken back by a new change, by whoever drives."""
    workshop_of(board, asked)
    done = [step for step in board.every(Step).values() if step.state == "done"]
    if not done:
        raise Refused("nothing_to_undo")
    step = max(done, key=lambda step: step.order)
    return _turned(board, step, step.after, step.before, "undone", asked)


@undo.rule("drive", undo=never("redo is itself a step"))
def redo_last(board: Board, cmd: RedoCommand, asked: Asked) -> Edits:
    """E5: what was taken back is done again, unless it was changed in between."""
    workshop_of(board, asked)
    undone = [step for step in board.every(Step).values() if step.state == "undone"]
    if not undone:
        raise Refused("nothing_to_undo")
    step = min(undone, key=lambda step: step.order)
    return _turned(board, step, step.before, step.after, "done", asked)


def _turned(
    board: Board,
    step: Step,
    expected: Mapping[str, Fields | None],
    wanted: Mapping[str, Fields | None],
    state: Literal["done", "undone"],
    asked: Asked,
) -> Edits:
    edits = put(step.with_(state=state))
    turned = 0
    for id, fields in wanted.items():
        held = board.held(id)
        record = None if held is None or isinstance(held.record, Gone) else held.record
        if record is None and expected[id] is not None and _is_guarded(asked, expected[id]):
            # Its author has taken the note away; it stays away, the rest of the step is undone.
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
    return record.model_dump(mode="json", exclude=set(record.guarded))


def _with_fields(asked: Asked, record: Record, fields: Fields) -> Record:
    return asked.kinds.record_from({**record.model_dump(mode="json"), **fields})


def _is_guarded(asked: Asked, fields: Fields | None) -> bool:
    return bool(fields) and bool(asked.kinds.record_kind(str(fields["kind"])).guarded)


def _trimmed(board: Board, *, drop_undone: bool) -> Edits:
    steps = sorted(board.every(Step).values(), key=lambda step: step.order)
    spent = [step.id for step in steps if drop_undone and step.state == "undone"]
    left = [step.id for step in steps if step.id not in spent]
    return remove(*spent, *left[: max(0, len(left) - KEPT + 1)])

"""P2.1: what phones ask for: a note of their own, written, changed or taken away."""

from app.engine.agenda import workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, Traces, put, remove
from app.engine.proof import hashed, proves
from app.engine.records import Board, Gone, Record
from app.engine.text import Cleaned, clean_note
from app.parts.notes.course import is_open
from app.parts.notes.messages import (
    EditNote,
    LateNote,
    Pending,
    WriteNote,
    WritingSettings,
)
from app.parts.notes.records import Note, notes_part
from app.parts.notes.waiting import (
    pending_id,
    writing_of,
    written,
)

#: X11: the most notes one activity takes.
MOST_NOTES = 5_000


@notes_part.rule("write")
def write(board: Board, cmd: WriteNote, asked: Asked) -> Edits:
    """P2.1: one thought on one note; written after the stop it waits to be let in (R13)."""
    workshop_of(board, asked)
    item, settings = written(board, cmd.activity, asked)
    known = board.held(cmd.note)
    if known is not None:
        return _written_before(known.record, cmd, settings)
    if item.state == "planned":
        raise Refused("not_open")
    if _is_full(board, item.id):
        raise Refused("too_many")
    hangs(settings, cmd.poster)
    cleaned = _cleaned(cmd.text)
    told = cleaned.told
    fields = {
        "id": cmd.note,
        "activity": item.id,
        "text": cleaned.text,
        "secret_hash": hashed(cmd.secret),
        "rev": cmd.rev,
        "poster": cmd.poster,
    }
    # Notes put up by their writers need not be let in, so they cannot be late. U2: notes written after a
    # reopening wait like late ones, so that stopping and reopening every 100 ms reveals none of them.
    in_time = is_open(board, item, asked.now) and not writing_of(board, item.id).again
    if in_time or settings.in_turn:
        return put(Note.model_validate(fields)).telling(*told)
    return put(LateNote.model_validate(fields)).telling("late", *told)


@notes_part.rule("write")
def edit(board: Board, cmd: EditNote, asked: Asked) -> Edits:
    """P2.1: the holder of its secret may change or delete a note; after the stop that waits (A11)."""
    workshop_of(board, asked)
    note = _mine(board, cmd)
    waiting = board.find(Pending, pending_id(cmd.note))
    rev, text = (waiting.rev, waiting.text) if waiting else (note.rev, note.text)
    cleaned = _cleaned(cmd.text) if cmd.text is not None else Cleaned("")
    new_text = None if cmd.text is None else cleaned.text
    # An edited late note is still late.
    late = ("late",) if isinstance(note, LateNote) else ()
    if cmd.rev <= rev:
        if cmd.rev == rev and new_text == text:
            return NOTHING.telling("waits") if waiting else NOTHING.telling(*late)
        raise Refused("stale")
    told = cleaned.told
    if isinstance(note, Note) and note.face != "down":
        # Only its author is told, so that their phone can show that it is not up yet.
        pending = Pending(
            id=pending_id(note.id), activity=note.activity, note=note.id, text=new_text, rev=cmd.rev
        )
        return put(pending).telling("waits", *told).leaving(Traces.LOG)
    if new_text is None:
        return remove(note.id).leaving(Traces.LOG)
    return put(note.with_(text=new_text, rev=cmd.rev)).telling(*late, *told).leaving(Traces.LOG)


def _cleaned(raw: str) -> Cleaned:
    try:
        return clean_note(raw)
    except ValueError as reason:
        raise Refused(str(reason)) from None


def _written_before(record: Record, cmd: WriteNote, settings: WritingSettings) -> Edits:
    if isinstance(record, Gone):
        raise Refused("gone")
    if not isinstance(record, Note | LateNote) or not proves(cmd.secret, record.secret_hash):
        raise Refused("taken")
    now = (record.activity, record.poster, record.text)
    # The item may have become another one since (P4.3).
    if now != (cmd.activity, settings.nearest(cmd.poster), _cleaned(cmd.text).text):
        raise Refused("stale")
    return NOTHING.telling("late") if isinstance(record, LateNote) else NOTHING


def _mine(board: Board, cmd: EditNote) -> Note | LateNote:
    held = board.held(cmd.note)
    record = held.record if held else None
    if isinstance(record, Gone):
        raise Refused("gone")
    if not isinstance(record, Note | LateNote) or record.activity != cmd.activity:
        raise Refused("unknown")
    if not proves(cmd.secret, record.secret_hash):
        raise Refused("not_yours")
    return record


def hangs(settings: WritingSettings, poster: str | None) -> None:
    """P4.1, P4.2: if there are posters, a note must be on one of them; otherwise on none."""
    if poster not in (settings.posters or (None,)):
        raise Refused("unknown")


def _is_full(board: Board, activity: str) -> bool:
    """X11. Limited by what the room was shown, or refusals would let somebody count notes (A11).

    Between two ticks more may arrive, but never twice as many.
    """
    writing = writing_of(board, activity)
    there = board.count(Note, activity) + board.count(LateNote, activity)
    return writing.cards + writing.late >= MOST_NOTES or there >= 2 * MOST_NOTES

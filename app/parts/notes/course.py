"""The course of writing: it opens and ends with its item, by its clock and at ticks."""

from collections.abc import Iterator

from app.engine.activity import Due
from app.engine.agenda import Item
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, Traces, put
from app.engine.pace import Paced
from app.engine.records import Board
from app.engine.registry import Registry
from app.engine.ticks import tick_to_serve
from app.engine.timer import stopped as timer_stopped, timer_of
from app.parts.by_link import ByLink, lasts, stays_open
from app.parts.notes.messages import (
    LateNote,
    Pending,
    Tick,
    TimeIsUp,
    Writing,
    WritingSettings,
)
from app.parts.notes.records import Note, notes_part
from app.parts.notes.waiting import (
    at_tick,
    is_due,
    is_told,
    opened,
    rewritten,
    stopped,
    writing_id,
    writing_of,
    written,
)


def enter(board: Board, item: str, asked: Asked) -> Edits:
    """P2.1: the question is up and the phones are open; returning to the item changes nothing (E7)."""
    _, settings = written(board, item, asked)
    id = writing_id(item)
    if board.find(Writing, id) or not settings.ready:
        return NOTHING
    return put(Writing(id=id, activity=item, opened_at=asked.now, night_at=asked.midnight))


def leave(board: Board, item: str, asked: Asked) -> Edits:
    """A4: leaving the activity stops the writing and rewrites the notes, turned over or not.

    By link it continues: an accidental press must not end what is meant to be open for days.

    F1: what is waiting keeps waiting, and its ticks continue: otherwise leaving and returning would reveal
    single changes.
    """
    if board.find(Writing, writing_id(item)) is None:
        return NOTHING
    over = NOTHING if stays_open(board, item, asked) else stopped(board, item, asked)
    edits = rewritten(board, item) | over
    return (edits | timer_stopped(board, item)).leaving(Traces.PAGES)


def finish(board: Board, item: str, asked: Asked) -> Edits:
    """F4: when the meeting ends nothing waits any more: waiting edits take effect.

    What is not shown by then is not kept: see `closed` of the records.
    """
    writing = board.find(Writing, writing_id(item))
    if writing is None:
        return NOTHING
    if writing.state == "open":
        # By link nobody has stopped it before.
        return stopped(board, item, asked)
    edits = opened(board, writing, board.of(Pending, item).values())
    return edits if len(edits.puts) > 1 else NOTHING


def carry(board: Board, before: Item, after: Item, asked: Asked) -> Edits:
    """P4.3: notes that the room was not told of stay with the item when it becomes another writing item.

    F8: this is allowed whether or not there are any. If their poster is missing they move to the first.
    """
    writing = board.find(Writing, writing_id(before.id))
    if writing is None:
        return NOTHING
    if is_told(board, before.id):
        raise Refused("written")
    settings = asked.kinds.settings_of(after.activity).model_validate(after.settings)
    if not isinstance(settings, WritingSettings):
        raise Refused("begun")
    edits = NOTHING
    untold: list[Note | LateNote] = [
        *board.of(Note, before.id).values(),
        *board.of(LateNote, before.id).values(),
    ]
    for note in sorted(untold, key=lambda note: note.id):
        # Notes put up by their writers are never late; elsewhere what is written after the stop is late.
        late = not settings.in_turn and (writing.state != "open" or isinstance(note, LateNote))
        fields = note.model_dump(include=set(LateNote.model_fields) - {"kind"})
        fields["poster"] = settings.nearest(note.poster)
        edits |= put(LateNote.model_validate(fields) if late else Note.model_validate(fields))
    return edits


def _night_at(board: Board, item: str) -> int | None:
    writing = board.find(Writing, writing_id(item))
    return writing.night_at if writing and writing.state == "open" and writing.night_at else None


def _again(board: Board, item: str, asked: Asked) -> Edits:
    """A4: no file may keep the order of what is written by link over days."""
    kept = put(writing_of(board, item).with_(night_at=asked.midnight))
    return (rewritten(board, item) | kept).leaving(Traces.PAGES)


def _since(board: Board, item: Item) -> int | None:
    """U24: people may say they are done while writing is open; by link nobody waits for that."""
    writing = board.find(Writing, writing_id(item.id))
    is_open = writing is not None and writing.state == "open" and not lasts(board, item)
    return writing.opened_at if writing and is_open else None


#: For kinds in whose items people write notes; their settings are `WritingSettings`.
WRITTEN_IN = Paced(enter=enter, leave=leave, finish=finish, become=carry, since=_since)
#: For kinds whose notes may be written by link for some days.
WRITTEN_BY_LINK = ByLink(night_at=_night_at, again=_again, over=stopped)


@notes_part.due
def due(board: Board, _kinds: Registry) -> Iterator[Due]:
    """E6, A11: ticks at which enough is waiting; the end of the clock."""
    for writing in board.every(Writing).values():
        if is_due(board, writing):
            tick = Tick(type="notes.tick", activity=writing.activity)
            yield Due(tick, ticks_from=writing.opened_at)
        ends = _ends_at(board, writing)
        if ends is not None:
            yield Due(TimeIsUp(type="notes.time_is_up", activity=writing.activity), at=ends)


@notes_part.rule("server")
def tick(board: Board, cmd: Tick, asked: Asked) -> Edits:
    """A11: the room learns of three or more acts of phones at once, so that no tap can be matched."""
    writing = writing_of(board, cmd.activity)
    at = tick_to_serve(writing.opened_at, writing.moved_at, asked.now)
    edits = at_tick(board, writing)
    if not edits.puts:
        raise Refused("nothing_due")
    now = edits.puts[writing.id]
    assert isinstance(now, Writing)
    return edits | put(now.with_(moved_at=at))


@notes_part.rule("server")
def time_is_up(board: Board, cmd: TimeIsUp, asked: Asked) -> Edits:
    """P2.1: after the clock and its grace writing stops by itself."""
    writing = writing_of(board, cmd.activity)
    ends = _ends_at(board, writing)
    if ends is None or asked.now < ends:
        raise Refused("nothing_due")
    return stopped(board, cmd.activity, asked)


def is_open(board: Board, item: Item, now: int) -> bool:
    """E6: computed from the clock, so that it closes on the second even if nobody has said stop yet."""
    if writing_of(board, item.id).state != "open":
        return False
    clock = timer_of(board, item.id)
    return clock is None or not clock.over(now - _grace(item))


def _ends_at(board: Board, writing: Writing) -> int | None:
    """When its clock runs out. An item that nobody returns to ends with its meeting (`engine/ending.py`)."""
    clock = timer_of(board, writing.activity)
    if writing.state != "open" or clock is None or clock.state != "running" or clock.ends_at is None:
        return None
    return clock.ends_at + _grace(board.one(Item, writing.activity))


def _grace(item: Item) -> int:
    """In ms. Due rules do not get the kinds, but every writing kind has this field."""
    seconds = item.settings.get("finish_seconds", 0)
    return seconds * 1000 if isinstance(seconds, int) else 0

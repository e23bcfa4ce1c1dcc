"""What may happen while people write, and when the notes are turned over."""

from collections.abc import Iterator

from app.board.activity import Activity, Due, inverse, never
from app.board.agenda import Item, workshop_of
from app.board.commands import Asked, Refused
from app.board.edits import NOTHING, Edits, Traces, put, remove
from app.board.proof import hashed, proves
from app.board.records import Board, Gone, Record
from app.board.shared_records import Note
from app.board.text import Cleaned, clean_note
from app.board.ticks import tick_to_serve
from app.board.timer import stopped as timer_stopped, timer_of
from app.board.wall import wall_of
from app.board.writing.messages import (
    AddPaper,
    DeleteNote,
    DeleteNotes,
    EditNote,
    HideNote,
    LateNote,
    LetInLate,
    MaskNote,
    Pending,
    ShowNote,
    StopWriting,
    Tick,
    TimeIsUp,
    TurnAll,
    TurnOne,
    WriteNote,
    Writing,
    WritingSettings,
    silent,
)
from app.board.writing.waiting import (
    FACES,
    at_tick,
    counted,
    is_due,
    is_told,
    notes_with,
    opened,
    pending_id,
    rewritten,
    stopped,
    taken_along,
    to_be_gone,
    turned,
    without,
    writing_id,
    writing_of,
    written,
)

#: X11: the most notes one activity takes.
MOST_NOTES = 5_000


# -- phones ------------------------------------------------------------------------------------------------


@silent.rule("write")
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
    _hangs(settings, cmd.poster)
    cleaned = _cleaned(cmd.text)
    told = ("marks_cut",) if cleaned.marks_cut else ()
    fields = {
        "id": cmd.note,
        "activity": item.id,
        "text": cleaned.text,
        "secret_hash": hashed(cmd.secret),
        "rev": cmd.rev,
        "poster": cmd.poster,
    }
    # Nobody lets in what its writer hangs up: it cannot come late.
    if _open(board, item, asked.now) or settings.in_turn:
        return put(Note.model_validate(fields)).telling(*told)
    return put(LateNote.model_validate(fields)).telling("late", *told)


@silent.rule("write")
def edit(board: Board, cmd: EditNote, asked: Asked) -> Edits:
    """P2.1: who holds its secret may change a note or take it away; after the stop that waits (A11)."""
    workshop_of(board, asked)
    note = _mine(board, cmd)
    waiting = board.find(Pending, pending_id(cmd.note))
    rev, text = (waiting.rev, waiting.text) if waiting else (note.rev, note.text)
    cleaned = _cleaned(cmd.text) if cmd.text is not None else Cleaned("")
    new_text = None if cmd.text is None else cleaned.text
    # A late note is late in its new words too.
    late = ("late",) if isinstance(note, LateNote) else ()
    if cmd.rev <= rev:
        if cmd.rev == rev and new_text == text:
            return NOTHING.telling("waits") if waiting else NOTHING.telling(*late)
        raise Refused("stale")
    told = ("marks_cut",) if cleaned.marks_cut else ()
    if isinstance(note, Note) and note.face != "down":
        # What it says of itself goes to its author alone: their phone can say that it is not up yet.
        pending = Pending(
            id=pending_id(note.id), activity=note.activity, note=note.id, text=new_text, rev=cmd.rev
        )
        return put(pending).telling("waits", *told).leaving(Traces.LOG)
    if new_text is None:
        return remove(note.id).leaving(Traces.LOG)
    return put(note.with_(text=new_text, rev=cmd.rev)).telling(*late, *told).leaving(Traces.LOG)


# -- drivers -----------------------------------------------------------------------------------------------


@silent.rule("drive", undo=never("people have put down their phones"))
def stop_writing(board: Board, cmd: StopWriting, asked: Asked) -> Edits:
    """P2.1: nobody writes on; the desk may look through the notes before they are turned over (A16)."""
    workshop_of(board, asked)
    return stopped(board, cmd.activity, asked)


@silent.rule("drive", undo=never("the room has read it"))
def turn_one(board: Board, cmd: TurnOne, asked: Asked) -> Edits:
    """P2.2: one note, picked by chance, turned over and brought forward to be read aloud.

    A5: one that its author has taken away is not picked. The last turn takes along all that lies there still.
    """
    workshop = workshop_of(board, asked)
    _turns_over(board, cmd.activity, asked)
    before = stopped(board, cmd.activity, asked)
    lying = {n.id: n for n in notes_with(board, cmd.activity, before.puts) if n.face != "up" and not n.hidden}
    if not lying:
        if before.puts:
            # A11: were it refused, a driver who asks again and again would stop with the very first note.
            return before.telling("nothing_to_turn")
        raise Refused("nothing_to_turn")
    read = sorted(id for id in lying if not to_be_gone(board, id))
    picked = asked.rng.choice(read) if read else None
    if picked is None or len(read) == 1:
        edits = turned(board, cmd.activity, before)
    else:
        edits = before | taken_along(board, lying[picked])
    return edits | put(wall_of(board, workshop.id).with_(forward=picked, join=False))


@silent.rule("drive", undo=never("the room has read them"))
def turn_all(board: Board, cmd: TurnAll, asked: Asked) -> Edits:
    """P2.2: all notes at once, rewritten in the order of their random ids (A4); once, and not again (F1)."""
    workshop = workshop_of(board, asked)
    _turns_over(board, cmd.activity, asked)
    if writing_of(board, cmd.activity).state == "turned":
        raise Refused("nothing_to_turn")
    edits = turned(board, cmd.activity, stopped(board, cmd.activity, asked))
    return edits | put(wall_of(board, workshop.id).with_(forward=None, join=False))


@silent.rule("drive", undo=never("the room has been told"))
def let_in_late(board: Board, cmd: LetInLate, asked: Asked) -> Edits:
    """R13, F1: late notes are hung up together, as if they had come in time: at a tick, or when turned over.

    It says so, whether or not any are there, and opens none itself.
    """
    workshop_of(board, asked)
    writing = writing_of(board, cmd.activity)
    return NOTHING if writing.letting_in else put(writing.with_(letting_in=True))


@silent.rule("drive", undo=never("paper notes are deleted instead"))
def add_paper(board: Board, cmd: AddPaper, asked: Asked) -> Edits:
    """P2.1: notes from those without a phone lie among the others, unmarked.

    F3: they are told at once and by themselves, since who drives knows of them: ticks count those of phones.
    """
    workshop_of(board, asked)
    item, settings = written(board, cmd.activity, asked)
    writing = writing_of(board, item.id)
    _hangs(settings, cmd.poster)
    face = FACES[writing.state]
    if settings.in_turn:
        # Who has no phone tells it, and it is typed in as it is hung up.
        if writing.state == "open":
            raise Refused("in_turn")
        face = "up"
    if writing.cards + writing.late + len(cmd.texts) > MOST_NOTES:
        raise Refused("too_many")
    typed = [
        Note(
            id=asked.new_id(),
            activity=item.id,
            text=text,
            secret_hash=hashed(asked.new_id()),
            rev=1,
            face=face,
            poster=cmd.poster,
        )
        for text in cmd.texts
    ]
    return put(*sorted(typed, key=lambda note: note.id), counted(writing, came=typed))


@silent.rule("drive", undo=inverse)
def hide(board: Board, cmd: HideNote, asked: Asked) -> Edits:
    """P2.2: a note that names a colleague is taken out of sight, before or after it is turned over."""
    workshop_of(board, asked)
    return put(_lying(board, cmd.note, cmd.base).with_(hidden=True))


@silent.rule("drive", undo=inverse)
def show(board: Board, cmd: ShowNote, asked: Asked) -> Edits:
    """P2.2: a hidden note comes back."""
    workshop_of(board, asked)
    return put(_lying(board, cmd.note, cmd.base).with_(hidden=False))


@silent.rule("drive", undo=never("the old words are gone (A5)"))
def mask(board: Board, cmd: MaskNote, asked: Asked) -> Edits:
    """A13: the words that name somebody are replaced, the note is marked, and the old text is scrubbed."""
    workshop_of(board, asked)
    note = _lying(board, cmd.note, cmd.base)
    # An edit that waits would bring back what is masked, and so would its author's phone that sends it again.
    waiting = board.find(Pending, pending_id(note.id))
    rev = max(note.rev, waiting.rev if waiting else 0)
    dropped = remove(pending_id(note.id))
    return (put(note.with_(text=cmd.text, rev=rev, edited=True, masked=True)) | dropped).leaving(Traces.LOG)


@silent.rule("lead", undo=never("deleted is deleted (A5)"))
def delete(board: Board, cmd: DeleteNote, asked: Asked) -> Edits:
    """A5: gone from the board, the file and every screen."""
    workshop_of(board, asked)
    note = board.one(Note, cmd.note)
    if note.face == "down":
        raise Refused("unknown")
    gone = without(board, note.activity, [note.id]) | remove(pending_id(note.id))
    return gone.leaving(Traces.LOG)


@silent.rule("lead", undo=never("deleted is deleted (A5)"))
def delete_many(board: Board, cmd: DeleteNotes, asked: Asked) -> Edits:
    """F6, A5: a selection of notes, all or none; what somebody has deleted meanwhile is no hindrance."""
    workshop_of(board, asked)
    there = [id for id in dict.fromkeys(cmd.notes) if not _is_gone(board, id)]
    notes = [board.one(Note, id) for id in there]
    if any(note.face == "down" for note in notes):
        raise Refused("unknown")
    edits = NOTHING
    for activity in dict.fromkeys(note.activity for note in notes):
        edits |= without(board, activity, [note.id for note in notes if note.activity == activity])
    return (edits | remove(*(pending_id(note.id) for note in notes))).leaving(Traces.LOG)


def _is_gone(board: Board, id: str) -> bool:
    held = board.held(id)
    return held is not None and isinstance(held.record, Gone)


# -- what falls due ----------------------------------------------------------------------------------------


@silent.due
def due(board: Board) -> Iterator[Due]:
    """E6, A11: ticks at which enough waits; the end of the clock."""
    for writing in board.every(Writing).values():
        if is_due(board, writing):
            tick = Tick(type="notes.tick", activity=writing.activity)
            yield Due(tick, ticks_from=writing.opened_at)
        ends = _ends_at(board, writing)
        if ends is not None:
            yield Due(TimeIsUp(type="notes.time_is_up", activity=writing.activity), at=ends)


@silent.rule("server")
def tick(board: Board, cmd: Tick, asked: Asked) -> Edits:
    """A11: the room learns of what phones did in threes or more, so that no tap can be matched with it."""
    writing = writing_of(board, cmd.activity)
    at = tick_to_serve(writing.opened_at, writing.moved_at, asked.now)
    edits = at_tick(board, writing)
    if not edits.puts:
        raise Refused("nothing_due")
    now = edits.puts[writing.id]
    assert isinstance(now, Writing)
    return edits | put(now.with_(moved_at=at))


@silent.rule("server")
def time_is_up(board: Board, cmd: TimeIsUp, asked: Asked) -> Edits:
    """P2.1: after the clock and its grace writing stops by itself."""
    writing = writing_of(board, cmd.activity)
    ends = _ends_at(board, writing)
    if ends is None or asked.now < ends:
        raise Refused("nothing_due")
    return stopped(board, cmd.activity, asked)


# -- coming and going --------------------------------------------------------------------------------------


def opens_for_writing(kind: Activity) -> None:
    """People write notes in items of this kind, whose settings are `WritingSettings`."""
    kind.enter(enter)
    kind.leave(leave)
    kind.finish(finish)
    kind.become(carry)


def enter(board: Board, item: str, asked: Asked) -> Edits:
    """P2.1: the question is up and the phones are open; coming back changes nothing (E7)."""
    _, settings = written(board, item, asked)
    id = writing_id(item)
    if board.find(Writing, id) or not settings.ready:
        return NOTHING
    return put(Writing(id=id, activity=item, opened_at=asked.now))


def leave(board: Board, item: str, asked: Asked) -> Edits:
    """A4: whatever ends the activity stops the writing and rewrites the notes, turned over or not.

    F1: what waits goes on waiting, and its ticks go on: else going and coming back would open single acts.
    """
    if board.find(Writing, writing_id(item)) is None:
        return NOTHING
    edits = rewritten(board, item) | stopped(board, item, asked)
    return (edits | timer_stopped(board, item)).leaving(Traces.PAGES)


def finish(board: Board, item: str, _asked: Asked) -> Edits:
    """F4: when the meeting ends nothing waits any more: it is as its authors have it.

    What is not shown then is not kept: `closed` of the records says so.
    """
    writing = board.find(Writing, writing_id(item))
    if writing is None:
        return NOTHING
    edits = opened(board, writing, board.of(Pending, item).values())
    return edits if len(edits.puts) > 1 else NOTHING


def carry(board: Board, before: Item, after: Item, asked: Asked) -> Edits:
    """P4.3: notes that the room was not told of stay with the item, whatever it becomes that is written in.

    F8: whether there are any decides nothing. Where there is no such poster they hang on the first.
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
        # Nobody lets in what its writer hangs up; elsewhere what is written after the stop is late.
        late = not settings.in_turn and (writing.state != "open" or isinstance(note, LateNote))
        fields = note.model_dump(include=set(LateNote.model_fields) - {"kind"})
        fields["poster"] = settings.nearest(note.poster)
        edits |= put(LateNote.model_validate(fields) if late else Note.model_validate(fields))
    return edits


# -- helpers -----------------------------------------------------------------------------------------------


def _turns_over(board: Board, activity: str, asked: Asked) -> None:
    """P2.2: where people tell in turn, nobody else shows what they wrote."""
    if written(board, activity, asked)[1].in_turn:
        raise Refused("in_turn")


def _hangs(settings: WritingSettings, poster: str | None) -> None:
    """P4.1, P4.2: where there are posters a note hangs on one of them, elsewhere on none."""
    if poster not in (settings.posters or (None,)):
        raise Refused("unknown")


def _grace(item: Item) -> int:
    """In ms. A due rule is not told the kinds; the field is every writing kind's own."""
    seconds = item.settings.get("finish_seconds", 0)
    return seconds * 1000 if isinstance(seconds, int) else 0


def _ends_at(board: Board, writing: Writing) -> int | None:
    """When its clock has run out. What nobody comes back to ends with its meeting (`board/ending.py`)."""
    clock = timer_of(board, writing.activity)
    if writing.state != "open" or clock is None or clock.state != "running" or clock.ends_at is None:
        return None
    return clock.ends_at + _grace(board.one(Item, writing.activity))


def _open(board: Board, item: Item, now: int) -> bool:
    """E6: computed from the clock, so that it closes on the second even if nobody has said stop yet."""
    if writing_of(board, item.id).state != "open":
        return False
    clock = timer_of(board, item.id)
    return clock is None or not clock.over(now - _grace(item))


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
    # The item may have become another since (P4.3).
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


def _lying(board: Board, id: str, base: int) -> Note:
    if board.one(Note, id).face == "down":
        # A16: while people write, the desk cannot even act on a note it should not know.
        raise Refused("unknown")
    return board.at(Note, id, base)


def _is_full(board: Board, activity: str) -> bool:
    """X11. By what the room was told: else whoever fills it up could count by the refusals (A11).

    Between two ticks more may come, but never twice as many.
    """
    writing = writing_of(board, activity)
    there = board.count(Note, activity) + board.count(LateNote, activity)
    return writing.cards + writing.late >= MOST_NOTES or there >= 2 * MOST_NOTES

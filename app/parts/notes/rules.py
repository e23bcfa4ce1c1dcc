"""Commands of facilitators: the stop, turning over, paper, and notes put aside, masked or deleted."""

from app.engine.activity import Undo, inverse, never
from app.engine.agenda import workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, Traces, put, remove
from app.engine.proof import hashed
from app.engine.records import Board, Gone
from app.engine.undo import no_longer
from app.engine.wall import wall_of
from app.parts.notes.messages import (
    AddPaper,
    DeleteNote,
    DeleteNotes,
    HideNote,
    LetInLate,
    MaskNote,
    Pending,
    ShowNote,
    StopWriting,
    TurnAll,
    TurnOne,
    WriteOn,
)
from app.parts.notes.phones import MOST_NOTES, hangs
from app.parts.notes.records import Note, notes_part
from app.parts.notes.waiting import (
    FACES,
    counted,
    notes_with,
    opened_again,
    pending_id,
    stopped,
    taken_along,
    to_be_gone,
    turned,
    without,
    writing_of,
    written,
)


@notes_part.rule(
    "drive", undo=Undo("what was told is told, and people have written since", (opened_again, stopped))
)
def stop_writing(board: Board, cmd: StopWriting, asked: Asked) -> Edits:
    """P2.1: writing ends; the desk may look through the notes before they are turned over (A16)."""
    workshop_of(board, asked)
    return stopped(board, cmd.activity, asked)


@notes_part.rule("drive", undo=never("it is stopped again"))
def write_on(board: Board, cmd: WriteOn, asked: Asked) -> Edits:
    """U2: an early or accidental stop can be reversed as long as nothing is turned over."""
    workshop_of(board, asked)
    return opened_again(board, cmd.activity, asked)


@notes_part.rule("drive", undo=never("the room has read it"))
def turn_one(board: Board, cmd: TurnOne, asked: Asked) -> Edits:
    """P2.2: one note, picked by chance, turned over and brought forward to be read aloud.

    A5: one that its author has removed is not picked. The last turn includes everything still waiting.
    """
    workshop = workshop_of(board, asked)
    _turns_over(board, cmd.activity, asked)
    before = stopped(board, cmd.activity, asked)
    lying = {n.id: n for n in notes_with(board, cmd.activity, before.puts) if n.face != "up" and not n.hidden}
    if not lying:
        if before.puts:
            # A11: if it were refused, a driver who keeps trying could stop with the very first note.
            return before.telling("nothing_to_turn")
        raise Refused("nothing_to_turn")
    read = sorted(id for id in lying if not to_be_gone(board, id))
    picked = asked.rng.choice(read) if read else None
    if picked is None or len(read) == 1:
        edits = turned(board, cmd.activity, before)
    else:
        edits = before | taken_along(board, lying[picked])
    edits |= no_longer(board, "notes.stop_writing", cmd.activity)
    return edits | put(wall_of(board, workshop.id).with_(forward=picked, join=False))


@notes_part.rule("drive", undo=never("the room has read them"))
def turn_all(board: Board, cmd: TurnAll, asked: Asked) -> Edits:
    """P2.2: all notes at once, rewritten in the order of their random ids (A4); only once (F1)."""
    workshop = workshop_of(board, asked)
    _turns_over(board, cmd.activity, asked)
    if writing_of(board, cmd.activity).state == "turned":
        raise Refused("nothing_to_turn")
    edits = turned(board, cmd.activity, stopped(board, cmd.activity, asked))
    edits |= no_longer(board, "notes.stop_writing", cmd.activity)
    return edits | put(wall_of(board, workshop.id).with_(forward=None, join=False))


@notes_part.rule("drive", undo=never("the room has been told"))
def let_in_late(board: Board, cmd: LetInLate, asked: Asked) -> Edits:
    """R13, F1: late notes go up together, as if they had been in time: at a tick, or when turned over.

    This only sets the switch, whether or not there are any, and opens none itself.
    """
    workshop_of(board, asked)
    writing = writing_of(board, cmd.activity)
    return NOTHING if writing.letting_in else put(writing.with_(letting_in=True))


@notes_part.rule("drive", undo=never("paper notes are deleted instead"))
def add_paper(board: Board, cmd: AddPaper, asked: Asked) -> Edits:
    """P2.1: notes from people without a phone are mixed in with the others, unmarked.

    F3: they are shown at once and separately, since the facilitator knows of them; ticks count those of
    phones.
    """
    workshop_of(board, asked)
    item, settings = written(board, cmd.activity, asked)
    writing = writing_of(board, item.id)
    hangs(settings, cmd.poster)
    face = FACES[writing.state]
    if settings.in_turn:
        # Somebody without a phone tells it, and it is typed in and put up at once.
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


@notes_part.rule("drive", undo=inverse)
def hide(board: Board, cmd: HideNote, asked: Asked) -> Edits:
    """P2.2: a note that names a colleague is hidden, before or after it is turned over."""
    workshop_of(board, asked)
    return put(_lying(board, cmd.note, cmd.base).with_(hidden=True))


@notes_part.rule("drive", undo=inverse)
def show(board: Board, cmd: ShowNote, asked: Asked) -> Edits:
    """P2.2: show a hidden note again."""
    workshop_of(board, asked)
    return put(_lying(board, cmd.note, cmd.base).with_(hidden=False))


@notes_part.rule("drive", undo=never("the old words are gone (A5)"))
def mask(board: Board, cmd: MaskNote, asked: Asked) -> Edits:
    """A13: the words that name somebody are replaced, the note is marked, and the old text is scrubbed."""
    workshop_of(board, asked)
    note = _lying(board, cmd.note, cmd.base)
    # A waiting edit would bring back the masked words, and so would a resend from the author's phone.
    waiting = board.find(Pending, pending_id(note.id))
    rev = max(note.rev, waiting.rev if waiting else 0)
    dropped = remove(pending_id(note.id))
    return (put(note.with_(text=cmd.text, rev=rev, edited=True, masked=True)) | dropped).leaving(Traces.LOG)


@notes_part.rule("lead", undo=never("deleted is deleted (A5)"))
def delete(board: Board, cmd: DeleteNote, asked: Asked) -> Edits:
    """A5: gone from the board, the file and every screen."""
    workshop_of(board, asked)
    note = board.one(Note, cmd.note)
    if note.face == "down":
        raise Refused("unknown")
    gone = without(board, note.activity, [note.id]) | remove(pending_id(note.id))
    return gone.leaving(Traces.LOG)


@notes_part.rule("lead", undo=never("deleted is deleted (A5)"))
def delete_many(board: Board, cmd: DeleteNotes, asked: Asked) -> Edits:
    """F6, A5: a selection of notes, all or none; ones deleted meanwhile are skipped."""
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


def _turns_over(board: Board, activity: str, asked: Asked) -> None:
    """P2.2: when people tell in turn, nobody else may show what they wrote."""
    if written(board, activity, asked)[1].in_turn:
        raise Refused("in_turn")


def _lying(board: Board, id: str, base: int) -> Note:
    if board.one(Note, id).face == "down":
        # A16: while people write, the desk cannot act on a note it should not know of.
        raise Refused("unknown")
    return board.at(Note, id, base)

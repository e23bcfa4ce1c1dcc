"""What may happen while people write, and when the notes are turned over."""

from collections import Counter
from collections.abc import Iterator

from app.board.activity import Activity, Due, inverse, never
from app.board.agenda import Item, workshop_of
from app.board.commands import Asked, Refused
from app.board.edits import NOTHING, Edits, Traces, put, remove
from app.board.proof import hashed, proves
from app.board.records import Board, Gone, Record
from app.board.shared_records import Note, Picked, chain_under, picked_id
from app.board.text import Cleaned, clean_note
from app.board.timer import stopped as timer_stopped, timer_of
from app.board.wall import wall_of
from app.board.writing.messages import (
    AddPaper,
    DeleteMany,
    DeleteNote,
    EditNote,
    HideNote,
    LateNote,
    LetInLate,
    MaskNote,
    MergePending,
    MoveCards,
    Pending,
    ShowNote,
    StopWriting,
    TimeIsUp,
    TurnAll,
    TurnOne,
    WriteNote,
    Writing,
    WritingSettings,
    silent,
)

#: A11: a batch holds three, or is due after so long; never sooner than `BETWEEN` after the last. In ms.
BATCH = 3
BETWEEN = 5_000
OLDEST = 15_000
#: A4: what nobody has ended is stopped and rewritten so long after its last batch; the door has shut by then
#: too (X10). In ms.
ABANDONED = 12 * 3600 * 1000
#: X11: the most notes one activity takes.
MOST_NOTES = 5_000


# -- phones ------------------------------------------------------------------------------------------------


@silent.rule("write")
def write(board: Board, cmd: WriteNote, asked: Asked) -> Edits:
    """P2.1: one thought on one note; written after the stop it waits to be let in (R13)."""
    workshop_of(board, asked)
    item, settings = _written(board, cmd.activity, asked)
    known = board.held(cmd.note)
    if known is not None:
        return _written_before(known.record, cmd)
    if item.state == "planned":
        raise Refused("not_open")
    if board.count(Note, item.id) + board.count(LateNote, item.id) >= MOST_NOTES:
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
    """P2.1: who holds its secret may change a note or take it away; after the stop in batches (A11)."""
    workshop_of(board, asked)
    note = _mine(board, cmd)
    waiting = board.find(Pending, _pending_id(cmd.note))
    rev, text = (waiting.rev, waiting.text) if waiting else (note.rev, note.text)
    cleaned = _cleaned(cmd.text) if cmd.text is not None else Cleaned("")
    new_text = None if cmd.text is None else cleaned.text
    if cmd.rev <= rev:
        if cmd.rev == rev and new_text == text:
            return NOTHING
        raise Refused("stale")
    told = ("marks_cut",) if cleaned.marks_cut else ()
    if isinstance(note, Note) and note.face != "down":
        pending = Pending(
            id=_pending_id(note.id), activity=note.activity, note=note.id, text=new_text, rev=cmd.rev
        )
        return put(pending).telling("waits", *told).leaving(Traces.LOG)
    if new_text is None:
        return remove(note.id).leaving(Traces.LOG)
    # A late note is late in its new words too.
    late = ("late",) if isinstance(note, LateNote) else ()
    return put(note.with_(text=new_text, rev=cmd.rev)).telling(*late, *told).leaving(Traces.LOG)


# -- drivers -----------------------------------------------------------------------------------------------


@silent.rule("drive", undo=never("people have put down their phones"))
def stop_writing(board: Board, cmd: StopWriting, asked: Asked) -> Edits:
    """P2.1: nobody writes on; the desk may look through the notes before they are turned over (A16)."""
    workshop_of(board, asked)
    return stopped(board, cmd.activity, asked)


@silent.rule("drive", undo=never("the room has read it"))
def turn_one(board: Board, cmd: TurnOne, asked: Asked) -> Edits:
    """P2.2: one note, picked by chance, turned over and brought forward to be read aloud."""
    workshop = workshop_of(board, asked)
    _turns_over(board, cmd.activity, asked)
    before = _settled(board, cmd.activity, asked)
    lying = sorted(n.id for n in _all_notes(board, cmd.activity, before) if n.face != "up" and not n.hidden)
    if not lying:
        raise Refused("nothing_to_turn")
    turned = asked.rng.choice(lying)
    if len(lying) == 1:
        edits = _turned(board, cmd.activity, before)
    else:
        note = next(n for n in _all_notes(board, cmd.activity, before) if n.id == turned)
        edits = before | put(note.with_(face="up"))
    return edits | put(wall_of(board, workshop.id).with_(forward=turned, join=False))


@silent.rule("drive", undo=never("the room has read them"))
def turn_all(board: Board, cmd: TurnAll, asked: Asked) -> Edits:
    """P2.2: all notes at once, rewritten in the order of their random ids (A4)."""
    workshop = workshop_of(board, asked)
    _turns_over(board, cmd.activity, asked)
    edits = _turned(board, cmd.activity, _settled(board, cmd.activity, asked))
    return edits | put(wall_of(board, workshop.id).with_(forward=None, join=False))


@silent.rule("drive", undo=never("the room has seen them hang"))
def let_in_late(board: Board, cmd: LetInLate, asked: Asked) -> Edits:
    """R13: late notes are hung up together, as if they had come in time."""
    workshop_of(board, asked)
    writing = writing_of(board, cmd.activity)
    late = sorted(board.of(LateNote, cmd.activity).values(), key=lambda note: note.id)
    let_in = writing.with_(letting_in=True)
    if not late:
        return put(let_in)
    # Still open on paper, though its time is up: then they lie among the others, face down.
    face = {"open": "down", "stopped": "stopped", "turned": "up"}[writing.state]
    hung = [Note.model_validate(n.model_dump(exclude={"kind"}) | {"face": face}) for n in late]
    edits = _rewritten(board, cmd.activity) | put(*hung)
    return (edits | put(counted(board, let_in, edits))).leaving(Traces.PAGES)


@silent.rule("drive", undo=never("paper notes are deleted instead"))
def add_paper(board: Board, cmd: AddPaper, asked: Asked) -> Edits:
    """P2.1: notes from those without a phone lie among the others, unmarked."""
    workshop_of(board, asked)
    item, settings = _written(board, cmd.activity, asked)
    writing = writing_of(board, item.id)
    _hangs(settings, cmd.poster)
    face = {"open": "down", "stopped": "stopped", "turned": "up"}[writing.state]
    if settings.in_turn:
        # Who has no phone tells it, and it is typed in as it is hung up.
        if writing.state == "open":
            raise Refused("in_turn")
        face = "up"
    if board.count(Note, item.id) + len(cmd.texts) > MOST_NOTES:
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
    edits = put(*sorted(typed, key=lambda note: note.id))
    return edits if writing.state == "open" else edits | put(counted(board, writing, edits))


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
    """A13: the words that name somebody are replaced, and the old text is scrubbed."""
    workshop_of(board, asked)
    note = _lying(board, cmd.note, cmd.base)
    # An edit that waits would bring back what is masked.
    dropped = remove(_pending_id(note.id))
    return (put(note.with_(text=cmd.text, edited=True)) | dropped).leaving(Traces.LOG)


@silent.rule("lead", undo=never("deleted is deleted (A5)"))
def delete(board: Board, cmd: DeleteNote, asked: Asked) -> Edits:
    """A5: gone from the board, the file and every screen."""
    workshop_of(board, asked)
    note = board.one(Note, cmd.note)
    if note.face == "down":
        raise Refused("unknown")
    gone = _without(board, note.activity, [note.id]) | remove(_pending_id(note.id))
    return gone.leaving(Traces.LOG)


@silent.rule("lead", undo=never("deleted is deleted (A5)"))
def delete_many(board: Board, cmd: DeleteMany, asked: Asked) -> Edits:
    """A5, F6: a flood is taken away in one go; what is gone already does not keep the rest from going."""
    workshop_of(board, asked)
    lying: dict[str, list[str]] = {}
    for id in dict.fromkeys(cmd.notes):
        note = board.find(Note, id)
        if note is not None and note.face != "down":
            lying.setdefault(note.activity, []).append(id)
    if not lying:
        board.one(Note, cmd.notes[0])
        raise Refused("unknown")
    gone = remove(*(_pending_id(id) for ids in lying.values() for id in ids))
    for activity, ids in lying.items():
        gone |= _without(board, activity, ids)
    return gone.leaving(Traces.LOG)


# -- what falls due ----------------------------------------------------------------------------------------


@silent.due
def due(board: Board) -> Iterator[Due]:
    """E6, A11: batches of cards, batches of edits, the end of the clock."""
    for writing in board.every(Writing).values():
        waiting = _waiting_cards(board, writing)
        edits = board.count(Pending, writing.activity)
        if waiting:
            yield Due(MoveCards(type="notes.move_cards", activity=writing.activity), after=OLDEST)
        if waiting >= BATCH:
            move = MoveCards(type="notes.move_cards", activity=writing.activity)
            yield Due(move, at=writing.moved_at + BETWEEN)
        if edits:
            merge = MergePending(type="notes.merge_pending", activity=writing.activity)
            yield Due(merge, after=BETWEEN if edits >= BATCH else OLDEST)
        ends = _ends_at(board, writing)
        if ends is not None:
            yield Due(TimeIsUp(type="notes.time_is_up", activity=writing.activity), at=ends)


@silent.rule("server")
def move_cards(board: Board, cmd: MoveCards, asked: Asked) -> Edits:
    """A11: the room learns of new cards in batches, so that no tap can be matched with a card."""
    writing = writing_of(board, cmd.activity)
    waiting = _waiting_cards(board, writing)
    if not waiting or asked.now < writing.moved_at + (BETWEEN if waiting >= BATCH else OLDEST):
        raise Refused("nothing_due")
    return put(counted(board, writing).with_(moved_at=asked.now))


@silent.rule("server")
def merge_pending(board: Board, cmd: MergePending, _asked: Asked) -> Edits:
    """A11: edits and deletions after the stop reach the wall together."""
    edits = _merged(board, cmd.activity)
    if not edits.puts:
        raise Refused("nothing_due")
    return edits


@silent.rule("server")
def time_is_up(board: Board, cmd: TimeIsUp, asked: Asked) -> Edits:
    """P2.1: after the clock and its grace writing stops by itself. A4: so does what was abandoned."""
    writing = writing_of(board, cmd.activity)
    ends = _ends_at(board, writing)
    if ends is None or asked.now < ends:
        raise Refused("nothing_due")
    if writing.state == "open":
        return stopped(board, cmd.activity, asked)
    # Late notes that nobody let in.
    return (_rewritten(board, cmd.activity) | put(writing.with_(moved_at=0))).leaving(Traces.PAGES)


# -- coming and going --------------------------------------------------------------------------------------


def opens_for_writing(kind: Activity) -> None:
    """People write notes in items of this kind, whose settings are `WritingSettings`."""
    kind.enter(enter)
    kind.leave(leave)


def enter(board: Board, item: str, asked: Asked) -> Edits:
    """P2.1: the question is up and the phones are open; coming back changes nothing (E7)."""
    _, settings = _written(board, item, asked)
    id = _writing_id(item)
    if board.find(Writing, id) or not settings.ready:
        return NOTHING
    return put(Writing(id=id, activity=item))


def leave(board: Board, item: str, asked: Asked) -> Edits:
    """A4: whatever ends the activity stops the writing and rewrites the notes, turned over or not."""
    writing = board.find(Writing, _writing_id(item))
    if writing is None:
        return NOTHING
    # What was open is rewritten by stopping it; otherwise edits that wait are merged, and all is rewritten.
    edits = _rewritten(board, item) | _settled(board, item, asked)
    state = "stopped" if writing.state == "open" else writing.state
    moved = counted(board, writing.with_(state=state, moved_at=0), edits)
    return (edits | put(moved) | timer_stopped(board, item)).leaving(Traces.PAGES)


# -- helpers -----------------------------------------------------------------------------------------------


def _writing_id(activity: str) -> str:
    return f"writing:{activity}"


def _pending_id(note: str) -> str:
    return f"pending:{note}"


def writing_of(board: Board, activity: str) -> Writing:
    """How far an item's writing has come; refuses `not_open` where nobody has written yet."""
    writing = board.find(Writing, _writing_id(activity))
    if writing is None:
        raise Refused("not_open")
    return writing


def _written(board: Board, id: str, asked: Asked) -> tuple[Item, WritingSettings]:
    """The item with its settings, if it is one that notes are written in; any other is unknown."""
    item = board.one(Item, id)
    settings = asked.kinds.settings_of(item.activity).model_validate(item.settings)
    if not isinstance(settings, WritingSettings):
        raise Refused("unknown")
    return item, settings


def _turns_over(board: Board, activity: str, asked: Asked) -> None:
    """P2.2: where people tell in turn, nobody else shows what they wrote."""
    if _written(board, activity, asked)[1].in_turn:
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
    """When this comes to its end by itself: its clock has run out, or nobody has come back to it (A4)."""
    ends = [writing.moved_at + ABANDONED] if writing.moved_at else []
    clock = timer_of(board, writing.activity)
    if writing.state == "open" and clock and clock.state == "running" and clock.ends_at is not None:
        ends.append(clock.ends_at + _grace(board.one(Item, writing.activity)))
    return min(ends, default=None)


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


def _written_before(record: Record, cmd: WriteNote) -> Edits:
    if isinstance(record, Gone):
        raise Refused("gone")
    if not isinstance(record, Note | LateNote) or not proves(cmd.secret, record.secret_hash):
        raise Refused("taken")
    now = (record.activity, record.poster, record.text)
    if now != (cmd.activity, cmd.poster, _cleaned(cmd.text).text):
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
    note = board.at(Note, id, base)
    if note.face == "down":
        # A16: while people write, the desk cannot even act on a note it should not know.
        raise Refused("unknown")
    return note


def _waiting_cards(board: Board, writing: Writing) -> int:
    late = abs(board.count(LateNote, writing.activity) - writing.late)
    return abs(board.count(Note, writing.activity) - writing.cards) + late


def counted(board: Board, writing: Writing, edits: Edits = NOTHING) -> Writing:
    """What the room may know, as it will be with these edits; how many on which poster only after the stop.

    A11: while people write, a card that came alone would tell on which poster its writer's note hangs.
    """
    notes = list(_all_notes(board, writing.activity, edits))
    waiting = board.of(LateNote, writing.activity).items()
    late = sum(1 for id, note in waiting if isinstance(edits.puts.get(id, note), LateNote))
    stopped = writing.state != "open"
    posters = Counter(note.poster for note in notes if stopped and note.poster is not None)
    return writing.with_(cards=len(notes), late=late, posters=dict(sorted(posters.items())))


def _all_notes(board: Board, activity: str, edits: Edits) -> Iterator[Note]:
    """The notes as they will be with these edits."""
    for record in {**board.of(Note, activity), **edits.puts}.values():
        if isinstance(record, Note) and record.activity == activity:
            yield record


def _rewritten(board: Board, activity: str) -> Edits:
    """A4: every anonymous record of the activity, tombstones too, put again in the order of its random id."""
    kinds: tuple[type[Record], ...] = (Note, LateNote, Pending, Gone)
    records = [record for kind in kinds for record in board.of(kind, activity).values()]
    return put(*sorted(records, key=lambda record: record.id))


def _settled(board: Board, activity: str, asked: Asked) -> Edits:
    """Before notes are shown: writing is stopped, and what its authors changed or took away since is so."""
    still_open = writing_of(board, activity).state == "open"
    return stopped(board, activity, asked) if still_open else _merged(board, activity)


def stopped(board: Board, activity: str, asked: Asked) -> Edits:
    """Writing is over. E10: what opens the notes to the desk rewrites them, in random order under one seq.

    P2.2: where people tell in turn, the desk may not look through what lies there either.
    """
    writing = writing_of(board, activity)
    if writing.state != "open":
        return NOTHING
    face = "down" if _written(board, activity, asked)[1].in_turn else "stopped"
    rewritten = {
        id: record.with_(face=face) if isinstance(record, Note) else record
        for id, record in _rewritten(board, activity).puts.items()
    }
    moved = counted(board, writing.with_(state="stopped", moved_at=0))
    edits = Edits({**rewritten, moved.id: moved}, traces=Traces.PAGES)
    return edits | timer_stopped(board, activity)


def _turned(board: Board, activity: str, before: Edits) -> Edits:
    writing = writing_of(board, activity)
    again = {**_rewritten(board, activity).puts, **before.puts}
    for id, record in again.items():
        # Hidden ones are turned with the rest, without text: showing one later needs no second turning.
        if isinstance(record, Note):
            again[id] = record.with_(face="up")
    moved = counted(board, writing.with_(state="turned", moved_at=0), before)
    return before | Edits({**again, moved.id: moved}, traces=Traces.PAGES)


def _merged(board: Board, activity: str) -> Edits:
    """The pending edits taken over, with their own records removed."""
    waiting = sorted(board.of(Pending, activity).values(), key=lambda pending: pending.id)
    if not waiting:
        return NOTHING
    gone = [pending.note for pending in waiting if pending.text is None]
    edits = _without(board, activity, gone)
    for pending in waiting:
        note = board.find(Note, pending.note)
        if note is not None and pending.text is not None:
            edits |= put(note.with_(text=pending.text, rev=pending.rev, edited=True))
    return (edits | remove(*(pending.id for pending in waiting))).leaving(Traces.LOG)


def _without(board: Board, activity: str, gone: list[str]) -> Edits:
    present = [id for id in gone if board.find(Note, id)]
    if not present:
        return NOTHING
    # P4.4: what the room answered to a proposal goes with it, and its mark for the plan.
    under = [how.id for id in present for _, how in chain_under(board, id)]
    marks = [picked_id(id) for id in present if board.find(Picked, picked_id(id))]
    edits = remove(*present, *under, *marks)
    return edits | put(counted(board, writing_of(board, activity), edits))

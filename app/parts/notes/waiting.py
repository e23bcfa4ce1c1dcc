"""A11: which notes the room has been shown, what is waiting, and when it is shown.

Cards added or removed while people write wait, and after the stop so do late notes, edits and deletions. A
tick shows them once there are enough (`app/engine/ticks.py`); the stop shows all cards; turning over applies
what is waiting on the notes it turns, and the end applies the rest. Nothing else does.

U2: writing that was stopped may be reopened. What is written from then on is treated like late notes that are
let in: counted at ticks, shown to the desk at a tick after the next stop, turned over with the others.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from app.engine.agenda import Item, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, Traces, put
from app.engine.records import Board, Gone, Record
from app.engine.ticks import TOGETHER
from app.engine.timer import going_on, left_of, stopped as timer_stopped
from app.parts.notes.messages import LateNote, Pending, Writing, WritingSettings
from app.parts.notes.records import Note, notes_part
from app.parts.proposals import Picked, chain_under, picked_id

#: The face of a note that is added later, by the state of the writing.
FACES = {"open": "down", "stopped": "stopped", "turned": "up"}

Puts = Mapping[str, Record | None]


@notes_part.public_id
def writing_id(activity: str) -> str:
    """The id of an item's writing."""
    return f"writing:{activity}"


def pending_id(note: str) -> str:
    """The id of a note's waiting change."""
    return f"pending:{note}"


def writing_of(board: Board, activity: str) -> Writing:
    """The state of an item's writing; refuses `not_open` if it never opened."""
    writing = board.find(Writing, writing_id(activity))
    if writing is None:
        raise Refused("not_open")
    return writing


def is_told(board: Board, activity: str) -> bool:
    """Whether the room knows of any note of an item. Refusals and reports may depend on nothing else (F8)."""
    writing = board.find(Writing, writing_id(activity))
    if writing is not None and writing.cards + writing.late:
        return True
    return any(note.face != "down" for note in board.of(Note, activity).values())


def written(board: Board, id: str, asked: Asked) -> tuple[Item, WritingSettings]:
    """The item with its settings, if people write notes in it; any other is unknown."""
    item = board.one(Item, id)
    settings = asked.kinds.settings_of(item.activity).model_validate(item.settings)
    if not isinstance(settings, WritingSettings):
        raise Refused("unknown")
    return item, settings


# -- what is told --------------------------------------------------------------------------------------------


def counted(writing: Writing, came: Iterable[Note] = (), gone: Iterable[Note] = ()) -> Writing:
    """The numbers after notes are added or removed openly; per poster only after the stop.

    A11: while people write, a single new card would reveal the poster of its author's note.
    """
    came, gone = list(came), list(gone)
    posters = Counter(writing.posters)
    if writing.state != "open":
        posters.update(note.poster for note in came if note.poster is not None)
        posters.subtract(note.poster for note in gone if note.poster is not None)
    left = {poster: many for poster, many in sorted(posters.items()) if many > 0}
    return writing.with_(cards=max(0, writing.cards + len(came) - len(gone)), posters=left)


def is_due(board: Board, writing: Writing) -> bool:
    """Whether enough is waiting for a tick to tell it."""
    return (
        abs(_untold_cards(board, writing)) >= TOGETHER
        or abs(_untold_late(board, writing)) >= TOGETHER
        or _opens(board, writing)
    )


def at_tick(board: Board, writing: Writing) -> Edits:
    """What a tick shows: cards, the number of late notes, and waiting changes, each if there are enough."""
    now, cards, late = writing, _untold_cards(board, writing), _untold_late(board, writing)
    if abs(cards) >= TOGETHER:
        now = now.with_(cards=now.cards + cards)
    if _opens(board, writing):
        return opened(board, now, board.of(Pending, writing.activity).values())
    if abs(late) >= TOGETHER:
        now = now.with_(late=now.late + late)
    return put(now) if now != writing else NOTHING


def opened(board: Board, writing: Writing, waiting: Iterable[Pending]) -> Edits:
    """Apply these edits and deletions and put up late notes, if those are let in."""
    taken = _taken_over(board, waiting)
    gone = [note for id in taken if taken[id] is None and (note := board.find(Note, id))]
    hung = _hung(board, writing)
    now = counted(writing, came=hung, gone=gone)
    edits = Edits({**taken, **put(now).puts}).leaving(Traces.LOG if taken else Traces.NONE)
    if not hung:
        return edits
    # They are mixed in with the others, as if they had been in time.
    again = Edits(rewritten(board, writing.activity).puts, traces=Traces.PAGES)
    return again | put(*hung) | edits | put(now.with_(late=0))


def without(board: Board, activity: str, ids: Iterable[str]) -> Edits:
    """Remove these notes of an item openly, with everything attached to them."""
    present = [note for id in ids if (note := board.find(Note, id))]
    if not present:
        return NOTHING
    now = counted(writing_of(board, activity), gone=present)
    return Edits(_removed(board, present)) | put(now)


def _untold_cards(board: Board, writing: Writing) -> int:
    # Notes that drivers add or remove are shown at once, so the difference is what phones did.
    return board.count(Note, writing.activity) - writing.cards


def _untold_late(board: Board, writing: Writing) -> int:
    return board.count(LateNote, writing.activity) - writing.late


def _opens(board: Board, writing: Writing) -> bool:
    if writing.again and writing.state == "open":
        # A16: while people write, neither further notes nor their changes can be read.
        return False
    waiting = board.count(Pending, writing.activity)
    late = board.count(LateNote, writing.activity) if writing.letting_in else 0
    if writing.again and 0 < waiting + abs(_untold_late(board, writing)) < TOGETHER:
        # Some were counted while writing was open: counting only the rest would tell them one by one.
        return False
    return waiting + late >= TOGETHER


def _hung(board: Board, writing: Writing) -> list[Note]:
    if not writing.letting_in:
        return []
    late = sorted(board.of(LateNote, writing.activity).values(), key=lambda note: note.id)
    face = FACES[writing.state]
    return [Note.model_validate(n.model_dump(exclude={"kind"}) | {"face": face}) for n in late]


def _taken_over(board: Board, waiting: Iterable[Pending]) -> dict[str, Record | None]:
    """The notes as their authors changed them, or None, with the waiting changes removed."""
    edits: dict[str, Record | None] = {}
    for pending in sorted(waiting, key=lambda pending: pending.id):
        note = board.find(Note, pending.note)
        edits[pending.id] = None
        if note is not None and pending.text is None:
            edits |= _removed(board, [note])
        elif note is not None:
            edits[note.id] = note.with_(text=pending.text, rev=pending.rev, edited=True, masked=False)
    return edits


def _removed(board: Board, notes: Iterable[Note]) -> dict[str, Record | None]:
    ids = [note.id for note in notes]
    # P4.4: the room's answers to a proposal are removed with it, and so is its mark for the plan.
    under = [how.id for id in ids for _, how in chain_under(board, id)]
    marks = [picked_id(id) for id in ids if board.find(Picked, picked_id(id))]
    return dict.fromkeys([*ids, *under, *marks])


# -- the stop, turning over, the end -----------------------------------------------------------------------


def rewritten(board: Board, activity: str) -> Edits:
    """A4: every anonymous record of the activity, tombstones too, put again in the order of its random id."""
    kinds: tuple[type[Record], ...] = (Note, LateNote, Pending, Gone)
    records = [record for kind in kinds for record in board.of(kind, activity).values()]
    return put(*sorted(records, key=lambda record: record.id))


def stopped(board: Board, activity: str, asked: Asked) -> Edits:
    """End writing and tell all cards. Does nothing if it is over already.

    E10: opening the notes to the desk rewrites them, in random order under one seq. P2.2: when people tell in
    turn, the desk may not look through them either.
    """
    writing = writing_of(board, activity)
    if writing.state != "open":
        return NOTHING
    face = "down" if written(board, activity, asked)[1].in_turn else "stopped"
    again = {
        id: record.with_(face=face) if isinstance(record, Note) else record
        for id, record in rewritten(board, activity).puts.items()
    }
    left = left_of(board, activity, asked.now)
    over = writing.with_(state="stopped", cards=0, posters={}, left=left)
    now = counted(over, came=board.of(Note, activity).values())
    if writing.again:
        # All cards were told at the first stop; since then only ticks tell.
        now = now.with_(cards=writing.cards)
    edits = Edits({**again, now.id: now}, traces=Traces.PAGES)
    return edits | timer_stopped(board, activity)


def opened_again(board: Board, activity: str, asked: Asked) -> Edits:
    """U2: people continue where they were stopped, and the clock runs on with the time it had left.

    What was shown stays shown: the cards of the first stop still count, and the desk may keep reading them. A
    stop does not show what is written from now on: see the module's docstring.
    """
    writing = writing_of(board, activity)
    if writing.state == "open":
        return NOTHING
    if writing.state == "turned" or any(note.face == "up" for note in board.of(Note, activity).values()):
        raise Refused("turned")
    if workshop_of(board, asked).live != activity:
        raise Refused("not_live")
    again = writing.with_(state="open", again=True, letting_in=True, posters={}, left=0)
    edits = Edits({**rewritten(board, activity).puts, again.id: again}, traces=Traces.PAGES)
    return edits | going_on(board, activity, writing.left, asked.now)


def turned(board: Board, activity: str, before: Edits) -> Edits:
    """Turn over all face-down notes, with their waiting changes and, if they are let in, the late notes.

    A5: nobody should hear a note read aloud that they deleted. Changes to notes already up keep waiting,
    since those are not turned. `before` is the stop, if writing was open until now.
    """
    lying = {note.id for note in notes_with(board, activity, before.puts) if note.face != "up"}
    waiting = [one for one in board.of(Pending, activity).values() if one.note in lying]
    writing = before.puts.get(writing_id(activity)) or writing_of(board, activity)
    assert isinstance(writing, Writing)
    taken = opened(board, writing.with_(state="turned", again=False), waiting)
    puts = {**rewritten(board, activity).puts, **before.puts, **taken.puts}
    for id, record in puts.items():
        # Hidden ones are turned with the rest, without text, so showing one later needs no second turn.
        if isinstance(record, Note):
            puts[id] = record.with_(face="up")
    return Edits(puts, traces=Traces.PAGES)


def taken_along(board: Board, note: Note) -> Edits:
    """A5: turn over a single note, with its waiting edit."""
    waiting = board.find(Pending, pending_id(note.id))
    taken = _taken_over(board, [waiting] if waiting else [])
    now = taken.get(note.id) or note
    assert isinstance(now, Note)
    return Edits({**taken, note.id: now.with_(face="up")}).leaving(Traces.LOG if taken else Traces.NONE)


def to_be_gone(board: Board, note: str) -> bool:
    """Whether its author's deletion of the note is waiting."""
    waiting = board.find(Pending, pending_id(note))
    return waiting is not None and waiting.text is None


def notes_with(board: Board, activity: str, puts: Puts) -> Iterator[Note]:
    """The notes of an item as they will be with these edits."""
    for record in {**board.of(Note, activity), **puts}.values():
        if isinstance(record, Note) and record.activity == activity:
            yield record

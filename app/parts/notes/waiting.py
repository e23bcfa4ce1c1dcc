"""A11: what of the notes the room has been told, what waits, and the moments at which it is told.

Cards written or taken away while people write, and after the stop late notes, edits and deletions, wait. A
tick tells them when enough came together (`app/engine/ticks.py`); the stop tells all cards; turning over
takes along what waits on the notes it turns, and the end takes over the rest. Nothing else does.

U2: writing that was stopped may be opened again. What is written from then on lies with the late notes, let
in: counted at ticks, opened to the desk at a tick after the next stop, turned over with the others.
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

#: How a note that comes in after the others lies, by the state of the writing.
FACES = {"open": "down", "stopped": "stopped", "turned": "up"}

Puts = Mapping[str, Record | None]


@notes_part.public_id
def writing_id(activity: str) -> str:
    """The id of an item's writing."""
    return f"writing:{activity}"


def pending_id(note: str) -> str:
    """The id of what waits to be done to a note."""
    return f"pending:{note}"


def writing_of(board: Board, activity: str) -> Writing:
    """How far an item's writing has come; refuses `not_open` where nobody has written yet."""
    writing = board.find(Writing, writing_id(activity))
    if writing is None:
        raise Refused("not_open")
    return writing


def is_told(board: Board, activity: str) -> bool:
    """Whether the room knows of any note of an item. What refuses or reports may read nothing else (F8)."""
    writing = board.find(Writing, writing_id(activity))
    if writing is not None and writing.cards + writing.late:
        return True
    return any(note.face != "down" for note in board.of(Note, activity).values())


def written(board: Board, id: str, asked: Asked) -> tuple[Item, WritingSettings]:
    """The item with its settings, if it is one that notes are written in; any other is unknown."""
    item = board.one(Item, id)
    settings = asked.kinds.settings_of(item.activity).model_validate(item.settings)
    if not isinstance(settings, WritingSettings):
        raise Refused("unknown")
    return item, settings


# -- what is told --------------------------------------------------------------------------------------------


def counted(writing: Writing, came: Iterable[Note] = (), gone: Iterable[Note] = ()) -> Writing:
    """The numbers with notes that come or go in front of everybody; on which poster only after the stop.

    A11: while people write, a card that came alone would tell on which poster its writer's note hangs.
    """
    came, gone = list(came), list(gone)
    posters = Counter(writing.posters)
    if writing.state != "open":
        posters.update(note.poster for note in came if note.poster is not None)
        posters.subtract(note.poster for note in gone if note.poster is not None)
    left = {poster: many for poster, many in sorted(posters.items()) if many > 0}
    return writing.with_(cards=max(0, writing.cards + len(came) - len(gone)), posters=left)


def is_due(board: Board, writing: Writing) -> bool:
    """Whether enough waits for a tick to tell it."""
    return (
        abs(_untold_cards(board, writing)) >= TOGETHER
        or abs(_untold_late(board, writing)) >= TOGETHER
        or _opens(board, writing)
    )


def at_tick(board: Board, writing: Writing) -> Edits:
    """What a tick tells: cards, the number of late notes, and what waits, each if enough are there."""
    now, cards, late = writing, _untold_cards(board, writing), _untold_late(board, writing)
    if abs(cards) >= TOGETHER:
        now = now.with_(cards=now.cards + cards)
    if _opens(board, writing):
        return opened(board, now, board.of(Pending, writing.activity).values())
    if abs(late) >= TOGETHER:
        now = now.with_(late=now.late + late)
    return put(now) if now != writing else NOTHING


def opened(board: Board, writing: Writing, waiting: Iterable[Pending]) -> Edits:
    """These edits and deletions are taken over and, where they are let in, late notes hung up with them."""
    taken = _taken_over(board, waiting)
    gone = [note for id in taken if taken[id] is None and (note := board.find(Note, id))]
    hung = _hung(board, writing)
    now = counted(writing, came=hung, gone=gone)
    edits = Edits({**taken, **put(now).puts}).leaving(Traces.LOG if taken else Traces.NONE)
    if not hung:
        return edits
    # They hang among the others, as if they had come in time.
    again = Edits(rewritten(board, writing.activity).puts, traces=Traces.PAGES)
    return again | put(*hung) | edits | put(now.with_(late=0))


def without(board: Board, activity: str, ids: Iterable[str]) -> Edits:
    """These notes of an item are removed in front of everybody, with what hangs under them."""
    present = [note for id in ids if (note := board.find(Note, id))]
    if not present:
        return NOTHING
    now = counted(writing_of(board, activity), gone=present)
    return Edits(_removed(board, present)) | put(now)


def _untold_cards(board: Board, writing: Writing) -> int:
    # Every note that drivers type in or take away is told at once, so the difference is what phones did.
    return board.count(Note, writing.activity) - writing.cards


def _untold_late(board: Board, writing: Writing) -> int:
    return board.count(LateNote, writing.activity) - writing.late


def _opens(board: Board, writing: Writing) -> bool:
    if writing.again and writing.state == "open":
        # A16: nothing more can be read while people write, nor how it is changed.
        return False
    waiting = board.count(Pending, writing.activity)
    late = board.count(LateNote, writing.activity) if writing.letting_in else 0
    if writing.again and 0 < waiting + abs(_untold_late(board, writing)) < TOGETHER:
        # Some of it was counted while writing was open: the rest alone would be told one by one.
        return False
    return waiting + late >= TOGETHER


def _hung(board: Board, writing: Writing) -> list[Note]:
    if not writing.letting_in:
        return []
    late = sorted(board.of(LateNote, writing.activity).values(), key=lambda note: note.id)
    face = FACES[writing.state]
    return [Note.model_validate(n.model_dump(exclude={"kind"}) | {"face": face}) for n in late]


def _taken_over(board: Board, waiting: Iterable[Pending]) -> dict[str, Record | None]:
    """The notes as their authors have changed them, or None; and what waited is removed."""
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
    # P4.4: what the room answered to a proposal goes with it, and its mark for the plan.
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
    """Writing is over, and all cards are told. Nothing when it is over already.

    E10: what opens the notes to the desk rewrites them, in random order under one seq. P2.2: where people
    tell in turn, the desk may not look through what lies there either.
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
    """U2: people write on where they were stopped, and the clock goes on with what it had left.

    Nothing that was told is taken back: the cards of the first stop stay told, and the desk may go on reading
    them. Nothing that is written now is told by a stop: see the head of this module.
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
    """What lies face down is turned over, with what waits on it and, where they are let in, the late notes.

    A5: nobody must hear read aloud what they have taken away. What waits on notes that hang already goes on
    waiting: they are not what is turned. `before` is the stop, where writing was open until now.
    """
    lying = {note.id for note in notes_with(board, activity, before.puts) if note.face != "up"}
    waiting = [one for one in board.of(Pending, activity).values() if one.note in lying]
    writing = before.puts.get(writing_id(activity)) or writing_of(board, activity)
    assert isinstance(writing, Writing)
    taken = opened(board, writing.with_(state="turned", again=False), waiting)
    puts = {**rewritten(board, activity).puts, **before.puts, **taken.puts}
    for id, record in puts.items():
        # Hidden ones are turned with the rest, without text: showing one later needs no second turning.
        if isinstance(record, Note):
            puts[id] = record.with_(face="up")
    return Edits(puts, traces=Traces.PAGES)


def taken_along(board: Board, note: Note) -> Edits:
    """A5: a note that is turned over by itself, with the edit that waits on it."""
    waiting = board.find(Pending, pending_id(note.id))
    taken = _taken_over(board, [waiting] if waiting else [])
    now = taken.get(note.id) or note
    assert isinstance(now, Note)
    return Edits({**taken, note.id: now.with_(face="up")}).leaving(Traces.LOG if taken else Traces.NONE)


def to_be_gone(board: Board, note: str) -> bool:
    """Whether its author has taken the note away, and that waits."""
    waiting = board.find(Pending, pending_id(note))
    return waiting is not None and waiting.text is None


def notes_with(board: Board, activity: str, puts: Puts) -> Iterator[Note]:
    """The notes of an item as they will be with these edits."""
    for record in {**board.of(Note, activity), **puts}.values():
        if isinstance(record, Note) and record.activity == activity:
            yield record

"""What becomes of notes when their workshop ends: what the room was shown stays, and nothing else (F4)."""

from app.board.commands import Asked
from app.board.edits import NOTHING, Edits, put
from app.board.records import Board, Record
from app.board.shared_records import Note, Picked, chain_under, picked_id
from app.board.writing.messages import LateNote, Pending, Writing


def finish(board: Board, item: str, _asked: Asked) -> Edits:
    """F4, A5: what authors changed last is so; late notes go up if they were let in; the rest is not kept."""
    writing = board.find(Writing, f"writing:{item}")
    if writing is None:
        return NOTHING
    notes: dict[str, Note | None] = dict(board.of(Note, item))
    for pending in board.of(Pending, item).values():
        note = notes.get(pending.note)
        if note is not None:
            change = {"text": pending.text, "rev": pending.rev, "edited": True}
            notes[note.id] = None if pending.text is None else note.with_(**change)
    if writing.letting_in and writing.state == "turned":
        notes |= {late.id: _hung(late) for late in board.of(LateNote, item).values()}
    # How many there were is what the room was told; without one that hangs it says that none was shown.
    cards = sum(note is not None for note in notes.values())
    state: Record = Writing(
        id=writing.id,
        activity=item,
        state="stopped" if writing.state == "open" else writing.state,
        cards=cards if any(note != board.find(Note, id) for id, note in notes.items()) else writing.cards,
    )
    puts: dict[str, Record | None] = {id: None for kind in (Pending, LateNote) for id in board.of(kind, item)}
    for id, note in notes.items():
        up = note if note is not None and note.face == "up" else None
        if up != board.find(Note, id):
            puts[id] = up
        if up is None:
            # P4.4: what the room answered to a proposal goes with it, and its mark for the plan.
            puts |= {how.id: None for _, how in chain_under(board, id)}
            puts |= {picked_id(id): None} if board.find(Picked, picked_id(id)) else {}
    changed = Edits(puts)
    return changed if state == writing else changed | put(state)


def written(board: Board, item: str) -> bool:
    """Whether the room knows that notes were written, shown or not."""
    writing = board.find(Writing, f"writing:{item}")
    return writing is not None and writing.cards > 0


def _hung(late: LateNote) -> Note:
    return Note.model_validate(late.model_dump(exclude={"kind"}) | {"face": "up"})

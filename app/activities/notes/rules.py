"""P2.1, P2.4: a question is open for notes while it is up; what may happen then is in `parts/notes`.

P2.2, in turn: the turn is passed, and people put up their own notes when they have it.
"""

from app.activities.notes.messages import HangUp, NotesSettings, PassWord, Telling, notes, telling_id
from app.engine.activity import never
from app.engine.agenda import item_of, settings_of, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, put
from app.engine.proof import proves
from app.engine.records import Board, Gone
from app.engine.wall import wall_of
from app.parts.notes.records import Note
from app.parts.notes.waiting import stopped


@notes.rule("drive", undo=never("somebody has the word"))
def pass_word(board: Board, cmd: PassWord, asked: Asked) -> Edits:
    """P2.2: passes the turn. The room can see to whom; it is stored nowhere."""
    workshop = workshop_of(board, asked)
    item = _in_turn(board, cmd.activity)
    over = stopped(board, item, asked)
    known = board.find(Telling, telling_id(item))
    telling = Telling(id=telling_id(item), activity=item, turn=known.turn + 1 if known else 1)
    return over | put(telling, wall_of(board, workshop.id).with_(forward=None, join=False))


@notes.rule("write")
def hang_up(board: Board, cmd: HangUp, asked: Asked) -> Edits:
    """P2.2: authors put up their own note, in sight of the room; it is brought forward while they tell."""
    workshop = workshop_of(board, asked)
    item = _in_turn(board, cmd.activity)
    note = _mine(board, cmd)
    if note.face == "up":
        return NOTHING
    if workshop.live != item or board.find(Telling, telling_id(item)) is None:
        raise Refused("not_open")
    # This is done in sight, so it need not wait for others (A11). The number of cards still moves at ticks.
    return put(note.with_(face="up"), wall_of(board, workshop.id).with_(forward=note.id, join=False))


def _in_turn(board: Board, id: str) -> str:
    item = item_of(board, id, notes.name)
    settings: NotesSettings = settings_of(board, item.id, NotesSettings)
    if not settings.in_turn:
        raise Refused("unknown")
    return item.id


def _mine(board: Board, cmd: HangUp) -> Note:
    held = board.held(cmd.note)
    record = held.record if held else None
    if isinstance(record, Gone):
        raise Refused("gone")
    if not isinstance(record, Note) or record.activity != cmd.activity:
        raise Refused("unknown")
    if not proves(cmd.secret, record.secret_hash):
        raise Refused("not_yours")
    return record

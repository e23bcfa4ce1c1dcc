"""P1.1: the leader's why, part by part."""

from app.activities.why.messages import WriteWhy, why
from app.engine.activity import inverse
from app.engine.agenda import item_of, workshop_of
from app.engine.commands import Asked
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board
from app.parts.why import Why, why_id


@why.rule("drive", undo=inverse)
def write(board: Board, cmd: WriteWhy, asked: Asked) -> Edits:
    """P1.1: what was seen, what is at stake, why act, which effort, what it gives, how success looks."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, why.name)
    id = why_id(cmd.part)
    known = board.at_or_none(Why, id, cmd.base)
    if not cmd.text:
        return remove(id) if known else NOTHING
    return put(Why(id=id, part=cmd.part, text=cmd.text))

"""P1.1: the leader's why, part by part."""

from app.activities.why.messages import Why, WriteWhy, why, why_id
from app.board.activity import inverse
from app.board.agenda import item_of, workshop_of
from app.board.commands import Asked
from app.board.edits import NOTHING, Edits, put, remove
from app.board.records import Board


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

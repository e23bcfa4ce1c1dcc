"""P3.1: a theme lies in one of the two fields, or in none yet."""

from app.activities.influence.messages import PlaceInfluence, influence
from app.board.activity import inverse
from app.board.agenda import workshop_of
from app.board.commands import Asked
from app.board.edits import NOTHING, Edits, put, remove
from app.board.records import Board
from app.board.shared_records import Influence, Theme, influence_id


@influence.rule("drive", undo=inverse)
def place(board: Board, cmd: PlaceInfluence, asked: Asked) -> Edits:
    """P3.1: the group drags a theme to what can, or cannot, be influenced; placing again replaces (B49)."""
    workshop_of(board, asked)
    theme = board.one(Theme, cmd.theme)
    id = influence_id(theme.id)
    known = board.at_or_none(Influence, id, cmd.base)
    if cmd.field is None:
        return remove(id) if known else NOTHING
    return put(Influence(id=id, theme=theme.id, field=cmd.field))

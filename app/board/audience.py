"""Whether phones see the board: every record of the board says it itself (E10), and none is forgotten."""

from collections.abc import Mapping

from app.board.agenda import Workshop
from app.board.edits import Edits
from app.board.records import Board, Gone, Record
from app.board.shared_records import Audience, BoardRecord


def stamped(board: Board, edits: Edits) -> dict[str, Record | None]:
    """What the edits put, each board record with its audience; all of them, when that changes."""
    before, after = _shown(board, {}), _shown(board, edits.puts)
    puts = dict(edits.puts)
    if before is not after:
        for held in board:
            if isinstance(held.record, BoardRecord):
                puts.setdefault(held.record.id, held.record)
    for id, record in puts.items():
        if isinstance(record, BoardRecord):
            audience: Audience = "all" if after else _afterwards(board, record, edits)
            puts[id] = record if record.audience == audience else record.with_(audience=audience)
    return puts


def _shown(board: Board, puts: Mapping[str, Record | None]) -> bool:
    workshops = {**board.every(Workshop), **puts}.values()
    return any(isinstance(w, Workshop) and w.board_on_phones and w.state == "live" for w in workshops)


def _afterwards(board: Board, record: BoardRecord, edits: Edits) -> Audience:
    """Once told, phones are told what becomes of it; at the end of a workshop everybody starts anew."""
    if edits.prune:
        return "wall"
    held = board.held(record.id)
    before = held.record if held else record
    if isinstance(before, Gone):
        return "left" if "phone" in before.seen_by else "wall"
    return "wall" if getattr(before, "audience", "wall") == "wall" and record.audience == "wall" else "left"

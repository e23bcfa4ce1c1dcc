"""Whether phones see the board: every board record carries that itself (E10)."""

from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from app.engine.agenda import Workshop
from app.engine.edits import Edits
from app.engine.records import Board, Gone, Record

#: wall: phones have not seen it. all: they see it now. left: they did, in a workshop that no longer shows it.
Audience = Literal["wall", "all", "left"]


class BoardRecord(Record):
    """A record of the shared board; phones see it only in a workshop that shows its board on them.

    The room sets `audience` with every change, so that no rule needs to remember.
    """

    stamped: ClassVar[frozenset[str]] = frozenset({"audience"})

    audience: Audience = "wall"

    def closed(self) -> Self | None:
        return self.with_(audience="wall") if self.audience != "wall" else self


def stamped(board: Board, edits: Edits, along: Mapping[str, Record]) -> dict[str, Record | None]:
    """The records put, and what changes along with them, each board record with its audience."""
    before, after = _shown(board, {}), _shown(board, edits.puts)
    puts = {**edits.puts, **along}
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
    """Phones that were sent a record get its changes; at a workshop's end everybody starts over."""
    if edits.prune:
        return "wall"
    held = board.held(record.id)
    before = held.record if held else record
    if isinstance(before, Gone):
        return "left" if "phone" in before.seen_by else "wall"
    return "wall" if getattr(before, "audience", "wall") == "wall" and record.audience == "wall" else "left"

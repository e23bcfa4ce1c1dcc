"""P1.1, W13: why a process works with well-being, part by part, and what success should look like."""

from typing import Literal

from app.engine.audience import BoardRecord
from app.engine.records import Board

#: The parts of a why, in the order in which they are said aloud. The first opens the workshop and the summary
#: (P1.3); the last is not part of the speech: how employees can see that well-being has attention (P1.6).
WhyPart = Literal["headline", "seen", "stake", "act", "effort", "gain", "success", "attention"]
PARTS: tuple[WhyPart, ...] = ("headline", "seen", "stake", "act", "effort", "gain", "success", "attention")


class Why(BoardRecord):
    """One part, in the leader's own words. It belongs to the process, so the next meeting has it too."""

    kind: Literal["why"] = "why"
    part: WhyPart
    text: str


def why_id(part: WhyPart) -> str:
    """The id of a part: there is one of each on a board."""
    return f"why:{part}"


def success_of(board: Board) -> str:
    """W13: what success should look like; empty if nobody wrote it."""
    found = board.find(Why, why_id("success"))
    return found.text if found else ""

"""What the why keeps, and what can be asked of it (P1.1)."""

from typing import Literal

from app.board.activity import Activity, Settings, everybody
from app.board.commands import Base, DriverCommand
from app.board.records import Id
from app.board.shared_records import BoardRecord
from app.board.text import Prose


class WhySettings(Settings):
    """Nothing: a process has one why, whichever meeting shows it."""


why = Activity("why", WhySettings)

#: The parts of a why, in the order in which they are said aloud. The first opens the workshop and the summary
#: (P1.3); the last is not part of the speech: how employees can see that well-being has attention (P1.6).
Part = Literal["headline", "seen", "stake", "act", "effort", "gain", "success", "attention"]
PARTS: tuple[Part, ...] = ("headline", "seen", "stake", "act", "effort", "gain", "success", "attention")


class Why(BoardRecord):
    """One part, in the leader's own words. It belongs to the process, so the next meeting has it."""

    kind: Literal["why"] = "why"
    part: Part
    text: str


why.record(Why, everybody)


def why_id(part: Part) -> str:
    """The id of a part: there is one of each on a board."""
    return f"why:{part}"


class WriteWhy(DriverCommand):
    """Another text for a part; an empty one takes it away."""

    type: Literal["why.write"]
    activity: Id
    part: Part
    base: Base
    text: Prose

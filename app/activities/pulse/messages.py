"""What a pulse keeps, and what can be asked of it.

Its three answers are three anonymous ballots (`app/parts/ballots.py`), each with an id and a secret of its
own and sent separately: nothing links what one phone answered. A phone has one ballot for each of the three
as long as it keeps their ids: people who clear its storage, or use a second phone, can answer twice (2.5).
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.engine.activity import Part, SeenStub, wall_and_desk
from app.engine.agenda import THRESHOLD
from app.engine.audience import BoardRecord
from app.engine.commands import Base, DriverCommand
from app.engine.records import Id, Record, Seen, Viewer
from app.engine.text import Name
from app.parts.by_link import LinkSettings

#: P5.1: the questions on a scale from 1, not at all, to 5, to a high degree; and the open question. In the
#: order of the method: how much more is needed comes first.
SCALES = ("needed", "better")
STEPS = range(1, 6)
MORE = "more"
#: P5.1: the most answers that a facilitator may wait for.
MOST_THRESHOLD = 100

#: P5.1: the periods in months that may be asked about, and the default.
SPANS = (1, 2, 3, 6, 12)
SPAN: Literal[6] = 6


class PulseSettings(LinkSettings):
    """The theme of the item, or None until it is chosen at the start; the server fills in its name.

    `span`: the period in months that the question is about. `threshold`: fewer answers are not shown.
    """

    fixed: ClassVar[frozenset[str]] = frozenset({"theme"})

    theme: Id | None = None
    name: Name = ""
    span: Literal[1, 2, 3, 6, 12] = SPAN
    threshold: Annotated[int, Field(ge=THRESHOLD, le=MOST_THRESHOLD)] = THRESHOLD

    def fresh(self) -> Self:
        return super().fresh().model_copy(update={"theme": None, "name": ""})


pulse = Part("pulse")
pulse.publish(
    PULSE_SCALES=SCALES,
    PULSE_STEPS=tuple(STEPS),
    PULSE_MORE=MORE,
    PULSE_SPANS=SPANS,
    PULSE_SPAN=SPAN,
    MOST_THRESHOLD=MOST_THRESHOLD,
)

#: open: phones may answer. ended: its time is over, nothing was counted. few: closed with too few answers.
#: shown: released.
PulseState = Literal["open", "ended", "few", "shown"]


class Pulse(Record):
    """How far a pulse has come."""

    kind: Literal["pulse"] = "pulse"
    activity: Id
    state: PulseState = "open"
    #: The next midnight, server time in ms: its ballots are rewritten, or it ends (A4). Not told.
    night_at: int

    def closed(self) -> Self | None:
        # Unreleased answers are no longer shown; that there were too few, is.
        return self.with_(night_at=0) if self.state in ("few", "shown") else None


class SeenPulse(Seen):
    """A pulse as every screen sees it."""

    kind: Literal["pulse"] = "pulse"
    activity: Id
    state: PulseState


def pulse_view(record: Pulse, _viewer: Viewer) -> Seen:
    """Everybody knows how far it has come."""
    return SeenPulse(id=record.id, activity=record.activity, state=record.state)


class Distribution(BaseModel):
    """P5.2: how many people answered 1, 2, 3, 4 and 5."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    counts: tuple[int, int, int, int, int]

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """From 1 to 5."""
        return sum(step * count for step, count in zip(STEPS, self.counts, strict=True)) / self.n


class PulseResult(BoardRecord):
    """P5.2: the answers, frozen at the release; questions with too few answers are None, or 0."""

    kind: Literal["pulse_result"] = "pulse_result"
    activity: Id
    theme: Id
    #: What the theme was called then.
    name: str
    #: The day it was released, ISO; nothing finer is kept (A10).
    day: str
    needed: Distribution | None
    better: Distribution | None
    #: How many open answers there were.
    more: int


class PulseAnswer(BoardRecord):
    """P5.2: an open answer as the room reads it: a copy under a new random id, linked to no ballot."""

    kind: Literal["pulse_answer"] = "pulse_answer"
    guarded: ClassVar[frozenset[str]] = frozenset({"text"})
    anonymous: ClassVar[bool] = True

    activity: Id
    text: str
    hidden: bool = False

    def closed(self) -> Self | None:
        # Of what was put aside it is kept only that it was (F4).
        left = super().closed()
        return left.with_(text="") if left and left.hidden and left.text else left


def answer_view(record: PulseAnswer, viewer: Viewer) -> Seen | None:
    """As any record of the board; only the desk gets the text of a hidden one."""
    quiet = record.with_(text="") if record.hidden and viewer != "desk" else record
    return wall_and_desk(quiet, viewer)


pulse.record(Pulse, pulse_view, shows=(SeenPulse,))
pulse.record(PulseResult, wall_and_desk)
pulse.record(PulseAnswer, answer_view, shows=(PulseAnswer, SeenStub))


@pulse.public_id
def pulse_id(activity: str) -> str:
    """The id of an item's pulse."""
    return f"pulse:{activity}"


@pulse.public_id
def pulse_result_id(activity: str) -> str:
    """The id of a pulse's result."""
    return f"pulse_result:{activity}"


class ClosePulse(DriverCommand):
    """Close the answers; what has enough of them is shown."""

    type: Literal["pulse.close"]
    activity: Id


class ReopenPulse(DriverCommand):
    """Reopen the answers; existing ones stay, and can be changed again."""

    type: Literal["pulse.reopen"]
    activity: Id


class HideAnswer(DriverCommand):
    """Hide an open answer."""

    type: Literal["pulse.hide"]
    answer: Id
    base: Base


class ShowAnswer(DriverCommand):
    """Show a hidden answer again."""

    type: Literal["pulse.show"]
    answer: Id
    base: Base


class DeleteAnswer(DriverCommand):
    """Delete an open answer for good, with the ballot it came from."""

    type: Literal["pulse.delete"]
    answer: Id

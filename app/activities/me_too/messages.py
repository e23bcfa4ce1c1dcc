"""What "me too" keeps, and what can be asked of it.

Each tap is a ballot, with an id and a secret of its own, sent separately (`app/parts/ballots.py`): nothing
links the taps of one phone. The room gets one number for all of them, at ticks; what enough people tapped is
shown once, at the close, and then the ballots are removed.
"""

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from app.engine.activity import Part, Settings, everybody, wall_and_desk
from app.engine.audience import BoardRecord
from app.engine.commands import DriverCommand
from app.engine.records import Id, Record
from app.engine.report import Paper

#: What a phone answers to say "me too"; without it the tap is withdrawn.
ALSO, BACK = 1, ""
#: The most things that phones are asked about at once.
MOST_ASKED = 200


class MeTooSettings(Settings):
    """`of` lists the notes activities; empty means all. `what`: their themes, or their notes.

    Phones get the text of notes only if the board is shown on phones.
    """

    fixed: ClassVar[frozenset[str]] = frozenset({"of", "what"})

    of: tuple[Id, ...] = ()
    what: Literal["themes", "notes"] = "themes"


me_too = Part("me_too")
me_too.publish(ALSO=ALSO)


class AskedThing(BaseModel):
    """A theme with its name, or a note without its text, which phones have only if they have the board."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    name: str
    paper: Paper


class MeTooSlate(Record):
    """The questions, as they were when it opened."""

    kind: Literal["me_too_slate"] = "me_too_slate"
    activity: Id
    things: tuple[AskedThing, ...]


class MeTooResult(BoardRecord):
    """How many tapped each thing, frozen at the close; only what enough tapped is included."""

    kind: Literal["me_too_result"] = "me_too_result"
    activity: Id
    counts: dict[Id, int]


me_too.record(MeTooSlate, everybody)
me_too.record(MeTooResult, wall_and_desk)


@me_too.public_id
def me_too_slate_id(activity: str) -> str:
    """The id of the questions in an item."""
    return f"me_too_slate:{activity}"


@me_too.public_id
def me_too_result_id(activity: str) -> str:
    """The id of an item's result."""
    return f"me_too_result:{activity}"


class CloseMeToo(DriverCommand):
    """Close the taps; what has enough of them is shown."""

    type: Literal["me_too.close"]
    activity: Id


class OpenMeToo(DriverCommand):
    """Reopen the taps, if there were too few to show anything."""

    type: Literal["me_too.open"]
    activity: Id

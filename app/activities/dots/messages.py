"""What a dot vote keeps, and what can be asked of it.

**Whose dots are they?** Nobody's. All dots of a phone are one ballot (`app/parts/ballots.py`), anonymous,
with an id and a secret of its own for this one vote: placing dots is one answer to one question, and only a
whole ballot can be limited, or counted towards the voters A12 requires, without knowing a person (2.5). It
does link one phone's dots on several themes. So nobody sees it, it can be changed only from its own phone and
only until the vote closes, and every ballot is removed the moment the sums are released: nothing links the
dots any more (2.2). That is why a counted vote cannot be reopened; the difference of two counts then reveals
nothing (A12). Several ballots by one person are not prevented, as nowhere in 2.5.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.engine.activity import Part, Settings, everybody, wall_and_desk
from app.engine.audience import BoardRecord
from app.engine.commands import DriverCommand
from app.engine.records import Id, Record
from app.parts.themes import AskedTheme

#: The one question of a vote.
QUESTION = "dots"
#: How many dots each phone has, and how many it may be given.
DOTS, MOST_DOTS = 3, 10


class DotsSettings(Settings):
    """`of` lists the notes activities whose themes are voted on; empty means all.

    `which`: the themes that can be influenced (all, while the group has placed none of them), or all.
    """

    fixed: ClassVar[frozenset[str]] = frozenset({"dots", "of", "which"})

    #: How many each phone has.
    dots: Annotated[int, Field(ge=1, le=MOST_DOTS)] = DOTS
    of: tuple[Id, ...] = ()
    which: Literal["can", "all"] = "can"


dots = Part("dots")
dots.publish(DOTS_QUESTION=QUESTION, DOTS=DOTS, MOST_DOTS=MOST_DOTS)


class DotsSlate(Record):
    """The themes of the vote, as they were when it opened; phones see no other part of the board."""

    kind: Literal["dots_slate"] = "dots_slate"
    activity: Id
    themes: tuple[AskedTheme, ...]


class DotsResult(BoardRecord):
    """The sums, frozen when the vote closes; made of enough votes (A12). Single votes are not stored."""

    kind: Literal["dots_result"] = "dots_result"
    activity: Id
    voters: int
    #: For every theme on the slate.
    sums: dict[Id, int]


dots.record(DotsSlate, everybody)
dots.record(DotsResult, wall_and_desk)


@dots.public_id
def dots_slate_id(activity: str) -> str:
    """The id of an item's slate."""
    return f"dots_slate:{activity}"


@dots.public_id
def dots_result_id(activity: str) -> str:
    """The id of an item's result."""
    return f"dots_result:{activity}"


class CloseVote(DriverCommand):
    """Close the vote; with enough voters the sums are shown."""

    type: Literal["dots.close"]
    activity: Id


class OpenVote(DriverCommand):
    """Reopen a vote that had too few voters."""

    type: Literal["dots.open"]
    activity: Id

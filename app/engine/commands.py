"""Commands: what they ask for, who may send them, and how they are refused."""

import random
import secrets
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

if TYPE_CHECKING:
    from app.engine.registry import Registry


class Role(StrEnum):
    """The caller. Nothing here distinguishes one phone from another (A1)."""

    PHONE = "phone"
    SCREEN = "screen"
    #: Reads the results of meetings but enters no room, so no command names it.
    READER = "reader"
    CO_FACILITATOR = "co_facilitator"
    FACILITATOR = "facilitator"
    SERVER = "server"


#: The role matrix (X20): a rule names its group, the group names the roles. Deny is the default.
MATRIX: dict[str, frozenset[Role]] = {
    "write": frozenset({Role.PHONE, Role.CO_FACILITATOR, Role.FACILITATOR}),
    "answer": frozenset({Role.PHONE}),
    # A3: commands with a name. They never use a phone's connection, but a route of their own.
    "named": frozenset({Role.PHONE}),
    "drive": frozenset({Role.CO_FACILITATOR, Role.FACILITATOR}),
    "lead": frozenset({Role.FACILITATOR}),
    "server": frozenset({Role.SERVER}),
}

#: Sixteen random bytes made by the sender, base64url.
NewId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$")]
#: Thirty-two random bytes that prove a note is mine (A1).
Secret = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
#: In ms: the longest that anything is answered by link (P5.1).
LONGEST = 62 * 24 * 3600 * 1000
#: The seq of the record as the driver saw it; 0 for one that does not exist yet.
Base = Annotated[int, Field(ge=0, le=2**53)]


class Command(BaseModel):
    """A request to change the board. `type` is a Literal without default, so that TypeScript narrows."""

    # An undeclared field is a mistake or an attempt: refuse it rather than ignore it (X21).
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    type: str

    @property
    def within(self) -> str | None:
        """The id of the item the command belongs to, if it names one; the room checks that it may."""
        return getattr(self, "activity", None)


class DriverCommand(Command):
    """A command of a desk; its id makes a repeat harmless (E2)."""

    id: NewId


class Refused(Exception):
    """A rule refuses. `code` is looked up under `refused.<code>`; `fresh` names the record to send along."""

    def __init__(self, code: str, fresh: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.fresh = fresh
        self.retry_after = retry_after


def new_id() -> str:
    """Sixteen random bytes, without a clock or counter in them (2.2)."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Asked:
    """What a rule may read besides the board: role, time in ms, day, randomness, the sender's workshop."""

    role: Role
    now: int
    #: What rules may ask of all kinds of activity.
    kinds: "Registry"
    workshop: str = ""
    #: Today in the server's time zone, ISO.
    today: str = ""
    rng: random.Random = field(default_factory=random.SystemRandom)
    new_id: Callable[[], str] = new_id
    #: The day of a server time in ms.
    day: Callable[[int], str] = lambda _now: ""

    @property
    def midnight(self) -> int:
        """When the day ends in the server's time zone, in ms; handles days of 23 and 25 hours."""
        return self.end_of(self.today)

    def end_of(self, day: str) -> int:
        """When that day (ISO) ends in the server's time zone, in ms, as far as doors can stay open."""
        return self.now + bisect_right(range(LONGEST), day, key=lambda ms: self.day(self.now + ms))

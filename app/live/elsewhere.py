"""Who is here at the other processes, as each says again and again (R16).

It lies in memory, is stored nowhere and needs no goodbye: of a process that has said nothing for a while
nobody is counted any more.
"""

import secrets
import time
from collections.abc import Callable
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.engine.records import Id
from app.live.messages import Leaf

#: How often a process says who is here, and after how long it is believed no more. Seconds.
AGAIN = 5.0
BELIEVED = 12.0

Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Numbers(BaseModel):
    """Who is at one workshop: how many, what is in their hands, and the pages of the walls."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phones: Count = 0
    screens: Count = 0
    broken: Count = 0
    done: Count = 0
    held: frozenset[Id] = frozenset()
    leaves: frozenset[Leaf] = frozenset()

    def __add__(self, other: "Numbers") -> "Numbers":
        """Both together."""
        return Numbers(
            phones=self.phones + other.phones,
            screens=self.screens + other.screens,
            broken=self.broken + other.broken,
            done=self.done + other.done,
            held=self.held | other.held,
            leaves=self.leaves | other.leaves,
        )


NOBODY = Numbers()


class Others(Protocol):
    """The other processes: what is told may be lost."""

    def tell(self, topic: Literal["here"], about: str, value: dict[str, Any]) -> None:
        """Who is here, at a workshop."""


class Elsewhere:
    """Says who is here, and knows who is at the other processes."""

    def __init__(self, others: Others, now: Callable[[], float] = time.monotonic) -> None:
        self._others = others
        self._now = now
        self._me = secrets.token_urlsafe(8)
        #: What was told last, by workshop.
        self._told: dict[str, Numbers] = {}
        #: By workshop and process, with the time it was heard.
        self._heard: dict[str, dict[str, tuple[Numbers, float]]] = {}
        self._gone = False

    def tell(self, workshop: str, numbers: Numbers, *, again: bool = False) -> None:
        """Who is here now; what was told already is told `again` only when it is time to."""
        if self._gone or (self._told.get(workshop, NOBODY) == numbers and not again):
            return
        self._say(workshop, numbers)

    def leave(self) -> None:
        """This process stops, and counts nobody from now on."""
        for workshop in list(self._told):
            self._say(workshop, NOBODY)
        self._gone = True

    def hear(self, workshop: str, value: Any) -> bool:
        """What a process says, this one too; whether it is news."""
        try:
            by, numbers = str(value["by"]), Numbers.model_validate(value["numbers"])
        except (KeyError, TypeError, ValidationError):
            # Of another version.
            return False
        if by == self._me:
            return False
        before = self.at(workshop)
        here = self._heard.setdefault(workshop, {})
        here[by] = (numbers, self._now())
        if numbers == NOBODY:
            del here[by]
        return self.at(workshop) != before

    def at(self, workshop: str) -> Numbers:
        """Who is there, at all other processes together."""
        now, all_of_them = self._now(), NOBODY
        for numbers, at in self._heard.get(workshop, {}).values():
            if now - at < BELIEVED:
                all_of_them += numbers
        return all_of_them

    def forget(self) -> None:
        """Let go of what is believed no more."""
        now = self._now()
        kept = {
            workshop: {by: one for by, one in here.items() if now - one[1] < BELIEVED}
            for workshop, here in self._heard.items()
        }
        self._heard = {workshop: here for workshop, here in kept.items() if here}

    def _say(self, workshop: str, numbers: Numbers) -> None:
        self._told[workshop] = numbers
        if numbers == NOBODY:
            del self._told[workshop]
        value = {"by": self._me, "numbers": numbers.model_dump(mode="json", exclude_defaults=True)}
        self._others.tell("here", workshop, value)


class _Nobody:
    def tell(self, topic: Literal["here"], about: str, value: dict[str, Any]) -> None:
        """There is no other process."""


def alone() -> Elsewhere:
    """For a process that is the only one."""
    return Elsewhere(_Nobody())

"""Presence and leaders at the other processes, as each announces them regularly (R16, R11).

It is kept in memory only and needs no farewell: a process that has been silent for a while no longer counts.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.clock import ServerClock
from app.engine.records import Id
from app.live.messages import Leaf, Stepped

#: How often a process announces who is connected, and how long that is valid. Seconds.
AGAIN = 5.0
BELIEVED = 12.0

Count = Annotated[int, Field(ge=0, le=1_000_000)]
#: As a desk's own page makes it, at random.
DeskId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Lead(BaseModel):
    """R11: the desk that leads a workshop, and whose it is.

    `rank`: of two the higher one wins at every process. It is the time of taking over, or, below zero, of
    connecting when nobody was known to lead: the last that took over leads, else the first that connected.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rank: int
    desk: DeskId
    name: Annotated[str, Field(max_length=400)]


def higher(one: Lead | None, other: Lead | None) -> Lead | None:
    """Which of the two holds."""
    return max((each for each in (one, other) if each), key=lambda lead: (lead.rank, lead.desk), default=None)


class Numbers(BaseModel):
    """Presence at one workshop: how many, which records they drag, and the pages of the walls."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phones: Count = 0
    screens: Count = 0
    broken: Count = 0
    done: Count = 0
    held: frozenset[Id] = frozenset()
    leaves: frozenset[Leaf] = frozenset()
    #: R11: its desks that may lead.
    desks: frozenset[DeskId] = frozenset()

    def __add__(self, other: "Numbers") -> "Numbers":
        """Both together."""
        return Numbers(
            phones=self.phones + other.phones,
            screens=self.screens + other.screens,
            broken=self.broken + other.broken,
            done=self.done + other.done,
            held=self.held | other.held,
            leaves=self.leaves | other.leaves,
            desks=self.desks | other.desks,
        )


NOBODY = Numbers()


class Others(Protocol):
    """The other processes: hints may be lost."""

    def tell(self, topic: Literal["here", "stepped"], about: str, value: dict[str, Any]) -> None:
        """Presence at a workshop, or who undoes or redoes a step there."""


class Elsewhere:
    """Announces presence and leaders, and knows those of the other processes; `now` is server time in ms."""

    def __init__(self, others: Others, now: Callable[[], int]) -> None:
        self._others = others
        self.now = now
        self._me = secrets.token_urlsafe(8)
        #: What was announced last, by workshop.
        self._told: dict[str, Numbers] = {}
        #: By workshop and process, with the time it was received.
        self._heard: dict[str, dict[str, tuple[Numbers, int]]] = {}
        #: Who leads, by workshop, as last received from any process, even one that has stopped.
        self._leads: dict[str, tuple[Lead, int]] = {}
        self._gone = False

    def tell(self, workshop: str, numbers: Numbers, lead: Lead | None = None, *, again: bool = False) -> None:
        """Announce who is connected; unchanged numbers only `again`, when it is time to."""
        if self._gone or (self._told.get(workshop, NOBODY) == numbers and not again):
            return
        self._say(workshop, numbers, lead)

    def leave(self) -> None:
        """This process stops, so its clients no longer count."""
        for workshop in list(self._told):
            self._say(workshop, NOBODY, None)
        self._gone = True

    def hear(self, workshop: str, value: Any) -> bool:
        """Take in an announcement, possibly our own; returns whether anything changed."""
        try:
            by, numbers = str(value["by"]), Numbers.model_validate(value["numbers"])
            lead = Lead.model_validate(value["lead"]) if "lead" in value else None
        except (KeyError, TypeError, ValidationError):
            # Sent by another version.
            return False
        if by == self._me:
            return False
        before = self.at(workshop), self.lead(workshop)
        here = self._heard.setdefault(workshop, {})
        here[by] = (numbers, self.now())
        if numbers == NOBODY:
            del here[by]
        if holds := higher(lead, self.lead(workshop)):
            self._leads[workshop] = (holds, self.now())
        return (self.at(workshop), self.lead(workshop)) != before

    def at(self, workshop: str) -> Numbers:
        """Presence at all other processes together."""
        all_of_them = NOBODY
        for numbers, at in self._heard.get(workshop, {}).values():
            if self._believed(at):
                all_of_them += numbers
        return all_of_them

    def in_use(self, here: Mapping[str, int]) -> tuple[int, int]:
        """At all processes together: the number of workshops with somebody in them, and of their screens.

        `here`: the screens of this process by workshop.
        """
        there = {workshop: self.at(workshop) for workshop in self._heard}
        used = here.keys() | {workshop for workshop, numbers in there.items() if numbers != NOBODY}
        screens = (each.phones + each.screens + len(each.desks) for each in there.values())
        return len(used), sum(here.values()) + sum(screens)

    def lead(self, workshop: str) -> Lead | None:
        """Who leads, as far as the other processes know."""
        lead, at = self._leads.get(workshop, (None, 0))
        return lead if self._believed(at) else None

    def step(self, workshop: str, told: Stepped) -> None:
        """G40: announce who undoes or redoes a step."""
        self._others.tell("stepped", workshop, {"by": self._me, "told": told.model_dump()})

    def stepped(self, value: Any) -> Stepped | None:
        """Such an announcement, if it is another process's."""
        try:
            return None if value["by"] == self._me else Stepped.model_validate(value["told"])
        except (KeyError, TypeError, ValidationError):
            # Sent by another version.
            return None

    def forget(self) -> None:
        """Drop what is no longer valid."""
        kept = {
            workshop: {by: one for by, one in here.items() if self._believed(one[1])}
            for workshop, here in self._heard.items()
        }
        self._heard = {workshop: here for workshop, here in kept.items() if here}
        self._leads = {workshop: one for workshop, one in self._leads.items() if self._believed(one[1])}

    def _believed(self, at: int) -> bool:
        return self.now() - at < BELIEVED * 1000

    def _say(self, workshop: str, numbers: Numbers, lead: Lead | None) -> None:
        self._told[workshop] = numbers
        if numbers == NOBODY:
            del self._told[workshop]
        said = numbers.model_dump(mode="json", exclude_defaults=True)
        value: dict[str, Any] = {"by": self._me, "numbers": said}
        if lead is not None:
            value["lead"] = lead.model_dump()
        self._others.tell("here", workshop, value)


class _Nobody:
    def tell(self, topic: Literal["here", "stepped"], about: str, value: dict[str, Any]) -> None:
        """There is no other process."""


def alone() -> Elsewhere:
    """For a process that is the only one."""
    return Elsewhere(_Nobody(), ServerClock())

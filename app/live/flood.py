"""How much a room accepts from its phones: never counted per phone, since phones are unknown (X11, A1, F6).

Stored data is charged to the room and to the sender's address, which is only a keyed hash and stays in the
network layer. Refusals are wasted work, and are charged to the connection. Charges are made before the room
is asked and refunded after its answer, so that sending many commands at once gains nothing (F12).
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.limits import MOST_KEYS

#: How many lines from one address count in full: as many people as a large room behind one address holds.
COUNTED_IN_FULL = 100
#: Of further lines only one in this many counts: otherwise opening lines would raise the allowance.
ONE_COUNTS_IN = 4
#: A room accepts what this many people write, however few are in, so opening lines gains nothing.
PEOPLE = 250
#: Commands from one address that a room decides at once.
AT_ONCE = 8
#: The refused commands a line may have at once and per second, and an address at once over all its lines.
REFUSED_AT_ONCE, REFUSED_PER_SECOND, REFUSED_FROM_ADDRESS = 30, 0.5, 120
#: Seconds after its last refusal at which a line counts as having done nothing wrong.
CLEAN_AFTER = 30.0
#: Codes that are not the sender's fault.
OURS = frozenset({"busy", "full", "broken"})

Now = Callable[[], float]


@dataclass(frozen=True)
class FloodLimits:
    """Notes a second for a room (0: as many as people write), and messages in 10 s for a socket."""

    notes_per_second: float = 0
    messages_per_10s: int = 30
    desk_messages_per_10s: int = 300


def counted(lines: int) -> int:
    """How many people the lines from one address count as."""
    return lines if lines <= COUNTED_IN_FULL else COUNTED_IN_FULL + (lines - COUNTED_IN_FULL) // ONE_COUNTS_IN


class Bucket:
    """A token bucket."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._level = 0.0
        self._at = now() - 3600

    def take(self, rate: float, most: float) -> float:
        """Take one; gives 0, or the seconds until there is one again."""
        now = self._now()
        self._level = min(most, self._level + (now - self._at) * rate)
        self._at = now
        if self._level >= 1:
            self._level -= 1
            return 0.0
        return (1 - self._level) / rate

    def give_back(self) -> None:
        """Return an unused token. Any overflow is dropped by the next `take`."""
        self._level += 1


class Source:
    """What comes to one workshop from one address."""

    def __init__(self, limits: FloodLimits, now: Now) -> None:
        self.lines = 0
        #: How many of its commands may be in the room at once, so that others need not wait behind them (F6).
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.refused = Bucket(now)
        self._stored = Bucket(now)
        self._limits = limits

    def take(self) -> float:
        """A share that is ample for the people there, and small for one person with many lines."""
        people, fixed = counted(self.lines), self._limits.notes_per_second
        return self._stored.take(fixed or max(5.0, people / 8), max(20.0, 5.0 * people, 2 * fixed))

    def give_back(self) -> None:
        """It was not stored."""
        self._stored.give_back()


class RoomFlood:
    """What the phones of one board may store: all together, and from each address."""

    def __init__(self, limits: FloodLimits, now: Now) -> None:
        self._limits = limits
        self._now = now
        self._stored = Bucket(now)
        #: By workshop and hashed address. Kept after its lines have gone, so that leaving resets nothing.
        self._sources: dict[tuple[str, str], Source] = {}

    def source(self, workshop: str, address: str) -> Source:
        """Where a line, or a command by POST, comes from; `address` is a hash."""
        key = (workshop, address)
        found = self._sources.pop(key, None) or Source(self._limits, self._now)
        self._sources[key] = found
        if len(self._sources) > MOST_KEYS:
            # Only one without lines, or its count would be reset while somebody is connected.
            idle = next(
                (key for key, each in self._sources.items() if not each.lines and each is not found), None
            )
            if idle is not None:
                del self._sources[idle]
        return found

    def people(self, workshop: str) -> int:
        """How many take part, as far as lines tell (F4)."""
        return sum(counted(each.lines) for (home, _), each in self._sources.items() if home == workshop)

    def take(self, source: Source) -> float:
        """Seconds until a retry, with jitter; 0 if the command may proceed."""
        if wait := source.take():
            return _spread(wait)
        rate = self._limits.notes_per_second or PEOPLE / 4
        if wait := self._stored.take(rate, max(5.0 * PEOPLE, 2 * rate)):
            source.give_back()
        return _spread(wait)

    def give_back(self, source: Source) -> None:
        """The room refused."""
        source.give_back()
        self._stored.give_back()


class Purse(Protocol):
    """How many refused commands a sender may have."""

    def take(self) -> float:
        """Before the room is asked: 0, or the seconds to wait."""

    def give_back(self) -> None:
        """It was not refused."""


class LinePurse:
    """The purse of one line: its neighbours at the same address do not pay for it."""

    def __init__(self, source: Source, now: Now) -> None:
        self._source = source
        self._now = now
        self._own = Bucket(now)
        self._refused_at = now() - 3600
        self._before = self._refused_at
        self._shared = False

    def take(self) -> float:
        """A connection that did nothing wrong continues even when others have used up the address's share."""
        if wait := self._own.take(REFUSED_PER_SECOND, REFUSED_AT_ONCE):
            return _spread(wait)
        wait = _from_address(self._source.refused, self._source.lines)
        now = self._now()
        if wait and now - self._refused_at < CLEAN_AFTER:
            self._own.give_back()
            return _spread(wait)
        self._shared = not wait
        self._before, self._refused_at = self._refused_at, now
        return 0.0

    def give_back(self) -> None:
        """A line waits for each answer, so it is the last one taken that is given back."""
        self._own.give_back()
        self._refused_at = self._before
        if self._shared:
            self._source.refused.give_back()


class AddressPurse:
    """The purse of all who post from one address: a POST belongs to no line."""

    def __init__(self, now: Now) -> None:
        self._bucket = Bucket(now)

    def take(self) -> float:
        """One more that may be refused."""
        return _spread(_from_address(self._bucket, 1))

    def give_back(self) -> None:
        """It was not."""
        self._bucket.give_back()


class Purses:
    """The purses of addresses, by their hash."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._purses: dict[str, AddressPurse] = {}

    def of(self, address: str) -> AddressPurse:
        """That of an address; those not used for longest are forgotten."""
        purse = self._purses.pop(address, None) or AddressPurse(self._now)
        self._purses[address] = purse
        while len(self._purses) > MOST_KEYS:
            del self._purses[next(iter(self._purses))]
        return purse


def _from_address(bucket: Bucket, lines: int) -> float:
    people = counted(lines)
    return bucket.take(max(3.0, people / 8), max(REFUSED_FROM_ADDRESS, 3.0 * people))


def _spread(wait: float) -> float:
    # Spreads out the retries of a crowd that was asked to wait.
    return wait and round(wait + random.uniform(0.5, 3.0), 1)  # noqa: S311 - guards nothing

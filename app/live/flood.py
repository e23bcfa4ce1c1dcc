"""How much a room takes from its phones: none is counted alone, since none is known (X11, A1, F6).

What is stored is charged to the room, and to the address it came from, which is no more than a keyed hash and
stays on the wire; what is refused is work for nothing, and charged to the line. Everything is taken before
the room is asked and given back after its answer, so that no number of commands at once gets more (F12).
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.limits import MOST_KEYS

#: Lines from one address that count in full: as many people as sit in one large room behind one address.
COUNTED_IN_FULL = 100
#: Of further lines one in so many counts: else opening lines would raise the count and the allowance.
ONE_COUNTS_IN = 4
#: A room takes what this many people write, however few are in: opening lines makes it no larger.
PEOPLE = 250
#: Commands from one address that a room decides at once.
AT_ONCE = 8
#: Refused commands that a line may have at once, and per second; and an address at once, for all its lines.
REFUSED_AT_ONCE, REFUSED_PER_SECOND, REFUSED_FROM_ADDRESS = 30, 0.5, 120
#: Seconds after its last refusal at which a line counts as having done nothing wrong.
CLEAN_AFTER = 30.0
#: Codes that are no fault of who sent the command.
OURS = frozenset({"busy", "full", "broken"})

Now = Callable[[], float]


@dataclass(frozen=True)
class FloodLimits:
    """Notes a second for a room (0: as many as people write), and messages in 10 s for a socket."""

    notes_per_second: float = 0
    messages_per_10s: int = 30
    desk_messages_per_10s: int = 300


def counted(lines: int) -> int:
    """As how many people the lines from one address count."""
    return lines if lines <= COUNTED_IN_FULL else COUNTED_IN_FULL + (lines - COUNTED_IN_FULL) // ONE_COUNTS_IN


class Bucket:
    """A bucket that fills with time: what is in it may be taken at once."""

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
        """It was not needed. What would overflow is cut off at the next taking."""
        self._level += 1


class Source:
    """What comes to one workshop from one address."""

    def __init__(self, limits: FloodLimits, now: Now) -> None:
        self.lines = 0
        #: How many of its commands may be in the room at once: others do not wait behind all it sends (F6).
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.refused = Bucket(now)
        self._stored = Bucket(now)
        self._limits = limits

    def take(self) -> float:
        """A share that is ample for the people there, and small for whoever opens many lines alone."""
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
        #: By workshop and hash of the address. Kept when its lines have gone: leaving resets nothing.
        self._sources: dict[tuple[str, str], Source] = {}

    def source(self, workshop: str, address: str) -> Source:
        """Where a line, or a command by POST, comes from; `address` is a hash."""
        key = (workshop, address)
        found = self._sources.pop(key, None) or Source(self._limits, self._now)
        self._sources[key] = found
        if len(self._sources) > MOST_KEYS:
            # One that nobody is at, or its count would be reset while somebody is.
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
        """Seconds after which to try again, spread by chance; 0 when what is written may come in."""
        if wait := source.take():
            return _spread(wait)
        rate = self._limits.notes_per_second or PEOPLE / 4
        if wait := self._stored.take(rate, max(5.0 * PEOPLE, 2 * rate)):
            source.give_back()
        return _spread(wait)

    def give_back(self, source: Source) -> None:
        """The room said no."""
        source.give_back()
        self._stored.give_back()


class Purse(Protocol):
    """How many refused commands a sender may have."""

    def take(self) -> float:
        """Before the room is asked: 0, or the seconds to wait."""

    def give_back(self) -> None:
        """It was not refused."""


class LinePurse:
    """The purse of one line: what it spends is its own, and no neighbour's at its address."""

    def __init__(self, source: Source, now: Now) -> None:
        self._source = source
        self._now = now
        self._own = Bucket(now)
        self._refused_at = now() - 3600
        self._before = self._refused_at
        self._shared = False

    def take(self) -> float:
        """When its neighbours have spent what the address has, a line goes on that did nothing wrong."""
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
    # A crowd that was told to wait comes back one after the other.
    return wait and round(wait + random.uniform(0.5, 3.0), 1)  # noqa: S311 - guards nothing

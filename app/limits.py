"""Rate limits: counting windows and growing delays. In memory, with the clock passed in.

F12: checking and counting is one step, `take`; `refund` undoes it if the guess was not wrong. There is no way
to count after checking, so sending tries in parallel gains nothing.

Addresses are known here only as hashes under a key that is new at every start (X3, A9).
"""

import hashlib
import ipaddress
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

Clock = Callable[[], int]

_KEY = secrets.token_bytes(32)
#: The most keys kept; the oldest are dropped first, so that a flood of addresses cannot fill the memory.
MOST_KEYS = 10_000
#: Somebody with one IPv6 address has this whole network, so it counts as one.
NETWORK = 64


def address_hash(address: str) -> str:
    """A substitute for an address while the server runs; worthless afterwards."""
    return hashlib.blake2b(_one_of(address).encode(), key=_KEY, digest_size=16).hexdigest()


def _one_of(address: str) -> str:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, NETWORK), strict=False))


class Window:
    """At most `many` in any `span` ms per key."""

    def __init__(self, clock: Clock, many: int, span: int = MINUTE) -> None:
        self._clock = clock
        self._many = many
        self._span = span
        self._hits: dict[str, deque[int]] = {}

    def wait(self, key: str = "") -> float:
        """Seconds until the next try; 0 if there is one now. Only saves work: `take` decides."""
        hits = self._fresh(key)
        return 0 if len(hits) < self._many else (hits[0] + self._span - self._clock()) / SECOND

    def take(self, key: str = "") -> float:
        """Take one and return 0; or count nothing and return the seconds until the next."""
        if wait := self.wait(key):
            return wait
        hits = self._fresh(key)
        hits.append(self._clock())
        self._hits[key] = hits
        while len(self._hits) > MOST_KEYS:
            del self._hits[next(iter(self._hits))]
        return 0

    def refund(self, key: str = "") -> None:
        """Give back the last one taken."""
        if hits := self._fresh(key):
            hits.pop()

    def _fresh(self, key: str) -> deque[int]:
        hits = self._hits.pop(key, None) or deque[int]()
        while hits and hits[0] <= self._clock() - self._span:
            hits.popleft()
        if hits:
            self._hits[key] = hits
        return hits


@dataclass
class _Tries:
    failed: int
    last: int


class Delays:
    """X3: some tries are free, then each waits longer, from 1 s to 60 s. Never a hard lock."""

    LONGEST = 60
    #: How long after the last failure everything is forgotten.
    FORGOTTEN = HOUR

    def __init__(self, clock: Clock, free: int = 5) -> None:
        self._clock = clock
        self._free = free
        self._tries: dict[str, _Tries] = {}

    def wait(self, key: str) -> float:
        """Seconds until the next try is accepted; 0 if now. Only `take` decides."""
        tries = self._tries.get(key)
        if tries is None or tries.failed < self._free:
            return 0
        delay: int = min(self.LONGEST, 1 << min(tries.failed - self._free, 10))
        return max(0, (tries.last + delay * SECOND - self._clock()) / SECOND)

    def take(self, key: str) -> float:
        """Take one try and return 0; or count nothing and return the seconds until the next."""
        if wait := self.wait(key):
            return wait
        now = self._clock()
        tries = self._tries.pop(key, None)
        if tries is None or now - tries.last > self.FORGOTTEN:
            tries = _Tries(0, now)
        self._tries[key] = _Tries(tries.failed + 1, now)
        while len(self._tries) > MOST_KEYS:
            del self._tries[next(iter(self._tries))]
        return 0

    def refund(self, key: str) -> None:
        """Give back the last one taken: it was no failure."""
        tries = self._tries.get(key)
        if tries is not None:
            tries.failed -= 1
            if tries.failed <= 0:
                del self._tries[key]

    def forget(self, key: str) -> None:
        """The secret was known after all: forget the failures."""
        self._tries.pop(key, None)


class Guesses:
    """X3, F7: how long a guess at a secret waits, so that no stranger can lock out those who know it.

    Counted per address and secret, so that only the attacker waits; more generously per address over all
    secrets, since a whole company may share one; and slowly per secret over all addresses, so that many
    addresses do not get many guesses. A client with a `mark` (a browser that has known this secret before) is
    counted by that alone, so nobody else's guesses delay it.
    """

    #: Free tries of an address, over all secrets.
    FROM_ADDRESS = 30
    #: Guesses in a minute at one secret, from everywhere but marked browsers.
    AT_SECRET = 30

    def __init__(self, clock: Clock) -> None:
        self._pairs = Delays(clock)
        self._addresses = Delays(clock, self.FROM_ADDRESS)
        self._marks = Delays(clock)
        self._secrets = Window(clock, self.AT_SECRET)

    def take(self, secret: str, address: str, mark: str = "") -> float:
        """Take one guess and get 0; or count nothing and get the seconds to wait. `mark` is proved."""
        if mark:
            return self._marks.take(_pair(secret, mark))
        pair = _pair(secret, address)
        if wait := max(self._pairs.wait(pair), self._addresses.wait(address), self._secrets.wait(secret)):
            return wait
        # Nothing was awaited since, so all three still have one.
        self._pairs.take(pair)
        self._addresses.take(address)
        self._secrets.take(secret)
        return 0

    def refund(self, secret: str, address: str, mark: str = "") -> None:
        """The guess was not checked."""
        if mark:
            self._marks.refund(_pair(secret, mark))
            return
        self._pairs.refund(_pair(secret, address))
        self._addresses.refund(address)
        self._secrets.refund(secret)

    def right(self, secret: str, address: str, mark: str = "") -> None:
        """It was right. The address's other guesses stay counted: knowing one secret buys no guesses at
        others.
        """
        self.refund(secret, address, mark)
        self._pairs.forget(_pair(secret, address))
        self._marks.forget(_pair(secret, mark))


def _pair(secret: str, who: str) -> str:
    return f"{who} {secret}"

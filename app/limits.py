"""How often somebody may try: windows that count, and delays that grow. In memory, with the clock handed in.

Addresses are known here only as hashes under a key that is made anew at every start (X3, A9).
"""

import hashlib
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
#: More keys than this are not kept: the oldest go first, so that a flood of addresses cannot fill the memory.
MOST_KEYS = 10_000


def address_hash(address: str) -> str:
    """What stands for an address while the server runs; worthless afterwards."""
    return hashlib.blake2b(address.encode(), key=_KEY, digest_size=16).hexdigest()


class Window:
    """At most `many` hits in any `span` ms per key."""

    def __init__(self, clock: Clock, many: int, span: int = MINUTE) -> None:
        self._clock = clock
        self._many = many
        self._span = span
        self._hits: dict[str, deque[int]] = {}

    def wait(self, key: str = "") -> float:
        """Seconds until the next hit is free; 0 when it is free now."""
        hits = self._fresh(key)
        return 0 if len(hits) < self._many else (hits[0] + self._span - self._clock()) / SECOND

    def hit(self, key: str = "") -> int:
        """Count one; returns how many there are in the window now."""
        hits = self._fresh(key)
        hits.append(self._clock())
        self._hits[key] = hits
        while len(self._hits) > MOST_KEYS:
            del self._hits[next(iter(self._hits))]
        return len(hits)

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
    """X3: five tries are free, then each waits longer, 1 s up to 60 s. Never a hard lock."""

    FREE = 5
    LONGEST = 60
    #: So long after the last failure nothing is remembered.
    FORGOTTEN = HOUR

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tries: dict[str, _Tries] = {}

    def wait(self, *keys: str) -> float:
        """Seconds until the next try is taken; 0 when it may come now."""
        return max(self._wait(key) for key in keys)

    def _wait(self, key: str) -> float:
        tries = self._tries.get(key)
        if tries is None or tries.failed < self.FREE:
            return 0
        delay: int = min(self.LONGEST, 1 << min(tries.failed - self.FREE, 10))
        return max(0, (tries.last + delay * SECOND - self._clock()) / SECOND)

    def failed(self, *keys: str) -> None:
        """Count a failure, before the password is looked at: guesses sent side by side all count."""
        now = self._clock()
        for key in keys:
            tries = self._tries.pop(key, None)
            if tries is None or now - tries.last > self.FORGOTTEN:
                tries = _Tries(0, now)
            self._tries[key] = _Tries(tries.failed + 1, now)
        while len(self._tries) > MOST_KEYS:
            del self._tries[next(iter(self._tries))]

    def succeeded(self, *keys: str) -> None:
        """The right password clears what was counted."""
        for key in keys:
            self._tries.pop(key, None)

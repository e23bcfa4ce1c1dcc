"""How much a room takes from its phones together; none is counted alone, since none is known (X11, A1)."""

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class FloodLimits:
    """Notes a second for a room (0: phones/4, at least 5), and messages in 10 s for a socket."""

    notes_per_second: float = 0
    messages_per_10s: int = 30
    desk_messages_per_10s: int = 300


class Bucket:
    """A bucket that fills with time: what is in it may be taken at once."""

    def __init__(self, now: Callable[[], float]) -> None:
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


class RoomFlood:
    """The room-wide limit on notes: phones/4 a second sustained, five for each phone at once."""

    def __init__(self, limits: FloodLimits, now: Callable[[], float]) -> None:
        self._limits = limits
        self._bucket = Bucket(now)

    def wait(self, phones: int) -> float:
        """Seconds after which to try again, spread by chance; 0 when the note may come in."""
        rate = self._limits.notes_per_second or max(5.0, phones / 4)
        wait = self._bucket.take(rate, max(20.0, 5.0 * phones, 2 * rate))
        return wait and round(wait + random.uniform(0.5, 3.0), 1)  # noqa: S311 - spreads a crowd, guards nothing

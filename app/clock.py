"""The server's clock: wall time at start plus monotonic time since, so clock jumps have no effect (R9)."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta


def local_day(now: int) -> str:
    """The day (ISO) of a server time in ms, in the server's time zone."""
    return datetime.fromtimestamp(now / 1000, UTC).astimezone().date().isoformat()


def end_of(day: str) -> int:
    """When a day (ISO) ends in the server's time zone, in ms."""
    after = date.fromisoformat(day) + timedelta(days=1)
    return int(datetime(after.year, after.month, after.day).astimezone().timestamp() * 1000)


#: The most by which a running clock is adjusted towards another at a time, in ms.
STEP = 100.0


class ServerClock:
    """Calling it gives the time in ms. `wall` and `steady` give seconds."""

    def __init__(
        self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._steady = steady
        self._start = wall() * 1000
        self._since = steady()

    def __call__(self) -> int:
        return int(self._start + (self._steady() - self._since) * 1000)

    def slew(self, offset: float) -> None:
        """Move towards another clock by at most `STEP` at a time, never by a jump (R9)."""
        self._start += max(-STEP, min(STEP, offset))

    def set(self, offset: float) -> None:
        """Apply the whole offset at once: only before the time was sent to anybody."""
        self._start += offset

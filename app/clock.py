"""The server's clock: wall time at start plus monotonic time since, so that no jump moves anything (R9)."""

import time
from datetime import UTC, date, datetime, timedelta


def local_day(now: int) -> str:
    """The day it is at a server time in ms, ISO, where the server stands."""
    return datetime.fromtimestamp(now / 1000, UTC).astimezone().date().isoformat()


def end_of(day: str) -> int:
    """When a day (ISO) ends where the server stands, in ms."""
    after = date.fromisoformat(day) + timedelta(days=1)
    return int(datetime(after.year, after.month, after.day).astimezone().timestamp() * 1000)


class ServerClock:
    """Calling it gives the time in ms."""

    def __init__(self) -> None:
        self._start = time.time() * 1000
        self._since = time.monotonic()

    def __call__(self) -> int:
        return int(self._start + (time.monotonic() - self._since) * 1000)

    def slew(self, offset: float) -> None:
        """Move towards another clock by at most 100 ms at a time, never by a step (R9)."""
        self._start += max(-100.0, min(100.0, offset))

"""When something falls due in an open room, on the clock of the event loop (E6)."""

import asyncio
from collections.abc import Callable


class LoopAlarm:
    """An alarm on the event loop, set in server time."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._handle: asyncio.TimerHandle | None = None

    def set(self, at: int, ring: Callable[[], None]) -> None:
        """Ring at a server time in ms."""
        self.clear()
        delay = max(0.0, (at - self._now()) / 1000)
        self._handle = asyncio.get_running_loop().call_later(delay, ring)

    def clear(self) -> None:
        """Do not ring."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

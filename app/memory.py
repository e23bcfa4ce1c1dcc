"""When Python collects cyclic garbage: at quiet moments, and never in what was loaded at the start.

Reference counting frees nearly everything here the moment nobody needs it: a note leaves no cycles at all, a
connection some thirty objects that die young. The rest is left to Python's collector, whose full collections
stop the process for as long as it takes to visit every object: 0.4 s with 4,000 phones, which delayed the
slowest notes of a busy room by as much. Therefore:

* what is loaded when the server has started (two thirds of the objects) is frozen: no collection visits it;
* young objects are collected in batches that take a few milliseconds at most, and the old ones only after two
  million more have survived, which limits the memory of a process that is never idle;
* otherwise the old ones are collected when the process has been nearly idle for a second, and only if there
  can be anything to find;
* Python counts allocations minus deallocations, so it does not notice a thousand requests that end while a
  thousand others begin, until it examines all of them in one go (40,000 objects, 10 ms). They are therefore
  collected as they arrive, if Python has not done so itself since the last batch.

Nothing is frozen later on: a cycle that is frozen is never collected, and memory would grow in a day.
"""

import asyncio
import gc
import time
from collections.abc import Callable

#: The gc thresholds: new objects in a batch, batches per collection of survivors, and those per full
#: collection.
THRESHOLDS = (1_000, 5, 400)
#: About how many new requests, or connections, make a batch of objects.
REQUESTS = 25
#: How often to check for a quiet moment, in seconds.
LOOK = 1.0
#: With less than this share of a core used since the last look, nobody is writing.
QUIET = 0.01
#: How many batches of survivors are worth a full collection at the next quiet moment (100,000 objects).
WORTH = 20
#: After how many seconds a single batch is.
AT_LATEST = 600.0


def settle() -> None:
    """The server is up: freeze what is loaded now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


class Comings:
    """Counts requests and connections as they begin, and collects their garbage when Python would not."""

    def __init__(self, collect: Callable[[int], object] = gc.collect) -> None:
        self._collect = collect
        self._begun = 0
        self._passes = gc.get_count()[1:]

    def one(self) -> None:
        """One more begins."""
        self._begun += 1
        if self._begun % REQUESTS:
            return
        if gc.get_count()[1:] == self._passes:
            # Python has not collected since the last batch: as many objects were freed as were made.
            self._collect(1 if self._passes[0] >= THRESHOLDS[1] else 0)
        self._passes = gc.get_count()[1:]


class QuietMoments:
    """Runs the full collections. `survivors` counts batches of survivors since the last one."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.process_time,
        survivors: Callable[[], int] = lambda: gc.get_count()[2],
        collect: Callable[[], object] = gc.collect,
    ) -> None:
        self._now = now
        self._worked = worked
        self._survivors = survivors
        self._collect = collect
        self._last = self._looked = now()
        self._had_worked = worked()

    async def keep(self) -> None:
        """Look forever."""
        while True:
            await asyncio.sleep(LOOK)
            self.look()

    def look(self) -> None:
        """Collect if the time since the last look was quiet and there can be something to find."""
        now, worked = self._now(), self._worked()
        quiet = worked - self._had_worked < QUIET * (now - self._looked)
        worth = 1 if now - self._last > AT_LATEST else WORTH
        if quiet and self._survivors() >= worth:
            self._collect()
            self._last = now = self._now()
            worked = self._worked()
        self._looked, self._had_worked = now, worked

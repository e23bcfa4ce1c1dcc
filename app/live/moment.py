"""Looks up once what a crowd asks for at once, and caches it briefly; changes take effect at once."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from app.limits import Clock

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

#: How long a value is cached, in ms. Another process's changes are seen only after that.
MOMENT = 250


class _LookedUp(Generic[V]):
    """One look-up, under way or done."""

    def __init__(self, began: int, task: "asyncio.Future[V]") -> None:
        self.began = began
        self.task = task
        self.forgotten = False

    def older_than(self, at: int) -> bool:
        """Whether it is done and began before `at`; one under way is the newest there is."""
        return self.task.done() and self.began <= at


class Moment(Generic[K, V]):
    """Cached values by key. All callers wait for the same look-up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[K, _LookedUp[V]] = {}

    async def get(self, key: K, look_up: Callable[[], Awaitable[V]]) -> V:
        """The value; raises what `look_up` raises.

        After `forget`, nothing looked up before it is returned.
        """
        while True:
            found = self._kept.get(key)
            if found is None or found.older_than(self._clock() - MOMENT):
                found = self._begin(key, look_up)
            if not found.task.done():
                # A caller that stops waiting must not cancel the others' look-up.
                await asyncio.wait((found.task,))
            if not found.forgotten:
                break
        if found.task.exception() is not None and self._kept.get(key) is found:
            del self._kept[key]
        return found.task.result()

    def forget(self) -> None:
        """Something has changed: look everything up again, including what is under way."""
        for found in self._kept.values():
            found.forgotten = True
        self._kept.clear()

    def _begin(self, key: K, look_up: Callable[[], Awaitable[V]]) -> _LookedUp[V]:
        now = self._clock()
        self._kept = {key: each for key, each in self._kept.items() if not each.older_than(now - MOMENT)}
        found = self._kept[key] = _LookedUp(now, asyncio.ensure_future(_awaited(look_up)))
        return found


async def _awaited(look_up: Callable[[], Awaitable[V]]) -> V:
    return await look_up()

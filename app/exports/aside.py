"""What files are made from is put together beside the loop: while it is, a live room goes on.

In one thread, however many ask: a second would take its turns from the room and not from the first. What
is read there must lie still; a board does not, so `Gathered` has a copy of it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_THREAD = ThreadPoolExecutor(1, thread_name_prefix="exports")


async def aside(work: Callable[[], T]) -> T:
    """What comes of it, in its turn."""
    return await asyncio.get_running_loop().run_in_executor(_THREAD, work)

"""The data of files is built in a thread, so that live rooms are not blocked.

There is one thread, however many ask: a second would take time from the room, not from the first. Boards
change on the loop, so the work must read a copy; `Gathered` has one.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_THREAD = ThreadPoolExecutor(1, "exports")


async def off_loop(work: Callable[[], T]) -> T:
    """The result of `work`, which waits for its turn in the thread."""
    return await asyncio.get_running_loop().run_in_executor(_THREAD, work)

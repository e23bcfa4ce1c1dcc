"""The data of files is built in a thread, so that live rooms are not blocked.

There is one thread, however many ask: a second would take time from the room, not from the first. Boards
change on the loop, so the work must read a copy; `Gathered` has one.
"""

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

#: How long the loop waits for the thread to hand over the interpreter, in seconds. It does so for each socket
#: that has something, so that with the 5 ms of Python the answers of a full room would come by and by.
HAND_OVER = 0.0005

_THREAD = ThreadPoolExecutor(1, "exports", initializer=lambda: sys.setswitchinterval(HAND_OVER))


async def off_loop(work: Callable[[], T]) -> T:
    """The result of `work`, which waits for its turn in the thread."""
    return await asyncio.get_running_loop().run_in_executor(_THREAD, work)

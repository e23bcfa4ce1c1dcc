"""Work in the background, which nothing but the server's own stop may end (F13, R14)."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger("upkeep")

Work = Callable[[], Awaitable[object]]


async def every(seconds: float, work: Work) -> None:
    """Do `work` every so many seconds, whatever it raises."""
    while True:
        await asyncio.sleep(seconds)
        await _survived(work)


async def until_done(seconds: float, work: Work) -> None:
    """Do `work`, and again after so many seconds as long as it raises."""
    done = await _survived(work)
    while not done:
        await asyncio.sleep(seconds)
        done = await _survived(work)


async def _survived(work: Work) -> bool:
    try:
        await work()
    except Exception:
        # Any fault, not a list: drivers raise more than they document, and a loop that has ended is missed by
        # nobody until it is needed.
        log.exception("failed, will be tried again", work=getattr(work, "func", work).__name__)
        return False
    return True

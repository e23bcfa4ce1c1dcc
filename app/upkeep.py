"""Background work, which only the server's shutdown may end (F13, R14)."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger("upkeep")

Work = Callable[[], Awaitable[object]]


async def every(seconds: float, work: Work) -> None:
    """Do `work` at this interval, whatever it raises."""
    while True:
        await asyncio.sleep(seconds)
        await _survived(work)


async def until_done(seconds: float, work: Work) -> None:
    """Do `work`, and retry at this interval as long as it raises."""
    done = await _survived(work)
    while not done:
        await asyncio.sleep(seconds)
        done = await _survived(work)


async def _survived(work: Work) -> bool:
    try:
        await work()
    except Exception as fault:
        if (task := asyncio.current_task()) and task.cancelling():
            # A clean-up that failed has replaced the cancellation: the server stops nevertheless (R16).
            raise asyncio.CancelledError from fault
        # Any exception, not a list: drivers raise more than they document, and nobody notices a dead loop
        # until it is needed.
        log.exception("failed, will be tried again", work=getattr(work, "func", work).__name__)
        return False
    return True

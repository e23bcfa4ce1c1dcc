"""F13: what a storage raises, whichever driver it comes from, ends no work that must go on for ever."""

import asyncio
import sqlite3
from functools import partial

import pytest
from sqlalchemy.exc import OperationalError

from app.live.rooms import Rooms

FULL = sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize("fault", [FULL, OperationalError("", None, FULL), OSError("gone")])
async def test_F13_a_sweep_that_finds_no_storage_comes_again(fault: Exception) -> None:
    """A board has a file of its own now: what that raises does not come through SQLAlchemy."""
    came = asyncio.Semaphore(0)

    async def work(_given: str) -> None:
        came.release()
        raise fault

    sweeping = asyncio.create_task(Rooms.every(None, 0, partial(work, "as some are")))  # type: ignore[arg-type]
    async with asyncio.timeout(10):
        for _ in range(3):
            await came.acquire()
    assert not sweeping.done()
    sweeping.cancel()

"""F13: no exception, from any driver, ends the work that must continue forever."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from functools import partial

import asyncpg
import pytest
from sqlalchemy.exc import OperationalError

from app.storage.trouble import STORAGE, trouble
from app.upkeep import Work, every, until_done
from tests.support.patience import PATIENCE

FULL = sqlite3.OperationalError("database or disk is full")
#: What asyncpg raises outside its documented bases when a connection is closed during a statement.
CONFUSED = asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")


@pytest.mark.parametrize(
    "fault", [FULL, OperationalError("", None, FULL), OSError("gone"), CONFUSED, KeyError("a bug")]
)
async def test_F13_failed_work_is_retried(fault: Exception) -> None:
    came = asyncio.Semaphore(0)

    async def work(_given: str) -> None:
        came.release()
        raise fault

    looping = asyncio.create_task(every(0, partial(work, "as some are")))
    async with asyncio.timeout(PATIENCE):
        for _ in range(3):
            await came.acquire()
    assert not looping.done()
    looping.cancel()


async def test_F13_what_is_to_be_done_once_is_tried_until_it_is_done() -> None:
    faults = [FULL, CONFUSED, KeyError("a bug")]

    async def work() -> None:
        if faults:
            raise faults.pop()

    async with asyncio.timeout(PATIENCE):
        await until_done(0, work)
    assert not faults


@pytest.mark.parametrize("loop", [partial(every, 0), partial(until_done, 0)])
async def test_F13_R16_work_that_is_cancelled_ends_whatever_its_clean_up_raises(
    loop: Callable[[Work], Coroutine[None, None, None]],
) -> None:
    began = asyncio.Event()

    async def work() -> None:
        try:
            began.set()
            await asyncio.Event().wait()
        finally:
            # As a connection does when its statement was interrupted and the next one is refused.
            raise CONFUSED

    looping = asyncio.create_task(loop(work))
    async with asyncio.timeout(PATIENCE):
        await began.wait()
        looping.cancel()
        await asyncio.wait({looping}, timeout=PATIENCE)
    assert looping.cancelled()


def test_F13_a_connection_that_ends_in_the_middle_is_trouble_with_the_storage() -> None:
    assert isinstance(CONFUSED, STORAGE) and trouble(CONFUSED) == "busy"

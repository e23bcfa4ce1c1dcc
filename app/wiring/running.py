"""Background work while the server runs: clean-up, sweeps, rechecks, backups, mails, hints."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import structlog

from app.clock import ServerClock
from app.limits import HOUR, MINUTE, SECOND
from app.live.rooms import RECHECK, SWEEP
from app.live.talk import talking
from app.logs import trace_of
from app.storage.shared_clock import EVERY, SharedClock
from app.storage.trouble import STORAGE
from app.upkeep import every, until_done
from app.wiring.services import RETRY, Services

log = structlog.get_logger("main")

#: How long a thread that computes keeps the interpreter from the loop, in seconds. The loop asks for it after
#: each socket that has something: with the 5 ms of Python a room waits wherever a thread reads a row.
HAND_OVER = 0.0005


@asynccontextmanager
async def running(services: Services) -> AsyncIterator[None]:
    """Runs the background work; at the end it notifies all screens and stores everything."""
    rooms = services.rooms
    sys.setswitchinterval(HAND_OVER)
    await _or_later(services.store.even_out)
    tasks = [
        asyncio.create_task(services.store.keep_clean()),
        asyncio.create_task(every(SWEEP, rooms.sweep)),
        asyncio.create_task(every(HOUR / SECOND, services.backups.daily)),
        asyncio.create_task(
            until_done(RETRY, partial(services.leftovers.work, partial(asyncio.sleep, MINUTE / SECOND)))
        ),
        asyncio.create_task(every(HOUR / SECOND, services.retention.retain)),
        asyncio.create_task(every(HOUR / SECOND, services.conversing.retain)),
        *services.mailing.begin(),
        asyncio.create_task(every(RECHECK, services.rehearsals.tidy)),
        asyncio.create_task(every(RECHECK, partial(rooms.recheck, services.gatekeeper.still_admitted))),
    ]
    if not services.database.is_sqlite:
        if isinstance(services.clock, ServerClock):
            shared = SharedClock(services.clock, services.database)
            await shared.set()
            tasks.append(asyncio.create_task(every(EVERY, shared.follow)))
        tasks += [asyncio.create_task(each) for each in talking(services.hints, rooms)]
    for work in (services.doors.fit_to_key, rooms.sweep):
        await _or_later(work)
    try:
        yield
    finally:
        rooms.shut_down()
        await rooms.idle()
        await services.hints.told()
        await services.mailing.stop()
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
        await services.maker.close()
        await services.store.close()
        await services.database.close()


async def _or_later(work: Callable[[], Awaitable[None]]) -> None:
    """F13: an unreadable board or a full disk must not affect other boards."""
    try:
        await work()
    except STORAGE as fault:
        log.warning("left for later", work=work.__name__, trace=trace_of(fault))

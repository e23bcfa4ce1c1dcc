"""A file that somebody asks for: made as long as they wait."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from fastapi import Request

from app.exports.maker import NotMade

#: Seconds between two looks at whether somebody still waits.
LOOK = 0.5


async def while_asked(request: Request, work: Coroutine[Any, Any, bytes]) -> bytes:
    """What comes of the work. Who has gone, or pressed *cancel*, has it ended, so that the next begins."""
    making = asyncio.create_task(work)
    try:
        while not (await asyncio.wait({making}, timeout=LOOK))[0]:
            if await request.is_disconnected():
                raise NotMade("gone")
        return await making
    finally:
        making.cancel()

"""A file that tells how far it is while it is made: lines of JSON, and then the file itself.

Only what is known is told: how many files come first, and of a ZIP how many are done. The last line says what
follows, or why nothing does. Who goes away, or cancels, ends it as with any other file.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import NamedTuple

import orjson
from fastapi import Request
from fastapi.responses import StreamingResponse

from app.exports.maker import NotMade, Step, Told

#: Seconds between two looks at whether somebody still waits.
LOOK = 0.5
MEDIA = "application/vnd.trivselstavlen.steps"


class Named(NamedTuple):
    """What a file is called, and which type it is of."""

    name: str
    media: str


def told_while_made(
    request: Request,
    make: Callable[[Told], Awaitable[bytes]],
    named: Callable[[bytes], Named],
    headers: Mapping[str, str],
) -> StreamingResponse:
    """`make` is given whom to tell; what it is called may follow from what is made."""

    async def lines() -> AsyncIterator[bytes]:
        steps: asyncio.Queue[Step] = asyncio.Queue()
        making = asyncio.ensure_future(make(steps.put_nowait))
        try:
            # The first goes out at once: the file is asked for, and all of it is gathered.
            yield _line(step="making", done=0, all=1)
            while not making.done():
                hearing = asyncio.ensure_future(steps.get())
                await asyncio.wait({making, hearing}, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
                if hearing.done():
                    yield _line(**hearing.result()._asdict())
                else:
                    hearing.cancel()
                if await request.is_disconnected():
                    return
            try:
                file = await making
            except NotMade:
                yield _line(step="failed", code="pdf_busy")
                return
            yield _line(step="file", bytes=len(file), **named(file)._asdict())
            yield file
        finally:
            making.cancel()

    return StreamingResponse(lines(), media_type=MEDIA, headers=headers)


def _line(**said: object) -> bytes:
    return orjson.dumps(said) + b"\n"

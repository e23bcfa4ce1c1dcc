"""Streams progress while a file is made, as lines of JSON, and then the file itself.

Progress is how many files come first and, in a ZIP, how many are done. The last line says what follows, or
why nothing does. A client that disconnects or cancels ends the job, as with any other file.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import NamedTuple

import orjson
from fastapi import Request
from fastapi.responses import StreamingResponse

from app.exports.maker import NotMade, Step, Told

#: Seconds between checks whether the client is still waiting.
LOOK = 0.5
MEDIA = "application/vnd.trivselstavlen.steps"


class Named(NamedTuple):
    """A file's name and type."""

    name: str
    media: str


def told_while_made(
    request: Request,
    make: Callable[[Told], Awaitable[bytes]],
    named: Callable[[bytes], Named],
    headers: Mapping[str, str],
) -> StreamingResponse:
    """`make` gets the progress callback; the name may depend on what was made."""

    async def lines() -> AsyncIterator[bytes]:
        steps: asyncio.Queue[Step] = asyncio.Queue()
        making = asyncio.ensure_future(make(steps.put_nowait))
        try:
            # The first line is sent at once: the job is accepted, and its data gathered.
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

"""A file that tells how far it is while it is made: lines of JSON, and then the file itself.

Only what is known is told: how many files come first, and of a ZIP how many are done. The last line says what
follows, or why nothing does. Who goes away, or cancels, ends it as with any other file.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import orjson
from fastapi import Request
from fastapi.responses import StreamingResponse

from app.exports.asked import LOOK
from app.exports.maker import NotMade, Step, Told

MEDIA = "application/vnd.trivselstavlen.steps"


def told_while_made(
    request: Request, make: Callable[[Told], Awaitable[bytes]], headers: Mapping[str, str], media: str
) -> StreamingResponse:
    """`make` is given whom to tell; `headers` and `media` are what the file by itself would have had."""
    named = headers["Content-Disposition"].partition('filename="')[2].rstrip('"')

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
            yield _line(step="file", name=named, media=media, bytes=len(file))
            yield file
        finally:
            making.cancel()

    kept = {name: value for name, value in headers.items() if name != "Content-Disposition"}
    return StreamingResponse(lines(), media_type=MEDIA, headers=kept)


def _line(**said: object) -> bytes:
    return orjson.dumps(said) + b"\n"

"""A requested file: made for as long as the client waits, with its progress if asked for."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Annotated, Any

from fastapi import Query, Request, Response

from app.exports.maker import NotMade, Told
from app.exports.steps import LOOK, Named, told_while_made
from app.http.errors import Problem

PRIVATE: Mapping[str, str] = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
#: Whether to report progress before the file.
Steps = Annotated[bool, Query()]


async def answered(
    request: Request, make: Callable[[Told], Awaitable[bytes]], named: Callable[[bytes], Named], steps: bool
) -> Response:
    """The file, or with `steps` its progress and then the file. `make` gets the progress callback.

    Raises a problem (503) if the file is not made; with `steps` the last line says so.
    """
    if steps:
        return told_while_made(request, make, named, PRIVATE)

    async def alone() -> bytes:
        return await make(lambda _: None)

    try:
        made = await while_asked(request, alone())
    except NotMade:
        raise Problem(503, "pdf_busy", retry_after=5) from None
    name, media = named(made)
    saved = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=media, headers={**PRIVATE, **saved})


async def while_asked(request: Request, work: Coroutine[Any, Any, bytes]) -> bytes:
    """The result of the work; cancelled when the client has gone or pressed *cancel*."""
    making = asyncio.create_task(work)
    try:
        while not (await asyncio.wait({making}, timeout=LOOK))[0]:
            if await request.is_disconnected():
                raise NotMade("gone")
        return await making
    finally:
        making.cancel()

"""A file that somebody asks for: made as long as they wait, and told how far it is if they want to know."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Annotated, Any

from fastapi import Query, Request, Response

from app.exports.maker import NotMade, Told
from app.exports.steps import LOOK, Named, told_while_made
from app.http.errors import Problem

PRIVATE: Mapping[str, str] = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
#: Whether it is told how far the file is, before it comes.
Steps = Annotated[bool, Query()]


async def answered(
    request: Request, make: Callable[[Told], Awaitable[bytes]], named: Callable[[bytes], Named], steps: bool
) -> Response:
    """The file, or with `steps` how far it is and then the file. `make` is given whom to tell.

    Raises a problem (503) for what is not made; with `steps` the last line says so.
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
    """What comes of the work. Who has gone, or pressed *cancel*, has it ended, so that the next begins."""
    making = asyncio.create_task(work)
    try:
        while not (await asyncio.wait({making}, timeout=LOOK))[0]:
            if await request.is_disconnected():
                raise NotMade("gone")
        return await making
    finally:
        making.cancel()

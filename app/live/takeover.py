"""R11: a desk takes the running meeting over from another one."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import StringConstraints

from app.access import Access, Asker
from app.http.errors import Body, StrictRoute
from app.live.rooms import Rooms


class TakeOver(Body):
    """The desk that leads from now on, as its ticket named it."""

    desk: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


def routes(*, access: Access, rooms: Rooms) -> APIRouter:
    """By HTTP, so that a desk can where WebSockets are blocked. Nothing is stored, and no line is closed."""
    router = APIRouter(prefix="/api/workshops", route_class=StrictRoute, tags=["workshops"])

    @router.post("/{workshop}/take-over", status_code=204)
    async def take_over(body: TakeOver, asker: Annotated[Asker, Depends(access.allow("drive"))]) -> None:
        opened = await rooms.open(asker.where.board)
        if opened is not None:
            opened.hub.leaders.take(asker.where.workshop, body.desk, asker.who.name)

    return router

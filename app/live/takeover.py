"""R11: a desk takes the running meeting over from another one."""

from typing import Annotated

from fastapi import APIRouter, Depends

from app.access import Access, Asker
from app.http.errors import Body, StrictRoute
from app.live.elsewhere import DeskId
from app.live.rooms import Rooms


class TakeOver(Body):
    """The desk that leads from now on, as its ticket named it."""

    desk: DeskId


def routes(*, access: Access, rooms: Rooms) -> APIRouter:
    """Over HTTP, so that it works where WebSockets are blocked. Nothing is stored, and no line is closed."""
    router = APIRouter(prefix="/api/workshops", route_class=StrictRoute, tags=["workshops"])

    @router.post("/{workshop}/take-over", status_code=204)
    async def take_over(body: TakeOver, asker: Annotated[Asker, Depends(access.allow("drive"))]) -> None:
        opened = await rooms.open(asker.where.board)
        if opened is not None:
            opened.hub.take_over(asker.where.workshop, body.desk, asker.who.name)

    return router

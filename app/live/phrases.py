"""P4.5: what a phrase means, told to a desk while it is typed; nothing is stored, no undo step is left."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, StringConstraints

from app.access import Access, Asker
from app.clock import local_day
from app.engine.agenda import Workshop, next_meeting
from app.http.errors import Body, Problem, StrictRoute
from app.limits import Clock
from app.live.rooms import Rooms
from app.words.dates import read


class Phrase(Body):
    """The text in the field."""

    phrase: Annotated[str, StringConstraints(max_length=200)]


class Meant(BaseModel):
    """The day it means (ISO), or the days it may mean."""

    day: str | None
    either: tuple[str, ...]


def routes(*, access: Access, rooms: Rooms, clock: Clock) -> APIRouter:
    """`POST /api/workshops/{workshop}/meaning`."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["phrases"])

    @router.post("/workshops/{workshop}/meaning")
    async def meaning(body: Phrase, asker: Annotated[Asker, Depends(access.allow("drive"))]) -> Meant:
        board = await rooms.board(asker.where.board)
        if board is None:
            raise Problem(404, "unknown")
        workshop, today = board.one(Workshop, asker.where.workshop), local_day(clock())
        day, either = read(body.phrase, today, workshop.language, next_meeting(board, today))
        return Meant(day=day, either=either)

    return router

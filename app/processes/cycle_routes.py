"""The cycles of a process over HTTP (P5.5)."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.access import Access, Asker, Place
from app.engine.report import Paper
from app.http.errors import Problem, StrictRoute
from app.processes.cycles import Cycles, CycleSeen, NoTurn


class KnownTheme(BaseModel):
    """A theme with what is known about it."""

    id: str
    name: str
    paper: Paper
    notes: int
    field: Literal["can", "cannot"] | None


class Cycle(BaseModel):
    """Where a process is in its cycle; see `CycleSeen`."""

    cycle: int
    meetings: int
    left: list[KnownTheme]
    worked: list[KnownTheme]
    before: list[KnownTheme]


def routes(*, cycles: Cycles, access: Access) -> APIRouter:
    """The routes of the cycles."""
    router = APIRouter(prefix="/api/processes/{process}/cycle", route_class=StrictRoute, tags=["cycles"])
    see, lead = access.allow("drive"), access.allow("lead")

    @router.get("")
    async def cycle(asker: Annotated[Asker, Depends(see)]) -> Cycle:
        return _told(await cycles.seen(asker.where))

    @router.post("", status_code=201)
    async def begin(asker: Annotated[Asker, Depends(lead)]) -> Cycle:
        return await turned(cycles.begin, asker.where)

    @router.delete("")
    async def take_back(asker: Annotated[Asker, Depends(lead)]) -> Cycle:
        return await turned(cycles.take_back, asker.where)

    async def turned(turn: Callable[[Place], Awaitable[CycleSeen]], place: Place) -> Cycle:
        try:
            return _told(await turn(place))
        except NoTurn as why:
            raise Problem(409, why.code) from None

    return router


def _told(seen: CycleSeen) -> Cycle:
    return Cycle.model_validate(asdict(seen))

"""Deleting one's own account over HTTP (F4)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field, StringConstraints

from app.access import Access, Asker
from app.accounts.leaving import Leaving, NotTold
from app.accounts.routes import Cookie
from app.http.errors import Body, Problem, StrictRoute

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Leave(Body):
    """The companies that the person was shown would be deleted with the account."""

    companies: Annotated[list[Id], Field(max_length=1000)]


class CompanyGoing(BaseModel):
    """A company that would be deleted, and how much is in it."""

    id: str
    name: str
    processes: int
    meetings: int


class Going(BaseModel):
    """What is deleted with the account."""

    companies: list[CompanyGoing]


def routes(*, leaving: Leaving, access: Access, cookie: Cookie) -> APIRouter:
    """An account with a personal link has no password: the facilitator of the process removes it."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["accounts"])

    @router.get("/account/leaving")
    async def takes_along(asker: Annotated[Asker, Depends(access.allow("own"))]) -> Going:
        found = await leaving.takes_along(asker.who)
        return Going(
            companies=[
                CompanyGoing(id=one.id, name=one.name, processes=one.processes, meetings=one.meetings)
                for one in found
            ]
        )

    @router.delete("/account", status_code=204)
    async def leave(
        body: Leave, answer: Response, asker: Annotated[Asker, Depends(access.allow("own"))]
    ) -> None:
        access.proved(asker)
        try:
            await leaving.leave(asker.who, body.companies)
        except NotTold:
            raise Problem(409, "not_told") from None
        cookie.clear(answer)

    return router

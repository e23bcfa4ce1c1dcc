"""Deleting one's own account over HTTP (F4), and giving the password again (X4)."""

from typing import Annotated, NoReturn

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field, StringConstraints

from app.access import Access, Asker
from app.accounts.leaving import Leaving, NotTold
from app.accounts.routes import Cookie, Password
from app.accounts.service import Refusal
from app.http.errors import Body, Problem, StrictRoute

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Prove(Body):
    """The password of who is signed in, once more."""

    password: Password


class Leave(Body):
    """The companies that the person was told would go with the account."""

    companies: Annotated[list[Id], Field(max_length=1000)]


class CompanyGoing(BaseModel):
    """A company that would go, and how much is in it."""

    id: str
    name: str
    processes: int
    meetings: int


class Going(BaseModel):
    """What goes with the account."""

    companies: list[CompanyGoing]


def routes(*, leaving: Leaving, access: Access, cookie: Cookie) -> APIRouter:
    """An account with a personal link has no password: who leads the process removes it."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["accounts"])

    @router.post("/session/proof", status_code=204)
    async def prove(body: Prove, asker: Annotated[Asker, Depends(access.allow("begin"))]) -> None:
        try:
            await leaving.prove(asker.who, body.password)
        except Refusal as refusal:
            _say(refusal)

    @router.get("/account/leaving")
    async def takes_along(asker: Annotated[Asker, Depends(access.allow("begin"))]) -> Going:
        found = await leaving.takes_along(asker.who)
        return Going(
            companies=[
                CompanyGoing(id=one.id, name=one.name, processes=one.processes, meetings=one.meetings)
                for one in found
            ]
        )

    @router.delete("/account", status_code=204)
    async def leave(
        body: Leave, answer: Response, asker: Annotated[Asker, Depends(access.allow("begin"))]
    ) -> None:
        access.proved(asker)
        try:
            await leaving.leave(asker.who, body.companies)
        except NotTold:
            raise Problem(409, "not_told") from None
        cookie.clear(answer)

    return router


def _say(refusal: Refusal) -> NoReturn:
    status = 429 if refusal.code == "slow_down" else 403
    raise Problem(status, refusal.code, refusal.retry_after) from None

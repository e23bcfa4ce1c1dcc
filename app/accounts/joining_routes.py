"""Accepting an invitation over HTTP (X2): its contents, and with which account."""

from typing import Annotated, Literal, NoReturn

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from app.access import Access, Asker
from app.accounts.joining import Joining
from app.accounts.routes import Cookie, Email, Password, Token, address_of
from app.accounts.service import Refusal
from app.engine.text import Line
from app.http.errors import Body, Problem, StrictRoute

_STATUS = {"used": 410, "slow_down": 429, "email_taken": 409}


class Look(Body):
    """The link, as it was opened in the browser."""

    token: Token


class AcceptNew(Body):
    """The link, and the new account's details."""

    token: Token
    name: Line
    email: Email
    password: Password


class InvitedSeen(BaseModel):
    """Who invites to what, and with which role; `begin` is for starting processes of one's own."""

    by: str
    name: str
    role: Literal["facilitator", "co_facilitator", "reader", "begin"]
    duty: str | None
    company: str
    group: str
    expires_at: int


class AcceptedSeen(BaseModel):
    """The current process, if there is one."""

    process: str | None


def routes(*, joining: Joining, access: Access, cookie: Cookie) -> APIRouter:
    """The token is in the body: in the address it is in the fragment, which browsers never send."""
    router = APIRouter(prefix="/api/invitation", route_class=StrictRoute, tags=["people"])

    @router.post("/open", dependencies=[Depends(access.allow("join"))])
    async def look(body: Look, request: Request) -> InvitedSeen:
        try:
            found = await joining.look(body.token, address_of(request))
        except Refusal as refusal:
            _say(refusal)
        return InvitedSeen(
            by=found.by,
            name=found.name,
            role=found.role,
            duty=found.duty,
            company=found.company,
            group=found.group,
            expires_at=found.expires_at,
        )

    @router.post("/account", dependencies=[Depends(access.allow("join"))])
    async def accept_new(body: AcceptNew, request: Request, answer: Response) -> AcceptedSeen:
        try:
            new, process = await joining.accept_new(
                body.token, body.name, body.email.strip(), body.password, address_of(request)
            )
        except Refusal as refusal:
            _say(refusal)
        cookie.set(answer, new.token)
        if new.mark is not None:
            cookie.set_mark(answer, new.mark)
        return AcceptedSeen(process=process)

    @router.post("/accept")
    async def accept(
        body: Look, request: Request, asker: Annotated[Asker, Depends(access.allow("own"))]
    ) -> AcceptedSeen:
        try:
            return AcceptedSeen(process=await joining.accept(body.token, asker.who, address_of(request)))
        except Refusal as refusal:
            _say(refusal)

    return router


def _say(refusal: Refusal) -> NoReturn:
    raise Problem(_STATUS.get(refusal.code, 422), refusal.code, refusal.retry_after) from None

"""X2: for people who cannot sign in: asking for a mail with a link, and using that link."""

from typing import NoReturn

from fastapi import APIRouter, Depends, Request

from app.access import Access
from app.accounts.resetting import Resetting
from app.accounts.routes import Email, Password, Token, address_of
from app.accounts.service import Refusal
from app.http.errors import Body, Problem, StrictRoute

_STATUS = {"used": 410, "slow_down": 429, "no_mail": 409}


class Forgotten(Body):
    """The e-mail for signing in."""

    email: Email


class LookAtReset(Body):
    """The link, as it was opened in the browser."""

    token: Token


class Reset(Body):
    """The link, and the new password."""

    token: Token
    password: Password


def routes(*, resetting: Resetting, access: Access) -> APIRouter:
    """These routes need no session and start none."""
    router = APIRouter(
        prefix="/api/accounts",
        route_class=StrictRoute,
        tags=["accounts"],
        dependencies=[Depends(access.allow("join"))],
    )

    @router.post("/forgotten", status_code=204)
    async def forgotten(body: Forgotten, request: Request) -> None:
        try:
            resetting.forgotten(body.email.strip(), address_of(request))
        except Refusal as refusal:
            _say(refusal)

    @router.post("/reset/link", status_code=204)
    async def look(body: LookAtReset, request: Request) -> None:
        try:
            await resetting.look(body.token, address_of(request))
        except Refusal as refusal:
            _say(refusal)

    @router.post("/reset", status_code=204)
    async def reset(body: Reset, request: Request) -> None:
        try:
            await resetting.reset(body.token, body.password, address_of(request))
        except Refusal as refusal:
            _say(refusal)

    return router


def _say(refusal: Refusal) -> NoReturn:
    raise Problem(_STATUS.get(refusal.code, 422), refusal.code, refusal.retry_after) from None

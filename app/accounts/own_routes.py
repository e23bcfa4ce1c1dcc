"""One's own account over HTTP: name, e-mail, password, and confirming the password (X4)."""

from typing import Annotated, NoReturn

from fastapi import APIRouter, Depends, Response

from app.access import Access, Asker
from app.accounts.own import OwnAccount
from app.accounts.proof import Proof
from app.accounts.routes import Cookie, Email, Password
from app.accounts.service import Refusal
from app.engine.text import Line
from app.http.errors import Body, Problem, StrictRoute

_STATUS = {"slow_down": 429, "proof": 403, "email_taken": 409}


class Prove(Body):
    """The password of the signed-in person, once more."""

    password: Password


class CallMe(Body):
    """One's own name."""

    name: Line


class ChangeEmail(Body):
    """The new e-mail for signing in."""

    email: Email


class ChangePassword(Body):
    """The current password, and the new one."""

    old: Password
    new: Password


def routes(*, own: OwnAccount, proof: Proof, access: Access, cookie: Cookie) -> APIRouter:
    """People with a personal link have neither e-mail nor password; the facilitator names them."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["accounts"])

    @router.post("/session/proof", status_code=204)
    async def prove(body: Prove, asker: Annotated[Asker, Depends(access.allow("own"))]) -> None:
        try:
            await proof.prove(asker.who, body.password)
        except Refusal as refusal:
            _say(refusal)

    @router.put("/account/name", status_code=204)
    async def rename(body: CallMe, asker: Annotated[Asker, Depends(access.allow("own"))]) -> None:
        await own.rename(asker.who, body.name)

    @router.put("/account/email", status_code=204)
    async def change_email(body: ChangeEmail, asker: Annotated[Asker, Depends(access.allow("own"))]) -> None:
        access.proved(asker)
        try:
            await own.change_email(asker.who, body.email.strip())
        except Refusal as refusal:
            _say(refusal)

    @router.put("/account/password", status_code=204)
    async def change_password(
        body: ChangePassword, answer: Response, asker: Annotated[Asker, Depends(access.allow("own"))]
    ) -> None:
        try:
            new = await own.change_password(asker.who, body.old, body.new)
        except Refusal as refusal:
            _say(refusal)
        cookie.set(answer, new.token)

    @router.delete("/sessions", status_code=204)
    async def sign_out_elsewhere(asker: Annotated[Asker, Depends(access.allow("own"))]) -> None:
        await own.sign_out_elsewhere(asker.who)

    return router


def _say(refusal: Refusal) -> NoReturn:
    raise Problem(_STATUS.get(refusal.code, 422), refusal.code, refusal.retry_after) from None

"""Signing in through a provider over HTTP: out by a redirect, back by a POST from our own page (X5, X28).

The provider sends people to a page of ours. Opening it changes nothing; its script posts what its address
holds. A cookie makes sure that the browser that returns is the one that left.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, NoReturn, Protocol

import structlog
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, StringConstraints

from app.access import Access, Asker
from app.accounts.routes import Cookie, Token, address_of
from app.accounts.service import Accounts, Refusal
from app.accounts.sign_on import SignOns
from app.http.errors import Body, Problem, StrictRoute
from app.limits import Clock, Window
from app.sign_on.keeping import Errand, Errands, Purpose
from app.sign_on.provider import Asked, Away, Identity, NotProved

log = structlog.get_logger("sign_on")

#: Round trips in a minute from one address: each sends the provider a request.
FROM_ADDRESS = 60
_STATUS = {"sign_on_unknown": 403, "sign_on_other": 403, "sign_on_taken": 409, "sign_on_only": 409}
_STATUS |= {"sign_on_no_email": 409, "email_taken": 409, "used": 410, "slow_down": 429}
Said = Annotated[str, StringConstraints(max_length=4096)]


class Ways(Protocol):
    """The provider."""

    async def begin(self, *, again: bool) -> Asked: ...

    async def finish(self, asked: Asked, code: str, issuer: str | None, *, again: bool) -> Identity: ...


@dataclass(frozen=True)
class Offered:
    """The configured provider, and the name people know it by ("" if none is set)."""

    ways: Ways
    name: str


class SignOnSeen(BaseModel):
    """Another way to sign in, if there is one; `mails`: passwords can be reset by mail."""

    offered: bool
    name: str
    mails: bool


class GoThere(Body):
    """The purpose of a sign-on by a signed-in person: linking the account, or proving who they are."""

    purpose: Literal["link", "prove"]


class EnterThere(Body):
    """With an invitation: accepts it, by a new account or the linked one."""

    invitation: Token | None = None


class SentThere(BaseModel):
    """The address to go to."""

    url: str


class BackFrom(Body):
    """The parameters with which the provider redirected the browser back."""

    state: Said
    code: Said = ""
    iss: Said | None = None
    error: Said = ""


class Arrived(BaseModel):
    """What the sign-on was for."""

    purpose: Purpose
    #: Where an invitation led to, if to a process.
    process: str | None = None


class LinkSeenThere(BaseModel):
    """Whether one's own account is linked to the provider, and whether it has a password."""

    offered: bool
    name: str
    linked: bool
    password: bool


def routes(
    *,
    offered: Offered | None,
    errands: Errands,
    sign_ons: SignOns,
    accounts: Accounts,
    access: Access,
    cookie: Cookie,
    clock: Clock,
    mails: bool,
) -> APIRouter:
    """Without a provider, these routes say so."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["sign-on"])
    join, own = Depends(access.allow("join")), Depends(access.allow("own"))
    tries = Window(clock, FROM_ADDRESS)
    name = offered.name if offered else ""

    def provider(request: Request) -> Ways:
        if offered is None:
            raise Problem(404, "no_sign_on")
        if wait := tries.take(address_of(request)):
            raise Problem(429, "slow_down", wait)
        return offered.ways

    async def sent(request: Request, answer: Response, purpose: Purpose, about: str) -> SentThere:
        ways = provider(request)
        try:
            asked = await ways.begin(again=purpose == "prove")
        except Away:
            _away()
        errand = Errand(
            state=asked.state, nonce=asked.nonce, verifier=asked.verifier,
            purpose=purpose, about=about, until=errands.until(),
        )  # fmt: skip
        cookie.set_errand(answer, errands.keep(errand))
        return SentThere(url=asked.url)

    async def did(request: Request, answer: Response, errand: Errand, who: Identity) -> str | None:
        process = None
        match errand.purpose:
            case "enter" | "accept":
                if errand.purpose == "enter":
                    new = await sign_ons.enter(who)
                else:
                    new, process = await sign_ons.accept(who, errand.about, address_of(request))
                # A browser that signs in again leaves its old session behind (X4).
                if (before := request.cookies.get(cookie.name)) and (
                    old := await accounts.sessions.find(before)
                ):
                    await accounts.sessions.leave_behind(old.account, old.session)
                cookie.set(answer, new.token)
            case "link" | "prove":
                asker = await access.let_in(request, "own")
                # Only for the account that began it, not for one that has signed in here since.
                if asker.who.account != errand.about:
                    raise Refusal("sign_on_other")
                if errand.purpose == "link":
                    await sign_ons.link(asker.who.account, who)
                else:
                    await sign_ons.prove(asker.who, who)
        return process

    @router.get("/sign-on", dependencies=[join])
    async def seen() -> SignOnSeen:
        return SignOnSeen(offered=offered is not None, name=name, mails=mails)

    @router.post("/sign-on", dependencies=[join])
    async def enter(request: Request, answer: Response, body: EnterThere | None = None) -> SentThere:
        invitation = body.invitation if body else None
        return await sent(request, answer, "accept" if invitation else "enter", invitation or "")

    @router.post("/sign-on/back", dependencies=[join])
    async def back(body: BackFrom, request: Request, answer: Response) -> Arrived:
        ways = provider(request)
        errand = await errands.take(request.cookies.get(cookie.errand_name, ""), body.state)
        cookie.clear_errand(answer)
        if errand is None or body.error or not body.code:
            log.info("sign-on refused", why="errand" if errand is None else "denied")
            raise Problem(401, "sign_on_failed")
        asked = Asked("", errand.state, errand.nonce, errand.verifier)
        try:
            who = await ways.finish(asked, body.code, body.iss, again=errand.purpose == "prove")
            process = await did(request, answer, errand, who)
        except NotProved as why:
            log.info("sign-on refused", why=why.code)
            raise Problem(401, "sign_on_stale" if why.code == "auth_time" else "sign_on_failed") from None
        except Away:
            _away()
        except Refusal as refusal:
            _say(refusal)
        return Arrived(purpose=errand.purpose, process=process)

    @router.get("/account/sign-on")
    async def linked(asker: Annotated[Asker, own]) -> LinkSeenThere:
        is_linked, has_password = await sign_ons.of(asker.who.account)
        return LinkSeenThere(offered=offered is not None, name=name, linked=is_linked, password=has_password)

    @router.post("/account/sign-on")
    async def go_there(
        body: GoThere, request: Request, answer: Response, asker: Annotated[Asker, own]
    ) -> SentThere:
        if body.purpose == "link":
            access.proved(asker)
        return await sent(request, answer, body.purpose, asker.who.account)

    @router.delete("/account/sign-on", status_code=204)
    async def unlink(asker: Annotated[Asker, own]) -> None:
        access.proved(asker)
        try:
            await sign_ons.unlink(asker.who.account)
        except Refusal as refusal:
            _say(refusal)

    return router


def _away() -> NoReturn:
    raise Problem(503, "sign_on_away") from None


def _say(refusal: Refusal) -> NoReturn:
    raise Problem(_STATUS.get(refusal.code, 422), refusal.code, refusal.retry_after) from None

"""The second factor over HTTP (X1): switched on and off by oneself."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, StringConstraints

from app.access import Access, Asker
from app.accounts.second_factor import address, readable
from app.accounts.service import Accounts
from app.http.errors import Body, Problem, StrictRoute
from app.limits import Clock, Delays
from app.live.routes import Qr
from app.qr import draw

Code = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Confirm(Body):
    """The current code of the authenticator app."""

    code: Code


class SecondSeen(BaseModel):
    """Whether it is on, and how many recovery codes are left."""

    on: bool
    left: int


class SecretSeen(BaseModel):
    """The secret that the phone scans, or somebody types; it is shown only once."""

    secret: str
    qr: Qr


class RecoveryCodes(BaseModel):
    """The recovery codes for a lost phone; they are shown only once."""

    codes: list[str]


def routes(*, accounts: Accounts, access: Access, clock: Clock) -> APIRouter:
    """X4: requires a password given within ten minutes, since switching it on locks others out."""
    router = APIRouter(prefix="/api/account/second", route_class=StrictRoute, tags=["accounts"])
    own = Depends(access.allow("own"))
    delays = Delays(clock)
    second = accounts.second

    @router.get("")
    async def seen(asker: Annotated[Asker, own]) -> SecondSeen:
        account = asker.who.account
        return SecondSeen(on=await second.is_on(account), left=await second.left(account))

    @router.post("", status_code=201)
    async def begin(asker: Annotated[Asker, own]) -> SecretSeen:
        access.proved(asker)
        secret = await second.begin(asker.who.account)
        if secret is None:
            raise Problem(409, "second_on")
        drawn = draw(address(secret, asker.who.email))
        return SecretSeen(secret=readable(secret), qr=Qr(size=drawn.size, path=drawn.path))

    @router.post("/confirm")
    async def confirm(body: Confirm, asker: Annotated[Asker, own]) -> RecoveryCodes:
        access.proved(asker)
        if wait := delays.take(asker.who.account):
            raise Problem(429, "slow_down", wait)
        codes = await second.confirm(asker.who.account, body.code)
        if codes is None:
            raise Problem(403, "wrong_code")
        delays.forget(asker.who.account)
        return RecoveryCodes(codes=codes)

    @router.delete("", status_code=204)
    async def off(asker: Annotated[Asker, own]) -> None:
        access.proved(asker)
        await accounts.second_off(asker.who.account)

    return router

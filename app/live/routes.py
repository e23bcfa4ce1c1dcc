"""Joining over HTTP: phones by code or QR, screens by pairing, and the way in that a wall shows."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, StringConstraints

from app.access import Access, Asker
from app.http.errors import Body, Problem, StrictRoute
from app.limits import Clock, Window, address_hash
from app.live.door import Door, Doors, NoRoom, TooManyMisses
from app.live.pairing import NoPairing, Screens
from app.live.reception import Joined, Reception
from app.qr import draw

Shown = Annotated[str, StringConstraints(min_length=1, max_length=200)]
#: Requests a minute from one address: a wall asks for a code now and then, and when one expires.
PAIRINGS_PER_ADDRESS = 30
MISSED_CLAIMS_PER_ADDRESS = 60


class Join(Body):
    """The six characters as typed, or the token in the QR code."""

    code: Shown | None = None
    token: Shown | None = None


class Pairing(BaseModel):
    """The code a wall shows, and the secret it polls with."""

    code: str
    secret: str


class Claim(Body):
    """Ask whether somebody has typed this screen's code."""

    secret: Shown


class Qr(BaseModel):
    """SVG path data on a grid of `size` modules, including the quiet zone."""

    size: int
    path: str


class WayIn(BaseModel):
    """What the wall shows to people who have not joined yet."""

    code: str
    join_url: str
    qr: Qr


class Claimed(BaseModel):
    """The token of a screen; None while nobody has typed its code."""

    token: str | None = None


def routes(
    *,
    reception: Reception,
    doors: Doors,
    screens: Screens,
    access: Access,
    clock: Clock,
    base_url: Callable[[str], Awaitable[str]],
) -> APIRouter:
    """The routes of those who have no account; `base_url` is that of a workshop's QR code."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["coming in"])
    pairings = Window(clock, PAIRINGS_PER_ADDRESS)
    missed_claims = Window(clock, MISSED_CLAIMS_PER_ADDRESS)

    @router.post("/join", dependencies=[Depends(access.allow("join"))])
    async def join(body: Join, request: Request) -> Joined:
        """X10: unknown, closed and expired are one answer, and the token is the same for all."""
        try:
            if body.token is not None:
                return await reception.by_token(body.token)
            if body.code is not None:
                return await reception.by_code(body.code, _address(request))
        except NoRoom:
            raise Problem(404, "no_room") from None
        except TooManyMisses as misses:
            raise Problem(429, misses.code, misses.retry_after) from None
        raise Problem(422, "missing")

    @router.post("/screens", dependencies=[Depends(access.allow("join"))])
    async def show(request: Request) -> Pairing:
        """A screen that is not paired yet shows a code."""
        address = _address(request)
        if wait := pairings.take(address):
            raise Problem(429, "slow_down", wait)
        code, secret = await screens.show(address)
        return Pairing(code=code, secret=secret)

    @router.post(
        "/screens/claim",
        dependencies=[Depends(access.allow("join"))],
        responses={202: {"model": Claimed, "description": "The screen is not paired yet."}},
    )
    async def claim(body: Claim, request: Request, answer: Response) -> Claimed:
        """202 while it waits; the token, once; 410 when the wall must show a new code."""
        try:
            token = await screens.claim(body.secret)
        except NoPairing:
            # F12: what nobody knows is counted; a wall with its secret is never in a stranger's queue.
            if wait := missed_claims.take(_address(request)):
                raise Problem(429, "slow_down", wait) from None
            raise Problem(410, "used") from None
        answer.status_code = 202 if token is None else 200
        return Claimed(token=token)

    @router.get("/walls/join")
    async def way_in(asker: Annotated[Asker, Depends(access.allow("read_wall"))]) -> WayIn:
        """The code and the QR code, for the screens of the workshop only."""
        workshop = asker.where.workshop
        door = await doors.find(workshop)
        if door is None or not door.open:
            raise Problem(409, "door_closed")
        return way_in_of(door, await base_url(workshop))

    return router


def way_in_of(door: Door, base_url: str) -> WayIn:
    """What the wall shows."""
    url = join_url(door, base_url)
    qr = draw(url)
    return WayIn(code=door.code, join_url=url, qr=Qr(size=qr.size, path=qr.path))


def join_url(door: Door, base_url: str) -> str:
    """What a QR code holds: the whole address in upper case, which makes it smaller (X10).

    Under a path the case stays: a proxy distinguishes `/trivsel` from `/TRIVSEL`.
    """
    url = f"{base_url}/J/{door.token}"
    return url if urlsplit(base_url).path else url.upper()


def _address(request: Request) -> str:
    return address_hash(request.client.host if request.client else "")

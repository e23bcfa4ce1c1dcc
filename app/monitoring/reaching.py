"""Whether phones reach this server: a QR code that leads to no meeting, and whether one has come (G07).

What is kept, in memory, is one token for each account that asks, and whether it was opened: not by whom, how
often or when.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.access import Access, Asker
from app.http.errors import Problem, StrictRoute, friendly_page, words_for
from app.limits import MINUTE, Clock
from app.live.routes import Qr
from app.qr import draw

#: So long a code can be tried.
TRIED_FOR = 30 * MINUTE


class Reach(BaseModel):
    """A code to try, and whether a phone has come in by it."""

    url: str
    qr: Qr
    came: bool


@dataclass
class _Shown:
    token: str
    url: str
    until: int
    came: bool = False


class Reaching:
    """The codes that are shown, one for each account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._shown: dict[str, _Shown] = {}

    def show(self, account: str, base_url: str) -> _Shown:
        """The account's code; a new one when the address has changed, or the old one has run out."""
        self._forget()
        shown = self._shown.get(account)
        if shown is None or not shown.url.startswith(f"{base_url}/t/"):
            token = secrets.token_urlsafe(9)
            shown = _Shown(token, f"{base_url}/t/{token}", self._clock() + TRIED_FOR)
            self._shown[account] = shown
        return shown

    def came(self, token: str) -> bool:
        """Somebody opened it; False for a code that is not shown."""
        self._forget()
        found = [shown for shown in self._shown.values() if shown.token == token]
        for shown in found:
            shown.came = True
        return bool(found)

    def _forget(self) -> None:
        now = self._clock()
        self._shown = {account: shown for account, shown in self._shown.items() if shown.until > now}


def routes(*, reaching: Reaching, base_url: Callable[[], str], access: Access) -> APIRouter:
    """For whoever signs in; the page behind the code is for everybody, and the same for all."""
    router = APIRouter(route_class=StrictRoute, tags=["reaching"])

    @router.get("/api/reach")
    async def shown(asker: Annotated[Asker, Depends(access.allow("begin"))]) -> Reach:
        """The code, and whether somebody has come by it."""
        found = reaching.show(asker.who.account, base_url())
        qr = draw(found.url)
        return Reach(url=found.url, qr=Qr(size=qr.size, path=qr.path), came=found.came)

    @router.get("/t/{token}", include_in_schema=False)
    async def opened(request: Request, token: str) -> Response:
        # Only asked with GET: what previews a link asks for its head.
        if not reaching.came(token):
            raise Problem(410, "used")
        say = words_for(request.headers.get("accept-language"))
        folder = request.scope.get("root_path", "")
        return friendly_page(say, say("page.reached.title"), say("page.reached.text"), 200, folder)

    return router

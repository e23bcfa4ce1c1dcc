"""Whether phones can reach this server: a QR code without a meeting, and whether a phone opened it (G07).

The code is derived from the account and the time under the server's key, so that any process knows it. Only
that it was opened is kept, in memory: not by whom, how often or when.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.access import Access, Asker
from app.http.errors import Problem, StrictRoute, friendly_page, words_for
from app.limits import MINUTE, Clock
from app.live.routes import Qr
from app.qr import draw

#: How long a code is shown; it can be tried for as long again.
TRIED_FOR = 30 * MINUTE
#: Bytes of a code: its half hour; then, of this length each, whose it is and that it is ours. In base64 they
#: need no padding.
_TURN, _MAC = 4, 7


class Reach(BaseModel):
    """A code to test with, and whether a phone has connected with it."""

    url: str
    qr: Qr
    came: bool


class Others(Protocol):
    """The other processes: the desk and the phone may connect to different ones."""

    def tell(self, topic: Literal["reached"], about: str) -> None:
        """A phone opened this code."""


@dataclass(frozen=True)
class Shown:
    """A code, and whether somebody opened it."""

    token: str
    url: str
    came: bool


class Reaching:
    """The codes that are shown, one for each account."""

    def __init__(self, clock: Clock, key: bytes, others: Others) -> None:
        self._clock = clock
        self._key = hashlib.blake2b(key, digest_size=32, person=b"reaching").digest()
        self._others = others
        #: The opened codes, and until when that is reported. Only the server makes codes, so there are few.
        self._came: dict[str, int] = {}

    def show(self, account: str, base_url: str) -> Shown:
        """The account's code; a new one when the address has changed, or the old one has run out."""
        turn = self._turn()
        token = self._token(turn, self._mac(turn, f"{account} {base_url}".encode()))
        return Shown(token, f"{base_url}/t/{token}", token in self._came)

    def opened(self, token: str) -> bool:
        """Somebody opened it; False for a code that is not shown."""
        if not self.came(token):
            return False
        self._others.tell("reached", token)
        return True

    def came(self, token: str) -> bool:
        """The same, told by another process."""
        now = self._clock()
        self._came = {each: until for each, until in self._came.items() if until > now}
        try:
            said = base64.urlsafe_b64decode(token)
        except ValueError:
            return False
        turn, about = int.from_bytes(said[:_TURN]), said[_TURN : _TURN + _MAC]
        # The previous code may still be tried while the current one is shown.
        if token != self._token(turn, about) or not 0 <= self._turn() - turn <= 1:
            return False
        self._came[token] = (turn + 2) * TRIED_FOR
        return True

    def _turn(self) -> int:
        return self._clock() // TRIED_FOR

    def _token(self, turn: int, about: bytes) -> str:
        return base64.urlsafe_b64encode(turn.to_bytes(_TURN) + about + self._mac(turn, about)).decode()

    def _mac(self, turn: int, about: bytes) -> bytes:
        said = turn.to_bytes(_TURN) + about
        return hashlib.blake2b(said, key=self._key, digest_size=_MAC).digest()


def routes(*, reaching: Reaching, base_url: Callable[[], str], access: Access) -> APIRouter:
    """For signed-in people; the page behind the code is for everybody, and the same for all."""
    router = APIRouter(route_class=StrictRoute, tags=["reaching"])

    @router.get("/api/reach")
    async def shown(asker: Annotated[Asker, Depends(access.allow("begin"))]) -> Reach:
        """The test code, and whether a phone has connected with it."""
        found = reaching.show(asker.who.account, base_url())
        qr = draw(found.url)
        return Reach(url=found.url, qr=Qr(size=qr.size, path=qr.path), came=found.came)

    @router.get("/t/{token}", include_in_schema=False)
    async def opened(request: Request, token: str) -> Response:
        # GET only, since link previews send HEAD requests.
        if not reaching.opened(token):
            raise Problem(410, "used")
        say = words_for(request.headers.get("accept-language"))
        folder = request.scope.get("root_path", "")
        return friendly_page(say, say("page.reached.title"), say("page.reached.text"), 200, folder)

    return router

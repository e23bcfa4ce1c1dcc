"""A3: the route for commands with a name. They use this POST, never a phone's live connection.

The token is the room's, the same for everybody; the page sends no cookie. As everywhere, only `(room, role,
command)` is passed on (A1), and nothing here knows of any phone's line.
"""

import time

from fastapi import APIRouter, Request, Response

from app.live.fallback import STATUS, address_of, answer_of, body_of, slow_down, unread
from app.live.flood import Purses
from app.live.lobby import Lobby
from app.live.messages import Misunderstood, Stored, parse_named
from app.live.submit import SlowDown, refusal, submit_charged

#: A name and a secret need no more. Bytes.
BODY = 4096


def routes(lobby: Lobby) -> APIRouter:
    """`POST /live/named`."""
    router = APIRouter()
    purses = Purses(time.monotonic)

    @router.post("/live/named")
    async def named(request: Request) -> Response:
        """Submit one command with a name."""
        address = address_of(request)
        purse = purses.of(address)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        body = await body_of(request, BODY)
        if body is None:
            return answer_of(refusal(0, "too_long"), 413)
        try:
            message = parse_named(body)
        except Misunderstood as fault:
            return await unread(purse, fault)
        came = await lobby.bearer(token) if scheme.lower() == "bearer" else None
        if came is None:
            return await unread(purse, Misunderstood("signed_out", 0))
        opened, asker, _ = came
        source = opened.named_flood.source(asker.workshop, address)
        # A POST is not a line, so the share is that of the people with lines at this address.
        source.lines = opened.flood.source(asker.workshop, address).lines
        try:
            answer = await submit_charged(opened, asker, message.command, source, purse, opened.named_flood)
        except SlowDown as slow:
            return await slow_down(0, slow.retry_after)
        if answer.code is None:
            return answer_of(Stored(ref=0, told=[]).model_dump_json().encode(), 200)
        # Sends no fresh record: changes to the plan reach everybody over their lines.
        return answer_of(refusal(0, answer.code, answer.retry_after), STATUS.get(answer.code, 409))

    return router

"""A3: the named plane's own wire. What carries a name comes by this POST, and never over a phone's line.

The token is the room's, the same for everybody; the page sends no cookie along. Only `(room, role, command)`
is handed on, as everywhere (A1), and nothing here knows of any line to a phone.
"""

from fastapi import APIRouter, Request, Response

from app.board.commands import Role
from app.live.fallback import STATUS, answer_of, body_of
from app.live.lobby import Lobby
from app.live.messages import Misunderstood, Stored, parse_named
from app.live.obey import refusal

#: A name and a secret need no more. Bytes.
BODY = 4096


def routes(lobby: Lobby) -> APIRouter:
    """`POST /live/named`."""
    router = APIRouter()

    @router.post("/live/named")
    async def named(request: Request) -> Response:
        """One command by name; its answer."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        body = await body_of(request, BODY)
        if body is None:
            return answer_of(refusal(0, "too_long"), 413)
        try:
            message = parse_named(body)
        except Misunderstood as fault:
            return answer_of(refusal(0, fault.code), STATUS.get(fault.code, 422))
        came = await lobby.bearer(token) if scheme.lower() == "bearer" else None
        if came is None:
            return answer_of(refusal(0, "signed_out"), 401)
        opened, asker = came
        phones = opened.hub.count("phone", asker.workshop)
        if asker.role is Role.PHONE and (wait := opened.named_flood.wait(phones)):
            return answer_of(refusal(0, "slow_down", wait), STATUS["slow_down"])
        answer = await opened.room.submit(asker, message.command)
        if answer.code is None:
            return answer_of(Stored(ref=0, told=[]).model_dump_json().encode(), 200)
        # Nothing fresh is sent along: what is new of the plan comes over the line, to everybody.
        return answer_of(refusal(0, answer.code, answer.retry_after), STATUS.get(answer.code, 409))

    return router

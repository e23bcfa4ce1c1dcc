"""From a command on the wire to its answer: the only way to a room, the same for both wires.

What is handed on is `(room, role and workshop, command)`: no socket, no request, no address, no counter (A1).
"""

from app.board.commands import Command, Role
from app.board.room import Asker
from app.live.messages import RefusedMessage, Stored
from app.live.rooms import OpenRoom

#: Commands whose group is "write" come from phones in a crowd; they share the room's limit (X11).
CROWD = frozenset({"write", "answer"})


async def obey(
    opened: OpenRoom, asker: Asker, ref: int, command: Command, group: str
) -> tuple[bytes, str | None]:
    """The answer as JSON, and its refusal code or None."""
    if asker.role is Role.PHONE and group in CROWD:
        wait = opened.flood.wait(opened.hub.count("phone", asker.workshop))
        if wait:
            return refusal(ref, "slow_down", wait), "slow_down"
    answer = await opened.room.submit(asker, command)
    if answer.code is None:
        return Stored(ref=ref, told=list(answer.told)).model_dump_json().encode(), None
    fresh = opened.hub.seen(answer.fresh, asker.role) if answer.fresh else None
    return _with_fresh(refusal(ref, answer.code, answer.retry_after), fresh), answer.code


def refusal(ref: int, code: str, retry_after: float | None = None) -> bytes:
    """A refusal as JSON."""
    message = RefusedMessage(ref=ref, code=code, fresh=None, retry_after=retry_after)
    return message.model_dump_json().encode()


def _with_fresh(message: bytes, fresh: bytes | None) -> bytes:
    return message if fresh is None else message.replace(b'"fresh":null', b'"fresh":' + fresh, 1)

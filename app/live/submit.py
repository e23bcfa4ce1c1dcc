"""From a command in a message to its answer: every transport goes through `submit_charged` to a room.

Passes on `(room, role and workshop, command)` only: no socket, request, address or counter (A1). The name of
a desk's account goes to the other desks, never to the room (G40).
"""

import time

from app.engine.commands import Command, Role
from app.engine.pace import SayDone
from app.engine.room import Answer, Asker
from app.live.flood import OURS, Purse, RoomFlood, Source
from app.live.messages import RefusedMessage, Stored
from app.live.rooms import OpenRoom

#: Commands whose group is "write" come from phones in a crowd; they share the room's limit (X11).
CROWD = frozenset({"write", "answer"})
DESKS = frozenset({Role.FACILITATOR, Role.CO_FACILITATOR})


class SlowDown(Exception):
    """Refused before the room is asked; `retry_after` in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


async def submit_command(
    opened: OpenRoom,
    asker: Asker,
    ref: int,
    command: Command,
    group: str,
    source: Source,
    purse: Purse,
    name: str = "",
) -> tuple[bytes, str | None]:
    """The answer as JSON, and its refusal code or None; raises `SlowDown`. `name` is a desk's."""
    if asker.role in DESKS:
        opened.hub.asked(asker.workshop, command, name)
    flood = opened.flood if asker.role is Role.PHONE and group in CROWD else None
    answer = await submit_charged(opened, asker, command, source, purse, flood)
    if answer.code is None:
        return Stored(ref=ref, told=list(answer.told)).model_dump_json().encode(), None
    fresh = opened.hub.seen(answer.fresh, asker.role) if answer.fresh else None
    return _with_fresh(refusal(ref, answer.code, answer.retry_after), fresh), answer.code


async def submit_charged(
    opened: OpenRoom,
    asker: Asker,
    command: Command,
    source: Source,
    purse: Purse,
    flood: RoomFlood | None,
) -> Answer:
    """F6, F12: charge the possible cost first, and refund what was not used; raises `SlowDown`.

    `flood` is charged for what is stored, `purse` for what is refused; desks are signed in and pay neither.
    """
    if asker.role in DESKS:
        return await _submit(opened, asker, command)
    if wait := purse.take():
        raise SlowDown(wait)
    if flood is not None and (wait := flood.take(source)):
        purse.give_back()
        raise SlowDown(wait)
    answer: Answer | None = None
    try:
        async with source.turns:
            answer = await _submit(opened, asker, command)
        return answer
    finally:
        stored = answer is not None and answer.code is None
        if flood is not None and not stored:
            flood.give_back(source)
        if answer is not None and (stored or answer.code in OURS):
            purse.give_back()


async def _submit(opened: OpenRoom, asker: Asker, command: Command) -> Answer:
    came = time.perf_counter()
    answer = await opened.room.submit(asker, command)
    if isinstance(command, SayDone) and answer.code is None:
        opened.said_done(command)
    opened.timed("stored" if answer.code is None else "refused", time.perf_counter() - came)
    return answer


def refusal(ref: int, code: str, retry_after: float | None = None) -> bytes:
    """A refusal as JSON."""
    message = RefusedMessage(ref=ref, code=code, fresh=None, retry_after=retry_after)
    return message.model_dump_json().encode()


def _with_fresh(message: bytes, fresh: bytes | None) -> bytes:
    return message if fresh is None else message.replace(b'"fresh":null', b'"fresh":' + fresh, 1)

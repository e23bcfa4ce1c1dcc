"""M6: frames generated from the models, in every role, to the running server: all are answered, none harms.

A few hundred in every run, 20,000 in `make soak`. The seed of a failing frame is in the message.
"""

import asyncio
import json
import os
from collections.abc import Iterator

import pytest

from app.contract.openapi import faults
from app.engine.commands import Role
from tests.live.raw import CLOSE, PING, PONG, TEXT, Raw, frame
from tests.load.rooms import OPEN_LIMITS
from tests.support.frames import MARK, Frames
from tests.support.meeting import Meeting, meeting as a_meeting
from tests.support.server import Server

SOAK = "TRIVSEL_SOAK" in os.environ
MANY = {
    Role.PHONE: 9_500 if SOAK else 150,
    # Each ends the connection of a screen, which may send nothing.
    Role.SCREEN: 1_000 if SOAK else 20,
    Role.FACILITATOR: 9_500 if SOAK else 200,
}
#: This many on one meeting; what ends it for good comes last.
EACH = 500
ENDS = ("agenda.end",)
#: The time is requested after each frame, by a number that no frame has; and again after this many seconds.
ASKED, ASKS_AGAIN = -77, 2
#: Close codes: for roles that may not send that, or for too much invalid JSON.
CODES = {4403, 4008, 1009}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With the limits of X11 disabled, which would answer before the code behind them."""
    with Server(tmp_path_factory.mktemp("frames") / "data", env=OPEN_LIMITS, laid=True) as server:
        yield server


async def token_of(meeting: Meeting, role: Role) -> str:
    at = f"/api/workshops/{meeting.workshop}"
    if role is Role.PHONE:
        return await meeting.room_token()
    if role is Role.SCREEN:
        return str((await meeting.post(f"{at}/screens"))["token"])
    return str((await meeting.post(f"{at}/ticket"))["ticket"])


class Line:
    """One screen that may be disconnected, and reconnects."""

    def __init__(self, meeting: Meeting, role: Role) -> None:
        self.meeting = meeting
        self.role = role
        self.raw: Raw | None = None
        #: Which request is awaited: counted down from `ASKED`.
        self.asked = ASKED

    async def throw(self, sent: bytes) -> list[dict[str, object]]:
        """The answers to a frame, until the server has answered the request after it; [] if it hung up."""
        raw = self.raw or await self._come_in()
        self.asked -= 1
        question = frame(TEXT, b'{"type":"time","sent":%d}' % self.asked)
        await raw.send(frame(TEXT, sent) + question)
        heard: list[dict[str, object]] = []
        while True:
            hearing = asyncio.ensure_future(raw.hear())
            # A client that sends faster than a desk may gets no time: then it asks again.
            while not (await asyncio.wait({hearing}, timeout=ASKS_AGAIN))[0]:
                await raw.send(question)
            opcode, payload = await hearing
            if opcode == PING:
                # A client that answers no ping is considered gone.
                await raw.send(frame(PONG, payload))
            if opcode == CLOSE:
                code = int.from_bytes(payload[:2], "big")
                assert code in CODES, (code, sent)
                raw.cut()
                self.raw = None
                return []
            if opcode == TEXT:
                told = json.loads(payload)
                if told["type"] == "time" and told["sent"] == self.asked:
                    return heard
                if told["type"] != "time" or told["sent"] > ASKED:
                    heard.append(told)

    async def _come_in(self) -> Raw:
        raw = await Raw(self.meeting.url).connect()
        assert await raw.shake() == 101
        await raw.hello(await token_of(self.meeting, self.role))
        await raw.told("changes")
        self.raw = raw
        return raw


async def thrown(running: Server, role: Role, seed: int, many: int) -> dict[str, int]:
    """The number of each answer."""
    said: dict[str, int] = {}
    known = set(faults())
    async with a_meeting(running) as meeting:
        desk = await meeting.desk()
        await desk.until(lambda: desk.items)
        await desk.do("agenda.go", item=desk.items[0]["id"])
        # Records that a frame creates are known to later ones: both are the desk's own.
        items = [item["id"] for item in desk.items]
        # Most are about the live item.
        items += [items[0]] * len(items)
        named = {"activity": items, "item": items, "workshop": [meeting.workshop]}
        frames = Frames(seed, role, desk.seqs, named, left_out=ENDS)
        line = Line(meeting, role)
        for nth in range(many):
            sent = frames.next()
            for told in await line.throw(sent):
                kind = str(told["type"])
                if kind == "refused":
                    kind = str(told["code"])
                    # H3: one of our codes, and nothing of the input (A9).
                    assert kind in known and kind not in ("broken", "storage"), (seed, nth, kind, sent)
                    assert told["fresh"] is not None or MARK not in json.dumps(told, ensure_ascii=False)
                said[kind] = said.get(kind, 0) + 1
        # The room is intact: a client that connects now gets all of it.
        after = await meeting.desk()
        await after.until(lambda: after.items)
        await after.close()
        await desk.close()
        if line.raw:
            line.raw.cut()
    return said


@pytest.mark.parametrize("role", MANY, ids=lambda role: role.value)
async def test_M6_B9_to_B20_every_frame_is_answered_and_none_breaks_the_room(
    running: Server, role: Role
) -> None:
    said: dict[str, int] = {}
    of_role = MANY[role]
    for seed, at in enumerate(range(0, of_role, EACH)):
        for kind, many in (await thrown(running, role, seed, min(EACH, of_role - at))).items():
            said[kind] = said.get(kind, 0) + many
    # Frames get past the parser: some are refused by rules, and some of a desk's are executed.
    if role is Role.FACILITATOR:
        assert said["stored"] and said["unknown"] and said["unknown_field"]
    elif role is Role.PHONE:
        assert said["stored"] and said["role"] and said["type"]
    output = running.output()
    assert "Traceback" not in output and "unexpected" not in output and MARK not in output
    assert running.process and running.process.poll() is None

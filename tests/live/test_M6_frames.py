"""M6: frames made from the models, from every role to the running server: each is answered, none breaks it.

A few hundred in every run, 20,000 in `make soak`. The seed of a frame that is odd is in its message.
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
    # Each ends the line of a screen, which has nothing to say.
    Role.SCREEN: 1_000 if SOAK else 20,
    Role.FACILITATOR: 9_500 if SOAK else 200,
}
#: So many on one meeting; what ends it for good is left to the last.
EACH = 500
ENDS = ("agenda.end",)
#: The time is asked after each frame, by a number that no frame has; and again after so many seconds.
ASKED, ASKS_AGAIN = -77, 2
#: Closed like this: who is not to send that, or sent what is no JSON too often.
CODES = {4403, 4008, 1009}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With the limits of X11 out of the way, which would answer for what is behind them."""
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
    """One screen that may be shown out, and comes in again."""

    def __init__(self, meeting: Meeting, role: Role) -> None:
        self.meeting = meeting
        self.role = role
        self.raw: Raw | None = None
        #: Which question is waited for: counted down from `ASKED`.
        self.asked = ASKED

    async def throw(self, sent: bytes) -> list[dict[str, object]]:
        """What came of a frame, until the server has answered the question after it; [] where it hung up."""
        raw = self.raw or await self._come_in()
        self.asked -= 1
        question = frame(TEXT, b'{"type":"time","sent":%d}' % self.asked)
        await raw.send(frame(TEXT, sent) + question)
        heard: list[dict[str, object]] = []
        while True:
            hearing = asyncio.ensure_future(raw.hear())
            # Who sends faster than a desk may is not told the time: then it is asked again.
            while not (await asyncio.wait({hearing}, timeout=ASKS_AGAIN))[0]:
                await raw.send(question)
            opcode, payload = await hearing
            if opcode == PING:
                # Who answers none of the server's is taken to be gone.
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
    """How often each answer came."""
    said: dict[str, int] = {}
    known = set(faults())
    async with a_meeting(running) as meeting:
        desk = await meeting.desk()
        await desk.until(lambda: desk.items)
        await desk.do("agenda.go", item=desk.items[0]["id"])
        # What a frame makes is known to those that follow: both are the desk's own.
        items = [item["id"] for item in desk.items]
        # Most are about what is live.
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
                    # H3: one of our codes, and nothing of what was sent (A9).
                    assert kind in known and kind not in ("broken", "storage"), (seed, nth, kind, sent)
                    assert told["fresh"] is not None or MARK not in json.dumps(told, ensure_ascii=False)
                said[kind] = said.get(kind, 0) + 1
        # The room is whole: whoever comes in now gets all of it.
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
    # It gets past the door: some are read and refused by rules, and a desk's are carried out.
    if role is Role.FACILITATOR:
        assert said["stored"] and said["unknown"] and said["unknown_field"]
    elif role is Role.PHONE:
        assert said["stored"] and said["role"] and said["type"]
    output = running.output()
    assert "Traceback" not in output and "unexpected" not in output and MARK not in output
    assert running.process and running.process.poll() is None

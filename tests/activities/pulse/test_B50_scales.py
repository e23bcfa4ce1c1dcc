"""B50: a value that is not on a scale is refused, by the protocol or by the rule."""

import json

import pytest

from app.live.messages import Do, Misunderstood, parse
from app.parts.ballots import Ballot
from tests.activities.pulse.test_pulse import open_pulse, says
from tests.support.boards import Meeting


async def code_of(meeting: Meeting, command: dict[str, object]) -> str | None:
    """The code with which the protocol or the rule refuses it."""
    try:
        message = parse(json.dumps({"type": "do", "ref": 1, "command": command}).encode())
    except Misunderstood as fault:
        return fault.code
    assert isinstance(message, Do)
    return await meeting.code(message.command)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "unknown"),
        (6, "unknown"),
        (-1, "range"),
        (2.5, "type"),
        ("5", "unknown"),
        (True, "type"),
        (None, "type"),
    ],
)
async def test_B50_a_scale_takes_whole_numbers_from_one_to_five(value: object, code: str) -> None:
    meeting = await open_pulse()
    body = says("a", "better", 4).model_dump(mode="json") | {"value": value}
    assert await code_of(meeting, body) == code
    assert not meeting.board.every(Ballot)
    assert await meeting.code(says("a", "better", 5)) is None

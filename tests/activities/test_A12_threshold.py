"""A12: a company's threshold applies to everything answered by tap, and is never lowered."""

import json

import pytest

from app.activities.pulse.report import report
from app.engine.agenda import ChangeWorkshop, End, Go, Item, Workshop
from app.engine.attendance import RaiseThreshold
from app.engine.commands import Role
from app.engine.report import Block
from app.engine.undo import UndoCommand
from app.locales import words
from app.parts.ballots import least
from tests.activities.dots import test_dots as dots
from tests.activities.me_too import test_me_too as me_too
from tests.activities.pulse import test_pulse as pulse
from tests.support.boards import PULSE, Meeting, W, ask

#: A company's threshold, and one answer too few.
ENOUGH, FEW = 8, 7


async def raised(meeting: Meeting, threshold: int = ENOUGH) -> None:
    """The company's owner raised it during the meeting."""
    more = RaiseThreshold(type="attendance.raise_threshold", threshold=threshold)
    await meeting.do(more, role=Role.SERVER)


def threshold(meeting: Meeting) -> int:
    return meeting.board.one(Workshop, W).threshold


@pytest.mark.parametrize(("many", "told"), [(FEW, ("few",)), (ENOUGH, ())])
async def test_A12_dots_are_counted_from_the_companys_threshold_on(many: int, told: tuple[str, ...]) -> None:
    meeting, tone, _, _ = await dots.open_vote()
    await raised(meeting)
    await meeting.do(*(dots.lays(n, tone) for n in range(many)))
    assert (await meeting.do(dots.close())).told == told
    meeting.run()
    for who in ("desk", "screen", "phone"):
        assert bool(meeting.fresh(who).kinds("dots_result")) is (many == ENOUGH and who != "phone")


async def test_A12_of_what_one_too_few_tapped_there_is_no_number() -> None:
    meeting, a, b = await me_too.tapping()
    await raised(meeting)
    await meeting.do(*(me_too.taps(n, a) for n in range(ENOUGH)), *(me_too.taps(n, b) for n in range(FEW)))
    assert await me_too.close(meeting) == ()
    found = me_too.result(meeting)
    assert found is not None and found.counts == {a: ENOUGH}


@pytest.mark.parametrize("own", [5, 9])
async def test_A12_a_pulse_shows_nothing_below_the_higher_of_its_own_and_the_companys(own: int) -> None:
    meeting = await pulse.open_pulse(threshold=own)
    await raised(meeting)
    enough = max(own, ENOUGH)
    screens = [meeting.join(who) for who in ("desk", "screen", "phone")]
    await pulse.answered(meeting, *range(enough - 1))
    await meeting.forward(30)
    assert await pulse.close(meeting) == ("few",)
    meeting.run()
    for screen in screens:
        assert b"svar " not in screen.bytes and b"pulse_result" not in screen.bytes
    assert "svar 0" not in json.dumps([one.model_dump() for one in _reported(meeting)])
    await pulse.reopen(meeting)
    await pulse.answered(meeting, "one more")
    await meeting.forward(30)
    assert await pulse.close(meeting) == ()
    assert len(pulse.texts(meeting)) == enough


def _reported(meeting: Meeting) -> list[Block]:
    item = meeting.board.one(Item, PULSE)
    return report(meeting.board, item, words("da"))


async def test_A12_it_is_only_ever_raised_and_undo_does_not_lower_it_either() -> None:
    meeting = await Meeting.open()
    await raised(meeting)
    await raised(meeting, 6)
    assert (threshold(meeting), least(meeting.board, dots.DOTS)) == (ENOUGH, ENOUGH)
    await meeting.do(ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), title="Et andet navn"))
    await raised(meeting, 12)
    await meeting.do(ask(UndoCommand, workshop=W))
    assert threshold(meeting) == 12


async def test_A12_a_meeting_that_has_ended_stays_as_it_was_told() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=dots.DOTS))
    await meeting.do(ask(End, workshop=W))
    await raised(meeting)
    assert threshold(meeting) == 5

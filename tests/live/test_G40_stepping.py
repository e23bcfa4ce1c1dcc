"""G40: of two desks that undo each other's steps, both hear who it was, and nobody else does."""

from typing import Any

import orjson

from app.engine.agenda import ChangeWorkshop, Go
from app.engine.commands import DriverCommand, Role
from app.engine.undo import KEPT, RedoCommand, UndoCommand, step_id
from app.live.elsewhere import Elsewhere
from tests.support.boards import PHONE, Q1, Meeting, Screen, W, ask


def renamed(meeting: Meeting, title: str) -> ChangeWorkshop:
    command: ChangeWorkshop = ask(ChangeWorkshop, workshop=W, base=meeting.seq(W), title=title)
    return command


def back() -> UndoCommand:
    command: UndoCommand = ask(UndoCommand, workshop=W)
    return command


async def room() -> tuple[Meeting, dict[Role, Screen]]:
    """A meeting with two desks, a wall and a phone."""
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    roles = Role.FACILITATOR, Role.CO_FACILITATOR, Role.SCREEN, Role.PHONE
    screens = {role: meeting.join(Screen(role)) for role in roles}
    meeting.run()
    return meeting, screens


async def asks(meeting: Meeting, name: str, *commands: DriverCommand) -> None:
    """As `submit` does it for a desk of this name."""
    for command in commands:
        meeting.hub.asked(W, command, name)
        await meeting.do(command)


async def test_G40_only_desks_are_told_who_undid_whose_step_and_before_it_changes() -> None:
    meeting, screens = await room()
    first = renamed(meeting, "Onsdag")
    await asks(meeting, "Anna", first)
    await asks(meeting, "Bo", renamed(meeting, "Torsdag"))
    meeting.run()
    for screen in screens.values():
        screen.read()
    await asks(meeting, "Anna", back())
    await asks(meeting, "Bo", back())
    meeting.run()
    for role, screen in screens.items():
        texts = [frame.decode() for frame in screen.line.frames]
        told = [nth for nth, text in enumerate(texts) if '"stepped"' in text]
        if role in (Role.SCREEN, Role.PHONE):
            assert not told and not any("Anna" in text for text in texts)
            continue
        turned = next(n for n, text in enumerate(texts) if '"undone"' in text)
        assert len(told) == 2 and told[0] < turned
        screen.read()
        assert screen.stepped == (step_id(first.id), "Bo", "Anna")
    await asks(meeting, "Anna", ask(RedoCommand, workshop=W))
    screens[Role.FACILITATOR].read()
    assert screens[Role.FACILITATOR].stepped == (step_id(first.id), "Anna", "Anna")


async def test_G40_where_nothing_can_be_undone_nothing_is_told_and_a_step_of_before_has_no_name() -> None:
    meeting, screens = await room()
    desk = screens[Role.FACILITATOR]
    meeting.hub.asked(W, back(), "Anna")
    desk.read()
    assert '"stepped"' not in desk.bytes.decode()
    before = renamed(meeting, "Onsdag")
    await meeting.do(before)
    await asks(meeting, "Bo", back())
    desk.read()
    assert desk.stepped == (step_id(before.id), "Bo", "")


async def test_G40_no_more_names_are_kept_than_steps() -> None:
    meeting, screens = await room()
    first = renamed(meeting, "Onsdag")
    await asks(meeting, "Anna", first)
    for _ in range(KEPT):
        meeting.hub.asked(W, renamed(meeting, "Onsdag"), "Bo")
    await asks(meeting, "Bo", back())
    screens[Role.FACILITATOR].read()
    assert screens[Role.FACILITATOR].stepped == (step_id(first.id), "Bo", "")


class Hinted:
    """Two processes with the same board; each receives all announcements, its own as well."""

    def __init__(self) -> None:
        self.both: list[Meeting] = []

    async def starts(self, like: Meeting, seed: int) -> Meeting:
        elsewhere = Elsewhere(self, like.time)
        self.both.append(await Meeting.at(like.store, like.time, seed=seed, elsewhere=elsewhere))
        return self.both[-1]

    def tell(self, topic: str, about: str, value: dict[str, Any]) -> None:
        for meeting in self.both if topic == "stepped" else ():
            meeting.hub.heard_step(about, orjson.loads(orjson.dumps(value)))


async def test_G40_E8_a_desk_whose_step_is_undone_at_another_process_is_told_by_whom_and_no_phone_is() -> (
    None
):
    hinted, first = Hinted(), await Meeting.open()
    one, two = [await hinted.starts(first, seed) for seed in (7, 8)]
    anna, bo, phone = one.join(Screen(Role.FACILITATOR)), two.join(Screen(Role.FACILITATOR)), two.join(PHONE)
    step = renamed(two, "Onsdag")
    await asks(two, "Bo", step)
    one.room.hint(two.board.seq)
    await one.room.idle()
    await asks(one, "Anna", back())
    for screen in (anna, bo, phone):
        screen.read()
    assert bo.stepped == (step_id(step.id), "Anna", "Bo")
    # It did not see the step being made, and its own announcement tells it nothing.
    assert anna.stepped == (step_id(step.id), "Anna", "")
    assert len([frame for frame in anna.line.frames if b'"stepped"' in frame]) == 1
    assert not any(b"Anna" in frame for frame in phone.line.frames)
    # As another version might say it.
    for odd in (None, {}, {"by": "another"}, {"by": "another", "told": {"step": step.id}}):
        two.hub.heard_step(W, odd)
    bo.read()
    assert bo.stepped == (step_id(step.id), "Anna", "Bo")

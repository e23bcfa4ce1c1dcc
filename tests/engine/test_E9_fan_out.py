"""E3, E9, A2: first load, catch-up, and a fan-out that waits for nobody."""

import orjson
import pytest

from app.engine.agenda import End, Go
from app.engine.commands import Role
from app.engine.wall import ChangeWall
from app.live import hub
from app.live.member import Member
from app.parts.notes.messages import StopWriting, TurnAll
from tests.support.boards import C1, PHONE, Q1, SCREEN, Line, Meeting, Screen, W, ask, note


async def meeting_with(*kinds: str) -> tuple[Meeting, list[Screen]]:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    meeting.run()
    screens = [meeting.join(Screen(SCREEN, line=Line(kind))) for kind in kinds]
    meeting.run()
    return meeting, screens


def black(on: bool) -> ChangeWall:
    command: ChangeWall = ask(ChangeWall, workshop=W, black=on)
    return command


# -- E3 ----------------------------------------------------------------------------------------------------


async def test_E3_zero_is_the_first_load() -> None:
    meeting, (wall,) = await meeting_with("ws")
    first = orjson.loads(wall.line.frames[0])
    assert first["all"] and first["epoch"] == meeting.board.epoch and first["gone"] == []
    assert {held["record"]["kind"] for held in first["records"]} == {"workshop", "item", "wall", "writing"}


async def test_E3_a_client_that_reconnects_gets_what_changed_since() -> None:
    meeting, (wall,) = await meeting_with("ws")
    meeting.leave(wall)
    await meeting.do(black(True), black(False), black(True))
    sent = len(wall.line.frames)
    meeting.join(wall)
    (changes,) = [orjson.loads(frame) for frame in wall.line.frames[sent:]]
    assert not changes["all"] and [held["record"]["kind"] for held in changes["records"]] == ["wall"]
    assert wall.one("wall")["black"]


async def test_E3_a_client_that_missed_nothing_is_told_so() -> None:
    meeting, (wall,) = await meeting_with("ws")
    meeting.leave(wall)
    had, sent = dict(wall.held), len(wall.line.frames)
    meeting.join(wall)
    # Without an answer the page would keep saying that it has no connection.
    told = [orjson.loads(frame) for frame in wall.line.frames[sent:]]
    assert [(one["type"], one["all"], one["records"], one["gone"]) for one in told] == [
        ("changes", False, [], [])
    ]
    assert wall.held == had


@pytest.mark.parametrize("change", [{"epoch": "another"}, {"seq": 2**52}, {"seq": -1}, {"epoch": ""}])
async def test_E3_B64_another_epoch_or_a_seq_from_the_future_counts_as_zero(
    change: dict[str, object],
) -> None:
    meeting, (wall,) = await meeting_with("ws")
    meeting.leave(wall)
    wall.held["left over"] = {"seq": 1, "record": {"id": "left over", "kind": "x"}}
    for name, value in change.items():
        setattr(wall, name, value)
    meeting.join(wall)
    assert wall.held == meeting.fresh(wall).held


async def test_E3_a_since_from_before_the_tombstones_went_counts_as_zero() -> None:
    meeting, (wall,) = await meeting_with("ws")
    meeting.leave(wall)
    await meeting.do(note("a"), ask(TurnAll, activity=Q1), ask(End, workshop=W))
    meeting.join(wall)
    assert orjson.loads(wall.line.frames[-1])["all"]
    assert wall.held == meeting.fresh(wall).held


async def test_E3_a_phone_that_names_another_activity_starts_over() -> None:
    meeting, _ = await meeting_with()
    phone = meeting.join("phone")
    meeting.leave(phone)
    await meeting.do(ask(Go, item=C1))
    meeting.join(phone)
    assert phone.activity == C1 and [item["id"] for item in phone.kinds("item")] == [C1]


async def test_E3_a_screen_that_joins_between_storing_and_telling_misses_nothing() -> None:
    meeting, _ = await meeting_with()
    await meeting.do(note("a"), ask(StopWriting, activity=Q1))
    desk = meeting.join("desk")
    assert desk.one("note")["text"] == "note a"
    meeting.run()
    assert desk.held == meeting.fresh(desk).held


# -- A2, E9 ------------------------------------------------------------------------------------------------


async def test_A2_all_phones_of_a_room_are_sent_the_same_bytes() -> None:
    meeting, _ = await meeting_with()
    phones = [meeting.join("phone") for _ in range(40)]
    await meeting.do(note("a"), note("b"), note("c"))
    await meeting.forward(6)
    await meeting.do(ask(TurnAll, activity=Q1), ask(Go, item=C1))
    meeting.run()
    assert len({phone.bytes for phone in phones}) == 1 and phones[0].bytes


async def test_E9_a_message_is_framed_once_for_all_lines_of_a_kind() -> None:
    meeting, screens = await meeting_with("ws", "ws", "ws", "sse", "sse")
    before = [screen.line.framed for screen in screens]
    await meeting.do(black(True))
    meeting.loop.run()
    framed = [screen.line.framed - first for screen, first in zip(screens, before, strict=True)]
    assert sum(framed) == 2
    assert len({screen.line.frames[-1] for screen in screens}) == 1


async def test_E9_what_was_stored_together_is_sent_together() -> None:
    meeting, (wall,) = await meeting_with("ws")
    sent = len(wall.line.frames)
    await meeting.do(black(True), ask(ChangeWall, workshop=W, page=2), note("a"), ask(TurnAll, activity=Q1))
    meeting.run()
    assert len(wall.line.frames) == sent + 1
    assert wall.held == meeting.fresh(wall).held


async def test_E9_on_a_busy_board_changes_are_gathered_for_a_tick() -> None:
    meeting, (wall,) = await meeting_with("ws")
    for n in range(hub.BUSY_PER_SECOND + 10):
        await meeting.do(ask(ChangeWall, workshop=W, page=n))
        meeting.loop.run()
    sent = len(wall.line.frames)
    for n in range(5):
        await meeting.do(ask(ChangeWall, workshop=W, page=n))
        meeting.loop.run()
    assert len(wall.line.frames) == sent
    meeting.time.ms += 50
    meeting.loop.run()
    assert len(wall.line.frames) == sent + 1
    meeting.run()
    assert wall.one("wall")["page"] == 4


async def test_E9_R7_a_line_that_is_behind_is_skipped_and_caught_up_when_it_drains() -> None:
    meeting, (slow, quick) = await meeting_with("ws", "ws")
    slow.line.waiting = hub.MOST_UNREAD + 1
    sent = len(slow.line.frames)
    for page in range(1, 4):
        await meeting.do(ask(ChangeWall, workshop=W, page=page))
        meeting.run()
    assert len(slow.line.frames) == sent and quick.one("wall")["page"] == 3
    # Not as soon as one byte is read: it must have drained well below first.
    slow.line.waiting = hub.MOST_UNREAD // 2
    meeting.run()
    assert len(slow.line.frames) == sent
    slow.line.waiting = 0
    meeting.run()
    assert len(slow.line.frames) == sent + 1
    assert slow.held == quick.held and slow.line.closed is None
    await meeting.do(black(True))
    meeting.run()
    assert slow.one("wall")["black"]


async def test_E9_R7_a_line_that_stays_behind_is_closed_after_ten_seconds() -> None:
    meeting, (slow, quick) = await meeting_with("ws", "ws")
    slow.line.waiting = hub.MOST_UNREAD + 1
    await meeting.do(black(True))
    meeting.run()
    for _ in range(39):
        meeting.time.ms += 250
        meeting.loop.run()
    assert meeting.hub.count("screen", W) == 2
    meeting.time.ms += 500
    meeting.loop.run()
    assert slow.line.closed == 4008 and quick.line.closed is None
    assert meeting.hub.count("screen", W) == 1


async def test_E9_a_phone_that_was_behind_while_the_activity_changed_starts_over() -> None:
    meeting, _ = await meeting_with()
    phone = meeting.join("phone")
    await meeting.do(note("a"), ask(TurnAll, activity=Q1))
    meeting.run()
    phone.line.waiting = hub.MOST_UNREAD + 1
    await meeting.do(ask(Go, item=C1))
    meeting.run()
    phone.line.waiting = 0
    meeting.run()
    assert phone.held == meeting.fresh(phone).held and phone.activity == C1


async def test_E9_a_change_that_a_role_may_not_see_sends_it_nothing() -> None:
    meeting, (wall,) = await meeting_with("ws")
    desk, phone = meeting.join("desk"), meeting.join("phone")
    meeting.run()
    sent = [len(screen.line.frames) for screen in (wall, desk, phone)]
    await meeting.do(note("a"))
    meeting.run()
    assert [len(screen.line.frames) for screen in (wall, desk, phone)] == sent
    await meeting.do(black(True))
    meeting.run()
    now = [len(screen.line.frames) for screen in (wall, desk, phone)]
    assert [after - before for before, after in zip(sent, now, strict=True)] == [1, 1, 0]


# -- what nobody sees --------------------------------------------------------------------------------------


async def test_E9_notes_that_nobody_sees_do_not_keep_a_drivers_command_waiting() -> None:
    meeting, (wall,) = await meeting_with("ws")
    desk, phone = meeting.join("desk"), meeting.join("phone")
    meeting.run()
    for n in range(3 * hub.BUSY_PER_SECOND):
        await meeting.do(note(n))
        meeting.loop.run()
    sent = [len(screen.line.frames) for screen in (wall, desk, phone)]
    await meeting.do(black(True))
    # At the same moment: no tick has passed.
    meeting.loop.run()
    assert len(wall.line.frames) == sent[0] + 1
    await meeting.do(note("last"), ask(ChangeWall, workshop=W, page=2))
    meeting.run()
    now = [len(screen.line.frames) for screen in (wall, desk, phone)]
    assert [after - before for before, after in zip(sent, now, strict=True)] == [2, 2, 0]
    assert all(screen.held == meeting.fresh(screen).held for screen in (wall, desk, phone))


async def test_E9_a_first_load_is_framed_once_for_all_that_connect() -> None:
    meeting, _ = await meeting_with()
    line = Line("ws")
    screens = [meeting.join(Screen(PHONE, line=Line("ws"))) for _ in range(5)]
    screens += [meeting.join(Screen(PHONE, line=line)) for _ in range(5)]
    assert sum(screen.line.framed for screen in screens[:5]) == 1 and line.framed == 0
    await meeting.do(ask(Go, item=C1))
    meeting.run()
    late = meeting.join(PHONE)
    assert late.held == meeting.fresh(late).held and late.activity == C1


async def test_E9_a_first_load_that_is_kept_goes_with_the_next_change() -> None:
    meeting, _ = await meeting_with()
    for page in range(1, 4):
        await meeting.do(ask(ChangeWall, workshop=W, page=page))
        wall = meeting.join(SCREEN)
        assert wall.one("wall")["page"] == page and wall.held == meeting.fresh(wall).held
    await meeting.do(note("a"), ask(TurnAll, activity=Q1), ask(End, workshop=W))
    late = meeting.join(SCREEN)
    assert late.held == meeting.fresh(late).held and late.activity is None


async def test_a_hub_knows_nothing_of_a_phone_but_its_line() -> None:
    """A1: a connected screen has a role, a workshop and a connection; no id, no name, no address."""
    fields = set(Member.__dataclass_fields__)
    # `counted` is False only for the preview of the wall on a desk (U7).
    known = {"role", "workshop", "line", "counted", "holds", "stale_since", "has_seq", "has_live"}
    # Reported only by walls, and known only of desks (R11).
    assert fields <= known | {"broken", "shows"} | {"desk", "name"}
    phone = Member(Role.PHONE, W, Line("ws"))
    assert (phone.desk, phone.name) == ("", "")

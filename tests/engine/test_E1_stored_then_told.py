"""E1: repeat, gate, rule, store, swap, send; and the effect of a refusal or a failure."""

import asyncio
import random
from typing import Any

from app.activities.clustering.messages import RenameTheme
from app.activities.registry import registry
from app.clock import local_day
from app.engine.activity import Part
from app.engine.agenda import ChangeWorkshop, Go
from app.engine.commands import Asked, Command, Role
from app.engine.edits import NOTHING, Edits
from app.engine.records import Board
from app.engine.registry import Registry
from app.engine.room import Asker, Room, Told
from app.engine.store import Full
from app.engine.wall import ChangeWall
from app.parts.notes.messages import HideNote, TurnAll, WriteNote
from app.parts.notes.records import Note
from app.parts.themes import Theme
from tests.support.boards import (
    PHONE,
    Q1,
    SCREEN,
    HandAlarm,
    Meeting,
    MemoryStore,
    Time,
    W,
    ask,
    new_id,
    note,
)


class Ear:
    """A listener that records when it is called."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.heard: list[Told] = []
        meeting.room.listeners.append(self)

    def tell(self, told: Told, own: bool) -> None:
        self.meeting.store.order.append("told")
        self.heard.append(told)


async def test_E1_nobody_is_told_before_it_is_stored() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    ear = Ear(meeting)
    meeting.store.order.clear()
    meeting.store.gate = asyncio.Event()
    answer = asyncio.ensure_future(meeting.ask(note("a")))
    await meeting.store.at_gate.wait()
    assert meeting.board.find(Note, new_id("a")) is None and not ear.heard and not answer.done()

    meeting.store.gate.set()
    assert (await answer).code is None
    assert meeting.store.order == ["decided", "stored", "told"]
    assert meeting.board.one(Note, new_id("a")).text == "note a"


async def test_E1_when_told_the_board_in_memory_is_the_new_one() -> None:
    meeting = await Meeting.open()
    seen = []

    class Looks:
        def tell(self, told: Told, own: bool) -> None:
            seen.append((meeting.board.find(Note, new_id("a")) is not None, own, told.rows[0][1]))

    await meeting.do(ask(Go, item=Q1))
    meeting.room.listeners.append(Looks())
    await meeting.do(note("a"))
    assert seen == [(True, True, None)]


async def test_E1_what_waits_meanwhile_shares_the_next_commit() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    meeting.store.gate = asyncio.Event()
    before = len(meeting.store.commits)
    answers = [asyncio.ensure_future(meeting.ask(note("first")))]
    await meeting.store.at_gate.wait()
    answers += [asyncio.ensure_future(meeting.ask(note(n))) for n in range(20)]
    await asyncio.sleep(0)
    meeting.store.gate.set()
    assert [answer.code for answer in await asyncio.gather(*answers)] == [None] * 21
    assert len(meeting.store.commits) - before == 2
    seqs = sorted(held.seq for held in meeting.store.commits[-1].rows)
    assert len(set(seqs)) == 20


async def test_E1_a_refused_command_leaves_the_rest_of_its_group() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), note("mine"))
    answers = await asyncio.gather(
        meeting.ask(note("a")),
        meeting.ask(note("mine", secret="x" * 43)),
        meeting.ask(ask(TurnAll, activity=Q1), PHONE),
        meeting.ask(note("b")),
    )
    assert [answer.code for answer in answers] == [None, "taken", "role", None]
    assert meeting.board.count(Note, Q1) == 3


async def test_E1_later_commands_of_a_group_see_the_earlier_ones() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    answers = await asyncio.gather(
        meeting.ask(note("a")),
        meeting.ask(note("a", "other text")),
        meeting.ask(ask(TurnAll, activity=Q1)),
        meeting.ask(note("b")),
    )
    assert [(answer.code, answer.told) for answer in answers] == [
        (None, ()),
        ("stale", ()),
        (None, ()),
        (None, ("late",)),
    ]
    assert len(meeting.store.commits) == 3


async def test_E1_a_failed_commit_refuses_the_whole_group_and_changes_nothing() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    ear = Ear(meeting)
    seq, held = meeting.board.seq, list(meeting.board)
    meeting.store.fails = OSError("the disk is gone")
    answers = await asyncio.gather(*(meeting.ask(note(n)) for n in range(3)))
    assert [(answer.code, answer.retry_after) for answer in answers] == [("busy", 1)] * 3
    assert meeting.board.seq == seq and list(meeting.board) == held and not ear.heard

    meeting.store.fails = None
    await meeting.do(*(note(n) for n in range(3)))
    assert meeting.board.count(Note, Q1) == 3


async def test_E1_a_full_disk_is_said_as_full() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    meeting.store.fails = Full()
    answer = await meeting.ask(note("a"))
    assert (answer.code, answer.retry_after) == ("full", 5)
    assert meeting.board.find(Note, new_id("a")) is None


async def test_E1_a_bug_in_one_rule_does_not_refuse_the_others_of_its_group() -> None:
    faulty = Part("faulty")

    class Break(Command):
        type: str = "faulty.break"

    class Keep(Command):
        type: str = "faulty.keep"

    @faulty.rule("write")
    def break_(_board: Board, _cmd: Break, _asked: Asked) -> Edits:
        raise ZeroDivisionError

    @faulty.rule("write")
    def keep(_board: Board, _cmd: Keep, _asked: Asked) -> Edits:
        return NOTHING

    one: Any = registry
    both = Registry.__new__(Registry)
    both.__dict__.update(one.__dict__)
    both._rules = {**registry._rules, **faulty.rules}
    store = MemoryStore()
    await store.create("board")
    room = Room(
        "board", Board("epoch of board"), both, store, Time(), HandAlarm(), random.Random(1), day=local_day
    )
    phone = Asker(PHONE, W)
    answers = await asyncio.gather(room.submit(phone, Break()), room.submit(phone, Keep()))
    assert [answer.code for answer in answers] == ["broken", None]


async def test_E1_the_gate_stands_before_the_rule() -> None:
    meeting = await Meeting.open()
    # The rule would say "unknown"; callers without permission do not even learn that.
    assert await meeting.code(ask(Go, item="no-such-item"), PHONE) == "role"
    assert await meeting.code(ask(Go, item="no-such-item"), SCREEN) == "role"
    assert await meeting.code(ask(Go, item="no-such-item")) == "unknown"


async def test_E1_B63_a_stale_base_is_refused_with_the_fresh_record() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    theme = await meeting.theme("one", "a", "b")
    base = meeting.seq(theme)
    await meeting.do(ask(RenameTheme, theme=theme, base=base, name="two"))

    answer = await meeting.ask(ask(RenameTheme, theme=theme, base=base, name="three"))
    assert answer.code == "stale" and answer.fresh is not None
    assert isinstance(answer.fresh.record, Theme) and answer.fresh.record.name == "two"
    future = await meeting.ask(ask(RenameTheme, theme=theme, base=answer.fresh.seq + 10, name="three"))
    assert future.code == "stale"
    assert meeting.board.one(Theme, theme).name == "two"


async def test_E1_R10_of_two_drivers_the_second_is_told_what_the_first_did() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    base = meeting.seq(new_id("a"))
    first, second = await asyncio.gather(
        meeting.ask(ask(HideNote, note=new_id("a"), base=base)),
        meeting.ask(ask(HideNote, note=new_id("a"), base=base), Role.CO_FACILITATOR),
    )
    assert (first.code, second.code) == (None, "stale")
    assert second.fresh == meeting.board.held(new_id("a"))


async def test_B48_B56_what_belongs_to_another_workshop_is_unknown() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    assert await meeting.code(note("a"), workshop="another") == "unknown"
    assert await meeting.code(note("a", activity="of-another-board")) == "unknown"
    assert await meeting.code(ask(Go, item=Q1), workshop="another") == "unknown"
    assert await meeting.code(ask(ChangeWall, workshop="another", black=True)) == "unknown"
    assert await meeting.code(ask(ChangeWorkshop, workshop="another", base=0, title="Mine")) == "unknown"
    assert meeting.board.count(Note, Q1) == 0


async def test_a_phone_is_known_by_its_role_alone() -> None:
    """A1: a room gets a role, a workshop and a command; there is no field for more."""
    assert set(Asker.__dataclass_fields__) == {"role", "workshop"}
    asked = set(Asked.__dataclass_fields__)
    assert asked == {"role", "now", "kinds", "workshop", "today", "day", "rng", "new_id"}
    written = {"type", "activity", "note", "secret", "rev", "text", "poster", "pad"}
    assert set(WriteNote.model_fields) == written

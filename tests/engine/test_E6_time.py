"""E6: timers: ticks (A11), the end of the clock, several processes that notice the same."""

import asyncio

from app.engine.agenda import End, Go
from app.engine.timer import Finish, Lengthen, Pause, Resume, Start, Stop, Timer, timer_of
from app.parts.notes.messages import (
    LetInLate,
    Pending,
    StopWriting,
    Tick,
    TimeIsUp,
    TurnAll,
    Writing,
)
from app.parts.notes.records import Note
from tests.support.boards import C1, NINE, Q1, Meeting, W, ask, edit, new_id, note

CLOCK = {"activity": Q1}


def clock(meeting: Meeting) -> Timer:
    found = timer_of(meeting.board, Q1)
    assert found is not None
    return found


def writing(meeting: Meeting) -> Writing:
    return meeting.board.one(Writing, f"writing:{Q1}")


async def writing_open(**fields: int) -> Meeting:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    if fields:
        await meeting.do(ask(Start, activity=Q1, **fields))
    return meeting


async def told() -> Meeting:
    """The first tick has just shown three cards."""
    meeting = await writing_open()
    await meeting.do(note("a"), note("b"), note("c"))
    await meeting.forward(10)
    assert writing(meeting).cards == 3
    return meeting


# -- the clock ---------------------------------------------------------------------------------------------


async def test_E6_P2_1_the_clock_runs_pauses_and_runs_on() -> None:
    meeting = await writing_open(seconds=300)
    assert (clock(meeting).state, clock(meeting).ends_at) == ("running", NINE + 300_000)
    await meeting.forward(100)
    await meeting.do(ask(Pause, **CLOCK))
    assert (clock(meeting).state, clock(meeting).ends_at, clock(meeting).left) == ("paused", None, 200_000)
    await meeting.forward(1000)
    await meeting.do(ask(Resume, **CLOCK))
    assert (clock(meeting).state, clock(meeting).ends_at) == ("running", NINE + 1_300_000)


async def test_E6_P2_1_a_minute_more_and_a_minute_less() -> None:
    meeting = await writing_open(seconds=300)
    await meeting.do(ask(Lengthen, activity=Q1, seconds=60))
    assert (clock(meeting).ends_at, clock(meeting).length) == (NINE + 360_000, 360_000)
    await meeting.do(ask(Lengthen, activity=Q1, seconds=-60), ask(Pause, **CLOCK))
    await meeting.do(ask(Lengthen, activity=Q1, seconds=-60))
    assert clock(meeting).left == 240_000
    await meeting.do(ask(Resume, **CLOCK), ask(Lengthen, activity=Q1, seconds=-3600))
    assert clock(meeting).ends_at == meeting.time.ms


async def test_E6_P2_1_more_time_after_it_ran_out_counts_from_now() -> None:
    meeting = await writing_open(seconds=10)
    await meeting.forward(15)
    await meeting.do(ask(Lengthen, activity=Q1, seconds=60))
    assert clock(meeting).ends_at == meeting.time.ms + 60_000


async def test_E6_a_minute_less_gives_no_second_grace() -> None:
    meeting = await writing_open(seconds=10)
    await meeting.forward(15)
    await meeting.do(ask(Lengthen, activity=Q1, seconds=-60))
    assert clock(meeting).ends_at == NINE + 10_000


async def test_B67_starting_twice_and_stopping_a_stopped_one_change_nothing() -> None:
    meeting = await writing_open(seconds=300)
    await meeting.do(ask(Start, activity=Q1, seconds=10))
    assert clock(meeting).length == 300_000
    await meeting.do(ask(Stop, **CLOCK), ask(Stop, **CLOCK))
    assert clock(meeting).state == "stopped"
    assert await meeting.code(ask(Pause, **CLOCK)) == "not_open"
    assert await meeting.code(ask(Lengthen, activity=Q1, seconds=60)) == "not_open"
    await meeting.do(ask(Start, activity=Q1, seconds=10))
    assert clock(meeting).length == 10_000


async def test_B67_pausing_a_paused_one_and_resuming_a_running_one_change_nothing() -> None:
    meeting = await writing_open(seconds=300)
    await meeting.do(ask(Resume, **CLOCK), ask(Pause, **CLOCK), ask(Pause, **CLOCK))
    assert clock(meeting).left == 300_000


async def test_E6_only_the_live_activity_has_a_clock_to_move() -> None:
    meeting = await writing_open(seconds=300)
    assert await meeting.code(ask(Start, activity=C1, seconds=10)) == "not_open"
    await meeting.do(ask(Go, item=C1))
    assert clock(meeting).state == "stopped"
    assert await meeting.code(ask(Pause, **CLOCK)) == "not_open"


async def test_E6_P2_1_time_is_up_after_the_grace() -> None:
    meeting = await writing_open(seconds=300)
    await meeting.do(note("a"))
    await meeting.forward(319.9)
    assert writing(meeting).state == "open"
    await meeting.do(note("b"))
    await meeting.forward(0.1)
    assert (writing(meeting).state, writing(meeting).cards) == ("stopped", 2)
    assert clock(meeting).state == "stopped"
    assert (await meeting.do(note("c"))).told == ("late",)


async def test_E6_writing_closes_on_the_second_even_if_nobody_says_stop() -> None:
    meeting = await writing_open(seconds=300)
    meeting.time.ms += 319_999
    assert (await meeting.do(note("in time"))).told == ()
    meeting.time.ms += 1
    assert (await meeting.do(note("too late"))).told == ("late",)
    assert writing(meeting).state == "open"


async def test_E6_P2_1_finish_the_sentence_ends_it_now_with_the_grace() -> None:
    meeting = await writing_open(seconds=300)
    await meeting.forward(10)
    await meeting.do(ask(Finish, **CLOCK))
    assert clock(meeting).ends_at == meeting.time.ms
    await meeting.forward(19)
    assert writing(meeting).state == "open"
    await meeting.forward(1)
    assert writing(meeting).state == "stopped"


async def test_E6_time_is_not_up_before_it_is() -> None:
    meeting = await writing_open(seconds=300)
    assert await meeting.code(ask(TimeIsUp, activity=Q1)) == "nothing_due"
    await meeting.do(ask(StopWriting, activity=Q1))
    assert await meeting.code(ask(TimeIsUp, activity=Q1)) == "nothing_due"


# -- ticks -------------------------------------------------------------------------------------------------


async def test_A11_three_notes_are_told_at_the_next_tick() -> None:
    meeting = await writing_open()
    await meeting.do(note("a"), note("b"))
    await meeting.forward(15)
    assert writing(meeting).cards == 0
    await meeting.do(note("c"))
    await meeting.forward(4.9)
    assert writing(meeting).cards == 0
    await meeting.forward(0.1)
    assert writing(meeting).cards == 3


async def test_A11_what_comes_on_a_tick_is_told_at_the_one_after() -> None:
    meeting = await told()
    await meeting.do(*(note(n) for n in range(7)))
    await meeting.forward(9.9)
    assert writing(meeting).cards == 3
    await meeting.forward(0.1)
    assert writing(meeting).cards == 10


async def test_A11_notes_taken_away_while_writing_are_told_in_threes_too() -> None:
    meeting = await told()
    await meeting.do(edit("a", None), edit("b", None))
    await meeting.forward(60)
    assert writing(meeting).cards == 3
    await meeting.do(edit("c", None))
    await meeting.forward(10)
    assert writing(meeting).cards == 0


async def test_A11_written_and_taken_away_move_nothing() -> None:
    meeting = await told()
    seq = meeting.seq(f"writing:{Q1}")
    await meeting.do(note("d"), note("e"), note("f"), edit("a", None))
    await meeting.forward(60)
    assert meeting.seq(f"writing:{Q1}") == seq


async def test_A11_late_notes_are_counted_in_threes() -> None:
    meeting = await writing_open()
    await meeting.do(ask(StopWriting, activity=Q1), note("a"), note("b"))
    await meeting.forward(60)
    assert writing(meeting).late == 0
    await meeting.do(note("c"))
    await meeting.forward(10)
    assert writing(meeting).late == 3


async def test_A11_edits_after_the_stop_reach_the_board_in_threes() -> None:
    meeting = await writing_open()
    await meeting.do(*(note(n) for n in range(5)), ask(TurnAll, activity=Q1))
    await meeting.do(edit(1, "x"), edit(2, None))
    await meeting.forward(60)
    assert meeting.board.one(Note, new_id(1)).text == "note 1"
    await meeting.do(edit(3, "y"))
    await meeting.forward(10)
    assert not meeting.board.count(Pending, Q1)
    assert meeting.board.find(Note, new_id(2)) is None
    seqs = {meeting.seq(new_id(n)) for n in (1, 3)}
    assert len(seqs) == 1


async def test_A11_edits_and_late_notes_wait_together() -> None:
    meeting = await writing_open()
    await meeting.do(*(note(n) for n in range(3)), ask(TurnAll, activity=Q1))
    await meeting.do(edit(0, "x"), note("late"), note("later"))
    await meeting.forward(60)
    assert meeting.board.one(Note, new_id(0)).text == "note 0"
    await meeting.do(ask(LetInLate, activity=Q1))
    await meeting.forward(10)
    assert {one.text for one in meeting.board.of(Note, Q1).values()} == {
        "x",
        "note 1",
        "note 2",
        "note late",
        "note later",
    }
    assert (writing(meeting).cards, writing(meeting).late) == (5, 0)


async def test_A11_what_waits_at_the_end_is_as_its_authors_have_it() -> None:
    meeting = await writing_open()
    await meeting.do(*(note(n) for n in range(3)), ask(TurnAll, activity=Q1), ask(LetInLate, activity=Q1))
    await meeting.do(edit(0, None), note("late"), ask(Go, item=C1), ask(End, workshop=W))
    assert {one.text for one in meeting.board.of(Note, Q1).values()} == {"note 1", "note 2", "note late"}
    assert not meeting.board.count(Pending, Q1)


async def test_A11_nothing_stored_says_when_a_note_came() -> None:
    """This process knows which tick is next; the board's stored due time knows only the opening."""
    meeting = await told()
    before = meeting.store.boards["board"].due_at
    await meeting.do(note("d"), note("e"), note("f"))
    assert meeting.store.boards["board"].due_at == before
    assert meeting.room.busy, "a room with something to remember is not put to sleep"
    await meeting.forward(10)
    assert not meeting.room.busy


async def test_E6_a_tick_is_not_put_off_by_what_comes_meanwhile() -> None:
    meeting = await writing_open()
    await meeting.do(note("a"), note("b"), note("c"))
    for n in range(99):
        meeting.time.ms += 100
        await meeting.do(note(n))
        assert meeting.alarm.at == NINE + 10_000
    await meeting.forward(0.1)
    assert writing(meeting).cards == 102


async def test_E6_a_room_that_never_comes_to_rest_notices_its_ticks() -> None:
    meeting = await writing_open()
    gate, second = asyncio.Event(), asyncio.Event()
    meeting.store.gate = gate
    asks = [asyncio.ensure_future(meeting.ask(note(n))) for n in range(3)]
    await meeting.store.at_gate.wait()
    meeting.store.at_gate.clear()
    asks.append(asyncio.ensure_future(meeting.ask(note("more"))))
    await asyncio.sleep(0)
    meeting.store.gate = second
    gate.set()
    await meeting.store.at_gate.wait()
    # The next group is being stored; the three before it have been noticed.
    assert meeting.alarm.at == NINE + 10_000
    second.set()
    await asyncio.gather(*asks)


async def test_E6_what_cannot_be_stored_at_its_tick_waits_for_the_next() -> None:
    meeting = await writing_open()
    await meeting.do(note("a"), note("b"), note("c"))
    meeting.store.fails = OSError()
    await meeting.forward(11)
    meeting.store.fails = None
    await meeting.forward(8.9)
    assert writing(meeting).cards == 0
    await meeting.forward(0.1)
    assert writing(meeting).cards == 3


async def test_E6_what_is_due_at_a_time_is_stored_for_the_sweep() -> None:
    meeting = await writing_open(seconds=300)
    assert meeting.store.boards["board"].due_at == NINE + 320_000
    await meeting.do(ask(Stop, **CLOCK))
    # The remaining timer is that of a meeting without a driver (F4).
    assert meeting.store.boards["board"].due_at == NINE + 13 * 3_600_000


# -- several processes -------------------------------------------------------------------------------------


async def test_E6_a_second_process_hears_nothing_due() -> None:
    meeting = await writing_open(seconds=300)
    other = await meeting.another()
    await meeting.do(note("a"))
    meeting.time.ms += 320_000
    assert await meeting.code(ask(TimeIsUp, activity=Q1)) is None
    assert await other.code(ask(TimeIsUp, activity=Q1)) == "nothing_due"
    assert await other.code(ask(Tick, activity=Q1)) == "nothing_due"
    assert other.board.seq == meeting.board.seq


async def test_E6_a_tick_that_another_process_has_served_is_not_served_again() -> None:
    """Everything that arrived in between waits for the next one."""
    meeting = await told()
    other = await meeting.another()
    await meeting.do(note("d"), note("e"), note("f"))
    meeting.time.ms += 50
    assert await other.code(ask(Tick, activity=Q1)) == "nothing_due"
    assert writing(other).cards == 3


async def test_E6_a_process_that_opens_the_board_late_does_what_was_left() -> None:
    meeting = await writing_open(seconds=300)
    await meeting.do(note("a"))
    meeting.time.ms += 3_600_000
    other = await meeting.another()
    await other.forward(0)
    assert writing(other).state == "stopped"


async def test_E6_what_cannot_be_stored_is_due_again_soon_but_not_at_once() -> None:
    meeting = await writing_open(seconds=300)
    meeting.store.fails = OSError()
    await meeting.forward(320)
    tries = meeting.store.order.count("decided")
    await meeting.forward(1)
    assert 2 <= meeting.store.order.count("decided") - tries <= 4
    meeting.store.fails = None
    await meeting.forward(1)
    assert writing(meeting).state == "stopped"


async def test_E6_a_jump_of_the_screens_clock_means_nothing() -> None:
    """R9: no command contains a time; the rule uses only the server's clock."""
    meeting = await writing_open()
    for ruled in meeting.registry.commands:
        assert not {"now", "time", "at", "sent"} & set(ruled.command.model_fields)

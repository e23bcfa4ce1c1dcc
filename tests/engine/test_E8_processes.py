"""E8: several processes on one board; screens and servers catch up the same way, and hints may be lost."""

import asyncio

from app.activities.clustering.messages import RenameTheme
from app.engine.agenda import End, Go
from app.engine.store import Changes
from app.parts.notes.messages import DeleteNote, TurnAll
from app.parts.notes.records import Note
from app.parts.themes import Theme
from tests.support.boards import Q1, Meeting, W, agenda, ask, contents, edit, new_id, note


async def test_E8_a_command_is_decided_on_what_others_have_stored() -> None:
    one = await Meeting.open()
    other = await one.another()
    await one.turned("a")
    theme = await one.theme("one", "a")
    base = one.seq(theme)
    # `other` was not notified yet: it reads what changed before it decides.
    await other.do(ask(RenameTheme, theme=theme, base=base, name="two"))
    assert await one.code(ask(RenameTheme, theme=theme, base=base, name="three")) == "stale"
    assert one.board.one(Theme, theme).name == "two"
    assert contents(one.board) == contents(other.board)


async def test_E8_a_hint_brings_what_changed_and_tells_it() -> None:
    one = await Meeting.open()
    other = await one.another()
    wall = other.join("screen")
    await one.turned("a")
    other.room.hint(one.board.seq)
    await other.room.idle()
    other.run()
    assert [seen["text"] for seen in wall.kinds("note")] == ["note a"]
    assert contents(one.board) == contents(other.board) and one.board.seq == other.board.seq


async def test_E8_an_old_hint_asks_for_nothing() -> None:
    one = await Meeting.open()
    one.room.hint(one.board.seq)
    assert not one.room.busy


async def test_E8_what_a_commit_has_read_is_not_read_again() -> None:
    one = await Meeting.open()
    other = await one.another()
    await one.turned("a")
    changed, readings = other.store.changed, list[int]()

    async def counted(board_id: str, since: int) -> Changes:
        readings.append(since)
        changes: Changes = await changed(board_id, since)
        return changes

    other.store.changed = counted
    had = other.board.seq
    answer = asyncio.ensure_future(other.ask(note("b")))
    await asyncio.sleep(0)
    other.room.hint(one.board.seq)
    assert (await answer).code is None
    await other.room.idle()
    assert readings == [had], "by the commit"
    await one.do(note("c"))
    other.room.hint(one.board.seq)
    await other.room.idle()
    assert contents(one.board) == contents(other.board)


async def test_E8_a_store_that_is_away_leaves_nobody_waiting() -> None:
    one = await Meeting.open()
    other = await one.another()
    await one.do(ask(Go, item=Q1))
    changed = other.store.changed

    async def away(board_id: str, since: int) -> None:
        raise ConnectionError

    other.store.changed = away
    other.room.hint(one.board.seq)
    await other.room.idle()
    answer = asyncio.ensure_future(other.ask(note("a")))
    assert (await answer).code == "busy"
    other.store.changed = changed
    await other.do(note("a"))


async def test_E8_a_prune_by_another_process_keeps_the_tombstones_that_came_after() -> None:
    one = await Meeting.open([*agenda(), *agenda("workshop-2", "-next")])
    other = await one.another()
    await one.do(ask(Go, item=Q1), note("a"), edit("a", None), ask(End, workshop=W))
    await one.do(
        ask(Go, item="q1-next"),
        note("b", activity="q1-next"),
        edit("b", None, activity="q1-next"),
        workshop="workshop-2",
    )
    other.room.hint(one.board.seq)
    await other.room.idle()
    assert other.board.pruned_seq == one.board.pruned_seq < other.board.seq
    assert other.board.held(new_id("a")) is None
    assert await other.code(note("b", activity="q1-next"), workshop="workshop-2") == "gone"


async def test_E8_one_notes_fate_is_the_same_in_all_processes() -> None:
    one = await Meeting.open()
    other = await one.another()
    await one.do(ask(Go, item=Q1))
    answers = await asyncio.gather(
        *(meeting.ask(note(f"n{n % 10}")) for n in range(40) for meeting in (one, other))
    )
    assert {answer.code for answer in answers} == {None}
    await other.do(ask(TurnAll, activity=Q1), ask(DeleteNote, note=new_id("n0")))
    one.room.hint(other.board.seq)
    await one.room.idle()
    assert one.board.count(Note, Q1) == other.board.count(Note, Q1) == 9
    assert contents(one.board) == contents(other.board)

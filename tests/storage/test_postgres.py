"""Several processes on PostgreSQL (E8): the board's row orders them, and no hint is needed for it."""

import asyncio
import time
from typing import Any

import asyncpg
import orjson
import pytest
from sqlalchemy import event, make_url, text

from app.activities.clustering.messages import RenameTheme
from app.clock import STEP, ServerClock
from app.engine.agenda import End, Go
from app.engine.records import Gone, Held
from app.engine.store import Batch, Changes
from app.engine.timer import Start, Timer, timer_id
from app.parts.notes.messages import LateNote, TurnAll
from app.parts.notes.records import Note
from app.parts.themes import Theme
from app.storage.board_rows import RowBoards
from app.storage.database import CONNECTIONS, Database
from app.storage.hints import MOST_BYTES, Hints, Topic, packed
from app.storage.shared_clock import SharedClock
from tests.storage.conftest import OpenRows
from tests.storage.test_contract import gone, held, put
from tests.support.boards import Q1, Meeting, Time, W, ask, contents, new_id, note
from tests.support.patience import PATIENCE


async def two(open_postgres: OpenRows) -> tuple[Meeting, Meeting]:
    one = await Meeting.open(store=await open_postgres())
    other = await Meeting.at(await open_postgres(), one.time, seed=8)
    return one, other


async def test_E8_two_processes_take_turns_on_one_board(open_postgres: OpenRows) -> None:
    one, other = await two(open_postgres)
    await one.do(ask(Go, item=Q1))
    for n in range(10):
        await (one if n % 2 else other).do(note(n))
    await other.do(ask(TurnAll, activity=Q1))
    await one.do(note("late"))
    other.room.hint(one.board.seq)
    await other.room.idle()
    assert contents(one.board, without=()) == contents(other.board, without=())
    assert one.board.seq == other.board.seq and one.board.count(Note, Q1) == 10


async def test_E8_a_burst_opens_no_connection_that_the_last_one_had(postgres_url: str) -> None:
    """Opening one costs as much as some notes: a busy server must not be made busier by it."""
    database = Database(postgres_url)
    most, together = CONNECTIONS, asyncio.Barrier(CONNECTIONS)

    async def one() -> int:
        async with database.connect() as connection:
            await together.wait()
            return int(await connection.scalar(text("SELECT pg_backend_pid()")) or 0)

    first, second = [set(await asyncio.gather(*(one() for _ in range(most)))) for _ in range(2)]
    assert len(first) == most and second == first
    await database.close()


async def test_E8_what_two_decide_in_the_same_moment_is_decided_once(open_postgres: OpenRows) -> None:
    one, other = await two(open_postgres)
    await one.turned("a")
    theme = await one.theme("first", "a")
    base = one.seq(theme)
    answers = await asyncio.gather(
        *(
            m.ask(ask(RenameTheme, theme=theme, base=base, name=name))
            for m, name in ((one, "x"), (other, "y"))
        )
    )
    assert sorted(str(answer.code) for answer in answers) == ["None", "stale"]
    other.room.hint(one.board.seq + 1)
    one.room.hint(other.board.seq + 1)
    await asyncio.gather(one.room.idle(), other.room.idle())
    assert one.board.one(Theme, theme) == other.board.one(Theme, theme)


async def test_E8_R8_the_same_note_through_two_processes_is_one_note(open_postgres: OpenRows) -> None:
    one, other = await two(open_postgres)
    await one.do(ask(Go, item=Q1))
    answers = await asyncio.gather(*(m.ask(note(n)) for n in range(30) for m in (one, other)))
    assert {answer.code for answer in answers} == {None}
    fresh = await Meeting.at(await open_postgres(), one.time)
    assert fresh.board.count(Note, Q1) == 30


async def test_E8_a_board_read_while_others_store_is_of_one_moment(open_postgres: OpenRows) -> None:
    """Its row and its records must be consistent, or a prune in between would be missed."""
    one, _ = await two(open_postgres)
    await one.turned("a", "b")
    store = await open_postgres()
    rows_of = store._rows

    async def late(connection, board_id: str, since: int) -> list[Held]:  # type: ignore[no-untyped-def]
        await one.do(ask(End, workshop=W))
        return await rows_of(connection, board_id, since)

    store._rows = late  # type: ignore[method-assign]
    seq = one.board.seq
    loaded = await store.load("board")
    assert loaded is not None
    assert (loaded.seq, loaded.pruned_seq) == (seq, 0)
    assert max(row.seq for row in loaded.rows) == seq
    store._rows = rows_of  # type: ignore[method-assign]
    changes = await store.changed("board", seq)
    assert changes.pruned_seq == changes.seq == one.board.seq


def selects_of(store: RowBoards) -> list[str]:
    """What the store's connections ask for from now on."""
    asked: list[str] = []

    @event.listens_for(store._database.engine.sync_engine, "before_cursor_execute")
    def heard(_connection: Any, _cursor: Any, statement: str, *_given: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    return asked


async def test_E8_a_shared_board_is_locked_and_read_with_one_statement(open_postgres: OpenRows) -> None:
    one, other = await two(open_postgres)
    await one.do(ask(Go, item=Q1))
    asked = selects_of(one.store)
    for n in range(3):
        asked.clear()
        await one.do(note(n))
        assert len(asked) == 1 and "body" not in asked[0], "alone, there is nothing to read"
    for n in range(3, 6):
        await other.do(note(n))
        asked.clear()
        await one.do(note(10 + n))
    assert len(asked) == 1
    await one.do(note("again"))
    other.room.hint(one.board.seq)
    await other.room.idle()
    assert contents(one.board, without=()) == contents(other.board, without=())
    assert one.board.count(Note, Q1) == 10
    await one.store.release("board")
    asked.clear()
    await one.do(note("later"))
    assert len(asked) == 1 and "body" not in asked[0], "a room that was closed starts anew"


@pytest.mark.parametrize("left", [held(3, "c"), gone(3, "b")])
async def test_E8_what_was_stored_while_a_commit_waited_for_the_lock_is_read(
    open_postgres: OpenRows, left: Held
) -> None:
    """The statement that waits has seen the records as they were before."""
    store, others = await open_postgres(), await open_postgres()
    await store.create("b")
    await put(others, [held(1, "a"), held(2, "b")])
    seen: list[Changes] = []

    def decide(changes: Changes) -> Batch:
        seen.append(changes)
        return Batch(changes.seq)

    await store.commit("b", 0, decide)
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    async with others._database.begin() as connection, others._database.connect() as watching:
        batch = Batch(3, [left], prune=isinstance(left.record, Gone))
        await others._write(connection, "b", batch)
        task = asyncio.ensure_future(store.commit("b", 0, decide))
        async with asyncio.timeout(PATIENCE):
            while not await watching.scalar(waits):
                await asyncio.sleep(0.01)
                await watching.rollback()
    await task
    kept = [held(1, "a")] if batch.prune else [held(1, "a"), held(2, "b"), left]
    assert seen[1].seq == 3 and seen[1].pruned_seq == (3 if batch.prune else 0)
    assert sorted(seen[1].rows) == sorted(kept)


async def test_E8_boards_do_not_wait_for_each_other(open_postgres: OpenRows) -> None:
    store = await open_postgres()
    await store.create("b")
    await store.create("c")
    holds = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def slow(blocked: RowBoards) -> None:
        async with blocked._database.begin() as connection:
            await blocked._write(connection, "b", Batch(1, [held(1, "a")]))
            holds.set()
            await release.wait()

    release = asyncio.Event()
    task = loop.create_task(slow(store))
    await holds.wait()

    def decide(_changes: Changes) -> Batch:
        return Batch(1, [held(1, "a")])

    await asyncio.wait_for(store.commit("c", 0, decide), 5)
    release.set()
    await task
    assert await store.seqs(["b", "c"]) == {"b": 1, "c": 1}


async def test_E8_hints_reach_the_other_process(open_postgres: OpenRows, postgres_url: str) -> None:
    store = await open_postgres()
    heard: asyncio.Queue[tuple[str, int]] = asyncio.Queue()
    here, there = (Hints(store._database.url) for _ in range(2))
    there.on("board", lambda board, seq: heard.put_nowait((board, seq)))
    tasks = [asyncio.create_task(hints.run()) for hints in (there, here)]
    try:
        async with asyncio.timeout(PATIENCE):
            while not (there.listening and here.listening):
                await asyncio.sleep(0.01)
            here.tell("board", "b", 3)
            here.tell("board", "b", 4)
            here.tell("out", "nobody listens for it")
            here.tell("board", "c", 1)
            assert {await heard.get(), await heard.get()} == {("b", 4), ("c", 1)}
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Confused(asyncpg.Connection):  # type: ignore[misc]
    """A connection that is lost during NOTIFY, as asyncpg sometimes reports it."""

    async def execute(self, *_given: object, **_named: object) -> str:
        raise asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")


async def test_R14_hints_come_back_whatever_their_connection_raises(open_postgres: OpenRows) -> None:
    url = (await open_postgres())._database.url
    heard: asyncio.Queue[tuple[str, int]] = asyncio.Queue()
    kinds: list[type[Any]] = [Confused, asyncpg.Connection]
    hints = Hints(url, lambda dsn: asyncpg.connect(dsn, connection_class=kinds.pop(0)))
    hints.on("board", lambda board, seq: heard.put_nowait((board, seq)))
    task = asyncio.create_task(hints.run())
    try:
        async with asyncio.timeout(PATIENCE):
            hints.tell("board", "b", 3)
            while kinds or not hints.listening:
                await asyncio.sleep(0.01)
            hints.tell("board", "b", 4)
            assert await heard.get() == ("b", 4)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_R14_hints_come_back_when_their_connection_ends_while_nothing_is_told(
    open_postgres: OpenRows,
) -> None:
    database = (await open_postgres())._database
    opened: list[Any] = []

    async def connect(dsn: str) -> Any:
        opened.append(await asyncpg.connect(dsn))
        return opened[-1]

    hints = Hints(database.url, connect)
    task = asyncio.create_task(hints.run())
    ended = text("SELECT pg_terminate_backend(:pid)")
    try:
        async with asyncio.timeout(PATIENCE):
            while not hints.listening:
                await asyncio.sleep(0.01)
            async with database.connect() as connection:
                await connection.execute(ended, {"pid": opened[0].get_server_pid()})
            while len(opened) < 2 or not hints.listening:
                await asyncio.sleep(0.01)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_R15_no_connection_is_given_out_that_the_database_has_ended(open_postgres: OpenRows) -> None:
    ours, others = [(await open_postgres())._database for _ in range(2)]
    own = text("SELECT pg_backend_pid()")
    async with ours.connect() as connection:
        ended = await connection.scalar(own)
        kept = (await connection.get_raw_connection()).driver_connection
    assert kept is not None
    async with others.connect() as connection:
        await connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": ended})
    async with asyncio.timeout(PATIENCE):
        while not kept.is_closed():
            await asyncio.sleep(0.01)
    async with ours.connect() as connection:
        assert await connection.scalar(own) != ended


def test_E8_hints_are_as_few_as_the_database_takes() -> None:
    new: dict[tuple[Topic, str], Any] = {("board", f"{n:022}"): n for n in range(500)}
    lots = list(packed(new | {("out", "x" * MOST_BYTES): None}))
    assert all(len(lot) <= MOST_BYTES for lot in lots) and len(lots) < 5
    assert [tuple(one) for lot in lots for one in orjson.loads(lot)] == [
        (topic, about, n) for (topic, about), n in new.items()
    ]
    assert list(packed({})) == []


def test_E8_hints_ask_for_the_same_encryption_as_the_rest() -> None:
    url = make_url("postgresql+asyncpg://u:p@h/d?ssl=require")
    assert Hints(url)._dsn == "postgresql://u:p@h/d?sslmode=require"


class Machine:
    """A machine whose clock is wrong by this many seconds."""

    def __init__(self, wrong: float) -> None:
        self.wrong = wrong

    def wall(self) -> float:
        return time.time() + self.wrong

    def clock(self) -> ServerClock:
        return ServerClock(wall=self.wall)


async def test_R9_servers_go_by_the_clock_of_the_database(open_postgres: OpenRows) -> None:
    database = (await open_postgres())._database
    fast, slow = Machine(3600).clock(), Machine(-7200).clock()
    assert fast() - slow() > 10_000_000
    for clock in (fast, slow):
        await SharedClock(clock, database).set()
    assert abs(fast() - slow()) < 1000
    # R9: once the time was sent to anybody it is only adjusted gradually.
    late = Machine(-60).clock()
    before, offset = late(), await SharedClock(late, database).offset()
    assert 55_000 < offset < 65_000
    await SharedClock(late, database).follow()
    assert 0 <= late() - before - STEP < 5_000


async def test_R9_a_timer_ends_at_one_moment_for_two_processes(open_postgres: OpenRows) -> None:
    one = await Meeting.open(store=await open_postgres())
    behind = Time()
    behind.ms -= 900
    other = await Meeting.at(await open_postgres(), behind)
    await one.do(ask(Go, item=Q1), ask(Start, activity=Q1, seconds=60))
    other.room.hint(one.board.seq)
    await other.room.idle()
    ends = one.board.one(Timer, timer_id(Q1)).ends_at
    assert ends is not None and other.board.one(Timer, timer_id(Q1)).ends_at == ends
    # The faster one closes it; the other is notified, and what it then accepts is late there too.
    await one.forward(60 + 20 + 1)
    other.room.hint(one.board.seq)
    await other.room.idle()
    assert (await other.ask(note("late"))).told == ("late",)
    assert other.board.find(LateNote, new_id("late")) is not None

"""M8: what is left after the meeting tells neither when a note was written nor which two share a phone.

Forty phones write five notes each, in one room after another; each room then comes to every end there is. The
control is the same file before the clean-up: there the same adversary succeeds.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
import pytest_asyncio
from sqlalchemy import event

from app.activities.registry import registry
from app.board.agenda import End, Go
from app.board.edits import Traces
from app.board.shared_records import Note
from app.board.writing.messages import TurnAll, TurnOne
from app.settings import Settings
from app.storage.backup import write_backup
from app.storage.board_store import SqlBoardStore, board_store
from app.storage.database import Database, metadata, sqlite_url
from tests.anonymity.adversary import NINETY_NINE, Adversary
from tests.anonymity.pages import places
from tests.anonymity.people import People, write_notes
from tests.support.boards import C1, Q1, Meeting, Time, W, ask

RUNS = 200 if os.environ.get("TRIVSEL_SOAK") else 40
#: As `trivsel` writes them, but without waiting for the disk: where things lie does not depend on it.
FAST = "PRAGMA synchronous=OFF"


@dataclass
class Room:
    """A file with a room in which writing is still open, and what only the people in it know."""

    file: Path
    people: People
    time: int


@asynccontextmanager
async def opened(file: Path, **how: float) -> AsyncIterator[SqlBoardStore]:
    database = Database(sqlite_url(file))
    event.listen(
        database.engine.sync_engine, "connect", lambda connection, _: connection.execute(FAST).close()
    )
    async with database.begin() as connection:
        await connection.run_sync(metadata.create_all)
    try:
        yield board_store(database, registry, **how)
    finally:
        await database.close()


async def write(file: Path, seed: int) -> Room:
    """A room in a file of its own."""
    async with opened(file) as store:
        meeting, people = await write_notes(store, seed)
    return Room(file, people, meeting.time.ms)


@pytest_asyncio.fixture(scope="module")
async def rooms(tmp_path_factory: pytest.TempPathFactory) -> list[Room]:
    """So many rooms, each in its own file, with nothing cleaned up."""
    folder = tmp_path_factory.mktemp("rooms")
    return [await write(folder / f"{run}.sqlite3", run) for run in range(RUNS)]


# -- the ends ------------------------------------------------------------------------------------------------


async def turn_all(meeting: Meeting) -> None:
    await meeting.do(ask(TurnAll, activity=Q1))


async def turn_one_by_one(meeting: Meeting) -> None:
    left = meeting.board.count(Note, Q1)
    while left:
        # Several a commit, only to be done sooner.
        await asyncio.gather(*(meeting.do(ask(TurnOne, activity=Q1)) for _ in range(min(25, left))))
        left -= min(25, left)


async def leave(meeting: Meeting) -> None:
    await meeting.do(ask(Go, item=C1))


async def end(meeting: Meeting) -> None:
    await meeting.do(ask(TurnAll, activity=Q1), ask(End, workshop=W))


async def end_at_once(meeting: Meeting) -> None:
    """Before anything was turned over."""
    await meeting.do(ask(End, workshop=W))


async def abandon(meeting: Meeting) -> None:
    """Everybody goes home, and nobody says that it is over."""
    await meeting.do(ask(TurnAll, activity=Q1))
    await meeting.forward(24 * 3600)


async def abandon_at_once(meeting: Meeting) -> None:
    """Everybody goes home, and nobody says stop."""
    await meeting.forward(24 * 3600)


async def nothing(_meeting: Meeting) -> None:
    pass


End_ = Callable[[Meeting], Awaitable[None]]


async def judge(rooms: list[Room], scratch: Path, ends: End_, scrub: str = "yes") -> Adversary:
    """Every room comes to that end; then its file is read."""
    adversary = Adversary()
    begun = perf_counter()
    for room in rooms:
        file = scratch / "room.sqlite3"
        shutil.copy(room.file, file)
        async with opened(file) as store:
            time = Time()
            time.ms = room.time
            meeting = await Meeting.at(store, time)
            await ends(meeting)
            if scrub == "yes":
                assert await store.scrub() and await store.owed() == Traces.NONE
        if scrub == "at start":
            await started_again(file)
        adversary.guess(places(file, scratch), room.people.written, room.people.phone)
    print(f"\n{len(rooms)} rooms, {ends.__name__}, scrub {scrub}: {perf_counter() - begun:.1f} s")
    for name, score in adversary.scores.items():
        print(f"  {name:42} {score.value:+.4f}  z {score.z:+.2f}")
    return adversary


async def started_again(file: Path) -> None:
    """The next start finds the debt and pays it."""
    async with opened(file) as store:
        assert await store.owed() == Traces.PAGES
        cleaning = asyncio.create_task(store.keep_clean())
        async with asyncio.timeout(20):
            while await store.owed():
                await asyncio.sleep(0.005)
        cleaning.cancel()
        await asyncio.gather(cleaning, return_exceptions=True)


def learned(adversary: Adversary) -> dict[str, float]:
    """The readings that are better (or worse) than chance."""
    return {name: round(score.z, 2) for name, score in adversary.scores.items() if abs(score.z) > NINETY_NINE}


@pytest.mark.parametrize("ends", [turn_all, turn_one_by_one, leave, end, abandon])
async def test_M8_A4_after_every_end_the_file_says_no_more_than_chance(
    rooms: list[Room], tmp_path: Path, ends: End_
) -> None:
    assert learned(await judge(rooms, tmp_path, ends)) == {}


@pytest.mark.parametrize("ends", [end_at_once, abandon_at_once])
async def test_F4_M8_what_was_never_shown_is_nowhere_in_the_file_after_the_end(
    rooms: list[Room], tmp_path: Path, ends: End_
) -> None:
    for room in rooms[:10]:
        file = tmp_path / "room.sqlite3"
        shutil.copy(room.file, file)
        assert {place.kind for place in places(file, tmp_path)} >= {"note"}
        async with opened(file) as store:
            time = Time()
            time.ms = room.time
            await ends(await Meeting.at(store, time))
            assert await store.scrub()
        assert "note" not in {place.kind for place in places(file, tmp_path)}
        held = file.read_bytes()
        assert not [id for id in room.people.written if id.encode() in held]


async def test_M8_A4_a_debt_left_by_a_power_cut_is_paid_at_the_next_start(
    rooms: list[Room], tmp_path: Path
) -> None:
    assert learned(await judge(rooms, tmp_path, turn_all, scrub="at start")) == {}


async def test_M8_A7_a_backup_says_no_more_even_while_the_notes_lie_face_down(
    rooms: list[Room], tmp_path: Path
) -> None:
    adversary = Adversary()
    for run, room in enumerate(rooms):
        copy = tmp_path / f"copy-{run}.sqlite3"
        await write_backup(Settings(data=tmp_path, database_url=sqlite_url(room.file)), copy)
        adversary.guess(places(copy, tmp_path), room.people.written, room.people.phone)
    assert learned(adversary) == {}


async def test_M8_control_without_any_clean_up_the_adversary_knows_nearly_all(
    rooms: list[Room], tmp_path: Path
) -> None:
    adversary = await judge(rooms[:10], tmp_path, nothing, scrub="no")
    assert adversary.order["seq"].value > 0.8
    assert adversary.order["place in page"].z > 4
    assert adversary.pairs["beside each other by seq"].z > 10


async def test_M8_control_without_rewriting_the_pages_they_tell_the_order(
    rooms: list[Room], tmp_path: Path
) -> None:
    """The seq is evened out by turning over, the pages are not: that is what the scrub is for."""
    adversary = await judge(rooms[:10], tmp_path, turn_all, scrub="no")
    assert abs(adversary.order["seq"].z) < NINETY_NINE
    assert max(abs(score.z) for score in adversary.order.values()) > 5

"""M8: what is left after the meeting tells neither when a note was written nor which two share a phone.

Forty phones write five notes each, in one room after another; each room then comes to every end there is. The
control is the same file before the clean-up: there the same adversary succeeds.
"""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
import pytest_asyncio

from app.activities.registry import registry
from app.board.agenda import End, Go
from app.board.edits import Traces
from app.board.shared_records import Note
from app.board.writing.messages import TurnAll, TurnOne
from app.clock import ServerClock
from app.storage import board_file
from app.storage.backup import write_backup
from app.storage.board_files import FileBoards
from tests.anonymity.adversary import NINETY_NINE, Adversary
from tests.anonymity.pages import places
from tests.anonymity.people import People, write_notes
from tests.support.boards import C1, Q1, Meeting, Time, W, ask

RUNS = 200 if os.environ.get("TRIVSEL_SOAK") else 40
#: As `trivsel` writes them, but without waiting for the disk: where things lie does not depend on it.
FAST = "PRAGMA synchronous=OFF"


@dataclass
class Room:
    """A folder with a room in which writing is still open, and what only the people in it know."""

    folder: Path
    people: People
    time: int


@pytest.fixture(scope="module", autouse=True)
def _fast() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(board_file, "_PRAGMAS", (*board_file._PRAGMAS, FAST))
        yield


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[FileBoards]:
    store = FileBoards(folder, registry, ServerClock(), 0)
    try:
        yield store
    finally:
        await store.close()


async def write(folder: Path, seed: int) -> Room:
    """A room in a folder of its own."""
    async with opened(folder) as store:
        meeting, people = await write_notes(store, seed)
    return Room(folder, people, meeting.time.ms)


@pytest_asyncio.fixture(scope="module")
async def rooms(tmp_path_factory: pytest.TempPathFactory) -> list[Room]:
    """So many rooms, each in its own file, with nothing cleaned up."""
    folder = tmp_path_factory.mktemp("rooms")
    return [await write(folder / str(run), run) for run in range(RUNS)]


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
    await meeting.do(ask(End, workshop=W))


async def abandon(meeting: Meeting) -> None:
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
        folder = scratch / "room"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(room.folder, folder)
        async with opened(folder) as store:
            time = Time()
            time.ms = room.time
            meeting = await Meeting.at(store, time)
            await ends(meeting)
            if scrub == "yes":
                assert await store.scrub() and await store.owed() == []
        if scrub == "at start":
            await started_again(folder)
        adversary.guess(places(folder / "board.sqlite3", scratch), room.people.written, room.people.phone)
    print(f"\n{len(rooms)} rooms, {ends.__name__}, scrub {scrub}: {perf_counter() - begun:.1f} s")
    for name, score in adversary.scores.items():
        print(f"  {name:42} {score.value:+.4f}  z {score.z:+.2f}")
    return adversary


async def started_again(folder: Path) -> None:
    """The next start finds the debt and pays it."""
    async with opened(folder) as store:
        assert [debt.traces for debt in await store.owed()] == [Traces.PAGES]
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


async def test_M8_A4_a_debt_left_by_a_power_cut_is_paid_at_the_next_start(
    rooms: list[Room], tmp_path: Path
) -> None:
    assert learned(await judge(rooms, tmp_path, turn_all, scrub="at start")) == {}


async def test_M8_A7_a_backup_says_no_more_even_while_the_notes_lie_face_down(
    rooms: list[Room], tmp_path: Path
) -> None:
    """F5: what lies face down is in no copy at all."""
    main = tmp_path / "main.sqlite3"
    with closing(sqlite3.connect(main)) as file:
        file.execute("CREATE TABLE account (id)")
    for run, room in enumerate(rooms[:5]):
        copy = tmp_path / f"copy-{run}.sqlite3"
        write_backup(main, room.folder, copy)
        data = copy.read_bytes()
        assert b'"kind":"writing"' in data, "the board itself is there"
        assert not [id for id in room.people.written if id.encode() in data]


async def test_M8_control_without_any_clean_up_the_adversary_knows_nearly_all(
    rooms: list[Room], tmp_path: Path
) -> None:
    adversary = await judge(rooms[:10], tmp_path, nothing, scrub="no")
    assert adversary.order["seq"].value > 0.8
    assert adversary.order["place in page"].z > 4
    assert adversary.pairs["beside each other by seq"].z > 10


async def test_M8_F2_even_before_the_clean_up_the_pages_of_shown_notes_say_nothing(
    rooms: list[Room], tmp_path: Path
) -> None:
    """What is shown leaves the box in one transaction, and never lay in `record` before."""
    assert learned(await judge(rooms, tmp_path, turn_all, scrub="no")) == {}

"""M8: what is left after the meeting tells neither when a note was written nor which two share a phone.

Forty phones write five notes each, in one room after another; each room then comes to every end there is. The
control is the same file before the clean-up: there the same adversary succeeds.
"""

import asyncio
import itertools
import os
import random
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
import pytest_asyncio
from sqlalchemy import event

from app.activities.notes.messages import TurnAll, TurnOne
from app.activities.registry import registry
from app.board.agenda import End, Go
from app.board.edits import Traces
from app.board.shared_records import Note
from app.storage.board_store import SqlBoardStore, board_store
from app.storage.database import Database, metadata, sqlite_url
from tests.anonymity.adversary import NINETY_NINE, Adversary
from tests.anonymity.pages import places
from tests.support.boards import C1, NINE, Q1, Meeting, Time, W, ask, edit, note

PHONES, NOTES = 40, 5
RUNS = 200 if os.environ.get("TRIVSEL_SOAK") else 40
#: As `trivsel` writes them, but without waiting for the disk: where things lie does not depend on it.
FAST = "PRAGMA synchronous=OFF"


@dataclass
class Room:
    """A file with a room in it in which writing is still open, and what only the room itself knows."""

    file: Path
    written: dict[str, float]
    phone: dict[str, int]
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
    """Phones that each write a few notes, one soon after the other; some are mended or dropped."""
    rng = random.Random(seed)
    acts: list[tuple[float, str, str | None]] = []
    phone: dict[str, int] = {}
    written: dict[str, float] = {}
    for number in range(PHONES):
        at = rng.uniform(0, 120)
        for _ in range(NOTES):
            at += rng.expovariate(1 / 4)
            name = f"{rng.getrandbits(96):024x}"[:15]
            words = " ".join(rng.choice(("vi", "mangler", "tid", "hjælp", "ro", "ros")) for _ in range(9))
            acts.append((at, name, words))
            id = note(name).note
            phone[id], written[id] = number, at
            if rng.random() < 0.12:
                acts.append((at + rng.expovariate(1 / 20), name, rng.choice((None, words[:-4] + "mere tid"))))
    async with opened(file) as store:
        meeting = await Meeting.open(store=store, seed=10_000 + seed)
        await meeting.do(ask(Go, item=Q1))
        begun: set[str] = set()
        for moment, together in itertools.groupby(
            sorted(acts, key=lambda act: act[0]), lambda act: act[0] // 2
        ):
            await meeting.forward(max(0.0, moment * 2 + 2 - (meeting.time.ms - NINE) / 1000))
            # What comes within two seconds shares a commit, as on a busy server.
            sent = []
            for _, name, said in together:
                sent.append(edit(name, said) if name in begun else note(name, said or ""))
                begun.add(name)
            await asyncio.gather(*(meeting.do(one) for one in sent))
        left = set(meeting.board.of(Note, Q1))
        return Room(file, {id: at for id, at in written.items() if id in left}, phone, meeting.time.ms)


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
        adversary.guess(places(file, scratch), room.written, room.phone)
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


async def test_M8_A4_a_debt_left_by_a_power_cut_is_paid_at_the_next_start(
    rooms: list[Room], tmp_path: Path
) -> None:
    assert learned(await judge(rooms, tmp_path, turn_all, scrub="at start")) == {}


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

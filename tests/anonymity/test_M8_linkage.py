"""M8: what is left after the meeting reveals neither when something was made nor which two share a phone.

Forty phones write five notes each, in one room after another; then late notes, changes and deletions, dots,
placements and a pulse; and each room ends in every possible way. The adversary reads the pages of the board's
file, and the raw bytes of everything in the data folder. The control is the same folder before the clean-up:
there the same adversary succeeds.
"""

import asyncio
import copy
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
from app.clock import ServerClock
from app.engine.agenda import End, Go
from app.parts.notes.messages import TurnAll, TurnOne
from app.parts.notes.records import Note
from app.storage import board_file
from app.storage.backup import write_backup
from app.storage.board_files import FileBoards
from app.storage.database import Database, sqlite_url
from tests.anonymity import people as acts
from tests.anonymity.adversary import NINETY_NINE, Adversary
from tests.anonymity.pages import places, raw
from tests.anonymity.people import People, write_notes
from tests.support.boards import C1, Q1, Meeting, Time, W, ask

RUNS = 200 if os.environ.get("TRIVSEL_SOAK") else 40
#: As `trivsel` writes them, but without waiting for the disk, which does not affect where data is stored.
FAST = "PRAGMA synchronous=OFF"


@dataclass
class Room:
    """A folder with a room in which something is still open, and what only the people in it know."""

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
    database = Database(sqlite_url(folder.parent / f"{folder.name}.main"))
    store = FileBoards(database, registry, ServerClock(), 0)
    store._folder = folder
    # There is no main file here with pending names.
    store._names_owed = False
    try:
        yield store
    finally:
        await store.close()
        await database.close()


async def killed(folder: Path, to: Path, store: FileBoards) -> None:
    """The folder as a power cut leaves it: nothing was closed, the log is as it was."""
    assert store._open, "the files are still open"
    await asyncio.to_thread(shutil.copytree, folder, to)


async def whole(folder: Path, seed: int) -> tuple[Room, Room]:
    """A room while notes are written, and later: late notes, all turned over, dots, placements, a pulse."""
    async with opened(folder / "live") as store:
        meeting, people = await write_notes(store, seed)
        await killed(folder / "live", folder / "early", store)
        early = Room(folder / "early", copy.deepcopy(people), meeting.time.ms)
        await acts.write_on(meeting, people, seed)
        await acts.answer(meeting, people, seed)
        await killed(folder / "live", folder / "late", store)
    return early, Room(folder / "late", people, meeting.time.ms)


@pytest_asyncio.fixture(scope="module")
async def both(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Room, Room]]:
    """This many rooms, each in a folder of its own, with nothing cleaned up: early and late."""
    folder = tmp_path_factory.mktemp("rooms")
    return [await whole(folder / str(run), run) for run in range(RUNS)]


@pytest.fixture(scope="module")
def rooms(both: list[tuple[Room, Room]]) -> list[Room]:
    """While notes are written."""
    return [early for early, _ in both]


@pytest.fixture(scope="module")
def meetings(both: list[tuple[Room, Room]]) -> list[Room]:
    """While a pulse is answered."""
    return [late for _, late in both]


# -- the ends ------------------------------------------------------------------------------------------------


async def turn_all(meeting: Meeting) -> None:
    await meeting.do(ask(TurnAll, activity=Q1))


async def turn_one_by_one(meeting: Meeting) -> None:
    left = meeting.board.count(Note, Q1)
    while left:
        # Several per commit, only to save time.
        await asyncio.gather(*(meeting.do(ask(TurnOne, activity=Q1)) for _ in range(min(25, left))))
        left -= min(25, left)


async def leave(meeting: Meeting) -> None:
    await meeting.do(ask(Go, item=C1))


async def end(meeting: Meeting) -> None:
    await meeting.do(ask(End, workshop=W))


async def turn_and_end(meeting: Meeting) -> None:
    await turn_all(meeting)
    await end(meeting)


async def close_and_end(meeting: Meeting) -> None:
    await acts.close(meeting)
    await end(meeting)


async def abandon(meeting: Meeting) -> None:
    """Everybody goes home, and nobody ends the meeting."""
    await meeting.forward(24 * 3600)


async def nothing(_meeting: Meeting) -> None:
    pass


End_ = Callable[[Meeting], Awaitable[None]]


@asynccontextmanager
async def at_end(room: Room, scratch: Path, ends: End_, scrub: str = "yes") -> AsyncIterator[Path]:
    """The room's folder after that end, still in use by its server."""
    folder = scratch / "room"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(room.folder, folder)
    async with opened(folder) as store:
        if scrub != "no":
            # A start cleans up what the last server left.
            await store.even_out()
        time = Time()
        time.ms = room.time
        meeting = await Meeting.at(store, time)
        await ends(meeting)
        if scrub == "yes":
            assert await store.scrub() and await store.owed() == []
        if scrub == "at start":
            cut = scratch / "cut"
            shutil.rmtree(cut, ignore_errors=True)
            await killed(folder, cut, store)
            async with opened(cut) as again:
                await again.even_out()
                assert await again.owed()
                assert await again.scrub() and await again.owed() == []
                yield cut
        else:
            yield folder


async def judge(rooms: list[Room], scratch: Path, ends: End_, scrub: str = "yes") -> Adversary:
    """Every room ends that way; then its files are read."""
    adversary = Adversary()
    begun = perf_counter()
    for room in rooms:
        async with at_end(room, scratch, ends, scrub) as folder:
            adversary.guess(places(folder / "board.sqlite3", scratch), room.people.written, room.people.phone)
            adversary.guess_raw(raw(folder, room.people.written), room.people.written, room.people.phone)
    print(f"\n{len(rooms)} rooms, {ends.__name__}, scrub {scrub}: {perf_counter() - begun:.1f} s")
    for name, score in adversary.scores.items():
        print(f"  {name:42} {score.value:+.4f}  z {score.z:+.2f}")
    return adversary


def learned(adversary: Adversary) -> dict[str, float]:
    """The readings that are better (or worse) than chance.

    There are about thirty of them, so the 99 % level applies to all of them together.
    """
    bound = NINETY_NINE + 0.9
    return {name: round(score.z, 2) for name, score in adversary.scores.items() if abs(score.z) > bound}


@pytest.mark.parametrize("ends", [turn_all, turn_one_by_one, turn_and_end])
async def test_M8_A4_after_every_end_the_files_say_no_more_than_chance(
    rooms: list[Room], tmp_path: Path, ends: End_
) -> None:
    assert learned(await judge(rooms, tmp_path, ends)) == {}


@pytest.mark.parametrize("ends", [leave, nothing])
async def test_M8_F4_what_lies_open_after_a_crash_and_a_start_says_no_more(
    rooms: list[Room], tmp_path: Path, ends: End_
) -> None:
    assert learned(await judge(rooms, tmp_path, ends)) == {}


async def test_M8_A4_a_debt_left_by_a_power_cut_is_paid_at_the_next_start(
    rooms: list[Room], tmp_path: Path
) -> None:
    assert learned(await judge(rooms, tmp_path, turn_all, scrub="at start")) == {}


async def test_M8_F2_even_before_the_clean_up_the_pages_of_shown_notes_say_nothing(
    rooms: list[Room], tmp_path: Path
) -> None:
    """What is shown leaves the box in one transaction, and was never in `record` before."""
    adversary = await judge(rooms, tmp_path, turn_all, scrub="pages")
    pages = {name: z for name, z in learned(adversary).items() if "raw" not in name}
    assert pages == {}


async def test_M8_control_without_any_clean_up_the_adversary_knows_nearly_all(
    rooms: list[Room], tmp_path: Path
) -> None:
    adversary = await judge(rooms[:10], tmp_path, nothing, scrub="no")
    assert adversary.order["seq"].value > 0.8
    assert adversary.order["place in page"].z > 4
    assert adversary.order["raw: first"].z > 10
    assert adversary.pairs["beside each other by seq"].z > 10


async def test_M8_control_the_log_tells_until_the_debt_is_paid(rooms: list[Room], tmp_path: Path) -> None:
    adversary = await judge(rooms[:10], tmp_path, turn_all, scrub="no")
    assert abs(adversary.order["seq"].z) < NINETY_NINE
    assert abs(adversary.order["raw: first"].z) > 5


# -- everything else that phones do --------------------------------------------------------------------------


@pytest.mark.parametrize("ends", [close_and_end, end, abandon])
async def test_M8_F4_after_the_end_nothing_is_left_of_what_was_not_shown(
    meetings: list[Room], tmp_path: Path, ends: End_
) -> None:
    """No ballot, no proof, no deleted note, no old text; what is left reveals no more than chance."""
    adversary = Adversary()
    for room in meetings:
        async with at_end(room, tmp_path, ends) as folder:
            data = everything(folder)
            people = room.people
            standing = {id: at for id, at in people.written.items() if id.encode() in data}
            assert not [id for ids in people.ballots.values() for id in ids if id in standing]
            assert not [text for text in people.gone if text.encode() in data]
            assert b'"secret_hash":"' not in data
            if ends is not abandon:
                assert len(standing) > acts.PHONES, "the search must find what is there"
            adversary.guess(places(folder / "board.sqlite3", tmp_path), standing, people.phone)
            adversary.guess_raw(raw(folder, standing), standing, people.phone)
    assert learned(adversary) == {}


async def test_M8_F4_released_ballots_are_gone_while_the_meeting_continues(
    meetings: list[Room], tmp_path: Path
) -> None:
    """Dots at their release; after a start an open pulse reveals nothing about who answered what.

    Of a deleted ballot its bare id stays until the end (E2), and that reveals nothing either.
    """
    still_open, gone = Adversary(), Adversary()
    for room in meetings:
        async with at_end(room, tmp_path, nothing) as folder:
            assert b'"of":"dots"' not in everything(folder)
            for kind, adversary in (("pulse", still_open), ("dots", gone)):
                ids = {id: room.people.written[id] for id in room.people.ballots[kind]}
                adversary.guess(places(folder / "board.sqlite3", tmp_path), ids, room.people.phone)
                adversary.guess_raw(raw(folder, ids), ids, room.people.phone)
    # Two answers to one question are from two phones: everybody knows that.
    assert {name: z for name, z in learned(still_open).items() if not name.startswith("same ")} == {}
    assert learned(gone) == {}


async def test_M8_control_an_open_pulse_tells_before_the_clean_up(
    meetings: list[Room], tmp_path: Path
) -> None:
    adversary = Adversary()
    for room in meetings[:10]:
        open_ = {id: room.people.written[id] for id in room.people.ballots["pulse"]}
        adversary.guess_raw(raw(room.folder, open_), open_, room.people.phone)
    assert abs(adversary.order["raw: first"].z) > 10
    assert adversary.pairs["beside each other by raw: first"].z > 10


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


# -- copies --------------------------------------------------------------------------------------------------


def copied(room: Room, to: Path) -> bytes:
    main = to.with_name("main.sqlite3")
    if not main.exists():
        with closing(sqlite3.connect(main)) as file:
            file.execute("CREATE TABLE account (id)")
    write_backup(main, room.folder, to)
    return to.read_bytes()


async def test_M8_F5_two_copies_in_the_middle_hold_nothing_that_is_open(
    rooms: list[Room], meetings: list[Room], tmp_path: Path
) -> None:
    """While notes are written, and while a pulse is answered: in neither backup, nor in their difference."""
    for run, (early, late) in enumerate(zip(rooms[:10], meetings[:10], strict=True)):
        one, other = (copied(room, tmp_path / f"{run}-{n}.sqlite3") for n, room in enumerate((early, late)))
        assert b'"kind":"writing"' in one, "the board itself is there"
        assert not [id for id in early.people.written if id.encode() in one]
        shown = [id for id in late.people.written if id.encode() in other]
        assert len(shown) > acts.PHONES
        assert not [id for ids in late.people.ballots.values() for id in ids if id in shown]
        assert not [text for text in late.people.gone if text.encode() in one + other]
        assert b'"kind":"ballot"' not in other and b'"kind":"late_note"' not in other

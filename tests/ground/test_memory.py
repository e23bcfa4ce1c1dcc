"""E9: the collector does not delay people, and still nothing is left: no cycles and no closed rooms."""

import gc
import weakref
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine.agenda import Go
from app.engine.room import Asker
from app.engine.wall import ChangeWall
from app.live.member import Member
from app.main import create_app
from app.memory import AT_LATEST, LOOK, THRESHOLDS, WORTH, Comings, QuietMoments, settle
from app.operations.serving import prepare
from app.settings import Settings
from tests.support.boards import FACILITATOR, PHONE, Q1, SCREEN, Line, W, agenda, ask

ROOMS = 60


class Hand:
    """Time, work and survivors, moved by hand; counts the collections and makes each take half a second."""

    def __init__(self) -> None:
        self.now = self.worked = 0.0
        self.survivors = self.collections = 0
        self.moments = QuietMoments(
            lambda: self.now, lambda: self.worked, lambda: self.survivors, self._collect
        )

    def _collect(self) -> None:
        self.collections += 1
        self.survivors = 0
        self.now += 0.5
        self.worked += 0.5

    def second(self, worked: float) -> int:
        """One second passes, with this much work in it; returns the number of collections so far."""
        self.now += LOOK
        self.worked += worked
        self.moments.look()
        return self.collections


def test_E9_no_full_collection_while_there_is_something_to_do() -> None:
    hand = Hand()
    hand.survivors = 10 * WORTH
    assert [hand.second(0.2), hand.second(0.9), hand.second(0.02)] == [0, 0, 0]
    assert hand.second(0.005) == 1


def test_E9_none_in_a_quiet_moment_either_when_nothing_can_be_found() -> None:
    hand = Hand()
    hand.survivors = WORTH - 1
    assert {hand.second(0.0) for _ in range(int(AT_LATEST))} == {0}
    assert hand.second(0.0) == hand.second(0.0) == 1
    # And with no work at all, never.
    assert {hand.second(0.0) for _ in range(3 * int(AT_LATEST))} == {1}


def test_E9_the_work_of_a_collection_is_not_taken_for_that_of_people() -> None:
    hand = Hand()
    for number in range(1, 4):
        hand.survivors = WORTH
        assert hand.second(0.0) == number


@pytest.fixture
def settled() -> Iterator[None]:
    """The collector as the server sets it, restored afterwards."""
    before = gc.get_threshold()
    settle()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Ring:
    """Refers to itself, so that reference counting never frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.usefixtures("settled")
def test_E9_a_cycle_that_died_old_is_collected_at_the_next_quiet_moment() -> None:
    assert gc.get_threshold() == THRESHOLDS and gc.get_freeze_count() > 100_000
    hand = Hand()
    moments = QuietMoments(lambda: hand.now, lambda: hand.worked)
    rings = [Ring() for _ in range(100)]
    seen = [weakref.ref(ring) for ring in rings]
    for _ in range(WORTH):
        gc.collect(1)
    del rings
    gc.collect(1)
    assert all(ref() for ref in seen), "they are old by now: only a full collection finds them"
    hand.now = 1.0
    moments.look()
    assert not any(ref() for ref in seen)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("counted", [True, False], ids=["as the server does", "control"])
def test_E9_F11_a_crowd_of_requests_that_is_exchanged_for_another_is_looked_through_in_lots(
    counted: bool,
) -> None:
    comings = Comings()
    largest = 0

    def watch(phase: str, _info: dict[str, int]) -> None:
        nonlocal largest
        if phase == "start":
            largest = max(largest, len(gc.get_objects(0)) + len(gc.get_objects(1)))

    gc.callbacks.append(watch)
    try:
        waiting: deque[list[list[object]]] = deque()
        for _ in range(4_000):
            if counted:
                comings.one()
            # As one request ends another begins, with forty objects each: Python counts no new ones.
            if len(waiting) == 1_000:
                waiting.popleft()
            waiting.append([[] for _ in range(40)])
        gc.collect(1)
    finally:
        gc.callbacks.remove(watch)
    assert (largest < 10_000) == counted, largest


@pytest.mark.usefixtures("settled")
async def test_E9_memory_is_flat_over_many_rooms_opened_and_closed(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    await prepare(settings)
    services = create_app(settings).services
    hubs = []
    counts = []
    for number in range(ROOMS):
        board = f"board-{number}"
        await services.rooms.create(board)
        await services.rooms.seed(board, agenda())
        opened = await services.rooms.open(board)
        assert opened is not None
        members = [Member(role, W, Line()) for role in (PHONE,) * 20 + (SCREEN, FACILITATOR)]
        for member in members:
            opened.hub.join(member, 0, "", None)
        for command in (ask(Go, item=Q1), ask(ChangeWall, workshop=W, black=True)):
            assert (await opened.room.submit(Asker(FACILITATOR, W), command)).code is None
        for member in members:
            opened.hub.leave(member)
        hubs.append(weakref.ref(opened.hub))
        del opened, members, member
        await services.rooms.sweep()
        if number % 20 == 19:
            gc.collect()
            counts.append(len(gc.get_objects()))
    await services.database.close()
    assert not any(ref() for ref in hubs)
    # A room that stayed would be more than a hundred objects.
    assert counts[-1] - counts[0] < 20 * (ROOMS - 20), counts

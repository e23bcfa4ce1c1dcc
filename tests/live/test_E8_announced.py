"""E8: what another process is told of a room's changes, and when."""

from collections.abc import Callable
from typing import Any

from app.engine.agenda import Go
from app.live.listeners import UNSEEN, Announces
from app.parts.notes.messages import TurnAll
from tests.support.boards import Q1, Meeting, ask, note


class Later:
    """Calls back when it is told to."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, ring: Callable[[], None]) -> "Later":
        self.waiting.append((seconds, ring))
        return self

    def cancel(self) -> None:
        self.waiting.clear()


class Told:
    """What reached the other processes."""

    def __init__(self) -> None:
        self.seqs: list[int] = []

    def tell(self, topic: str, about: str, value: Any = None) -> None:
        assert (topic, about) == ("board", "board-1")
        self.seqs.append(value)


async def announced() -> tuple[Meeting, Told, Later]:
    meeting, told, later = await Meeting.open(), Told(), Later()
    meeting.room.listeners.append(Announces("board-1", meeting.registry.visible, told, later))
    return meeting, told, later


async def test_E8_what_somebody_sees_is_told_at_once() -> None:
    meeting, told, later = await announced()
    await meeting.do(ask(Go, item=Q1))
    assert told.seqs == [meeting.board.seq]
    assert not later.waiting


async def test_E8_notes_that_lie_face_down_are_told_together_a_little_later() -> None:
    meeting, told, later = await announced()
    await meeting.do(ask(Go, item=Q1))
    told.seqs.clear()
    await meeting.do(note("a"), note("b"))
    assert told.seqs == []
    [(seconds, ring)] = later.waiting
    assert seconds == UNSEEN
    await meeting.do(note("c"))
    ring()
    assert told.seqs == [meeting.board.seq], "with what came in the meantime"
    await meeting.do(note("d"))
    assert len(later.waiting) == 1, "and the next ones wait again"


async def test_E8_what_is_seen_takes_along_what_waits() -> None:
    meeting, told, later = await announced()
    await meeting.do(ask(Go, item=Q1), note("a"))
    told.seqs.clear()
    await meeting.do(ask(TurnAll, activity=Q1))
    assert told.seqs == [meeting.board.seq]
    assert not later.waiting

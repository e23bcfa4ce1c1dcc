"""What may be answered by ballot, and what was: read when a kind closes, counted, removed (2.5)."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from app.engine.agenda import THRESHOLD, item_of, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, Traces, put, remove
from app.engine.records import Board, Record
from app.parts.ballots import Ballot, opened, tally_id

V = TypeVar("V")


@dataclass(frozen=True)
class MarksOn:
    """What a ballot of marks may hold: a limited number, on these things; several on one are allowed.

    A phone's marks are one ballot: they are one answer to one question, and only this way can the server
    enforce the limit without knowing whose they are. Counting them removes them for good: `taken_apart`.
    """

    things: frozenset[str]
    most: int

    def __contains__(self, value: object) -> bool:
        return isinstance(value, tuple) and len(value) <= self.most and self.things.issuperset(value)


class AnyWords:
    """Any words at all, or none."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str)


@dataclass(frozen=True)
class CountedOnce:
    """For items that ask about a slate, and are never opened again once they were counted (A12)."""

    slate_id: Callable[[str], str]
    result_id: Callable[[str], str]
    #: The slate that an item begins with; None if there is nothing to ask.
    lay_out: Callable[[Board, str], Record | None]

    def enter(self, board: Board, item: str, asked: Asked) -> Edits:
        """Phones may answer as soon as the item is live; what has been counted stays counted (E7)."""
        return NOTHING if board.find(Record, self.result_id(item)) else self._opened(board, item, asked)

    def finish(self, board: Board, item: str, _asked: Asked) -> Edits:
        """F4: a slate on which nothing was counted is removed."""
        slate = board.find(Record, self.slate_id(item))
        return remove(slate.id) if slate and not board.find(Record, self.result_id(item)) else NOTHING

    def reopen(self, board: Board, item: str, activity: str, asked: Asked) -> Edits:
        """B75: too few answered, so nothing was shown; their answers stay, and phones may add more.

        Refuses what is not live or was counted.
        """
        workshop = workshop_of(board, asked)
        item_of(board, item, activity)
        if workshop.live != item:
            raise Refused("not_live")
        if board.find(Record, self.result_id(item)):
            raise Refused("counted")
        return self._opened(board, item, asked)

    def _opened(self, board: Board, item: str, asked: Asked) -> Edits:
        """Open on the same slate as the first time."""
        slate = board.find(Record, self.slate_id(item)) or self.lay_out(board, item)
        return put(slate) | opened(board, item, asked) if slate else NOTHING


def answers(board: Board, activity: str, of: str) -> list[int]:
    """The answers to one thing asked, sorted by value, so that no order of answering is left (A15)."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, int))


def marks(board: Board, activity: str, of: str) -> list[tuple[str, ...]]:
    """What each phone placed its marks on, sorted; phones that took all of theirs back do not count."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, tuple) and one.value)


def texts(board: Board, activity: str, of: str) -> list[str]:
    """The texts answered to one thing asked, sorted, without withdrawn ones."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, str) and one.value)


def taken_apart(board: Board, activity: str) -> Edits:
    """2.2: remove the ballots, so that nothing links what one phone answered."""
    return remove(*sorted(board.of(Ballot, activity)), tally_id(activity)).leaving(Traces.PAGES)


def released(values: Iterable[V], before: int = 0, threshold: int = THRESHOLD) -> Counter[V] | None:
    """2.5, A12: how often each was answered; None if there are too few, or too few new ones.

    `before` is how many the last release counted, or 0: if a single new answer were enough, the difference of
    two releases would reveal it. `threshold` is the meeting's (`least`), or a higher one.
    """
    counts = Counter(values)
    return counts if counts.total() - before >= max(threshold, THRESHOLD) else None

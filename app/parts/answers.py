"""What may be answered by ballot, and what was: read when a kind closes, counted, taken apart (2.5)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from app.engine.edits import Edits, Traces, remove
from app.engine.records import Board
from app.parts.ballots import THRESHOLD, Ballot, tally_id

V = TypeVar("V")


@dataclass(frozen=True)
class MarksOn:
    """What a ballot of marks may hold: at most so many, on these things; several on one are allowed.

    A phone's marks are one ballot: they are one answer to one question, and only so can the server see that
    there are no more of them than there may be, without knowing whose they are. Who counts them takes them
    apart for good: `taken_apart`.
    """

    things: frozenset[str]
    most: int

    def __contains__(self, value: object) -> bool:
        return isinstance(value, tuple) and len(value) <= self.most and self.things.issuperset(value)


class AnyWords:
    """Any words at all, or none."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str)


def answers(board: Board, activity: str, of: str) -> list[int]:
    """What was answered to one thing asked, by value: no order of answering is left (A15)."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, int))


def marks(board: Board, activity: str, of: str) -> list[tuple[str, ...]]:
    """What each phone laid its marks on, sorted; who took all of theirs back has not answered."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, tuple) and one.value)


def texts(board: Board, activity: str, of: str) -> list[str]:
    """The words that were answered to one thing asked, sorted; who took theirs back has not answered."""
    ballots = board.of(Ballot, activity).values()
    return sorted(one.value for one in ballots if one.of == of and isinstance(one.value, str) and one.value)


def taken_apart(board: Board, activity: str) -> Edits:
    """2.2: the ballots are removed, so that nothing is left that joins what one phone answered."""
    return remove(*sorted(board.of(Ballot, activity)), tally_id(activity)).leaving(Traces.PAGES)


def released(values: Iterable[V], before: int = 0, threshold: int = THRESHOLD) -> Counter[V] | None:
    """2.5, A12: how often each was answered; None while there are too few, or too few further ones.

    `before` is how many the last release counted, 0 when there was none: were a single further answer enough,
    it would be the difference of the two. A company may raise `threshold`, never lower it.
    """
    counts = Counter(values)
    return counts if counts.total() - before >= max(threshold, THRESHOLD) else None

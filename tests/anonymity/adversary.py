"""The linkage adversary (M8): guesses from a database file who wrote when, and which notes share a phone.

It reads every order it can find: the seq, the pages, the place within a page, and for pairs the fields that
two notes have in common. Each reading is compared with chance separately.
"""

import itertools
import json
import math
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, TypeVar

from tests.anonymity.pages import Place, RawPlace

#: Two-sided 99 % of a normal distribution.
NINETY_NINE = 2.576

T = TypeVar("T", Place, RawPlace)


@dataclass
class Score:
    """What a reading guessed over all runs, and how far that is from chance."""

    hits: float = 0
    expected: float = 0
    variance: float = 0
    most: float = 0

    def add(self, hits: float, expected: float, variance: float, most: float) -> None:
        self.hits += hits
        self.expected += expected
        self.variance += variance
        self.most += most

    @property
    def z(self) -> float:
        """Standard errors from chance."""
        return (self.hits - self.expected) / math.sqrt(self.variance) if self.variance else 0.0

    @property
    def value(self) -> float:
        """Kendall's tau for an order, the share of right guesses for pairs."""
        return self.hits / self.most if self.most else 0.0


#: A reading assigns each note a moment; equal moments are no guess.
ORDERS: dict[str, Callable[[Place], Any]] = {
    "seq": lambda place: place.seq,
    "page": lambda place: place.page,
    "page and place": lambda place: (place.page, -place.offset),
    "place in page": lambda place: -place.offset,
    "seq and place": lambda place: (place.seq, place.page, -place.offset),
}


RAW: dict[str, Callable[[RawPlace], Any]] = {
    "raw: first": lambda place: place.first,
    "raw: last": lambda place: place.last,
}


@dataclass
class Adversary:
    """Adds up its guesses over many runs."""

    order: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in [*ORDERS, *RAW]})
    pairs: dict[str, Score] = field(default_factory=dict)

    def guess(
        self, found: Sequence[Place], written: Mapping[str, float], phone: Mapping[str, Hashable]
    ) -> None:
        """One board: its file, and only for judging when each note was written and by whom."""
        notes = [place for place in found if place.id in written]
        for name, moment in ORDERS.items():
            self._order(name, notes, moment, written)
            self._neighbours(name, notes, moment, phone)
        self._common(notes, phone)

    def guess_raw(
        self, found: Sequence[RawPlace], written: Mapping[str, float], phone: Mapping[str, Hashable]
    ) -> None:
        """The same, by the positions of ids in all bytes."""
        for name, moment in RAW.items():
            self._ranked(name, [list(found)], moment, written)
            ordered = sorted(found, key=moment)
            self._beside(name, list(itertools.pairwise(ordered)), found, phone)

    def _order(
        self, name: str, notes: list[Place], moment: Callable[[Place], Any], written: Mapping[str, float]
    ) -> None:
        groups = _by(notes, lambda place: place.page) if name == "place in page" else {0: notes}
        self._ranked(name, groups.values(), moment, written)

    def _ranked(
        self,
        name: str,
        groups: Iterable[Sequence[T]],
        moment: Callable[[T], Any],
        written: Mapping[str, float],
    ) -> None:
        for group in groups:
            n = len(group)
            ranked = [(moment(place), written[place.id]) for place in group]
            hits = kendall(ranked)
            ties = Counter(guess for guess, _ in ranked).values()
            variance = (_spread(n) - sum(_spread(t) for t in ties)) / 18
            self.order[name].add(hits, 0, variance, n * (n - 1) / 2)

    def _neighbours(
        self, name: str, notes: list[Place], moment: Callable[[Place], Any], phone: Mapping[str, Hashable]
    ) -> None:
        # Neighbours in an order that reveals something; otherwise by id, which reveals nothing.
        ordered = sorted(notes, key=lambda place: (moment(place), place.id))
        pairs = [
            (a, b) for a, b in itertools.pairwise(ordered) if name != "place in page" or a.page == b.page
        ]
        self._beside(name, pairs, notes, phone)

    def _common(self, notes: list[Place], phone: Mapping[str, Hashable]) -> None:
        bodies = {place.id: json.loads(place.body) for place in notes}
        for key in sorted({key for body in bodies.values() for key in body}):
            groups: dict[Hashable, list[Place]] = {}
            for place in notes:
                groups.setdefault(json.dumps(bodies[place.id].get(key)), []).append(place)
            small = [group for group in groups.values() if len(group) < len(notes) / 2]
            if many := sum(math.comb(len(group), 2) for group in small):
                right = sum(_of_one_phone(group, phone) for group in small)
                self._judge(f"same {key}", right, many, notes, phone)

    def _beside(
        self, name: str, pairs: Sequence[tuple[T, T]], notes: Sequence[T], phone: Mapping[str, Hashable]
    ) -> None:
        right = sum(phone[a.id] == phone[b.id] for a, b in pairs)
        self._judge(f"beside each other by {name}", right, len(pairs), notes, phone)

    def _judge(
        self, name: str, right: int, many: int, notes: Sequence[T], phone: Mapping[str, Hashable]
    ) -> None:
        if len(notes) < 2:
            return
        chance = _of_one_phone(notes, phone) / math.comb(len(notes), 2)
        score = self.pairs.setdefault(name, Score())
        score.add(right, many * chance, many * chance * (1 - chance), many)

    @property
    def scores(self) -> dict[str, Score]:
        return {f"order by {name}": score for name, score in self.order.items()} | self.pairs


def kendall(ranked: Iterable[tuple[Any, float]]) -> int:
    """How many pairs of these guesses are in the right order, less those in the wrong order.

    Pairs with equal guesses, which say nothing, count as neither. Counted by search, since every run has
    millions of pairs.
    """
    hits = 0
    before: list[float] = []
    ordered = sorted(ranked, key=itemgetter(0))
    for _, equal in itertools.groupby(ordered, itemgetter(0)):
        moments = [moment for _, moment in equal]
        hits += sum(bisect_left(before, each) + bisect_right(before, each) - len(before) for each in moments)
        for each in moments:
            insort(before, each)
    return hits


def tau(order: Sequence[float]) -> float:
    """Kendall's tau of numbers against their order."""
    hits = sum(1 if a < b else -1 for a, b in itertools.combinations(order, 2))
    return hits / math.comb(len(order), 2)


def standard_error(n: int, runs: int) -> float:
    """The standard deviation of the mean tau of this many random orders of n."""
    return math.sqrt(2 * (2 * n + 5) / (9 * n * (n - 1)) / runs)


def _of_one_phone(notes: Sequence[T], phone: Mapping[str, Hashable]) -> int:
    """How many pairs of these are of one phone."""
    return sum(math.comb(size, 2) for size in Counter(phone[place.id] for place in notes).values())


def _spread(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _by(notes: Sequence[Place], key: Callable[[Place], Hashable]) -> dict[Hashable, list[Place]]:
    groups: dict[Hashable, list[Place]] = {}
    for place in notes:
        groups.setdefault(key(place), []).append(place)
    return groups

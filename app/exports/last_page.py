"""Spaces a document so that it does not end with an almost empty page, which looks like a mistake.

Pure: it decides what to try, in which order; `setter.py` typesets and measures.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

#: The least share of the last page that must be filled.
MEANINGFUL = 0.4
#: The share to aim for when all pages give something to the last one.
AIMED = 0.5
#: The height for text on a page without `low`, in points; shares are of this.
ROOM = 678
#: The most a page can gain by closer spacing, as a share; beyond that there is no point in trying.
GAINED = {0.9: 0.08, 0.8: 0.15}
#: From this many pages on, a little from some is enough, and each trial takes longer.
LONG = 12
#: The last this many pages give it something then, and one more where none of these begins a unit.
TAIL = 8


class Spacing(NamedTuple):
    """`air`: how wide the room between things is; `low`: points left free at the foot of each page.

    `begin`: from which unit on that applies, in a document of which only the rest is laid out again.
    """

    air: float = 1.0
    low: float = 0.0
    begin: int = 0


class Filled(NamedTuple):
    """How many pages there are, which share of the last one is filled, and which unit a page begins with."""

    pages: int
    last: float
    begin: Mapping[int, int] = MappingProxyType({})

    @property
    def enough(self) -> bool:
        """Whether nobody would ask what the last page is for."""
        return self.pages == 1 or self.last >= MEANINGFUL


def spaced(measure: Callable[[Spacing], Filled]) -> Spacing:
    """Unchanged, or closer until the last page is gone, or wider until it holds enough."""
    plain = Spacing()
    first = measure(plain)
    best, fullest = plain, first
    if first.enough:
        return plain
    for air in _airs(first):
        tried = Spacing(air)
        found = measure(tried)
        if found.enough:
            return tried
        # Only continue from wider ones: with tighter spacing, a page would lose what it has just gained.
        if air > 1 and found.pages == first.pages and found.last > fullest.last:
            best, fullest = tried, found
    for tried in _lower(best, fullest):
        if measure(tried).enough:
            return tried
    return best


def _airs(first: Filled) -> Iterator[float]:
    if first.pages >= LONG:
        return
    for air in (0.9, 1.15, 0.8, 1.3) if first.pages > 4 else (0.9, 0.8, 1.15, 1.3):
        if first.last <= GAINED.get(air, 1) * (first.pages - 1):
            yield air


def _lower(from_: Spacing, filled: Filled) -> Iterator[Spacing]:
    # The part before the last pages is unchanged: it need not be laid out again.
    page = next((page for page in _tails(filled.pages) if page in filled.begin), 1)
    begin = filled.begin.get(page, 0)
    each = (AIMED - filled.last) * ROOM / (filled.pages - page)
    # Unbreakable parts move as a whole, so a page gives more or less than asked for, or nothing.
    shares = (1.0, 0.8, 1.25, 0.6, 1.6, 2.5, 4.0, 6.0)
    many = len(shares) if filled.pages < LONG or begin else 1
    for share in shares[:many]:
        if each * share <= ROOM / 2:
            yield from_._replace(low=round(each * share, 1), begin=begin)


def _tails(pages: int) -> Iterable[int]:
    """Where the last pages may begin, the best first: enough of them, and not more than needed."""
    return range(pages - TAIL, 1, -1) if pages >= LONG else ()

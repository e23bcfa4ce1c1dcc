"""What the reports say, ordered for readers who were not there: each heading once, nothing twice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, Protocol

from app.engine.report import Block, Card, Paper, Report, Section, Titled, Whole, Words

#: The phases whose themes are marked if they were ever chosen, not only in their own round.
_BEFORE_CHOICE = 2


class Activity(Protocol):
    """What is read of an item: its kind, its title and its workshop. The rest is for the report."""

    @property
    def activity(self) -> str: ...

    @property
    def workshop(self) -> str: ...

    @property
    def title(self) -> str: ...


@dataclass(frozen=True)
class Kinds:
    """What each kind of activity gives a summary.

    `titles`: its heading. `phases`: where it belongs. Without these, everything is in the order it was held.
    """

    reports: Mapping[str, Report]
    titles: Mapping[str, Titled] = field(default_factory=dict)
    phases: Mapping[str, int] = field(default_factory=dict)


class Told(NamedTuple):
    """A section, and where it belongs: in which round, and in which phase."""

    section: Section
    cycle: int
    phase: int

    @property
    def place(self) -> tuple[int, int, bool]:
        """Sort key: by round, then by phase, then in the order it was held."""
        return self.cycle, self.phase, any(block.closes for block in self.section.blocks)


def sections_of(
    board: object, items: Iterable[Activity], kinds: Kinds, cycles: Mapping[str, int], words: Words
) -> list[Told]:
    """All findings, by round and phase, the why first; `cycles` only if there are several (P5.5)."""
    told = [one for item in items for one in _told(board, item, kinds, cycles, words)]
    if kinds.titles:
        told = list(_joined(told))
    if kinds.phases:
        told.sort(key=lambda one: one.place)
    return list(_pointing(_why_first(_marked(list(_once(told)), words)), words))


def blocks_of(told: Iterable[Told]) -> list[Block]:
    """All blocks, in their order."""
    return [block for one in told for block in one.section.blocks]


def without(told: Iterable[Told], moved: Block) -> Iterator[Told]:
    """The same without one block, which is shown elsewhere."""
    for one in told:
        yield from _kept(one, (block for block in one.section.blocks if block is not moved))


def chips_once(told: Iterable[Told]) -> Iterator[Told]:
    """The picture marks what was chosen, so it is not repeated below."""
    for one in told:
        cards = (card for block in one.section.blocks if block.first_page for card in block.cards)
        pictured = {(card.name, card.paper) for card in cards if card.chosen}
        yield from _kept(one, (block for block in one.section.blocks if not _is_in(block, pictured)))


def _is_in(block: Block, pictured: set[tuple[str, Paper]]) -> bool:
    chosen = block.tally.chosen
    return bool(chosen) and all((card.name, card.paper) in pictured for card in chosen)


def _told(
    board: object, item: Activity, kinds: Kinds, cycles: Mapping[str, int], words: Words
) -> Iterator[Told]:
    cycle = cycles.get(item.workshop, 1)
    named = kinds.titles[item.activity](board, item, words) if item.activity in kinds.titles else item.title
    loose: list[Block] = []

    def wrapped(title: str, blocks: Iterable[Block]) -> Iterator[Told]:
        said = tuple(block for block in blocks if block.says_something and block.asked != title)
        if said:
            alone = cycle > 1 and not any(block.over_time for block in said)
            over = words("summary.of_cycle", title=title, cycle=cycle) if alone else title
            yield Told(Section(title=over, blocks=said), cycle, kinds.phases.get(item.activity, 0))

    for block in kinds.reports[item.activity](board, item, words):
        if isinstance(block, Section):
            yield from wrapped(named, loose)
            loose = []
            yield from wrapped(block.title, block.blocks)
        else:
            loose.append(block)
    yield from wrapped(named, loose)


def _joined(told: Iterable[Told]) -> Iterator[Told]:
    """Items with the same heading are combined, in the place of the first."""
    first: dict[str, Told] = {}
    for one in told:
        known = first.get(one.section.title)
        if known is None:
            first[one.section.title] = one
            continue
        more = (block for block in one.section.blocks if block not in known.section.blocks)
        section = Section(title=known.section.title, blocks=(*known.section.blocks, *more))
        first[one.section.title] = known._replace(section=section)
    yield from first.values()


def _once(told: Iterable[Told]) -> Iterator[Told]:
    """What several meetings have shown, such as the why or the themes, appears where it comes first."""
    said: list[tuple[Block, ...]] = []
    blocks: list[Block] = []
    for one in told:
        if one.section.blocks not in said:
            said.append(one.section.blocks)
            # The same remark may occur twice; what people made does not.
            yield from _kept(one, (b for b in one.section.blocks if not b.told_once or b not in blocks))
            blocks += (block for block in one.section.blocks if block.told_once)


def _why_first(told: Iterable[Told]) -> list[Told]:
    """W3: the why comes first, whichever meeting wrote it."""
    return sorted(told, key=lambda one: not any(block.leads for block in one.section.blocks))


def _pointing(told: Iterable[Told], words: Words) -> Iterator[Told]:
    """What belongs to one heading appears there, and the others point to it."""
    known: dict[str, str] = {}
    for one in told:
        blocks = (block.pointing(known, one.section.title, words) for block in one.section.blocks)
        yield from _kept(one, (block for block in blocks if block is not None))


def _kept(one: Told, blocks: Iterable[Block]) -> Iterator[Told]:
    """The section with these blocks; nothing if there are none, as an empty section has no heading."""
    left = tuple(blocks)
    if left:
        yield one._replace(section=Section(title=one.section.title, blocks=left))


def _marked(told: list[Told], words: Words) -> list[Told]:
    """Each block with what the whole summary knows: which themes were chosen, in its round or ever (P3.3)."""
    chosen: dict[int, set[tuple[str, Paper]]] = {}
    for one in told:
        names = chosen.setdefault(one.cycle, set())
        names |= {(card.name, card.paper) for block in one.section.blocks for card in block.tally.chosen}
    ever = frozenset(name for names in chosen.values() for name in names)

    def whole(one: Told) -> Whole:
        return Whole(ever if one.phase <= _BEFORE_CHOICE else frozenset(chosen[one.cycle]), words)

    return [one._replace(section=_marked_in(one, whole(one))) for one in told]


def _marked_in(one: Told, whole: Whole) -> Section:
    blocks = (b.marked(whole, before) for before, b in pairwise((None, *one.section.blocks)) if b)
    return Section(title=one.section.title, blocks=tuple(blocks))


def last_choice(told: Iterable[Told]) -> list[Card]:
    """What was chosen in the latest round with a choice."""
    rounds: dict[int, list[Card]] = {}
    for one in told:
        for block in one.section.blocks:
            rounds.setdefault(one.cycle, []).extend(block.tally.chosen)
    return next((cards for _, cards in sorted(rounds.items(), reverse=True) if cards), [])

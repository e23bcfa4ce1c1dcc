"""F1: the findings of each phase of a process, in short, for the process page.

It condenses the summary's reports and contains nothing that they do not. Like them it knows no activity; each
kind says which phase its results belong to (`Kind.phase`).
"""

from collections.abc import Iterable, Iterator

from app.engine.agenda import Item, Workshop
from app.engine.report import Block, FoundLine, ReportModel, Section, Words
from app.exports.gather import Gathered
from app.exports.sections import Kinds


class Found(ReportModel):
    """The findings under one heading."""

    phase: int
    cycle: int
    title: str
    lines: tuple[FoundLine, ...]


def found(gathered: Gathered, kinds: Kinds, words: Words) -> list[Found]:
    """By phase, and within it in the order of the meetings, without repetitions."""
    told = [one for item in gathered.items for one in _told(gathered, item, kinds, words)]
    # The latest one counts: the why opens every meeting, and appears where it was last written.
    latest = {(one.phase, one.lines): one for one in told}
    return _joined(_once(sorted(latest.values(), key=lambda one: one.phase)))


def _told(gathered: Gathered, item: Item, kinds: Kinds, words: Words) -> Iterator[Found]:
    """An item's findings, under the summary's headings: the agenda's are for people who were there."""
    board = gathered.board
    phase, cycle = kinds.phases[item.activity], board.one(Workshop, item.workshop).cycle
    named = kinds.titles[item.activity](board, item, words) if item.activity in kinds.titles else item.title
    under: dict[str, list[Block]] = {}
    for block in kinds.reports[item.activity](board, item, words):
        under.setdefault(block.title if isinstance(block, Section) else named, []).append(block)
    for title, blocks in under.items():
        if lines := tuple(line for block in blocks if block.asked != title for line in block.found(words)):
            yield Found(phase=phase, cycle=cycle, title=title, lines=lines)


def _joined(told: Iterable[Found]) -> list[Found]:
    """Lines with the same heading are combined, in the place of the first."""
    first: dict[tuple[int, int, str], Found] = {}
    for one in told:
        at = one.phase, one.cycle, one.title
        known = first.get(at)
        first[at] = known.model_copy(update={"lines": (*known.lines, *one.lines)}) if known else one
    return list(first.values())


def _once(told: Iterable[Found]) -> Iterator[Found]:
    """W4: themes that several meetings show appear where they come first."""
    seen: set[tuple[int, int, str]] = set()
    for one in told:
        shown = {(one.phase, one.cycle, line.model_dump_json()) for line in one.lines if line.cards}
        lines = tuple(
            line for line in one.lines if (one.phase, one.cycle, line.model_dump_json()) not in seen
        )
        seen |= shown
        if lines:
            yield one.model_copy(update={"lines": lines})

"""F1: what was found in each phase of a process, in short, for the page of the process.

It is the summary's reports, condensed: what they do not tell is not told here either. Like them it knows no
activity; each kind says in which phase what it makes is told (`Kind.phase`).
"""

from collections.abc import Iterable, Iterator, Mapping

from app.engine.agenda import Workshop
from app.engine.report import FoundLine, Report, ReportModel, Words
from app.exports.gather import Gathered


class Found(ReportModel):
    """What one activity of the agenda has left."""

    phase: int
    cycle: int
    title: str
    lines: tuple[FoundLine, ...]


def found(
    gathered: Gathered, reports: Mapping[str, Report], phases: Mapping[str, int], words: Words
) -> list[Found]:
    """By phase, and within it in the order of the meetings. What says the same again is said once."""
    board = gathered.board
    told = [
        Found(
            phase=phases[item.activity],
            cycle=board.one(Workshop, item.workshop).cycle,
            title=item.title,
            lines=lines,
        )
        for item in gathered.items
        if (
            lines := tuple(
                line for block in reports[item.activity](board, item, words) for line in block.found(words)
            )
        )
    ]
    # The latest time counts: the why opens every meeting, and is told where it was said last.
    latest = {(one.phase, one.lines): one for one in told}
    return list(_once(sorted(latest.values(), key=lambda one: one.phase)))


def _once(told: Iterable[Found]) -> Iterator[Found]:
    """W4: themes that several meetings show are told where they come first."""
    seen: set[tuple[int, int, str]] = set()
    for one in told:
        shown = {(one.phase, one.cycle, line.model_dump_json()) for line in one.lines if line.cards}
        lines = tuple(
            line for line in one.lines if (one.phase, one.cycle, line.model_dump_json()) not in seen
        )
        seen |= shown
        if lines:
            yield one.model_copy(update={"lines": lines})

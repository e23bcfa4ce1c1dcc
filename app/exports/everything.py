"""All of a process in one file: documents, posters, days and, for facilitators, the process itself.

It contains no more than its summary: what a link leaves out is left out everywhere (X12).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from app.engine.dated import Dated, Dates
from app.engine.report import Words
from app.exports.calendar import MEETINGS, calendar, groups_of
from app.exports.gather import Gathered
from app.exports.posters import job as poster_job, posters_of
from app.exports.summary import Summary


class Extra(NamedTuple):
    """A file next to the documents: its name, and the worker's job for it."""

    name: str
    job: dict[str, Any]


@dataclass(frozen=True)
class Everything:
    """What a ZIP contains besides the documents. `now`: server time in ms. The worker gets a copy."""

    dates: Mapping[str, Dates]
    phases: Mapping[str, int]
    now: int

    def of_process(
        self, process: str, itself: Sequence[Extra], gathered: Gathered, summary: Summary, say: Words
    ) -> Iterator[Extra]:
        """For those who read the whole process; `itself` as a file, if they may move it elsewhere."""
        yield from self.posters(gathered, summary, say)
        yield from self._calendar(process, gathered, self._dated(gathered, self.dates, say), say)
        yield from itself

    def by_link(
        self, process: str, left_out: Collection[str], gathered: Gathered, summary: Summary, say: Words
    ) -> Iterator[Extra]:
        """For readers by link."""
        yield from self.posters(gathered, summary, say)
        yield from self._days_by_link(process, gathered, left_out, say)

    def posters(self, gathered: Gathered, summary: Summary, say: Words) -> Iterator[Extra]:
        """A PDF of each."""
        day = summary.day.isoformat() if summary.day else _day(self.now)
        for one in posters_of(summary, gathered.heading, say):
            name = f"{say('poster.filename')}-{one.id}-{day}.pdf"
            yield Extra(name, poster_job(one, "pdf", summary, say))

    def _days_by_link(
        self, process: str, gathered: Gathered, left_out: Collection[str], say: Words
    ) -> Iterator[Extra]:
        """Of the next meeting, and of kinds that have told something in a phase that is shown."""
        told = {item.activity for item in gathered.items}
        shown = {
            kind: of
            for kind, of in self.dates.items()
            if kind in told and f"phase_{self.phases.get(kind, 0)}" not in left_out
        }
        coming = gathered.heading.coming
        day = coming.day.isoformat() if coming and coming.day else ""
        found = [
            (of, one)
            for of, one in self._dated(gathered, shown, say)
            if of != MEETINGS or (one.day == day and coming and one.title.startswith(coming.title))
        ]
        yield from self._calendar(process, gathered, found, say)

    def _dated(self, gathered: Gathered, dates: Mapping[str, Dates], say: Words) -> list[tuple[str, Dated]]:
        return [(group.of, one) for group in groups_of(gathered, dates, say) for one in group.dates]

    def _calendar(
        self, process: str, gathered: Gathered, found: list[tuple[str, Dated]], say: Words
    ) -> Iterator[Extra]:
        if found:
            name = f"{say('calendar.name')}: {gathered.heading.group}" if len(found) > 1 else ""
            them = (one for _, one in found)
            file = calendar(them, process=process, now=self.now, language=say.language, name=name)
            yield Extra(f"{say('calendar.filename')}-{_day(self.now)}.ics", _as_it_is(file))


def itself(carried: bytes) -> Extra:
    """The process itself, for those who may move it elsewhere."""
    return Extra("trivselstavlen.json", _as_it_is(carried))


def _day(now: int) -> str:
    return datetime.fromtimestamp(now // 1000, UTC).date().isoformat()


def _as_it_is(file: bytes) -> dict[str, Any]:
    return {"to": "text", "text": file.decode()}

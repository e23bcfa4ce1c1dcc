"""All of a process in one file: documents, posters, days and, for facilitators, the process itself.

It contains no more than its summary: what a link leaves out is left out everywhere (X12).
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from app.engine.dated import Dated, Dates
from app.engine.report import Words
from app.exports.calendar import MEETINGS, calendar, groups_of
from app.exports.gather import Gathered
from app.exports.posters import job as poster_job, posters_of
from app.exports.summary import Summary
from app.limits import Clock


class Extra(NamedTuple):
    """A file next to the documents: its name, and the worker's job for it."""

    name: str
    job: dict[str, Any]


@dataclass(frozen=True)
class Everything:
    """What a ZIP contains besides the documents. `carried`: a process as a file, to continue elsewhere."""

    dates: Mapping[str, Dates]
    phases: Mapping[str, int]
    clock: Clock
    carried: Callable[[str], Awaitable[bytes]]

    def posters(self, gathered: Gathered, summary: Summary, say: Words) -> Iterator[Extra]:
        """A PDF of each."""
        day = summary.day.isoformat() if summary.day else _day(self.clock())
        for one in posters_of(summary, gathered.heading, say):
            name = f"{say('poster.filename')}-{one.id}-{day}.pdf"
            yield Extra(name, poster_job(one, "pdf", summary, say))

    def days(self, process: str, gathered: Gathered, say: Words) -> Iterator[Extra]:
        """One calendar of all days; none where nothing has one."""
        yield from self._calendar(process, gathered, self._dated(gathered, self.dates, say), say)

    def days_by_link(
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

    async def itself(self, process: str) -> Extra:
        """The process itself, for those who may move it elsewhere."""
        return Extra("trivselstavlen.json", _as_it_is(await self.carried(process)))

    def _dated(self, gathered: Gathered, dates: Mapping[str, Dates], say: Words) -> list[tuple[str, Dated]]:
        return [(group.of, one) for group in groups_of(gathered, dates, say) for one in group.dates]

    def _calendar(
        self, process: str, gathered: Gathered, found: list[tuple[str, Dated]], say: Words
    ) -> Iterator[Extra]:
        if found:
            now = self.clock()
            name = f"{say('calendar.name')}: {gathered.heading.group}" if len(found) > 1 else ""
            them = (one for _, one in found)
            file = calendar(them, process=process, now=now, language=say.language, name=name)
            yield Extra(f"{say('calendar.filename')}-{_day(now)}.ics", _as_it_is(file))


def _day(now: int) -> str:
    return datetime.fromtimestamp(now // 1000, UTC).date().isoformat()


def _as_it_is(file: bytes) -> dict[str, Any]:
    return {"to": "text", "text": file.decode()}

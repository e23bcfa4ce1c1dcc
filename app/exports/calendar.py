"""P4.7: the days of a process as calendar files, by `icalendar`, which escapes what people wrote (B36).

All-day entries end on the next day, and nobody is asked for a reply (`METHOD:PUBLISH`). A file of one entry
has no name, or Outlook would make a calendar of it. The id of an entry stays the same and its number grows
with every file, so that a later one replaces an earlier.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from app.engine.agenda import Workshop, items_of, meetings_of
from app.engine.dated import Dated, Dates
from app.engine.records import Board
from app.engine.report import ReportModel, Words
from app.exports.gather import Gathered

#: What the meetings of a process are called among the kinds.
MEETINGS = "meeting"
#: How often subscribing programs refresh.
AGAIN = timedelta(hours=6)
#: Sequence numbers are seconds since this time, as they have only 31 bits.
_BEGUN = datetime(2025, 1, 1, tzinfo=UTC)


class DatedGroup(ReportModel):
    """The days of one kind; `of` is its name in an address, `name` its name for people."""

    of: str
    name: str
    dates: tuple[Dated, ...]


def groups_of(gathered: Gathered, dates: Mapping[str, Dates], words: Words) -> list[DatedGroup]:
    """The meetings, then the days of each kind; kinds without any are left out."""
    found = {MEETINGS: tuple(_meetings(gathered.board))}
    found |= {
        # A setting may still hold a day that is in no calendar (B68).
        kind: tuple(one for one in of(gathered.board, words) if _day(one.day))
        for kind, of in dates.items()
    }
    return [
        DatedGroup(of=of, name=words(f"calendar.of.{of}"), dates=those)
        for of, those in found.items()
        if those
    ]


def _meetings(board: Board) -> Iterable[Dated]:
    """Meetings that are planned or under way."""
    for meeting in meetings_of(board):
        if meeting.state != "ended" and _day(meeting.date):
            minutes = sum(item.minutes for item in items_of(board, meeting.id))
            yield Dated(key=meeting.id, day=meeting.date, title=_called(meeting), minutes=minutes)


def _called(meeting: Workshop) -> str:
    return f"{meeting.title} ({meeting.group})" if meeting.group else meeting.title


def calendar(
    found: Iterable[Dated],
    *,
    process: str,
    now: int,
    language: str,
    name: str = "",
    begins: datetime | None = None,
) -> bytes:
    """A file of these entries. `begins`: the first one's time, else it lasts all day.

    `name` is what a calendar of several is called; `process` makes ids of ours out of those of the board.
    """
    made = datetime.fromtimestamp(now // 1000, UTC)
    file = Calendar()
    file.add("prodid", f"-//Trivselstavlen//{language.upper()}")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    if name:
        file.add("x-wr-calname", name)
        file.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
        file.add("x-published-ttl", "PT6H")
    for one in found:
        file.add_component(_event(one, process, made, begins))
    made_of: bytes = file.to_ical()
    return made_of


def _event(one: Dated, process: str, made: datetime, begins: datetime | None) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(f'{process} {one.key}'.encode()).hexdigest()[:40]}@trivselstavlen")
    event.add("sequence", int((made - _BEGUN).total_seconds()))
    event.add("dtstamp", made)
    event.add("summary", one.title)
    if begins is None:
        day = date.fromisoformat(one.day)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        # A day to know of, which takes up nobody's time.
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", begins.astimezone(UTC))
        event.add("dtend", begins.astimezone(UTC) + timedelta(minutes=one.minutes or 60))
    if one.about:
        event.add("description", "\n".join(one.about))
    return event


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None

"""The calendar file of a pair (D3): one appointment, or a year of them. It holds no link and no answer."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from app.conversations.rhythm import Rhythm, which_of_month

#: Where the browser's own zone is not known.
ZONE = "Europe/Copenhagen"
#: A series ends, so that calendars are not left with it long after the two have stopped.
COUNT = {"week": 52, "fortnight": 26, "month": 12}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Appointment:
    """The texts of calendar entries."""

    #: The same for each file of the same appointment, so that calendars replace it.
    uid: str
    #: Grows with each change.
    sequence: int
    title: str
    day: date
    time: time | None
    minutes: int
    rhythm: Rhythm
    now: datetime


def calendar(what: Appointment, zone: str) -> bytes:
    """The file; a series carries its time zone, so that nine o'clock stays nine when the clocks change."""
    # Takes an eighth of a second to import, and is rarely needed.
    from icalendar import Calendar, Event, Timezone

    zone = zone if zone in available_timezones() else ZONE
    whole = Calendar()
    whole.add("prodid", "-//Trivselstavlen//")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{what.uid}@trivselstavlen")
    event.add("sequence", what.sequence)
    event.add("dtstamp", what.now)
    event.add("summary", what.title)
    begins: date | datetime
    if what.time is None:
        begins, ends = what.day, what.day + timedelta(days=1)
    else:
        begins = datetime.combine(what.day, what.time, ZoneInfo(zone))
        ends = begins + timedelta(minutes=what.minutes)
        if what.rhythm == "none":
            begins, ends = begins.astimezone(UTC), ends.astimezone(UTC)
        else:
            last = what.day + timedelta(days=400)
            whole.add_component(Timezone.from_tzid(zone, first_date=what.day, last_date=last))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    if what.rhythm != "none":
        event.add("rrule", _rule(what.day, what.rhythm))
    whole.add_component(event)
    return bytes(whole.to_ical())


def _rule(day: date, rhythm: Rhythm) -> dict[str, object]:
    count = COUNT[rhythm]
    if rhythm == "month":
        return {"freq": "monthly", "byday": f"{which_of_month(day)}{_DAYS[day.weekday()]}", "count": count}
    return {"freq": "weekly", "interval": 2 if rhythm == "fortnight" else 1, "count": count}

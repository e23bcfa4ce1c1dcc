"""Spans of days, and how the words before one change it; part of `dates`."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

#: Years outside these are typing errors (B68).
FIRST_YEAR, LAST_YEAR = 2000, 2100
FRIDAY, SUNDAY = 4, 6


class Span(NamedTuple):
    """A day, or a period with its first and last day; `eve` is the last day before it."""

    first: date
    last: date
    eve: date
    #: An end already: "before the end of March" is the end of March.
    end: bool = False
    #: A feast, for which only "before it" means a day.
    feast: bool = False
    #: The year was given, so it may be in the past.
    sure: bool = False

    @property
    def one(self) -> bool:
        """A single day."""
        return self.first == self.last and not self.feast


Pick = Callable[[Span], tuple[date, ...]]


def last_day(span: Span) -> tuple[date, ...]:
    return () if span.feast else (span.last,)


def first_day(span: Span) -> tuple[date, ...]:
    return () if span.feast else (span.first,)


def last_or_eve(span: Span) -> tuple[date, ...]:
    return last_day(span) if span.one or span.feast else (span.eve, span.last)


def before(span: Span) -> tuple[date, ...]:
    return (span.last,) if span.end else (span.eve,)


def inside(span: Span) -> tuple[date, ...]:
    return (span.eve, span.last) if span.one and not span.end else before(span)


RELATIONS = (
    ("by", last_day),
    ("until", last_or_eve),
    ("inside", inside),
    ("before", before),
    ("from_", first_day),
    ("on", last_day),
)


def day_span(day: date) -> Span:
    return Span(day, day, day - timedelta(1))


def month_span(year: int, month: int, months: int) -> Span:
    """A number of months, beginning with that one."""
    first = date(year, month, 1)
    return Span(first, first + relativedelta(months=months, days=-1), first - timedelta(1))


def week_span(monday: date) -> Span:
    """A working week; before it is the Friday before."""
    return Span(monday, monday + timedelta(FRIDAY), monday - timedelta(3))


def fifteenth(span: Span) -> date | None:
    return span.first.replace(day=15) if span.first.month == span.last.month else None


def monday_of(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def valid_date(year: int, month: int, day: int) -> date | None:
    """The date, if it exists; mistyped years have none."""
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None

"""What in a process falls on a day, for calendars: each kind gives its own days, and knows no calendar."""

from collections.abc import Callable, Iterable
from typing import Any

from app.engine.report import ReportModel, Words


class Dated(ReportModel):
    """Something on a day, or at a time of it. `key` stays the same as long as it is the same thing."""

    key: str
    #: ISO.
    day: str
    title: str
    #: Its other details, a line each.
    about: tuple[str, ...] = ()
    #: Its duration, if it has a time of day.
    minutes: int = 0
    #: No longer needs a reminder.
    done: bool = False


# What each kind gives the engine, once for the whole process; `Any` is the board, as in reports.
Dates = Callable[[Any, Words], Iterable[Dated]]


def labelled(label: str, said: str) -> tuple[str, ...]:
    """*Ansvarlig: Emil*, or nothing if the value is empty."""
    return (f"{label}: {said}",) if said else ()

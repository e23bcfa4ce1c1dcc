"""When two people meet again (D3). Pure: today is passed in."""

from datetime import date, timedelta
from typing import Final, Literal, get_args

from dateutil.relativedelta import relativedelta

Rhythm = Literal["none", "week", "fortnight", "month"]
Minutes = Literal[30, 45, 60]
RHYTHMS: Final[tuple[Rhythm, ...]] = get_args(Rhythm)
MINUTES: Final[tuple[Minutes, ...]] = get_args(Minutes)
#: In days. A date further away is taken for a typing error (B68), which would keep the pair forever.
FURTHEST = 366

_WEEKS: Final = {"week": 1, "fortnight": 2}


def after(day: date, rhythm: Rhythm) -> date | None:
    """The next day in the rhythm; monthly keeps the weekday and its place in the month."""
    if rhythm == "none":
        return None
    if weeks := _WEEKS.get(rhythm):
        return day + timedelta(weeks=weeks)
    which = which_of_month(day)
    first = (day + relativedelta(months=1)).replace(day=1)
    if which < 0:
        last = first + relativedelta(months=1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - day.weekday()) % 7)
    return first + timedelta(days=(day.weekday() - first.weekday()) % 7, weeks=which - 1)


def which_of_month(day: date) -> int:
    """1 to 4, as in "second Monday"; -1 for a fifth, since not every month has one."""
    which = (day.day - 1) // 7 + 1
    return -1 if which == 5 else which


def last_and_next(days: list[str], rhythm: Rhythm, today: str) -> tuple[str | None, str | None]:
    """The day of the last conversation and of the next one, ISO; `days` are in their order."""
    held = [day for day in days if day < today]
    coming = [day for day in days if day >= today]
    if coming:
        return (held[-1] if held else None), coming[0]
    following = after(date.fromisoformat(days[-1]), rhythm)
    while following is not None and following.isoformat() < today:
        following = after(following, rhythm)
    return days[-1], following.isoformat() if following else None


def is_near(day: str, today: str) -> bool:
    """Whether somebody can plausibly have meant this day."""
    return abs((date.fromisoformat(day) - date.fromisoformat(today)).days) <= FURTHEST

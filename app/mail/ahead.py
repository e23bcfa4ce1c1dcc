"""What in a process needs a reminder today, and the mail that says so. Pure: the day is passed in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.locales import Words
from app.mail.letter import Letter, day_in_words, filled

_DAY = timedelta(days=1)
#: Meetings are announced the day before; everything else a week before and on its day.
MEETING_BEFORE = (_DAY,)
OTHERS_BEFORE = (7 * _DAY, timedelta(0))


@dataclass(frozen=True)
class OnDay:
    """Something open on a day. `of` is what its kind is called; "" for a meeting."""

    day: date
    of: str


@dataclass(frozen=True)
class Plan:
    """The days of a process, with what the process is called."""

    group: str
    company: str
    language: str
    days: tuple[OnDay, ...]


@dataclass(frozen=True)
class Reader:
    """The recipient."""

    name: str
    email: str


def due(days: Iterable[OnDay], after: date, today: date) -> list[OnDay]:
    """The reminders for the days after `after` up to today, without anything that is already over."""

    def falls(one: OnDay) -> bool:
        before = MEETING_BEFORE if one.of == "" else OTHERS_BEFORE
        return one.day >= today and any(after < one.day - each <= today for each in before)

    return sorted((one for one in days if falls(one)), key=lambda one: (one.day, one.of))


def letter_of(
    plan: Plan, found: list[OnDay], today: date, reader: Reader, say: Words, *, link: str, ends: str
) -> Letter:
    """The mail. It says that something is due and where to read it, without any words from the board."""
    text = "\n".join(
        (
            filled(say("mail.hello"), name=reader.name),
            "",
            filled(say("mail.reminder.lead"), group=plan.group, company=plan.company),
            "",
            *(f"- {line}" for line in _lines(found, today, say)),
            "",
            say("mail.reminder.where"),
            link,
            "",
            say("mail.reminder.why"),
            ends,
        )
    )
    subject = filled(say("mail.reminder.subject"), group=plan.group)
    return Letter(
        name=reader.name, email=reader.email, language=plan.language, subject=subject, text=text, ends=ends
    )


def _lines(found: list[OnDay], today: date, say: Words) -> Iterator[str]:
    """One for each day and kind."""
    for one in dict.fromkeys(found):
        many = found.count(one)
        when = say("mail.reminder.when", n=(one.day - today).days)
        what = say("mail.reminder.meeting", n=many)
        if one.of:
            what = filled(say("mail.reminder.others", n=many), of=one.of)
        yield f"{when}, {day_in_words(one.day, say)}: {what}"

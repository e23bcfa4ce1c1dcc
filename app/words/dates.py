"""P4.5: what day a phrase such as "inden for to måneder" or "by March 1" means; never a guess.

A phrase must be understood to the last word, or it means no day. An ambiguous one ("næste fredag", 3/4 in
English) means none either, but both days are returned, so that somebody can choose. Pure: today is passed in.
`python-dateutil` counts months and finds Easter.

A phrase for a longer period means the last day of a month, quarter or year, and the Friday of a week.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from app.words.date_words import TABLES, DateWords
from app.words.forms import Found, found_in, match, placed, sure_of
from app.words.spans import (
    FIRST_YEAR,
    FRIDAY,
    LAST_YEAR,
    RELATIONS,
    SUNDAY,
    Pick,
    Span,
    day_span,
    fifteenth,
    last_day,
    monday_of,
    month_span,
    valid_date,
    week_span,
)

LONGEST = 80
#: Of a unit of time.
MOST_UNITS = 400
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Meaning:
    """The day a phrase means; or None, and in `either` the days it may mean."""

    day: date | None = None
    either: tuple[date, ...] = ()


#: What a phrase may be about: more than one where it has several readings, none where it is not understood.
Spans = tuple[Span, ...]


def meaning(phrase: str, today: date, language: str, next_meeting: date | None = None) -> Meaning:
    """The day that a phrase in Danish or English means, seen from `today`; `language` is the workshop's.

    The workshop's own language is tried first, and what is ambiguous in it stays so. `next_meeting` is the
    day of the next planned meeting, if there is one.
    """
    text = re.sub(r"\s+", " ", phrase.lower().replace("\u2019", "'")).strip(" ,;")
    if len(text) > LONGEST:
        return Meaning()
    languages = sorted(TABLES, key=lambda name: name != language)
    # 1/13 is no day in Danish; that it is one in English does not show what was meant.
    for name in languages[:1] if re.fullmatch(r"[\d./ -]*", text) else languages:
        reading = _Reading(TABLES[name], today, next_meeting)
        days = sorted(set(reading.days(text) or reading.days(text.removesuffix("."))))
        if days:
            return Meaning(day=days[0]) if len(days) == 1 else Meaning(either=tuple(days))
    return Meaning()


def read(
    phrase: str, today: str, language: str, next_meeting: str | None = None
) -> tuple[str | None, tuple[str, ...]]:
    """`meaning` for rules, which have days as ISO text: the day, and the days it may mean."""
    planned = date.fromisoformat(next_meeting) if next_meeting else None
    found = meaning(phrase, date.fromisoformat(today), language, planned)
    said = found.day.isoformat() if found.day else None
    return said, tuple(day.isoformat() for day in found.either)


def days_between(first: str, last: str) -> int:
    """From one day to the other, both as ISO text."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def is_day(text: str) -> bool:
    """Whether there is such a day, in the years we accept (B68)."""
    try:
        return FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


class _Reading:
    """One language, read from one day."""

    def __init__(self, words: DateWords, today: date, next_meeting: date | None) -> None:
        self._words = words
        self._today = today
        self._next_meeting = next_meeting
        self._weekday = f"(?P<weekday>{'|'.join(words.weekdays)})"
        self._month_year = rf"(?P<month>{'|'.join(words.months)})(?:,? (?:{words.of} )?(?P<year>\d{{4}}))?"

    def days(self, text: str) -> tuple[date, ...]:
        """Every day the phrase may mean; none for one that is not understood."""
        text = re.sub(f"(?:{self._words.clock})$", "", text)
        if late := match(f"(?P<rest>.+?)(?:{self._words.latest})", text):
            return self._related("", late["rest"], last_day) or self._related("on", late["rest"], last_day)
        days = self._ahead(text) or self._related("", text, last_day)
        for relation, pick in RELATIONS:
            days = days or self._related(relation, text, pick)
        return days

    def _related(self, relation: str, text: str, pick: Pick) -> tuple[date, ...]:
        before = f"(?:{getattr(self._words, relation)}) " if relation else ""
        found = match(f"{before}(?:(?:{self._words.article}) )?(?P<rest>.+)", text)
        spans = self._spans(found["rest"]) if found else ()
        # Only phrases with a year may lie in the past; anything else is a mistake.
        if any(day < self._today for span in spans if not span.sure for day in pick(span)):
            return ()
        return tuple(day for span in spans for day in pick(span))

    # -- lengths of time -----------------------------------------------------------------------------------

    def _ahead(self, text: str) -> tuple[date, ...]:
        """A length of time counted from today."""
        found = match(self._words.ahead.replace("{n}", "(.+?)"), text)
        length = next((group for group in found.groups() if group), "") if found else ""
        if (doubtful := found_in(self._words.doubtful, length)) is not None:
            return tuple(self._today + timedelta(days) for days in doubtful)
        known = found_in(self._words.lengths, length) or self._counted(length)
        return (self._later(*known),) if known else ()

    def _counted(self, text: str) -> tuple[int, str] | None:
        number, _, unit = text.partition(" ")
        many = int(number) if re.fullmatch(r"\d{1,3}", number) else found_in(self._words.numbers, number)
        known = found_in(self._words.units, unit)
        return (many, known) if many and known and many <= MOST_UNITS else None

    def _later(self, many: int, unit: str) -> date:
        if unit in _MONTHS:
            return self._today + relativedelta(months=many * _MONTHS[unit])
        return self._today + timedelta(many * (7 if unit == "week" else 1))

    # -- days and periods ----------------------------------------------------------------------------------

    def _spans(self, text: str) -> Spans:
        """What the words name, without the words before them."""
        for form in (
            self._near,
            self._numeric,
            self._written,
            self._of_month,
            self._on_weekday,
            self._nth_weekday,
            self._period,
            self._edge,
            self._feast,
        ):
            if spans := form(text):
                return spans
        return ()

    def _near(self, text: str) -> Spans:
        """Today, tomorrow, the next meeting."""
        if (ahead := found_in(self._words.days, text)) is not None:
            return (day_span(self._today + timedelta(ahead)),)
        meets = self._next_meeting is not None and match(self._words.meeting, text)
        return (day_span(self._next_meeting),) if meets and self._next_meeting else ()

    def _numeric(self, text: str) -> Spans:
        """2027-03-01, 1/3, 01.03.27; both days if either number may be the month."""
        if iso := match(r"(?P<year>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", text):
            return self._dated(int(iso["d"]), int(iso["m"]), iso["year"], None)
        said = match(
            rf"(?:{self._weekday},? (?:(?:{self._words.article}) )?)?(?P<a>\d{{1,2}})"
            r"(?:[./] ?(?P<b>\d{1,2})(?:[./ -] ?(?P<year>\d{4}|\d{2}))?"
            r"|-(?P<b2>\d{1,2})-(?P<year2>\d{4}|\d{2}))\.?",
            text,
        )
        if said is None:
            return ()
        a, b = int(said["a"]), int(said["b"] or said["b2"])
        year = said["year"] or said["year2"]
        orders = {(a, b)} if self._words.day_first else {(a, b), (b, a)}
        return tuple(
            span for day, month in orders for span in self._dated(day, month, year, self._weekday_of(said))
        )

    def _written(self, text: str) -> Spans:
        """1. marts 2027, March 1st, Friday the 5th of March."""
        w = self._words
        front = rf"(?:{self._weekday},? (?:(?:{w.article}) )?)?"
        number = rf"(?P<day>\d{{1,2}}|{'|'.join(w.ordinals)})(?:{w.ordinal})?"
        forms = (
            rf"{front}{number} ?(?:(?:{w.of}) )?{self._month_year}",
            rf"{front}(?P<month>{'|'.join(w.months)}) (?:the )?{number}(?:,? (?P<year>\d{{4}}))?",
        )
        found = next((found for form in forms if (found := match(form, text))), None)
        if found is None:
            return ()
        day = found_in(w.ordinals, found["day"]) or int(found["day"])
        return self._dated(day, sure_of(w.months, found["month"]), found["year"], self._weekday_of(found))

    def _dated(self, day: int, month: int, year: str | None, weekday: int | None) -> Spans:
        """That day of that month, in the given year, else the next one to come."""
        years = [self._today.year, self._today.year + 1]
        if year is not None:
            years = [int(year) if len(year) == 4 else 2000 + int(year)]
        days = [found for each in years if (found := valid_date(each, month, day))]
        right = [found for found in days if year or found >= self._today][:1]
        # If the weekday does not match, one of the two is wrong, and nobody knows which.
        fits = [found for found in right if weekday is None or found.weekday() == weekday]
        return tuple(day_span(found)._replace(sure=year is not None) for found in fits)

    def _of_month(self, text: str) -> Spans:
        """Den 15., the 15th: in this month or the next."""
        found = match(rf"(?P<day>\d{{1,2}})(?:{self._words.ordinal})", text)
        if found is None:
            return ()
        soon = (self._today, self._today + relativedelta(months=1, day=1))
        days = [day for month in soon if (day := valid_date(month.year, month.month, int(found["day"])))]
        later = [day for day in days if day >= self._today]
        return tuple(day_span(day) for day in (later if self._today in later else later[:1]))

    # -- weeks and weekdays --------------------------------------------------------------------------------

    def _mondays(self, text: str) -> list[date]:
        """The week that is named, by its Monday."""
        w = self._words
        monday = self._today - timedelta(self._today.weekday())
        week_word = next(words for words, unit in w.units.items() if unit == "week")
        if match(f"(?:{w.this}) (?:{week_word})", text):
            return [monday]
        if match(f"(?:{w.next}) (?:{week_word})", text):
            # On a Sunday some already are in the next week.
            return [] if self._today.weekday() == SUNDAY else [monday + timedelta(7)]
        found = match(rf"(?:{w.week})(?P<week>\d{{1,2}})(?:,? (?:(?:{w.of}) )?(?P<year>\d{{4}}))?", text)
        if found is None:
            return []
        this = self._today.isocalendar()
        years = [int(found["year"])] if found["year"] else [this.year, this.year + 1]
        number = int(found["week"])
        mondays = [m for year in years if (m := monday_of(year, number))]
        if number == this.week and not found["year"]:
            # During that week it is this one; after its Friday it is ambiguous.
            return mondays[:1] if self._today.weekday() <= FRIDAY else []
        return [m for m in mondays if found["year"] or m >= self._today][:1]

    def _on_weekday(self, text: str) -> Spans:
        """Fredag, next Friday, fredag i uge 12, a week on Friday."""
        w = self._words
        for form in w.in_week:
            found = match(placed(form, w=self._weekday, k="(?P<k>.+)"), text)
            if found and (mondays := self._mondays(found["k"])):
                weekday = self._weekday_of(found) or 0
                return tuple(day_span(monday + timedelta(weekday)) for monday in mondays)
        for forms, ahead in (
            ((f"(?:(?:{w.coming}) )?{{w}}",), self._coming),
            ((f"(?:{w.this}) {{w}}",), self._this),
            ((f"(?:{w.next}) {{w}}",), self._next),
            # That of next week, or a week after the coming one; today's weekday has one reading.
            (w.in_a_week, lambda days: [7] if days == 0 else [days, days + 7]),
            (w.and_a_week, lambda days: [7] if days == 0 else [days + 7]),
        ):
            for form in forms:
                if found := match(placed(form, w=self._weekday), text):
                    days = ((self._weekday_of(found) or 0) - self._today.weekday()) % 7
                    return tuple(day_span(self._today + timedelta(each)) for each in ahead(days))
        return ()

    def _coming(self, days: int) -> list[int]:
        return [0, 7] if days == 0 else [days]

    def _this(self, days: int) -> list[int]:
        # The rest of this week; on a Saturday, "this Friday" may be past or future.
        return [days] if self._today.weekday() + days <= SUNDAY else []

    def _next(self, days: int) -> list[int]:
        return [7] if days == 0 else [days, days + 7]

    def _nth_weekday(self, text: str) -> Spans:
        """Første mandag i marts, the last Friday of June."""
        w = self._words
        nth = f"(?P<nth>{'|'.join(w.ordinals)}|{w.last})"
        found = match(rf"{nth} {self._weekday} (?:{w.of}) {self._month_year}", text)
        weekday = self._weekday_of(found) if found else None
        if found is None or weekday is None:
            return ()
        at = found_in(w.ordinals, found["nth"]) or 0
        for month in self._months_of(found):
            days = [month.first + timedelta(n) for n in range((month.last - month.first).days + 1)]
            right = [day for day in days if day.weekday() == weekday]
            if at <= len(right) and (month.sure or right[at - 1] >= self._today):
                return (day_span(right[at - 1])._replace(sure=month.sure),)
        return ()

    # -- months, quarters, years ---------------------------------------------------------------------------

    def _months_of(self, found: Found) -> list[Span]:
        """The month that is named: in its year, else this year's and the next one's."""
        month = sure_of(self._words.months, found["month"])
        return self._in_years(found["year"], month, 1)

    def _in_years(self, year: str | None, month: int, months: int) -> list[Span]:
        if year is not None and not FIRST_YEAR <= int(year) <= LAST_YEAR:
            return []
        years = [int(year)] if year else [self._today.year, self._today.year + 1]
        spans = [month_span(each, month, months)._replace(sure=year is not None) for each in years]
        return [span for span in spans if span.sure or span.last >= self._today]

    def _period(self, text: str) -> Spans:
        """Marts, Q2, 1. halvår 2027, næste måned, this year, uge 12."""
        w = self._words
        year = r"(?:,? (?:" + w.of + r" )?(?P<year>\d{4}))?"
        if found := match(self._month_year, text):
            return tuple(self._months_of(found)[:1])
        for form, letters, months in ((w.quarter, "q", 3), (w.half, "h", 6)):
            if found := match(f"(?:{form}){year}", text):
                said = next(found[name] for name in found.groupdict() if name[0] == letters and found[name])
                nth = int(said) if said.isdecimal() else sure_of(w.ordinals, said)
                return tuple(self._in_years(found["year"], 1 + (nth - 1) * months, months)[:1])
        if found := match(r"(?P<year>\d{4})", text):
            return tuple(self._in_years(found["year"], 1, 12))
        if match(w.this_year, text):
            return (month_span(self._today.year, 1, 12),)
        return tuple(week_span(monday) for monday in self._mondays(text)) or self._this_or_next(text)

    def _this_or_next(self, text: str) -> Spans:
        """Denne måned, next quarter, næste år."""
        w = self._words
        found = match(f"(?:(?P<this>{w.this})|(?:{w.next})) (?P<unit>.+)", text)
        months = _MONTHS.get(found_in(w.units, found["unit"]) or "") if found else None
        if found is None or months is None:
            return ()
        now = self._today.month - 1
        start = date(self._today.year, now - now % months + 1, 1)
        first = start if found["this"] else start + relativedelta(months=months)
        return (month_span(first.year, first.month, months),)

    def _edge(self, text: str) -> Spans:
        """Udgangen af marts, end of next quarter, ultimo juni, medio maj, the end of the week."""
        w = self._words
        if unit := found_in(w.ends, text):
            return tuple(day_span(span.last)._replace(end=True) for span in self._now_in(unit))
        for words, day in (
            (w.end, lambda s: s.last),
            (w.first_of, lambda s: s.first),
            (w.middle_of, fifteenth),
        ):
            found = match(f"(?:{words}) (?:(?:{w.article}) )?(?P<rest>.+)", text)
            if found and (spans := self._period(found["rest"])):
                days = [(day(span), span.sure) for span in spans]
                return tuple(day_span(at)._replace(end=words is w.end, sure=sure) for at, sure in days if at)
        return ()

    def _now_in(self, unit: str) -> Spans:
        """The current week, month, quarter or year."""
        if unit == "week":
            monday = self._today - timedelta(self._today.weekday())
            return (week_span(monday),)
        months = _MONTHS[unit]
        now = self._today.month - 1
        return (month_span(self._today.year, now - now % months + 1, months),)

    def _feast(self, text: str) -> Spans:
        """Before Christmas, the New Year, Easter: only "before" them means a day."""
        w = self._words
        years = (self._today.year, self._today.year + 1)
        if match(w.christmas, text):
            eves = [[date(year, 12, w.christmas_day - 1)] for year in years]
        elif match(w.new_year, text):
            eves = [[date(year, 12, 31)] for year in years]
        elif match(w.easter, text):
            eves = [[easter(year) + timedelta(days) for days in w.easter_eves] for year in years]
        else:
            return ()
        coming = next(days for days in eves if days[0] >= self._today)
        return tuple(Span(day + timedelta(1), day + timedelta(1), day, feast=True) for day in coming)

    def _weekday_of(self, found: Found) -> int | None:
        return found_in(self._words.weekdays, found["weekday"]) if found["weekday"] else None

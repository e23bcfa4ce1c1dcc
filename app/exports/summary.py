"""The summary of a process as one value, from which the page, the PDF and the JSON are drawn.

`collect` asks each activity's report without knowing any of them, and adds what only the whole can tell: how
many notes, how many themes, what was chosen. It is pure: the same board and heading give the same summary.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from pydantic import SerializeAsAny

from app.blocks.paragraph import Paragraph
from app.engine.report import Block, Report, ReportModel, Section, Words, day_in_words
from app.exports.sections import (
    Activity,
    Kinds,
    Told,
    blocks_of,
    chips_once,
    last_choice,
    sections_of,
    without,
)
from app.words.order import by_words


class Meeting(ReportModel):
    """One workshop as the heading names it: by day (A10), with the phones there were at most."""

    title: str
    day: date | None = None
    people: int | None = None


class Member(ReportModel):
    """A member of the working group, with their duty (P1.5)."""

    name: str
    duty: str


class Heading(ReportModel):
    """Whose summary it is."""

    company: str
    group: str
    cycle: int = 1
    #: P5.5: which cycle each workshop belongs to, where the summary has more than one.
    cycles: Mapping[str, int] = {}
    meetings: tuple[Meeting, ...] = ()
    members: tuple[Member, ...] = ()
    #: F4: the day on which the process is deleted if nothing more happens in it.
    deleted_on: date | None = None
    #: The next meeting that is planned.
    coming: Meeting | None = None

    @property
    def days(self) -> list[date]:
        """Those of its meetings, in order."""
        return sorted(meeting.day for meeting in self.meetings if meeting.day)


class Row(ReportModel):
    """A line of the small table under the title."""

    name: str
    value: str


class Summary(ReportModel):
    """All that the page and the PDF show, in the words of the workshop's language."""

    language: str
    company: str
    title: str
    why: str
    rows: tuple[Row, ...]
    day: date | None
    day_text: str
    header: str
    foot: str
    short_title: str
    short: tuple[SerializeAsAny[Block], ...]
    sections: tuple[Section, ...]
    #: The next meeting that is planned, in words; or nothing.
    coming: str = ""
    #: How many actions have which status; and what comes next.
    standing: tuple[Row, ...] = ()
    next: tuple[Row, ...] = ()
    empty: str

    @property
    def is_empty(self) -> bool:
        """Nothing has been turned over yet."""
        return not (self.short or self.sections)

    def shown(self, words: Words) -> dict[str, Any]:
        """The data for the templates of page and paper: the same, with what each block adds."""
        return self.model_dump(mode="json") | {
            "short": [block.shown(words) for block in self.short],
            "sections": [section.shown(words) for section in self.sections],
        }


def collect(
    board: object,
    items: Iterable[Activity],
    kinds: Kinds | Mapping[str, Report],
    heading: Heading,
    words: Words,
    before: Iterable[Activity] = (),
) -> Summary:
    """The summary of `items`: by phase if the kinds have one, else in the order they were held.

    `before` are items of other meetings, which provide the why if these do not.
    """
    kinds = kinds if isinstance(kinds, Kinds) else Kinds(kinds)
    told = sections_of(board, items, kinds, heading.cycles, words)
    short = _short(told, words)
    told = list(chips_once(told))
    pictures = [block for block in blocks_of(told) if block.first_page]
    if pictures:
        # It is on the first page, and only there.
        told = list(without(told, pictures[-1]))
        short.append(pictures[-1])
    # P1.3: the why heads the summary; it is what a report says in large type.
    opening = next((block for block in blocks_of(told) if block.opening), None)
    if opening is not None:
        told = list(without(told, opening))
    why = opening.opening if opening else _said_before(board, before, kinds.reports, words)
    days = heading.days
    day_text = day_in_words(days[-1], words) if days else ""
    return Summary(
        language=words.language,
        company=heading.company,
        title=words("summary.title", group=heading.group),
        why=why,
        rows=tuple(_rows(heading, days, words)),
        day=days[-1] if days else None,
        day_text=day_text,
        header=words("summary.header", date=day_text) if days else words("summary.kind"),
        foot=words("summary.foot"),
        short_title=words("summary.short"),
        short=tuple(short),
        sections=tuple(one.section for one in told),
        coming=_coming(heading, words),
        standing=tuple(_standing(blocks_of(told))),
        next=tuple(_next(blocks_of(told), heading, words)),
        empty=words("summary.empty"),
    )


def days_in_words(days: Sequence[date], words: Words) -> str:
    """*12. og 26. november, 3. december 2026*: each month and each year appears once."""
    months = words("summary.months").split()
    parts = []
    for year, in_year in groupby(sorted(set(days)), key=lambda day: day.year):
        named = [
            words(
                "summary.date.days",
                days=_list_days([day.day for day in in_month], words),
                month=months[month - 1],
            )
            for month, in_month in groupby(in_year, key=lambda day: day.month)
        ]
        parts.append(f"{', '.join(named)} {year}")
    return ", ".join(parts)


def _list_days(days: list[int], words: Words) -> str:
    first = words("summary.date.more").join(str(day) for day in days[:-1])
    return words("summary.date.between").join(part for part in (first, str(days[-1])) if part)


def names_in_words(names: Sequence[str], words: Words) -> str:
    """*Afbrydelser, Ros og Oplæring*"""
    if len(names) < 2:
        return "".join(names)
    # Not by the text's placeholders: a name may contain braces.
    before, between, after = _split(words("summary.and"), "{first}", "{last}")
    return f"{before}{', '.join(names[:-1])}{between}{names[-1]}{after}"


def _split(text: str, *places: str) -> list[str]:
    parts = []
    for place in places:
        part, _, text = text.partition(place)
        parts.append(part)
    return [*parts, text]


def quoted(name: str, words: Words) -> str:
    """A name inside our own sentence: in quotation marks, isolated so that it keeps its direction (X22)."""
    before, after = _split(words("summary.quoted"), "{name}")
    return f"{before}\u2068{name}\u2069{after}"


def number_in_words(n: int, words: Words) -> str:
    """Numbers up to twelve are written out."""
    named = words("summary.numbers").split()
    return named[n] if n < len(named) else str(n)


def counted(key: str, n: int, words: Words, **params: object) -> str:
    """The text for n things, the number in words."""
    return words(key, n=n, number=number_in_words(n, words), **params)


def _said_before(
    board: object, items: Iterable[Activity], reports: Mapping[str, Report], words: Words
) -> str:
    """W3: the why of the process opens each of its meetings; its parts appear where they were written."""
    told = (block.opening for item in items for block in reports[item.activity](board, item, words))
    return next(filter(None, told), "")


def _short(told: Sequence[Told], words: Words) -> list[Block]:
    """The results in two or three sentences."""
    tallies = [block.tally for block in blocks_of(told)]
    notes = sum(tally.notes for tally in tallies)
    themes = sum(tally.themes for tally in tallies)
    chosen = [card.name for card in last_choice(told)]
    said = []
    if notes:
        said.append(counted("summary.short.notes", notes, words))
    if notes and themes:
        said.append(counted("summary.short.themes", themes, words))
    if chosen:
        before, after = _split(counted("summary.short.chosen", len(chosen), words), "{names}")
        said.append(before + names_in_words([quoted(name, words) for name in chosen], words) + after)
    return [Paragraph(text=" ".join(said))] if said else []


def _coming(heading: Heading, words: Words) -> str:
    """*13. januar 2028: Statusmøde*"""
    if heading.coming is None or heading.coming.day is None:
        return ""
    return f"{day_in_words(heading.coming.day, words)}: {heading.coming.title}"


def _standing(blocks: Iterable[Block]) -> Iterator[Row]:
    for said, many in Counter(said for block in blocks for said in block.standing).items():
        yield Row(name=said, value=str(many))


def _next(blocks: Iterable[Block], heading: Heading, words: Words) -> Iterator[Row]:
    """The next planned meeting, and the first action due."""
    if coming := _coming(heading, words):
        yield Row(name=words("summary.row.coming"), value=coming)
    due = sorted(each for block in blocks for each in block.due)
    if due:
        day, what = due[0]
        yield Row(name=words("summary.next.action"), value=f"{day_in_words(day, words)}: {what}")


def _rows(heading: Heading, days: Sequence[date], words: Words) -> Iterator[Row]:
    yield Row(name=words("summary.row.group"), value=heading.group)
    if heading.cycle > 1:
        yield Row(name=words("summary.row.cycle"), value=str(heading.cycle))
    if heading.members:
        key = by_words(words.language)
        # Each isolated, so that a name keeps its direction (X22).
        named = (
            f"\u2068{member.name} ({member.duty})\u2069"
            for member in sorted(heading.members, key=lambda member: key(member.name))
        )
        yield Row(name=words("summary.row.members"), value=", ".join(named))
    titles = list(dict.fromkeys(meeting.title for meeting in heading.meetings if meeting.title))
    if titles:
        yield Row(name=words("summary.row.meetings", n=len(titles)), value=", ".join(titles))
    if days:
        yield Row(name=words("summary.row.dates", n=len(set(days))), value=days_in_words(days, words))
    # A phone is not a person, and two people may share one: the number is the most phones at once.
    people = [str(meeting.people) for meeting in heading.meetings if meeting.people]
    if people:
        said = words("summary.people", people=names_in_words(people, words))
        yield Row(name=words("summary.row.people"), value=said)
    if coming := _coming(heading, words):
        yield Row(name=words("summary.row.coming"), value=coming)
    if heading.deleted_on:
        day = day_in_words(heading.deleted_on, words)
        yield Row(name=words("summary.row.deleted"), value=words("summary.deleted", day=day))

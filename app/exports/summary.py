"""The summary of a process as one value, from which the page, the PDF and the JSON are drawn.

`collect` asks each activity's report and knows none of them; it adds what only the whole can say: how many
notes, how many themes, what was chosen. It is pure: the same board and heading give the same summary.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any, Protocol

from pydantic import SerializeAsAny

from app.blocks.paragraph import Paragraph
from app.engine.report import Block, Report, ReportModel, Section, Whole, Words, day_in_words
from app.words.order import by_words


class Meeting(ReportModel):
    """One workshop as the heading names it: by day (A10), with the phones there were at most."""

    title: str
    day: date | None = None
    people: int | None = None


class Member(ReportModel):
    """Somebody of the working group, and what they are in it (P1.5)."""

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
    empty: str

    @property
    def is_empty(self) -> bool:
        """Nothing has been turned over yet."""
        return not (self.short or self.sections)

    def shown(self, words: Words) -> dict[str, Any]:
        """What the templates of the page and of the paper read: the same, with what each block adds."""
        return self.model_dump(mode="json") | {
            "short": [block.shown(words) for block in self.short],
            "sections": [section.shown(words) for section in self.sections],
        }


class Activity(Protocol):
    """What `collect` reads of an item: its kind, its title and its workshop. The rest is for the report."""

    @property
    def activity(self) -> str: ...

    @property
    def workshop(self) -> str: ...

    @property
    def title(self) -> str: ...


def collect(
    board: object,
    items: Iterable[Activity],
    reports: Mapping[str, Report],
    heading: Heading,
    words: Words,
    before: Iterable[Activity] = (),
) -> Summary:
    """The summary of `items`, in the order given: the agenda's, meeting by meeting.

    `before` are items of other meetings that say what heads this one, where it does not say so itself.
    """
    sections = [section for item in items for section in _sections(board, item, reports, heading, words)]
    sections = _why_first(_marked(_once(sections), words))
    short = _short(sections, words)
    pictures = [block for block in _blocks(sections) if block.first_page]
    if pictures:
        # It stands on the first page, and only there.
        sections = list(_without(sections, pictures[-1]))
        short.append(pictures[-1])
    # P1.3: the why heads the summary; it is what a report says in large type.
    opening = next((block for block in _blocks(sections) if block.opening), None)
    if opening is not None:
        sections = list(_without(sections, opening))
    why = opening.opening if opening else _said_before(board, before, reports, words)
    days = sorted(meeting.day for meeting in heading.meetings if meeting.day)
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
        sections=tuple(sections),
        empty=words("summary.empty"),
    )


def days_in_words(days: Sequence[date], words: Words) -> str:
    """*12. og 26. november, 3. december 2026*: each month and each year is said once."""
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
    # Put together here and not by the text's places: a name may hold braces.
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


def _sections(
    board: object, item: Activity, reports: Mapping[str, Report], heading: Heading, words: Words
) -> Iterator[Section]:
    loose: list[Block] = []
    cycle = heading.cycles.get(item.workshop)
    title = words("summary.of_cycle", title=item.title, cycle=cycle) if cycle else item.title
    for block in reports[item.activity](board, item, words):
        if isinstance(block, Section):
            yield from _wrapped(title, loose)
            loose = []
            yield from _wrapped(block.title, block.blocks)
        else:
            loose.append(block)
    yield from _wrapped(title, loose)


def _once(sections: Iterable[Section]) -> Iterator[Section]:
    """What several meetings have shown, as the why or the themes, is told where it comes first."""
    said: list[tuple[Block, ...]] = []
    blocks: list[Block] = []
    for section in sections:
        if section.blocks not in said:
            said.append(section.blocks)
            # A remark may well be the same twice; what people made is not.
            yield from _wrapped(
                section.title, (b for b in section.blocks if not b.told_once or b not in blocks)
            )
            blocks += (block for block in section.blocks if block.told_once)


def _why_first(sections: Iterable[Section]) -> list[Section]:
    """W3: the why leads, whichever meeting said it."""
    return sorted(sections, key=lambda section: not any(block.leads for block in section.blocks))


def _said_before(
    board: object, items: Iterable[Activity], reports: Mapping[str, Report], words: Words
) -> str:
    """W3: what heads the process heads each of its meetings, with its parts told where it was said."""
    told = (block.opening for item in items for block in reports[item.activity](board, item, words))
    return next(filter(None, told), "")


def _wrapped(title: str, blocks: Iterable[Block]) -> Iterator[Section]:
    said = tuple(block for block in blocks if block.says_something)
    if said:
        yield Section(title=title, blocks=said)


def _blocks(sections: Iterable[Section]) -> list[Block]:
    return [block for section in sections for block in section.blocks]


def _marked(sections: Iterable[Section], words: Words) -> list[Section]:
    """Each block with what the whole summary knows."""
    sections = list(sections)
    chosen = (card for block in _blocks(sections) for card in block.tally.chosen)
    whole = Whole(frozenset((card.name, card.paper) for card in chosen), words)
    return [
        Section(
            title=section.title,
            blocks=tuple(b.marked(whole, before) for before, b in pairwise((None, *section.blocks)) if b),
        )
        for section in sections
    ]


def _short(sections: Sequence[Section], words: Words) -> list[Block]:
    """What became of it, in two or three sentences."""
    tallies = [block.tally for block in _blocks(sections)]
    notes = sum(tally.notes for tally in tallies)
    themes = sum(tally.themes for tally in tallies)
    chosen = [card.name for tally in tallies for card in tally.chosen]
    said = []
    if notes:
        said.append(counted("summary.short.notes", notes, words))
    if notes and themes:
        said.append(counted("summary.short.themes", themes, words))
    if chosen:
        before, after = _split(counted("summary.short.chosen", len(chosen), words), "{names}")
        said.append(before + names_in_words([quoted(name, words) for name in chosen], words) + after)
    return [Paragraph(text=" ".join(said))] if said else []


def _without(sections: Iterable[Section], moved: Block) -> Iterator[Section]:
    for section in sections:
        yield from _wrapped(section.title, (block for block in section.blocks if block is not moved))


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
    # A phone is not a person: two may share one, so the number is what it was at most.
    people = [str(meeting.people) for meeting in heading.meetings if meeting.people]
    if people:
        said = words("summary.people", people=names_in_words(people, words))
        yield Row(name=words("summary.row.people"), value=said)
    if heading.deleted_on:
        day = day_in_words(heading.deleted_on, words)
        yield Row(name=words("summary.row.deleted"), value=words("summary.deleted", day=day))

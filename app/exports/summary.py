"""The summary of a process as one value, from which the page, the PDF and the JSON are drawn.

`collect` asks each activity's report and knows none of them; it adds what only the whole can say: how many
notes, how many themes, what was chosen. It is pure: the same board and heading give the same summary.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Protocol, TypeVar

from app.board.report import (
    Block,
    Card,
    Chosen,
    Fields,
    Leaf,
    Notes,
    Paragraph,
    Quadrants,
    QuestionAnswers,
    Report,
    ReportModel,
    Section,
    Split,
    Splits,
    Table,
    ThemeBlock,
    Themes,
    Wheel,
    Words,
)

T = TypeVar("T", Card, ThemeBlock)


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
    short: tuple[Leaf, ...]
    sections: tuple[Section, ...]
    empty: str

    @property
    def is_empty(self) -> bool:
        """Nothing has been turned over yet."""
        return not (self.short or self.sections)


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
) -> Summary:
    """The summary of `items`, in the order given: the agenda's, meeting by meeting."""
    sections = [section for item in items for section in _sections(board, item, reports, heading, words)]
    sections = _marked(_once(sections), words)
    short = _short(sections, words)
    picture = _last_picture(sections)
    if picture is not None:
        # The picture is what everybody looks for: it stands on the first page, and only there.
        sections = list(_without(sections, picture))
        short.append(picture)
    opening = _opening(sections)
    if opening is not None:
        sections = list(_without(sections, opening))
    days = sorted(meeting.day for meeting in heading.meetings if meeting.day)
    day_text = day_in_words(days[-1], words) if days else ""
    return Summary(
        language=words.language,
        company=heading.company,
        title=words("summary.title", group=heading.group),
        why=opening.text if opening else "",
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


def day_in_words(day: date, words: Words) -> str:
    """*3. december 2026*"""
    month = words("summary.months").split()[day.month - 1]
    return words("summary.date", day=day.day, month=month, year=day.year)


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
    """The text for n things, with its own form for one."""
    if n == 1:
        return words(f"{key}.one", n=n, **params)
    return words(key, n=number_in_words(n, words), **params)


def _sections(
    board: object, item: Activity, reports: Mapping[str, Report], heading: Heading, words: Words
) -> Iterator[Section]:
    loose: list[Leaf] = []
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
    """What several meetings have shown, as the why of the process, is told where it comes first."""
    said: list[tuple[Leaf, ...]] = []
    for section in sections:
        if section.blocks not in said:
            said.append(section.blocks)
            yield section


def _wrapped(title: str, blocks: Iterable[Leaf]) -> Iterator[Section]:
    said = tuple(block for block in map(_answered, blocks) if _says_something(block))
    if said:
        yield Section(title=title, blocks=said)


def _answered(block: Leaf) -> Leaf:
    """Without the questions that got no answer."""
    if isinstance(block, QuestionAnswers):
        return QuestionAnswers(answers=tuple(one for one in block.answers if one.answer))
    return block


def _says_something(block: Block) -> bool:
    match block:
        case (
            Notes(notes=things)
            | Themes(themes=things)
            | Chosen(themes=things)
            | QuestionAnswers(answers=things)
        ):
            return bool(things)
        case Table(rows=rows):
            return bool(rows)
        case Splits(splits=splits):
            return bool(splits)
        case Wheel(rays=rays):
            return any(ray.cards for ray in rays)
        case Paragraph(text=text):
            return bool(text)
    return True


def _marked(sections: Iterable[Section], words: Words) -> list[Section]:
    """What no report can know alone: which themes were chosen later on, and that these notes have none.

    Blocks have no ids, so a theme is known by its name and paper, as it is by the reader.
    """
    sections = list(sections)
    chosen = {
        (card.name, card.paper)
        for section in sections
        for block in section.blocks
        if isinstance(block, Chosen)
        for card in block.themes
    }

    def mark(thing: T) -> T:
        return thing.model_copy(update={"chosen": thing.chosen or (thing.name, thing.paper) in chosen})

    def marked(block: Leaf, before: Leaf | None) -> Leaf:
        match block:
            case Themes(themes=themes):
                return Themes(themes=tuple(mark(theme) for theme in themes))
            case Chosen(themes=cards):
                return Chosen(themes=tuple(card.model_copy(update={"chosen": True}) for card in cards))
            case Fields(fields=fields):
                changed = (f.model_copy(update={"cards": tuple(mark(c) for c in f.cards)}) for f in fields)
                return block.model_copy(update={"fields": tuple(changed)})
            case Splits(splits=splits):
                again = (Split(card=mark(split.card), bars=split.bars) for split in splits)
                return block.model_copy(update={"splits": tuple(again)})
            case Notes(title="") if isinstance(before, Themes):
                return block.model_copy(update={"title": words("summary.notes.free")})
            case Quadrants(caption="") if chosen:
                return block.model_copy(update={"caption": words("summary.quadrant.caption")})
        return block

    return [
        Section(
            title=section.title,
            blocks=tuple(marked(b, before) for before, b in pairwise((None, *section.blocks)) if b),
        )
        for section in sections
    ]


def _short(sections: Sequence[Section], words: Words) -> list[Leaf]:
    """What became of it, in two or three sentences."""
    leaves = [block for section in sections for block in section.blocks]
    themes = [theme for block in leaves if isinstance(block, Themes) for theme in block.themes]
    notes = sum(len(theme.notes) for theme in themes)
    notes += sum(len(block.notes) for block in leaves if isinstance(block, Notes))
    chosen = [card.name for block in leaves if isinstance(block, Chosen) for card in block.themes]
    said = []
    if notes:
        said.append(counted("summary.short.notes", notes, words))
    if notes and themes:
        said.append(counted("summary.short.themes", len(themes), words))
    if chosen:
        before, after = _split(counted("summary.short.chosen", len(chosen), words), "{names}")
        said.append(before + names_in_words([quoted(name, words) for name in chosen], words) + after)
    return [Paragraph(text=" ".join(said))] if said else []


def _last_picture(sections: Sequence[Section]) -> Quadrants | None:
    pictures = [block for section in sections for block in section.blocks if isinstance(block, Quadrants)]
    return pictures[-1] if pictures else None


def _opening(sections: Sequence[Section]) -> Paragraph | None:
    """P1.3: the why heads the summary; it is what a report says in large type."""
    leaves = (block for section in sections for block in section.blocks)
    return next((block for block in leaves if isinstance(block, Paragraph) and block.tone == "lead"), None)


def _without(sections: Iterable[Section], moved: Leaf) -> Iterator[Section]:
    for section in sections:
        yield from _wrapped(section.title, (block for block in section.blocks if block is not moved))


def _rows(heading: Heading, days: Sequence[date], words: Words) -> Iterator[Row]:
    yield Row(name=words("summary.row.group"), value=heading.group)
    if heading.cycle > 1:
        yield Row(name=words("summary.row.cycle"), value=str(heading.cycle))
    if heading.members:
        # Each isolated, so that a name keeps its direction (X22).
        named = (f"\u2068{member.name} ({member.duty})\u2069" for member in heading.members)
        yield Row(name=words("summary.row.members"), value=", ".join(named))
    titles = list(dict.fromkeys(meeting.title for meeting in heading.meetings if meeting.title))
    if titles:
        plural = "s" if len(titles) > 1 else ""
        yield Row(name=words(f"summary.row.meeting{plural}"), value=", ".join(titles))
    if days:
        plural = "s" if len(set(days)) > 1 else ""
        yield Row(name=words(f"summary.row.date{plural}"), value=days_in_words(days, words))
    # A phone is not a person: two may share one, so the number is what it was at most.
    people = [str(meeting.people) for meeting in heading.meetings if meeting.people]
    if people:
        said = words("summary.people", people=names_in_words(people, words))
        yield Row(name=words("summary.row.people"), value=said)
    if heading.deleted_on:
        day = day_in_words(heading.deleted_on, words)
        yield Row(name=words("summary.row.deleted"), value=words("summary.deleted", day=day))

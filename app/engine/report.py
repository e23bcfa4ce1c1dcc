"""What an activity may say in the summary, as blocks; the engine knows none of them.

Each kind has one pure function `report(board, item, words) -> list[Block]`. A block is a folder in
`app/blocks` with its model and its parts of the page and of the paper. No block holds a time, an id or the
order of writing: the report sorts lists by theme, then by random id (A15).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, Self

from pydantic import BaseModel, ConfigDict, SerializeAsAny

Paper = Literal["korn", "hyben", "mos", "fjord", "lyng"]


class Words(Protocol):
    """The texts of one language: `words("influence.report.title", n=3)`."""

    @property
    def language(self) -> str: ...

    def __call__(self, key: str, /, **params: object) -> str: ...

    def __contains__(self, key: object) -> bool: ...


class ReportModel(BaseModel):
    """Frozen; an undeclared field is a bug in the report, so it fails where the model is made."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Card(ReportModel):
    """A theme as a reader knows it, by its name and paper; chosen ones are marked in words as well."""

    name: str
    paper: Paper = "korn"
    chosen: bool = False


class FoundCard(ReportModel):
    """A theme or an action by name, and its state in a word or two."""

    name: str
    paper: Paper | None = None
    said: str = ""


class FoundLine(ReportModel):
    """One finding: in words, as cards, or both. `lead` is shown above everything else."""

    label: str = ""
    text: str = ""
    lead: bool = False
    cards: tuple[FoundCard, ...] = ()


class Box(ReportModel):
    """What a poster shows of something: a heading with lines under it, on a paper or on none.

    `theme` is the name of the theme that it is about; `is_theme`: it is that theme itself.
    """

    title: str
    lines: tuple[str, ...] = ()
    paper: Paper | None = None
    theme: str = ""
    is_theme: bool = False


class Tally(NamedTuple):
    """What a block adds to the short version of the summary."""

    notes: int = 0
    themes: int = 0
    chosen: tuple[Card, ...] = ()


class Whole(NamedTuple):
    """What no single report can know: which themes were chosen anywhere, by name and paper."""

    chosen: frozenset[tuple[str, Paper]]
    words: Words


class Day(NamedTuple):
    """A day in a table, which a program can sort by."""

    iso: str


#: The contents of a cell: words, a number or a day.
Cell = str | int | Day


class Tabled(NamedTuple):
    """Rows for the sheet of that name; rows of several blocks for one sheet share a header."""

    sheet: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


class Block(ReportModel):
    """One thing a summary can hold; `kind` is the name of its folder. Whatever knows blocks asks these."""

    #: Whether the last of its kind is shown on the first page instead of in its section.
    first_page: ClassVar[bool] = False
    #: P5.2: whether several rounds of it share one heading, to show it over time.
    over_time: ClassVar[bool] = False
    #: The field without which the block is empty; "": it never is.
    tells: ClassVar[str] = ""

    kind: str

    @property
    def says_something(self) -> bool:
        """Whether there is anything to read; empty blocks are left out with their heading."""
        return not self.tells or bool(getattr(self, self.tells))

    @property
    def opening(self) -> str:
        """P1.3: what may head the whole summary, or nothing."""
        return ""

    @property
    def wordless(self) -> Self | None:
        """The same without people's own words; None if nothing is left."""
        return self

    @property
    def closes(self) -> bool:
        """Whether it concludes its phase, and so comes last."""
        return False

    @property
    def asked(self) -> str | None:
        """The question it states, if any, so that a heading does not repeat it."""
        return None

    @property
    def told_once(self) -> bool:
        """W4: whether several meetings may show the same thing, which their summary then contains once."""
        return False

    def pointing(self, _told: dict[str, str], _title: str, _words: Words) -> Self | None:
        """The block under that heading; what repeats a text under another heading points there instead.

        `told` maps those texts to their headings, and gets the ones first told here. None: nothing is left.
        """
        return self

    @property
    def standing(self) -> Iterable[str]:
        """The status, in a word, of each action; finished ones come first."""
        return ()

    @property
    def due(self) -> Iterable[tuple[str, str]]:
        """What is still to be done on a day: the day (ISO), and what it is."""
        return ()

    @property
    def off(self) -> int:
        """How many of its entries no longer apply: the summary mentions them, posters do not."""
        return 0

    @property
    def progress_of(self) -> tuple[str, Paper] | None:
        """P5.4: which theme it shows the progress of, as a picture."""
        return None

    @property
    def cards(self) -> Iterable[Card]:
        """The themes that stand in it as cards."""
        return _cards(self)

    @property
    def boxes(self) -> Iterable[Box]:
        """The part of it for a poster; nothing if it needs the space of a document."""
        return ()

    @property
    def leads(self) -> bool:
        """W3: whether its section comes before all others."""
        return bool(self.opening)

    @property
    def tally(self) -> Tally:
        """Its counts."""
        return Tally()

    def marked(self, whole: Whole, _before: "Block | None") -> Self:
        """The same in its place, after the block before it, with every chosen theme marked (P3.3)."""
        marked: Self = _marked(self, whole)
        return marked

    def found(self, _words: Words) -> Iterable[FoundLine]:
        """F1: in short, for the process page. Nothing for what needs the space of a summary."""
        return ()

    def tabled(self, _words: Words) -> Iterable[Tabled]:
        """The same as rows, for Excel and CSV."""
        return ()

    def shown(self, _words: Words) -> dict[str, Any]:
        """The data for its templates: its fields, and what follows from them."""
        return self.model_dump(mode="json")


class Section(Block):
    """A heading with blocks. A report need not make one: its blocks come under the item's own title."""

    kind: Literal["section"] = "section"
    title: str
    blocks: tuple[SerializeAsAny[Block], ...]

    def found(self, words: Words) -> Iterable[FoundLine]:
        return (line for block in self.blocks for line in block.found(words))

    def shown(self, words: Words) -> dict[str, Any]:
        return {"title": self.title, "blocks": [block.shown(words) for block in self.blocks]}


def _cards(value: Any) -> Iterable[Card]:
    match value:
        case Card():
            yield value
        case ReportModel():
            yield from (card for name in type(value).model_fields for card in _cards(getattr(value, name)))
        case tuple():
            yield from (card for one in value for card in _cards(one))


def _marked(value: Any, whole: Whole) -> Any:
    match value:
        case Card():
            chosen = value.chosen or (value.name, value.paper) in whole.chosen
            return value.model_copy(update={"chosen": chosen})
        case ReportModel():
            fields = {name: _marked(getattr(value, name), whole) for name in type(value).model_fields}
            return value.model_copy(update=fields)
        case tuple():
            return tuple(_marked(one, whole) for one in value)
    return value


def cards_found(cards: Iterable[Card]) -> tuple[FoundCard, ...]:
    """Themes by name alone."""
    return tuple(FoundCard(name=card.name, paper=card.paper) for card in cards)


def day_in_words(day: object, words: Words) -> str:
    """*3. december 2026*, of a date or of its ISO form."""
    year, month, number = (int(part) for part in str(day).split("-"))
    return words("summary.date", day=number, month=words("summary.months").split()[month - 1], year=year)


def tabled(words: Words, sheet: str, columns: str, rows: Iterable[tuple[Cell, ...]]) -> Iterable[Tabled]:
    """Rows under columns that are named by their keys; none for no row."""
    if them := tuple(rows):
        names = tuple(words(f"summary.column.{column}") for column in columns.split())
        yield Tabled(words(f"summary.sheet.{sheet}"), names, them)


# What each kind gives the engine. Board and item are the engine's own types; the exports only pass them on.
Report = Callable[[Any, Any, Words], list[Block]]
# The heading for readers who were not there, instead of the title in the agenda.
Titled = Callable[[Any, Any, Words], str]

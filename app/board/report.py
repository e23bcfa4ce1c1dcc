"""What an activity may say in the summary: a handful of blocks that know no activity.

Each kind's `report.py` is one pure function `report(board, item, words) -> list[Block]`. The exports draw the
blocks, as a page, as a PDF, as JSON; they never look at a record. No block holds a time, an id or an order of
writing: lists are by theme, then by random id (A15), and it is the report that puts them so.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

Paper = Literal["korn", "hyben", "mos", "fjord", "lyng"]


class Words(Protocol):
    """The texts of one language: `words("influence.report.title", n=3)`."""

    @property
    def language(self) -> str: ...

    def __call__(self, key: str, /, **params: object) -> str: ...


class ReportModel(BaseModel):
    """Frozen, and an undeclared field is a bug of the report: fail where it is made."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Card(ReportModel):
    """A theme by its name and paper, with no notes; chosen ones are marked in words as well as in colour."""

    name: str
    paper: Paper = "korn"
    chosen: bool = False


class ThemeBlock(ReportModel):
    """A theme with its notes. `tag` is a small word beside the name (one of the six factors, P2.10)."""

    name: str
    paper: Paper = "korn"
    notes: tuple[str, ...] = ()
    chosen: bool = False
    tag: str = ""


class FieldBlock(ReportModel):
    """One named field of a board, such as *Kan påvirkes*. `empty` is said when nothing lies in it."""

    title: str
    cards: tuple[Card, ...] = ()
    empty: str = ""


class QuestionAnswer(ReportModel):
    """A question and what the group answered; `answer` may have several lines."""

    question: str
    answer: str


class HowLine(ReportModel):
    """An answer to "how?"; `depth` is 1 right under the proposal, 2 under its answer, and so on (P4.4)."""

    text: str
    depth: int


class Proposal(ReportModel):
    """What hangs on a poster. `picked` ones went on into the action plan."""

    text: str
    picked: bool = False
    hows: tuple[HowLine, ...] = ()


class PosterBlock(ReportModel):
    """One poster, such as *Stop*. `empty` is said when nothing hangs on it."""

    title: str
    proposals: tuple[Proposal, ...] = ()
    empty: str = ""


class Paragraph(ReportModel):
    """Running text. `lead` is large (a why), `quiet` is small and grey (a remark)."""

    kind: Literal["paragraph"] = "paragraph"
    text: str
    tone: Literal["text", "lead", "quiet"] = "text"


class Notes(ReportModel):
    """Notes that lie in no theme. Where they follow themes, the summary gives them a title."""

    kind: Literal["notes"] = "notes"
    notes: tuple[str, ...]
    paper: Paper = "korn"
    title: str = ""


class Themes(ReportModel):
    """Themes, each with its notes."""

    kind: Literal["themes"] = "themes"
    themes: tuple[ThemeBlock, ...]


class Fields(ReportModel):
    """Two or more fields side by side, with cards in them."""

    kind: Literal["fields"] = "fields"
    fields: tuple[FieldBlock, ...]
    caption: str = ""


class Quadrants(ReportModel):
    """The quadrants as a picture: `cells[row][column]`; the first cell is the one that counts.

    `alt` says the picture in words, for who cannot see it; it is never left out (PDF/UA).
    """

    kind: Literal["quadrants"] = "quadrants"
    columns: tuple[str, str]
    rows: tuple[str, str]
    cells: tuple[tuple[tuple[Card, ...], tuple[Card, ...]], tuple[tuple[Card, ...], tuple[Card, ...]]]
    caption: str = ""
    alt: str = Field(min_length=1)


class SplitBar(ReportModel):
    """How many of `of` said `label`; `said` says in words how far they agree."""

    label: str
    yes: int
    of: int
    said: str


class Split(ReportModel):
    """A theme, and how a group was split over some questions about it."""

    card: Card
    bars: tuple[SplitBar, ...]


class Splits(ReportModel):
    """Bars for each theme (P3.4): never fewer than five people, never which of them."""

    kind: Literal["splits"] = "splits"
    splits: tuple[Split, ...]
    caption: str = ""


class Ray(ReportModel):
    """One of the directions of a wheel, with the themes that lie in it."""

    label: str
    cards: tuple[Card, ...] = ()


class Wheel(ReportModel):
    """Themes spread over some directions, as a picture (P2.10). `alt` says it in words (PDF/UA)."""

    kind: Literal["wheel"] = "wheel"
    rays: tuple[Ray, ...]
    caption: str = ""
    alt: str = Field(min_length=1)


class CoursePoint(ReportModel):
    """A place on a scale from 0 to 10; `label` says of when it is."""

    label: str
    value: int = Field(ge=0, le=10)


class Course(ReportModel):
    """How something has come along, drawn as a way: the places it was at, the oldest first, and the aim.

    `low` and `high` say what 0 and 10 mean. `alt` says the picture in words; it is never left out (PDF/UA).
    """

    kind: Literal["course"] = "course"
    name: str
    paper: Paper = "korn"
    low: str
    high: str
    points: tuple[CoursePoint, ...]
    aim: CoursePoint | None = None
    alt: str = Field(min_length=1)


class QuestionAnswers(ReportModel):
    """Questions with the group's answers; leave unanswered ones out."""

    kind: Literal["answers"] = "answers"
    answers: tuple[QuestionAnswer, ...]


class Chosen(ReportModel):
    """The themes the group has chosen to work with: the one block that is meant to be seen first."""

    kind: Literal["chosen"] = "chosen"
    themes: tuple[Card, ...]


class Bars(ReportModel):
    """How many answered each step of a scale from 1, drawn as bars; `alt` says it in words.

    `earlier` is the same from an earlier time, or empty; `said` has a line for each of the two.
    """

    kind: Literal["bars"] = "bars"
    question: str
    counts: tuple[int, ...]
    earlier: tuple[int, ...] = ()
    #: What the lowest and the highest step mean.
    ends: tuple[str, str]
    said: tuple[str, ...]
    alt: str = Field(min_length=1)


class OpenAnswers(ReportModel):
    """A question with what people answered in their own words; these are no notes of the board."""

    kind: Literal["open_answers"] = "open_answers"
    question: str
    answers: tuple[str, ...]
    paper: Paper = "korn"


class TableRow(ReportModel):
    """One row; `paper` is that of its theme, if it has one. A cell may have several lines."""

    cells: tuple[str, ...]
    paper: Paper | None = None


class Table(ReportModel):
    """Rows under named columns, as many cells in each as there are columns. No row: nothing is said.

    `brief` are the two columns that do where there is little room: what it is, and how it stands.
    """

    kind: Literal["table"] = "table"
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    brief: tuple[int, int] | None = None


class Posters(ReportModel):
    """Posters headed by a theme, with the proposals on them (P4.1, P4.2)."""

    kind: Literal["posters"] = "posters"
    theme: Card
    posters: tuple[PosterBlock, ...]


Leaf = Annotated[
    Paragraph
    | Notes
    | Themes
    | Fields
    | Quadrants
    | Splits
    | Wheel
    | QuestionAnswers
    | Chosen
    | Course
    | Posters
    | Bars
    | OpenAnswers
    | Table,
    Field(discriminator="kind"),
]


class Section(ReportModel):
    """A heading with blocks. A report need not make one: its blocks come under the item's own title."""

    kind: Literal["section"] = "section"
    title: str
    blocks: tuple[Leaf, ...]


Block = (
    Paragraph
    | Notes
    | Themes
    | Fields
    | Quadrants
    | Splits
    | Wheel
    | QuestionAnswers
    | Chosen
    | Course
    | Posters
    | Bars
    | OpenAnswers
    | Table
    | Section
)

# What each kind gives the engine. Board and item are the engine's own types; the exports only pass them on.
Report = Callable[[Any, Any, Words], list[Block]]

"""Themes, where they are placed and which are chosen: they carry over from one activity to the next."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from app.engine.activity import Part, wall_and_desk
from app.engine.agenda import Item, Workshop, all_items
from app.engine.audience import BoardRecord
from app.engine.records import Board, Draft, Held, Id, Record
from app.engine.report import Paper, Words
from app.parts.notes.records import Note

themes = Part("themes")


class Theme(BoardRecord):
    """P2.6: notes that belong together, under a name the group has found."""

    kind: Literal["theme"] = "theme"
    refers: ClassVar[tuple[str, ...]] = ("of",)
    stamped: ClassVar[frozenset[str]] = frozenset({"audience", "agenda_place", "strength"})

    name: str
    paper: Paper
    #: The notes activity whose question it answers.
    of: Id
    #: Among the themes of the same question.
    position: float
    #: The position of its question among those that have themes; the room sets it. Screens sort by it, since
    #: phones do not get the agenda.
    agenda_place: int = 0
    #: W5: it answers the method's first question, so it is a strength. The room sets this too.
    strength: bool = False


themes.record(Theme, wall_and_desk)


class Named(Protocol):
    """A theme, or a record that keeps a theme's name at the time."""

    @property
    def name(self) -> str: ...


def name_of(theme: Named | None, words: Words) -> str:
    """What a theme is called in a summary; also while it has no name."""
    return (theme.name if theme else "") or words("shared.unnamed")


def named(board: Board, item: Item) -> Item:
    """An item about a theme (`theme` in its settings), with its name, since phones do not get themes."""
    id = item.settings["theme"]
    if id is None:
        return item.with_(settings={**item.settings, "name": ""})
    before = board.find(Item, item.id)
    if board.find(Theme, str(id)) is None and before is not None and before.settings.get("theme") == id:
        # A theme that was merged away since remains the heading of its notes.
        return item.with_(settings={**item.settings, "name": before.settings.get("name", "")})
    return item.with_(settings={**item.settings, "name": board.one(Theme, str(id)).name})


def notes_in(board: Board, theme: str) -> list[Note]:
    """The turned-over notes of a theme that are not hidden, by rank."""
    home = board.one(Theme, theme).of
    notes = [n for n in board.of(Note, home).values() if n.theme == theme and n.face == "up" and not n.hidden]
    return sorted(notes, key=lambda note: (note.rank, note.id))


def paper_of(board: Board, notes_item: str) -> Paper:
    """The paper on which a question is answered."""
    settings = board.one(Item, notes_item).settings
    return "fjord" if settings.get("paper") == "fjord" else "korn"


def is_first_question(item: Item | None) -> bool:
    """W5: the strengths; before questions had `about`, the first one used the paper `korn`."""
    if item is None or "paper" not in item.settings:
        return False
    about = item.settings.get("about")
    return about == "draws" if about else item.settings["paper"] == "korn"


def themes_of(board: Board, notes_items: tuple[str, ...] = ()) -> list[Theme]:
    """The themes of these questions, or of all, in their one order: by the agenda, by position, by id."""
    themes = [t for t in board.every(Theme).values() if not notes_items or t.of in notes_items]
    places = {item.id: place for place, item in enumerate(all_items(board))}
    return sorted(themes, key=lambda t: (places.get(t.of, len(places)), t.position, t.id))


@themes.along
def moved(board: Board, puts: Mapping[str, Record | None]) -> dict[str, Record]:
    """The themes whose order or role changes once these records are put, including themes among them."""
    # Most records are notes, which change nothing here.
    movers = [record for record in puts.values() if isinstance(record, Theme | Item | Workshop)]
    if not movers:
        return {}
    after = Draft(board)
    after.apply(Held(board.seq, record) for record in movers)
    themes = [theme for theme in themes_of(after) if puts.get(theme.id, theme) is not None]
    places = {of: place for place, of in enumerate(dict.fromkeys(theme.of for theme in themes))}
    strong = {of for of in places if is_first_question(after.find(Item, of))}
    stand = {theme.id: {"agenda_place": places[theme.of], "strength": theme.of in strong} for theme in themes}
    return {
        theme.id: theme.with_(**stand[theme.id])
        for theme in themes
        if (theme.agenda_place, theme.strength) != tuple(stand[theme.id].values())
    }


class AskedTheme(BaseModel):
    """A theme as phones get it; they see no other part of the board."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: Id
    name: str
    paper: Paper


def asked_themes(themes: Iterable[Theme]) -> tuple[AskedTheme, ...]:
    """These themes as phones get them, in the same order."""
    return tuple(AskedTheme(theme=theme.id, name=theme.name, paper=theme.paper) for theme in themes)


class Influence(BoardRecord):
    """P3.1: the field a theme is in; the priority board reads it."""

    kind: Literal["influence"] = "influence"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    field: Literal["can", "cannot"]


themes.record(Influence, wall_and_desk)


@themes.public_id
def influence_id(theme: str) -> str:
    """The id of a theme's place on the influence board."""
    return f"influence:{theme}"


def influence_of(board: Board, theme: str) -> Literal["can", "cannot"] | None:
    """The field of a theme, if it was placed."""
    place = board.find(Influence, influence_id(theme))
    return place.field if place else None


def to_sort(board: Board, notes_items: tuple[str, ...], cycle: int, strengths: bool = False) -> list[Theme]:
    """P3.1, W5: the themes of these questions, or all but strengths, which are not asked about.

    P5.5: without those worked with in an earlier cycle. Themes already placed stay in.
    """
    before = worked_before(board, cycle)
    return [
        theme
        for theme in themes_of(board, notes_items)
        if theme.id not in before and (strengths or notes_items or is_challenge(board, theme))
    ]


def is_challenge(board: Board, theme: Theme) -> bool:
    """W5: whether it is not a strength, or the group has placed it as something to work with."""
    return not theme.strength or influence_of(board, theme.id) is not None


class Chosen(BoardRecord):
    """P3.3: the group works with this theme in this cycle. One for a theme: its id is `chosen_id`."""

    kind: Literal["chosen"] = "chosen"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    cycle: int = 1


themes.record(Chosen, wall_and_desk)


def of_cycle(id: str, cycle: int) -> str:
    """P5.5: an id that differs in each cycle; those of the first omit its number."""
    return id if cycle == 1 else f"{id}:{cycle}"


def chosen_id(theme: str, cycle: int) -> str:
    """The id of the choice of a theme."""
    return of_cycle(f"chosen:{theme}", cycle)


def chosen_in(board: Board, cycle: int) -> frozenset[str]:
    """P3.3: the themes chosen in a cycle."""
    return frozenset(chosen.theme for chosen in board.every(Chosen).values() if chosen.cycle == cycle)


def worked_before(board: Board, cycle: int) -> frozenset[str]:
    """P5.5: the themes that were chosen in the cycles before."""
    return frozenset(chosen.theme for chosen in board.every(Chosen).values() if chosen.cycle < cycle)


def left_over(board: Board, cycle: int) -> list[Theme]:
    """P5.5: what the next cycle begins with: not chosen so far, and not beyond the group's influence."""
    taken = worked_before(board, cycle + 1)
    return [
        theme
        for theme in themes_of(board)
        if theme.id not in taken and is_challenge(board, theme) and influence_of(board, theme.id) != "cannot"
    ]

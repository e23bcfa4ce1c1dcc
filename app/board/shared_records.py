"""Records that pass from one activity to the next, since they belong to the method: notes, themes,
where themes lie, what proposals are answered with and which of them go on into the plan.

Their views stand here as well, so that a note is shown by the same rule wherever it lies.
"""

from collections.abc import Container, Iterable, Iterator
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict

from app.board.activity import Activity, everybody, wall_and_desk
from app.board.agenda import Item
from app.board.records import Board, Id, Record, Seen, Viewer
from app.board.report import Paper

shared = Activity("shared")

#: wall: phones have not seen it. all: they see it now. left: they did, in a workshop that no longer shows it.
Audience = Literal["wall", "all", "left"]


class BoardRecord(Record):
    """A record of the shared board; phones see it only in a workshop that shows its board on them.

    The room sets `audience` with every change, so that no rule needs to remember.
    """

    stamped: ClassVar[frozenset[str]] = frozenset({"audience"})

    audience: Audience = "wall"

    def closed(self) -> Self | None:
        return self.with_(audience="wall") if self.audience != "wall" else self


class Note(BoardRecord):
    """One thought on one note. Nothing in it says who, when or in which order (A9)."""

    kind: Literal["note"] = "note"
    guarded: ClassVar[frozenset[str]] = frozenset({"text", "secret_hash", "rev", "edited", "masked"})
    anonymous: ClassVar[bool] = True

    activity: Id
    text: str
    #: SHA-256 of the secret its author holds, hex; None once the workshop has closed.
    secret_hash: str | None
    rev: int = 1
    #: down: being written, nobody sees it (A16). stopped: the desk may preview. up: turned over.
    face: Literal["down", "stopped", "up"] = "down"
    hidden: bool = False
    theme: Id | None = None
    #: Place within its theme, or among the free ones.
    rank: float = 0
    edited: bool = False
    #: A13: who drives has replaced words in it; the room and its author can see that.
    masked: bool = False
    #: P4.1, P4.2: the poster it hangs on, where there are posters.
    poster: str | None = None

    @property
    def scope(self) -> str:
        shown = self.audience != "wall" and self.face == "up"
        return "" if shown else self.activity

    @property
    def boxed(self) -> bool:
        return self.face != "up"

    def closed(self) -> Self | None:
        # What the room was never shown is not kept (F4); of what was put aside only that it was.
        if self.face != "up":
            return None
        # Afterwards nobody can prove, or be made to prove, who wrote it (A1).
        # That it was changed is no more in the summary than who did so.
        kept = {"text": "" if self.hidden else self.text, "audience": "wall"}
        left = self.with_(**kept, secret_hash=None, rev=0, edited=False)
        return self if left == self else left

    def without(self, gone: Container[str]) -> Self | None:
        left = super().without(gone)
        return left.with_(theme=None) if left and left.theme in gone else left

    @property
    def on_phones(self) -> bool:
        """Whether phones get the text: only turned over, and only where the board is shown on them."""
        return self.audience == "all" and self.face == "up"


class SeenNote(Seen):
    """A note as the desk and the wall see it; a hidden one has no text on the wall."""

    kind: Literal["note"] = "note"
    activity: Id
    text: str
    face: Literal["stopped", "up", "hidden"]
    theme: Id | None
    rank: float
    edited: bool
    masked: bool
    poster: str | None


class SeenNoteState(Seen):
    """What every phone is told of every note: that it hangs there, or what was done to it.

    Own notes are recognised on the phone, whose writer reads there what became of them.
    """

    kind: Literal["note_state"] = "note_state"
    activity: Id
    face: Literal["stopped", "up", "hidden", "masked"]


def note_view(note: Note, viewer: Viewer) -> Seen | None:
    """A16: face down nobody sees it; after the stop the desk may look; the wall after turning over."""
    if note.face == "down":
        return None
    face: Literal["stopped", "up", "hidden"] = "hidden" if note.hidden else note.face
    if viewer == "phone" and not note.on_phones:
        told = "masked" if note.masked and not note.hidden else face
        return SeenNoteState(id=note.id, activity=note.activity, face=told)
    if viewer == "screen" and note.face != "up":
        return None
    text = "" if note.hidden and viewer != "desk" else note.text
    return SeenNote(
        id=note.id,
        activity=note.activity,
        text=text,
        face=face,
        theme=note.theme,
        rank=note.rank,
        edited=note.edited,
        masked=note.masked,
        poster=note.poster,
    )


class Theme(BoardRecord):
    """P2.6: notes that belong together, under a name the group has found."""

    kind: Literal["theme"] = "theme"
    refers: ClassVar[tuple[str, ...]] = ("of",)

    name: str
    paper: Paper
    #: The notes activity whose question it answers.
    of: Id
    position: float


shared.record(Note, note_view, shows=(SeenNote, SeenNoteState))
shared.record(Theme, wall_and_desk)


def named(board: Board, item: Item) -> Item:
    """An item about a theme (`theme` in its settings), with its name: phones are told of no theme."""
    id = item.settings["theme"]
    if id is None:
        return item.with_(settings={**item.settings, "name": ""})
    before = board.find(Item, item.id)
    if board.find(Theme, str(id)) is None and before is not None and before.settings.get("theme") == id:
        # A theme that was merged away since goes on heading what hangs there.
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


def themes_of(board: Board, notes_items: tuple[str, ...] = ()) -> list[Theme]:
    """The themes of these questions, or of all, by position."""
    themes = [t for t in board.every(Theme).values() if not notes_items or t.of in notes_items]
    return sorted(themes, key=lambda theme: (theme.of, theme.position, theme.id))


class AskedTheme(BaseModel):
    """A theme as the phones are told of it; they see no other part of the board."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    theme: Id
    name: str
    paper: Paper


def asked_themes(themes: Iterable[Theme]) -> tuple[AskedTheme, ...]:
    """These themes as phones are told of them, in the same order."""
    return tuple(AskedTheme(theme=theme.id, name=theme.name, paper=theme.paper) for theme in themes)


class Influence(BoardRecord):
    """P3.1: the field a theme lies in; the priority board takes it up."""

    kind: Literal["influence"] = "influence"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    field: Literal["can", "cannot"]


shared.record(Influence, wall_and_desk)


def influence_id(theme: str) -> str:
    """The id of a theme's place on the influence board."""
    return f"influence:{theme}"


def influence_of(board: Board, theme: str) -> Literal["can", "cannot"] | None:
    """The field a theme lies in, if it was placed."""
    place = board.find(Influence, influence_id(theme))
    return place.field if place else None


class Chosen(BoardRecord):
    """P3.3: the group works with this theme in this cycle. One for a theme: its id is `chosen_id`."""

    kind: Literal["chosen"] = "chosen"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    cycle: int = 1


shared.record(Chosen, wall_and_desk)


def of_cycle(id: str, cycle: int) -> str:
    """P5.5: an id of which there is another in each cycle; those of the first go without its number."""
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
    """P5.5: what the next cycle begins with: not chosen up to this one, nor beyond the group's influence."""
    taken = worked_before(board, cycle + 1)
    return [t for t in themes_of(board) if t.id not in taken and influence_of(board, t.id) != "cannot"]


class How(BoardRecord):
    """P4.4: what the room answered when a proposal was asked "how?"; an answer can be asked again."""

    kind: Literal["how"] = "how"
    refers: ClassVar[tuple[str, ...]] = ("of",)

    #: The proposal (a note), or the answer, that it hangs under.
    of: Id
    text: str
    #: Among the answers to the same.
    position: float


class Picked(BoardRecord):
    """P4.5: a proposal that is to go into the action plan. One for a note: its id is `picked_id(note)`."""

    kind: Literal["picked"] = "picked"
    refers: ClassVar[tuple[str, ...]] = ("note",)

    note: Id
    #: None for a proposal on posters that were never headed by a theme.
    theme: Id | None
    poster: str


shared.record(How, wall_and_desk)
shared.record(Picked, wall_and_desk)


def picked_id(note: str) -> str:
    """The id of a proposal's mark."""
    return f"picked:{note}"


def proposals_on(board: Board, item: str, poster: str) -> list[Note]:
    """What may be read on a poster: turned over, not hidden, in the order of the random ids (A15)."""
    notes = [n for n in board.of(Note, item).values() if n.poster == poster]
    return sorted((n for n in notes if n.face == "up" and not n.hidden), key=lambda note: note.id)


def answers_to(board: Board, of: str) -> list[How]:
    """P4.4: the answers that hang right under a proposal or an answer, by position."""
    answers = [how for how in board.every(How).values() if how.of == of]
    return sorted(answers, key=lambda how: (how.position, how.id))


def chain_under(board: Board, of: str, depth: int = 1) -> Iterator[tuple[int, How]]:
    """P4.4: everything that hangs under a proposal as it is read, each with its depth from 1."""
    for how in answers_to(board, of):
        yield depth, how
        yield from chain_under(board, how.id, depth + 1)


#: P4.7: how far an action is.
ActionStatus = Literal["not_started", "under_way", "done", "dropped"]


class Action(Record):
    """P4.5: one row of the action plan. Phones see it too: it is what people sign up for (P4.6)."""

    kind: Literal["action"] = "action"
    theme: Id | None
    text: str
    #: Names, of whom it may be expected.
    responsible: tuple[str, ...] = ()
    #: Who takes part, as it was said: "the morning shift".
    who: str = ""
    how: str = ""
    #: The phrase as it was typed, and the day it means (ISO); None where that is not certain.
    when: str = ""
    day: str | None = None
    #: The days it may mean, where it has two readings.
    either: tuple[str, ...] = ()
    status: ActionStatus = "not_started"
    position: float
    #: The proposal it was made from.
    made_from: Id | None = None
    #: P4.6: whether people may sign up for it.
    sign_up: bool = True

    def without(self, gone: Container[str]) -> Self | None:
        # What was agreed on is still to be done.
        theme = None if self.theme in gone else self.theme
        made_from = None if self.made_from in gone else self.made_from
        left = self.with_(theme=theme, made_from=made_from)
        return self if left == self else left

    @property
    def open(self) -> bool:
        """P4.7: whether there is still something to do."""
        return self.status in ("not_started", "under_way")


class SignUp(Record):
    """P4.6, F5: somebody takes part, by name and of their own will.

    It refers to an action and to nothing else (A3), and says neither when nor from which phone.
    """

    kind: Literal["sign_up"] = "sign_up"
    guarded: ClassVar[frozenset[str]] = frozenset({"name", "secret_hash"})
    refers: ClassVar[tuple[str, ...]] = ("action",)

    action: Id
    name: str
    #: SHA-256 of the secret on the phone it came from, hex; None once the workshop has closed.
    secret_hash: str | None

    def closed(self) -> Self | None:
        return self.with_(secret_hash=None) if self.secret_hash else self


class SeenSignUp(Seen):
    """What everybody sees of a sign-up."""

    kind: Literal["sign_up"] = "sign_up"
    action: Id
    name: str


def sign_up_view(sign_up: SignUp, _viewer: Viewer) -> Seen:
    """P4.6: the name is seen by all; what proves whose it is, by nobody."""
    return SeenSignUp(id=sign_up.id, action=sign_up.action, name=sign_up.name)


shared.record(Action, everybody)
shared.record(SignUp, sign_up_view, shows=(SeenSignUp,))


def signed_up(board: Board, action: str) -> list[str]:
    """P4.6: who has signed up for an action, by name: no order of signing shows (A15)."""
    return sorted(one.name for one in board.every(SignUp).values() if one.action == action)


def actions_of(board: Board) -> list[Action]:
    """The action plan, by position."""
    return sorted(board.every(Action).values(), key=lambda action: (action.position, action.id))

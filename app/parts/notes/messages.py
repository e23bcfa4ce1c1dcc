"""What silent writing keeps, and what can be asked of it, for every kind of item with notes."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from app.engine.activity import Settings
from app.engine.commands import Base, Command, DriverCommand, NewId, Secret
from app.engine.records import Id, Record, Unshown
from app.engine.text import MAX_BYTES, NoteText
from app.parts.notes.records import notes_part

#: E6: the default time people have to finish their sentence.
FINISH_SECONDS = 20


class WritingSettings(Settings):
    """The settings of every kind with notes; subclasses add what they are about.

    `finish_seconds` is the grace in which people finish their sentence when the time is up (E6).
    """

    #: P4.1, P4.2: the posters a note may be on; none if all notes are on one board.
    posters: ClassVar[tuple[str, ...]] = ()

    finish_seconds: Annotated[int, Field(ge=0, le=120)] = FINISH_SECONDS

    @property
    def ready(self) -> bool:
        """Whether the subject is settled, so that the phones may open."""
        return True

    @property
    def in_turn(self) -> bool:
        """P2.2: whether authors put up their own notes instead of having them turned over."""
        return False

    def nearest(self, poster: str | None) -> str | None:
        """The poster of that name, or else the first; None if there are none."""
        first = self.posters[0] if self.posters else None
        return poster if poster in self.posters else first


#: F6: the most notes that one command deletes.
MOST_DELETED = 200

notes_part.publish(MOST_DELETED=MOST_DELETED, FINISH_SECONDS=FINISH_SECONDS)

#: A note as a phone sends it: cleaned by the rule, which can then say what it cut.
Raw = Annotated[str, Field(max_length=MAX_BYTES * 4)]
Rev = Annotated[int, Field(ge=1, lt=2**31)]
#: P4.1, P4.2: which poster, by its name in the settings of the kind.
Poster = Annotated[str, Field(pattern=r"^[a-z_]{1,16}$")]


class Writing(Record):
    """How far the writing has come. `cards` and `late` are what the room knows; they move at ticks (A11)."""

    kind: Literal["writing"] = "writing"
    activity: Id
    state: Literal["open", "stopped", "turned"] = "open"
    cards: int = 0
    late: int = 0
    #: R13: whether late notes are put on the board when enough of them are waiting.
    letting_in: bool = False
    #: How many of the cards are on each poster; told only after the stop (A11).
    posters: dict[str, int] = Field(default_factory=dict)
    #: Server time in ms at which a driver opened it: its ticks are counted from here. Not told.
    opened_at: int = 0
    #: The last of its ticks at which anything was shown, in ms. Not sent.
    moved_at: int = 0
    #: The next midnight, server time in ms, at which the notes lose their order, or the writing by link ends
    #: (A4); 0 where no nights are kept. Not told.
    night_at: int = 0

    #: U2: it was stopped and reopened; from then on only ticks and turning over tell anything.
    again: bool = False
    #: The time left on the clock when writing was stopped, in ms. Not told.
    left: int = 0

    def closed(self) -> Self:
        left = self.with_(opened_at=0, moved_at=0, night_at=0, left=0)
        return self if left == self else left


class LateNote(Unshown):
    """A note written after the stop that is waiting (R13). Nobody sees it; `Writing.late` counts at ticks."""

    kind: Literal["late_note"] = "late_note"
    guarded: ClassVar[frozenset[str]] = frozenset({"text", "secret_hash", "rev"})
    activity: Id
    text: str
    secret_hash: str | None
    rev: int
    poster: str | None = None


class Pending(Unshown):
    """An edit of a note after the stop, or a deletion if `text` is None; it waits for others (A11)."""

    kind: Literal["pending"] = "pending"
    guarded: ClassVar[frozenset[str]] = frozenset({"text", "rev"})
    activity: Id
    note: Id
    text: str | None
    rev: int


class WriteNote(Command):
    """Write a note. The same id with the same secret and text is a repeat (E2)."""

    type: Literal["notes.write"]
    activity: Id
    note: NewId
    secret: Secret
    rev: Rev
    text: Raw
    poster: Poster | None = None
    #: Filler, so that the length of what is sent says little (T7).
    pad: Annotated[str, Field(max_length=4096)] = ""


class EditNote(Command):
    """Change the text of one's own note, or remove it with None."""

    type: Literal["notes.edit"]
    activity: Id
    note: NewId
    secret: Secret
    rev: Rev
    text: Raw | None
    pad: Annotated[str, Field(max_length=4096)] = ""


class WritingCommand(DriverCommand):
    """A driver's command to one item that notes are written in."""

    activity: Id


class StopWriting(WritingCommand):
    """Stop the writing."""

    type: Literal["notes.stop_writing"]


class WriteOn(WritingCommand):
    """Reopen writing, as long as nothing is turned over."""

    type: Literal["notes.write_on"]


class TurnOne(WritingCommand):
    """Turn over one note, picked at random, to read it aloud."""

    type: Literal["notes.turn_one"]


class TurnAll(WritingCommand):
    """Turn over all notes."""

    type: Literal["notes.turn_all"]


class LetInLate(WritingCommand):
    """From now on show late notes as soon as enough of them wait."""

    type: Literal["notes.let_in_late"]


class AddPaper(WritingCommand):
    """Type in notes written on paper; they are not marked as such."""

    type: Literal["notes.add_paper"]
    texts: Annotated[list[NoteText], Field(min_length=1, max_length=100)]
    poster: Poster | None = None


class HideNote(DriverCommand):
    """Hide a note."""

    type: Literal["notes.hide"]
    note: Id
    base: Base


class ShowNote(DriverCommand):
    """Show a hidden note again."""

    type: Literal["notes.show"]
    note: Id
    base: Base


class MaskNote(DriverCommand):
    """Replace the words of a note that names somebody."""

    type: Literal["notes.mask"]
    note: Id
    base: Base
    text: NoteText


class DeleteNote(DriverCommand):
    """Delete a note for good."""

    type: Literal["notes.delete"]
    note: Id


class DeleteNotes(DriverCommand):
    """Delete a selection of notes for good, since a flood cannot be removed one by one (F6)."""

    type: Literal["notes.delete_many"]
    notes: Annotated[list[Id], Field(min_length=1, max_length=MOST_DELETED)]


class Tick(Command):
    """Due: let the room know of what phones did, if enough of it waits."""

    type: Literal["notes.tick"]
    activity: Id


class TimeIsUp(Command):
    """Due: the clock and its grace have run out."""

    type: Literal["notes.time_is_up"]
    activity: Id

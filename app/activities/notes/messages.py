"""The settings of one round of notes, and what it adds to the writing (`parts/notes`)."""

from typing import ClassVar, Literal, Self, get_args

from pydantic import model_validator

from app.engine.activity import Part, everybody
from app.engine.commands import Command, DriverCommand, NewId, Secret
from app.engine.records import Id, Record
from app.engine.text import Line
from app.parts.by_link import LinkSettings
from app.parts.notes.messages import WritingSettings

#: The papers a question is answered on.
Asked = Literal["korn", "fjord"]
#: W6: what a question is about: the method's first, its second, or one of the group's own.
About = Literal["draws", "hard", "own"]


class NotesSettings(WritingSettings, LinkSettings):
    """The question, the paper it is answered on, and how the notes get to the board.

    P2.2: `anonymous`: notes are face down until the facilitator turns them over. `in_turn`: people tell and
    put up their own notes in turn; nobody else ever sees the rest. Fixed before the first note. By link the
    mode is `anonymous`, since nobody is there to tell.
    """

    fixed: ClassVar[frozenset[str]] = frozenset({"mode"})

    question: Line
    paper: Asked = "korn"
    #: None: made before questions had this field; then the paper decides.
    about: About | None = None
    mode: Literal["anonymous", "in_turn"] = "anonymous"

    @model_validator(mode="after")
    def _told_in_the_room(self) -> Self:
        if self.in_turn and self.open_until is not None:
            raise ValueError("range")
        return self

    @property
    def asks(self) -> About:
        """W6: what it is about; without the field, its paper decides."""
        return self.about or ("hard" if self.paper == "fjord" else "draws")

    @property
    def in_turn(self) -> bool:
        return self.mode == "in_turn"


notes = Part("notes")
notes.publish(NOTES_PAPERS=get_args(Asked), NOTES_ABOUT=get_args(About))


class Telling(Record):
    """P2.2: people tell in turn. It counts how often the turn was passed, and not to whom."""

    kind: Literal["telling"] = "telling"
    activity: Id
    turn: int

    def closed(self) -> None:
        return None

    @property
    def scope(self) -> str:
        # So a phone still knows that nobody has seen the notes it has not put up.
        return ""


notes.record(Telling, everybody)


@notes.public_id
def telling_id(activity: str) -> str:
    """The id of an item's telling."""
    return f"telling:{activity}"


class PassWord(DriverCommand):
    """Pass the turn to the next person; the first time, this ends the writing."""

    type: Literal["notes.pass_word"]
    activity: Id


class HangUp(Command):
    """Put up one's own note, for everybody to see."""

    type: Literal["notes.hang_up"]
    activity: Id
    note: NewId
    secret: Secret

"""What one round of notes is set to, and what it adds to the writing (the engine's: `board/writing`)."""

from typing import ClassVar, Literal

from app.board.activity import Activity, everybody
from app.board.commands import Command, DriverCommand, NewId, Secret
from app.board.records import Id, Record
from app.board.text import Line
from app.board.writing.messages import WritingSettings


class NotesSettings(WritingSettings):
    """The question, the paper it is answered on, and how the answers come to the board.

    P2.2: `anonymous`: they lie face down until the facilitator turns them over. `in_turn`: whoever has the
    word tells what a note says and hangs it up; nobody else ever sees it. Fixed before the first note.
    """

    fixed: ClassVar[frozenset[str]] = frozenset({"mode"})

    question: Line
    paper: Literal["korn", "fjord"] = "korn"
    mode: Literal["anonymous", "in_turn"] = "anonymous"

    @property
    def in_turn(self) -> bool:
        return self.mode == "in_turn"


notes = Activity("notes", NotesSettings)


class Telling(Record):
    """P2.2: people tell in turn. It says how often the word was passed, and nothing about whom to."""

    kind: Literal["telling"] = "telling"
    activity: Id
    turn: int

    def closed(self) -> None:
        return None

    @property
    def scope(self) -> str:
        # A phone goes on knowing that what it has not hung up was seen by nobody.
        return ""


notes.record(Telling, everybody)


def telling_id(activity: str) -> str:
    """The id of an item's telling."""
    return f"telling:{activity}"


class PassWord(DriverCommand):
    """The next one has the word; with the first, writing is over."""

    type: Literal["notes.pass_word"]
    activity: Id


class HangUp(Command):
    """My note goes up, for all to see."""

    type: Literal["notes.hang_up"]
    activity: Id
    note: NewId
    secret: Secret

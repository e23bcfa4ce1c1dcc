"""What one round of notes is set to. The writing itself is the engine's (`board/writing`)."""

from typing import Literal

from app.board.activity import Activity
from app.board.text import Line
from app.board.writing.messages import WritingSettings


class NotesSettings(WritingSettings):
    """The question, and the paper it is answered on."""

    question: Line
    paper: Literal["korn", "fjord"] = "korn"
    mode: Literal["anonymous"] = "anonymous"


notes = Activity("notes", NotesSettings)

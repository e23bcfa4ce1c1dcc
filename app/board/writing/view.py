"""What each role sees of the writing. The notes' own view is in `board/shared_records.py`."""

from typing import Literal

from app.board.activity import nobody
from app.board.records import Id, Seen, Viewer
from app.board.writing.messages import LateNote, Pending, Writing, silent


class SeenWriting(Seen):
    """How many cards lie face down, how many notes came late, and whether writing is open.

    `posters` is empty while it is. `letting_in`: late notes are hung up when enough of them wait.
    """

    kind: Literal["writing"] = "writing"
    activity: Id
    state: Literal["open", "stopped", "turned"]
    cards: int
    late: int
    letting_in: bool
    posters: dict[str, int]


def writing_view(record: Writing, _viewer: Viewer) -> Seen | None:
    """The same for everybody; when it opened and when it last ticked stays here."""
    return SeenWriting(**record.model_dump(exclude={"opened_at", "moved_at"}))


silent.record(Writing, writing_view, shows=(SeenWriting,))
silent.record(LateNote, nobody)
silent.record(Pending, nobody)

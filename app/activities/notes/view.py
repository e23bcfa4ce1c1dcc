"""What each role sees of the notes activity. The notes' own view is in `board/shared_records.py`."""

from typing import Literal

from app.activities.notes.messages import LateNote, Pending, Writing, notes
from app.board.activity import nobody
from app.board.records import Id, Seen, Viewer


class SeenWriting(Seen):
    """How many cards lie face down, how many notes came late, and whether writing is open."""

    kind: Literal["writing"] = "writing"
    activity: Id
    state: Literal["open", "stopped", "turned"]
    cards: int
    late: int


def writing_view(writing: Writing, _viewer: Viewer) -> Seen | None:
    """The same for everybody; the time of the last batch stays here."""
    return SeenWriting(**writing.model_dump(exclude={"moved_at"}))


notes.record(Writing, writing_view, shows=(SeenWriting,))
notes.record(LateNote, nobody)
notes.record(Pending, nobody)

"""What each role sees of the writing. The notes' own view is in `records.py`."""

from typing import Literal

from app.engine.activity import nobody
from app.engine.records import Id, Seen, Viewer
from app.parts.notes.messages import LateNote, Pending, Writing
from app.parts.notes.records import notes_part


class SeenWriting(Seen):
    """How many cards are face down, how many notes were late, and whether writing is open.

    `posters` is empty while it is. `letting_in`: late notes are shown when enough of them wait. `again`:
    it was stopped and reopened.
    """

    kind: Literal["writing"] = "writing"
    activity: Id
    state: Literal["open", "stopped", "turned"]
    cards: int
    late: int
    letting_in: bool
    posters: dict[str, int]
    again: bool


def writing_view(record: Writing, _viewer: Viewer) -> Seen | None:
    """The same for everybody; when it opened and when it last ticked stays here."""
    seen = record.model_dump(exclude={"opened_at", "moved_at", "night_at", "left"})
    if record.again:
        # In a reopened item nobody is late: late notes already told count as cards like the others.
        seen |= {"cards": record.cards + record.late, "late": 0}
    return SeenWriting(**seen)


notes_part.record(Writing, writing_view, shows=(SeenWriting,))
notes_part.record(LateNote, nobody)
notes_part.record(Pending, nobody)

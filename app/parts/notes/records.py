"""What a note is, and what each role sees of it, on every kind of board."""

from collections.abc import Container
from typing import ClassVar, Literal, Self

from app.engine.activity import Part
from app.engine.audience import BoardRecord
from app.engine.records import Id, Seen, Viewer

notes_part = Part("writing")


class Note(BoardRecord):
    """One thought on one note. Nothing in it says who wrote it, when or in which order (A9)."""

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
    #: A13: the facilitator replaced words in it; the room and its author can see that.
    masked: bool = False
    #: P4.1, P4.2: the poster it is on, if there are posters.
    poster: str | None = None

    @property
    def scope(self) -> str:
        shown = self.audience != "wall" and self.face == "up"
        return "" if shown else self.activity

    @property
    def boxed(self) -> bool:
        return self.face != "up"

    def closed(self) -> Self | None:
        # What the room was never shown is not kept (F4); of a note put aside only the fact is kept.
        if self.face != "up":
            return None
        # After this nobody can prove, or be made to prove, who wrote it (A1).
        # The summary does not show that it was changed, or by whom.
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
    """What every phone gets about every note: that it is on the wall, or what was done to it.

    A phone recognises its own notes, and shows their author what happened to them.
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


notes_part.record(Note, note_view, shows=(SeenNote, SeenNoteState))

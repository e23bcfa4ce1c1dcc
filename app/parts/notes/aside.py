"""What the room is shown of notes besides their text: how many were put aside, and where words were replaced.

Otherwise the facilitator could remove criticism unseen (A13). For notes put aside only the count is shown, no
text.
"""

from app.blocks.paragraph import Paragraph
from app.engine.report import Words
from app.parts.notes.records import Note


def told(note: Note, words: Words) -> str:
    """A note as the summary shows it: a masked one ends with a line that says so."""
    return f"{note.text}\n({words('summary.masked')})" if note.masked else note.text


def put_aside(key: str, n: int, words: Words) -> list[Paragraph]:
    """How many were put aside, if any; `key` is the text for it."""
    return [Paragraph(text=words(key, n=n), tone="quiet")] if n > 0 else []

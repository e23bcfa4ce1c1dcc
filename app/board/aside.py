"""What the room is told of notes besides their words: how many were put aside, and where words were replaced.

Otherwise whoever leads could take out criticism unseen (A13). Of what was put aside a count is told, no text.
"""

from app.board.report import Paragraph, Words
from app.board.shared_records import Note


def told(note: Note, words: Words) -> str:
    """A note as the summary shows it: a masked one ends with a line that says so."""
    return f"{note.text}\n({words('summary.masked')})" if note.masked else note.text


def put_aside(key: str, n: int, words: Words) -> list[Paragraph]:
    """How many were put aside, where there are any; `key` is the text for several, `key.one` for one."""
    if n == 0:
        return []
    return [Paragraph(text=words(f"{key}.one" if n == 1 else key, n=n), tone="quiet")]

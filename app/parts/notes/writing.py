"""P2.1, P2.2: silent writing of notes that lie face down until they are turned over together.

A kind of activity in which people write has `WritingSettings` and uses `WRITTEN_IN`; everything that can
happen to its notes is the same everywhere, and is defined here. If they may also be written by link for some
days, it uses `WRITTEN_BY_LINK` as well.
"""

from app.parts.notes import course, phones, rules, view
from app.parts.notes.course import WRITTEN_BY_LINK, WRITTEN_IN
from app.parts.notes.messages import WritingSettings
from app.parts.notes.records import notes_part

__all__ = [
    "WRITTEN_BY_LINK",
    "WRITTEN_IN",
    "WritingSettings",
    "course",
    "notes_part",
    "phones",
    "rules",
    "view",
]

"""P2.1-P2.5: a question, and one thought per note, written in silence and turned over together."""

from app.activities.notes import rules
from app.activities.notes.messages import notes
from app.activities.notes.report import report

notes.report, notes.phase = report, 2

__all__ = ["notes", "rules"]

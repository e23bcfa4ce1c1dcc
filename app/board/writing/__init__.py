"""P2.1, P2.2: silent writing onto notes that lie face down until they are turned over together.

A kind of activity in which people write has settings that are `WritingSettings`, and says
`opens_for_writing(kind)`; all that may then happen to its notes is the same everywhere, and stands here.
"""

from app.board.writing import rules, view
from app.board.writing.messages import WritingSettings, silent
from app.board.writing.rules import opens_for_writing

__all__ = ["WritingSettings", "opens_for_writing", "rules", "silent", "view"]

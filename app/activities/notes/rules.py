"""P2.1, P2.4: a question is open for notes while it is up; what may happen then is in `board/writing`."""

from app.activities.notes.messages import notes
from app.board.writing import opens_for_writing

opens_for_writing(notes)

"""U3: which phase a process is in, derived from its board, and the facts that show it.

Only what the room was shown counts: a number that moved with a face-down note would reveal it (F8).
"""

from dataclasses import dataclass

from app.engine.agenda import Item
from app.engine.records import Board
from app.method.phases import Phase
from app.method.templates import PAPERS
from app.parts.notes.records import Note
from app.parts.notes.waiting import is_told
from app.parts.plan import actions_of
from app.parts.themes import Theme, chosen_in


@dataclass(frozen=True)
class Facts:
    """Counts: turned notes that are not put aside, themes, those chosen in this cycle, actions."""

    notes: int
    themes: int
    chosen: int
    actions: int
    #: Of the actions, those that are done.
    done: int


def facts(board: Board, cycle: int) -> Facts:
    """What the room has brought together so far."""
    actions = actions_of(board)
    return Facts(
        notes=sum(note.face == "up" and not note.hidden for note in board.every(Note).values()),
        themes=len(board.every(Theme)),
        chosen=len(chosen_in(board, cycle)),
        actions=len(actions),
        done=sum(action.status == "done" for action in actions),
    )


def phase_of(board: Board, cycle: int, *, said_why: bool) -> Phase:
    """The phase while no meeting is planned or under way: the first with something to do.

    `said_why`: a meeting of the first phase has been held in this cycle.
    """
    chosen = chosen_in(board, cycle)
    # P5.5: agreements of an earlier cycle say nothing about this one.
    if any(action.theme in chosen or (cycle == 1 and action.theme is None) for action in actions_of(board)):
        return Phase.FOLLOW_UP
    if chosen:
        return Phase.WORK
    if cycle > 1:
        return Phase.CHOOSE
    asked = rounds_on(board)
    if asked.keys() >= set(PAPERS.values()) and board.every(Theme):
        return Phase.CHOOSE
    return Phase.WELL_BEING if asked or said_why else Phase.WHY


def rounds_on(board: Board) -> dict[str, str]:
    """P2.6: for each paper the last item that used it, among those with notes."""
    asked = (item for item in board.every(Item).values() if is_told(board, item.id))
    latest = sorted(asked, key=lambda item: (item.started_at or 0, item.position))
    return {str(item.settings["paper"]): item.id for item in latest if "paper" in item.settings}

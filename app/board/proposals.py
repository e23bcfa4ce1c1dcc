"""P4.4, P4.5: what is done with the proposals on the posters: asked "how?", and marked for the action plan.

A proposal is a turned-over note that hangs on a poster, whichever tool it was written with.
"""

from typing import Literal

from app.board.activity import Activity, inverse
from app.board.agenda import Item, workshop_of
from app.board.commands import Asked, Base, DriverCommand, NewId, Refused
from app.board.edits import NOTHING, Edits, put, remove
from app.board.records import Board, Id
from app.board.shared_records import How, Note, Picked, answers_to, chain_under, picked_id
from app.board.text import NoteText

proposals = Activity("proposals")

#: P4.4: so many answers hang under one another; what is then still unclear is for the plan.
DEEPEST = 5


class AskHow(DriverCommand):
    """An answer to "how?", said in the room, under a proposal or under an earlier answer."""

    type: Literal["proposals.how"]
    how: NewId
    of: Id
    text: NoteText


class RewordHow(DriverCommand):
    """Another wording for an answer."""

    type: Literal["proposals.reword"]
    how: Id
    base: Base
    text: NoteText


class DropHow(DriverCommand):
    """Take an answer away, with all that hangs under it."""

    type: Literal["proposals.drop"]
    how: Id
    base: Base


class PickProposal(DriverCommand):
    """This proposal is to go into the action plan."""

    type: Literal["proposals.pick"]
    note: Id


class UnpickProposal(DriverCommand):
    """Not into the plan after all."""

    type: Literal["proposals.unpick"]
    note: Id


@proposals.rule("drive", undo=inverse)
def ask_how(board: Board, cmd: AskHow, asked: Asked) -> Edits:
    """P4.4: "how?" is asked again and again, until it is concrete enough to act on."""
    workshop_of(board, asked)
    if _depth(board, cmd.of) >= DEEPEST:
        raise Refused("too_deep")
    if board.held(cmd.how):
        raise Refused("taken")
    beside = answers_to(board, cmd.of)
    position = beside[-1].position + 1 if beside else 1.0
    return put(How(id=cmd.how, of=cmd.of, text=cmd.text, position=position))


@proposals.rule("drive", undo=inverse)
def reword(board: Board, cmd: RewordHow, asked: Asked) -> Edits:
    """P4.4: an answer gets the words the room agrees on."""
    workshop_of(board, asked)
    return put(board.at(How, cmd.how, cmd.base).with_(text=cmd.text))


@proposals.rule("drive", undo=inverse)
def drop(board: Board, cmd: DropHow, asked: Asked) -> Edits:
    """P4.4: an answer that led nowhere, and what was answered to it."""
    workshop_of(board, asked)
    how = board.at(How, cmd.how, cmd.base)
    return remove(how.id, *(under.id for _, under in chain_under(board, how.id)))


@proposals.rule("drive", undo=inverse)
def pick(board: Board, cmd: PickProposal, asked: Asked) -> Edits:
    """P4.5: the plan is made from chosen proposals; choosing one twice changes nothing."""
    workshop_of(board, asked)
    note = _proposal(board, cmd.note)
    if board.find(Picked, picked_id(note.id)):
        return NOTHING
    theme = board.one(Item, note.activity).settings.get("theme")
    mark = Picked(
        id=picked_id(note.id),
        note=note.id,
        theme=theme if isinstance(theme, str) else None,
        poster=note.poster or "",
    )
    return put(mark)


@proposals.rule("drive", undo=inverse)
def unpick(board: Board, cmd: UnpickProposal, asked: Asked) -> Edits:
    """P4.5: the mark is taken off again."""
    workshop_of(board, asked)
    if board.find(Picked, picked_id(cmd.note)):
        return remove(picked_id(cmd.note))
    board.one(Note, cmd.note)
    return NOTHING


def _proposal(board: Board, id: str) -> Note:
    note = board.one(Note, id)
    if note.face != "up" or note.hidden or note.poster is None:
        # A16: what is not turned over cannot even be named.
        raise Refused("unknown")
    return note


def _depth(board: Board, of: str) -> int:
    """How many answers stand between here and the proposal, this one included; 0 for the proposal itself."""
    how = board.find(How, of)
    if how is None:
        _proposal(board, of)
        return 0
    return _depth(board, how.of) + 1

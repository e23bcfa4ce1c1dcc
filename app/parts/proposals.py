"""P4.4, P4.5: what is done with the proposals on the posters: asked "how?", and marked for the action plan.

A proposal is a turned-over note on a poster, whichever tool it was written with.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal

from app.engine.activity import Part, inverse, wall_and_desk
from app.engine.agenda import Item, workshop_of
from app.engine.audience import BoardRecord
from app.engine.commands import Asked, Base, DriverCommand, NewId, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board, Id
from app.engine.text import NoteText
from app.parts.notes.records import Note

proposals = Part("proposals")


class How(BoardRecord):
    """P4.4: what the room answered when a proposal was asked "how?"; an answer can be asked again."""

    kind: Literal["how"] = "how"
    refers: ClassVar[tuple[str, ...]] = ("of",)

    #: The proposal (a note), or the answer, that it belongs under.
    of: Id
    text: str
    #: Among the answers to the same.
    position: float


class Picked(BoardRecord):
    """P4.5: a proposal marked for the action plan. One for a note: its id is `picked_id(note)`."""

    kind: Literal["picked"] = "picked"
    refers: ClassVar[tuple[str, ...]] = ("note",)

    note: Id
    #: None for a proposal on posters that were never headed by a theme.
    theme: Id | None
    poster: str


proposals.record(How, wall_and_desk)
proposals.record(Picked, wall_and_desk)


@proposals.public_id
def picked_id(note: str) -> str:
    """The id of a proposal's mark."""
    return f"picked:{note}"


def proposals_on(board: Board, item: str, poster: str) -> list[Note]:
    """The readable notes on a poster: turned over, not hidden, in the order of their random ids (A15)."""
    notes = [n for n in board.of(Note, item).values() if n.poster == poster]
    return sorted((n for n in notes if n.face == "up" and not n.hidden), key=lambda note: note.id)


def answers_to(board: Board, of: str) -> list[How]:
    """P4.4: the answers directly under a proposal or an answer, by position."""
    answers = [how for how in board.every(How).values() if how.of == of]
    return sorted(answers, key=lambda how: (how.position, how.id))


def chain_under(board: Board, of: str, depth: int = 1) -> Iterator[tuple[int, How]]:
    """P4.4: everything under a proposal in reading order, each with its depth from 1."""
    for how in answers_to(board, of):
        yield depth, how
        yield from chain_under(board, how.id, depth + 1)


@proposals.orphan
def under_hidden(board: Board) -> Iterator[str]:
    """P4.4: the answers to a proposal that was put aside, and its mark, which are removed with its text."""
    for note in board.every(Note).values():
        if note.hidden and not note.text:
            yield from (how.id for _, how in chain_under(board, note.id))
            if board.find(Picked, picked_id(note.id)):
                yield picked_id(note.id)
    for how in board.every(How).values():
        if board.held(how.of) is None:
            yield how.id


#: P4.4: how deep answers can nest; what is still unclear then is for the plan.
DEEPEST = 5
proposals.publish(DEEPEST=DEEPEST)


class AskHow(DriverCommand):
    """Add an answer to "how?", given in the room, under a proposal or an earlier answer."""

    type: Literal["proposals.how"]
    how: NewId
    of: Id
    text: NoteText


class RewordHow(DriverCommand):
    """Change the text of an answer."""

    type: Literal["proposals.reword"]
    how: Id
    base: Base
    text: NoteText


class DropHow(DriverCommand):
    """Remove an answer, with all answers under it."""

    type: Literal["proposals.drop"]
    how: Id
    base: Base


class PickProposal(DriverCommand):
    """Mark a proposal for the action plan."""

    type: Literal["proposals.pick"]
    note: Id


class UnpickProposal(DriverCommand):
    """Take a proposal back out of the plan."""

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
    others = answers_to(board, cmd.of)
    position = others[-1].position + 1 if others else 1.0
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
        # A16: notes that are not turned over cannot even be referred to.
        raise Refused("unknown")
    return note


def _depth(board: Board, of: str) -> int:
    """How many answers stand between here and the proposal, this one included; 0 for the proposal itself."""
    how = board.find(How, of)
    if how is None:
        _proposal(board, of)
        return 0
    return _depth(board, how.of) + 1

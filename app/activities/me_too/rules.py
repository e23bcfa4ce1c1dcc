"""W12: how taps are collected, and what is shown of them at the close."""

from collections.abc import Container, Iterator

from app.activities.me_too.messages import (
    ALSO,
    BACK,
    MOST_ASKED,
    AskedThing,
    CloseMeToo,
    MeTooResult,
    MeTooSettings,
    MeTooSlate,
    OpenMeToo,
    me_too,
    me_too_result_id,
    me_too_slate_id,
)
from app.engine.activity import never
from app.engine.agenda import Item, item_of, settings_of, workshop_of
from app.engine.commands import Asked
from app.engine.edits import Edits, put
from app.engine.records import Board
from app.parts.answers import CountedOnce, answers, released, taken_apart
from app.parts.ballots import closed, least, tells
from app.parts.notes.records import Note
from app.parts.themes import paper_of, themes_of


def _slate(board: Board, item: str) -> MeTooSlate | None:
    settings: MeTooSettings = settings_of(board, item, MeTooSettings)
    things = tuple(_things(board, settings))[:MOST_ASKED]
    return MeTooSlate(id=me_too_slate_id(item), activity=item, things=things) if things else None


def _things(board: Board, settings: MeTooSettings) -> Iterator[AskedThing]:
    if settings.what == "themes":
        for theme in themes_of(board, settings.of):
            yield AskedThing(id=theme.id, name=theme.name, paper=theme.paper)
        return
    # A15: by random id.
    for note in sorted(board.every(Note).values(), key=lambda note: note.id):
        if note.face == "up" and not note.hidden and (not settings.of or note.activity in settings.of):
            yield AskedThing(id=note.id, name="", paper=paper_of(board, note.activity))


taps = CountedOnce(me_too_slate_id, me_too_result_id, _slate)


@me_too.rule("drive", undo=never("the phones may tap at once; closing is the way back"))
def open_again(board: Board, cmd: OpenMeToo, asked: Asked) -> Edits:
    """B75: for when there were too few taps to show anything."""
    return taps.reopen(board, cmd.activity, me_too.name, asked)


@me_too.rule("drive", undo=never("the room has seen the numbers, and the ballots are gone"))
def close(board: Board, cmd: CloseMeToo, asked: Asked) -> Edits:
    """A12: of each thing that enough tapped, and the ballots are taken apart; of the others nothing."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, me_too.name)
    edits = closed(board, cmd.activity, asked)
    if not tells(board, cmd.activity):
        return edits.telling("few")
    slate = board.one(MeTooSlate, me_too_slate_id(cmd.activity))
    enough = least(board, cmd.activity)
    found = {
        thing.id: released(answers(board, cmd.activity, thing.id), threshold=enough) for thing in slate.things
    }
    counts = {id: many.total() for id, many in found.items() if many is not None}
    if not counts:
        return edits.telling("few")
    result = MeTooResult(id=me_too_result_id(cmd.activity), activity=cmd.activity, counts=counts)
    return edits | taken_apart(board, cmd.activity) | put(result)


def asks(board: Board, item: Item, of: str) -> Container[object]:
    slate = board.find(MeTooSlate, me_too_slate_id(item.id))
    return (ALSO, BACK) if slate and any(thing.id == of for thing in slate.things) else ()

"""What the summary says of who else it goes for: themes or notes that enough tapped, the most first."""

from collections.abc import Iterator

from app.activities.me_too.messages import (
    AskedThing,
    MeTooResult,
    MeTooSettings,
    MeTooSlate,
    me_too_result_id,
    me_too_slate_id,
)
from app.blocks.paragraph import Paragraph
from app.blocks.table import Table, TableRow
from app.engine.agenda import Item, settings_of
from app.engine.records import Board
from app.engine.report import Block, Words
from app.parts.ballots import least
from app.parts.notes.aside import told
from app.parts.notes.records import Note
from app.parts.themes import Theme, name_of


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """Nothing until it was closed with enough taps on something (A12)."""
    result = board.find(MeTooResult, me_too_result_id(item.id))
    slate = board.find(MeTooSlate, me_too_slate_id(item.id))
    if result is None or slate is None:
        return []
    settings: MeTooSettings = settings_of(board, item.id, MeTooSettings)
    known = (thing for thing in slate.things if thing.id in result.counts)
    order = sorted(known, key=lambda thing: -result.counts[thing.id])
    rows = tuple(_rows(board, order, result, words))
    columns = (words(f"me_too.report.{settings.what}"), words("me_too.report.many"))
    return [
        Paragraph(text=words("me_too.report.about", least=least(board, item.id)), tone="quiet"),
        Table(
            columns=columns,
            rows=rows,
            sheet=words("summary.sheet.me_too"),
            own_words=settings.what == "notes",
        ),
    ]


def _rows(board: Board, things: list[AskedThing], result: MeTooResult, words: Words) -> Iterator[TableRow]:
    for thing in things:
        note = board.find(Note, thing.id)
        # A13: what has been put aside since is left out.
        if note is not None and note.hidden:
            continue
        name = told(note, words) if note else name_of(board.find(Theme, thing.id) or thing, words)
        yield TableRow(cells=(name, str(result.counts[thing.id])), paper=thing.paper)


def titled(_board: Board, _item: Item, words: Words) -> str:
    """Its title."""
    return words("me_too.report.title")

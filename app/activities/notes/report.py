"""What a notes activity says in the summary: its notes, or the themes they were gathered into later on."""

from app.activities.notes.messages import NotesSettings
from app.blocks.notes import Notes
from app.blocks.paragraph import Paragraph
from app.engine.agenda import Item, settings_of
from app.engine.records import Board
from app.engine.report import Block, Words
from app.parts.gathered import asked_about, gathered, gatherings_of
from app.parts.notes.aside import put_aside, told
from app.parts.notes.records import Note
from app.parts.notes.waiting import is_told


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """P2.1, P2.4: the question, how many notes, and those not in a theme, by random id (A15)."""
    settings: NotesSettings = settings_of(board, item.id, NotesSettings)
    turned = [note for note in board.of(Note, item.id).values() if note.face == "up"]
    up = [note for note in turned if not note.hidden]
    aside = put_aside("notes.report.aside", len(turned) - len(up), words)
    blocks: list[Block] = [Paragraph(text=settings.question, tone="question")]
    if not up and aside:
        return [*blocks, *aside]
    if not up:
        kept = "notes.report.not_hung" if settings.in_turn else "notes.report.unturned"
        # F8: the summary may be read while people write.
        said = words(kept if is_told(board, item.id) else "notes.report.none")
        return [*blocks, Paragraph(text=said, tone="quiet")]
    many = words("summary.notes", n=len(up))
    if settings.in_turn:
        many = f"{many} · {words('notes.report.in_turn')}"
    blocks += [Paragraph(text=many, tone="quiet"), *aside]
    if themes := gathered(board, item.id, words):
        # If this meeting grouped them itself, they appear there (W4).
        return blocks if _gathered_here(board, item) else [*blocks, *themes]
    texts = tuple(told(note, words) for note in sorted(up, key=lambda note: note.id))
    return [*blocks, Notes(notes=texts, paper=settings.paper)]


def _gathered_here(board: Board, item: Item) -> bool:
    """A clustering that is only planned does not count."""
    gatherings = (board.one(Item, id) for id in gatherings_of(board, item.id))
    return any(each.workshop == item.workshop and each.state != "planned" for each in gatherings)


def titled(board: Board, item: Item, words: Words) -> str:
    """What was asked about."""
    return asked_about(board, item.id, words)

"""What a notes activity says in the summary: its notes, unless they were gathered into themes later on."""

from app.activities.notes.messages import NotesSettings
from app.board.agenda import Item, settings_of
from app.board.aside import put_aside, told
from app.board.records import Board
from app.board.report import Block, Notes, Paragraph, Words
from app.board.shared_records import Note, themes_of
from app.board.writing.waiting import is_told


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """P2.1, P2.4: the question, how many notes, and those not in a theme, by random id (A15)."""
    settings: NotesSettings = settings_of(board, item.id, NotesSettings)
    turned = [note for note in board.of(Note, item.id).values() if note.face == "up"]
    up = [note for note in turned if not note.hidden]
    aside = put_aside("notes.report.aside", len(turned) - len(up), words)
    blocks: list[Block] = [Paragraph(text=settings.question, tone="lead")]
    if not up and aside:
        return [*blocks, *aside]
    if not up:
        kept = "notes.report.not_hung" if settings.in_turn else "notes.report.unturned"
        # F8: the summary may be read while people write.
        said = words(kept if is_told(board, item.id) else "notes.report.none")
        return [*blocks, Paragraph(text=said, tone="quiet")]
    many = words("summary.notes.one") if len(up) == 1 else words("notes.report.count", n=len(up))
    if settings.in_turn:
        many = f"{many} · {words('notes.report.in_turn')}"
    blocks += [Paragraph(text=many, tone="quiet"), *aside]
    if themes_of(board, (item.id,)):
        return blocks
    texts = tuple(told(note, words) for note in sorted(up, key=lambda note: note.id))
    return [*blocks, Notes(notes=texts, paper=settings.paper)]

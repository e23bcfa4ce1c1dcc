"""How notes become themes. All of it can be undone: no rule here touches what a participant wrote."""

from collections.abc import Iterable

from app.activities.clustering.messages import (
    AT_ONCE,
    ActAtOnce,
    AnswerQuestion,
    ClusteringSettings,
    MakeTheme,
    MergeThemes,
    MoveNotes,
    NoteAt,
    OrderTheme,
    RecolourTheme,
    RenameTheme,
    SplitTheme,
    TagTheme,
    UntagTheme,
    answer_id,
    clustering,
)
from app.engine.activity import inverse
from app.engine.agenda import item_of, position_before, settings_of, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board, Gone
from app.engine.text import NOTE_GRAPHEMES, cut
from app.parts.factors import FACTORS, Factor, Tagged, factors_of, tagged_id
from app.parts.gathered import Answer
from app.parts.notes.records import Note
from app.parts.plan import Action, actions_of, next_position
from app.parts.themes import Theme, themes_of


@clustering.rule("drive", undo=inverse)
def make_theme(board: Board, cmd: MakeTheme, asked: Asked) -> Edits:
    """P2.6: a note on a note makes a theme; the name may come later."""
    workshop_of(board, asked)
    question = _question(board, cmd.activity)
    if board.held(cmd.theme):
        raise Refused("taken")
    notes = _notes(board, cmd.notes, question)
    places = [(theme.id, theme.position) for theme in themes_of(board, (question,))]
    theme = Theme(
        id=cmd.theme, name=cmd.name, paper=cmd.paper, of=question, position=position_before(places, None)
    )
    return put(theme) | _into(board, notes, theme.id, [])


@clustering.rule("drive", undo=inverse)
def move_notes(board: Board, cmd: MoveNotes, asked: Asked) -> Edits:
    """P2.6: notes are moved into a theme, or back among the ungrouped ones."""
    workshop_of(board, asked)
    question = _question(board, cmd.activity)
    notes = _notes(board, cmd.notes, question)
    if cmd.theme is None:
        return _into(board, notes, None, [])
    theme = board.one(Theme, cmd.theme)
    if theme.of != question:
        raise Refused("unknown")
    return _into(board, notes, theme.id, _of_theme(board, theme))


@clustering.rule("drive", undo=inverse)
def rename(board: Board, cmd: RenameTheme, asked: Asked) -> Edits:
    """P2.6: a theme gets the name the group finds."""
    workshop_of(board, asked)
    return put(board.at(Theme, cmd.theme, cmd.base).with_(name=cmd.name))


@clustering.rule("drive", undo=inverse)
def recolour(board: Board, cmd: RecolourTheme, asked: Asked) -> Edits:
    """P2.6: colour says theme, never person."""
    workshop_of(board, asked)
    return put(board.at(Theme, cmd.theme, cmd.base).with_(paper=cmd.paper))


@clustering.rule("drive", undo=inverse)
def merge(board: Board, cmd: MergeThemes, asked: Asked) -> Edits:
    """P2.6: two themes that are one; the other's name stays."""
    workshop_of(board, asked)
    theme = board.at(Theme, cmd.theme, cmd.base)
    into = board.one(Theme, cmd.into)
    if into.id == theme.id:
        raise Refused("self")
    if into.of != theme.of:
        raise Refused("unknown")
    moved = _into(board, _of_theme(board, theme), into.id, _of_theme(board, into))
    return moved | remove(theme.id)


@clustering.rule("drive", undo=inverse)
def split(board: Board, cmd: SplitTheme, asked: Asked) -> Edits:
    """P2.6: a theme that turned out not to be one; its notes are free again."""
    workshop_of(board, asked)
    theme = board.at(Theme, cmd.theme, cmd.base)
    return _into(board, _of_theme(board, theme), None, []) | remove(theme.id)


@clustering.rule("drive", undo=inverse)
def order(board: Board, cmd: OrderTheme, asked: Asked) -> Edits:
    """P2.6: themes stand in the order the group gives them."""
    workshop_of(board, asked)
    theme = board.at(Theme, cmd.theme, cmd.base)
    if cmd.before == theme.id:
        raise Refused("self")
    others = [(t.id, t.position) for t in themes_of(board, (theme.of,)) if t.id != theme.id]
    return put(theme.with_(position=position_before(others, cmd.before)))


@clustering.rule("drive", undo=inverse)
def tag(board: Board, cmd: TagTheme, asked: Asked) -> Edits:
    """P2.10: a theme may be about several of the six factors; tagging twice changes nothing."""
    workshop_of(board, asked)
    theme = board.one(Theme, cmd.theme)
    return _tagged(board, theme, {*factors_of(board, theme.id), cmd.factor})


@clustering.rule("drive", undo=inverse)
def untag(board: Board, cmd: UntagTheme, asked: Asked) -> Edits:
    """P2.10: a theme is not about that factor after all."""
    workshop_of(board, asked)
    theme = board.one(Theme, cmd.theme)
    return _tagged(board, theme, {*factors_of(board, theme.id)} - {cmd.factor})


@clustering.rule("drive", undo=inverse)
def answer(board: Board, cmd: AnswerQuestion, asked: Asked) -> Edits:
    """P2.6: what stands out, what recurs, what we would act on at once, what we have in common."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, clustering.name)
    id = answer_id(cmd.activity, cmd.question)
    known = board.at_or_none(Answer, id, cmd.base)
    if not cmd.text:
        return remove(id) if known else NOTHING
    return put(Answer(id=id, activity=cmd.activity, question=cmd.question, text=cmd.text))


@clustering.rule("drive", undo=inverse)
def act(board: Board, cmd: ActAtOnce, asked: Asked) -> Edits:
    """W9, P2.6: what we would act on at once: each line of the answer that is not in the plan yet."""
    workshop_of(board, asked)
    answer = board.at(Answer, cmd.answer, cmd.base)
    if answer.question != AT_ONCE:
        raise Refused("unknown")
    there = {action.text for action in actions_of(board)}
    lines = dict.fromkeys(cut(line.strip(" -•"), NOTE_GRAPHEMES) for line in answer.text.split("\n"))
    new = [line for line in lines if line and line not in there]
    if not new:
        raise Refused("in_plan")
    first = next_position(board)
    return put(
        *(
            Action(id=asked.new_id(), theme=None, text=line, position=first + n, made_from=answer.id)
            for n, line in enumerate(new)
        )
    )


def _tagged(board: Board, theme: Theme, factors: set[Factor]) -> Edits:
    now = tuple(factor for factor in FACTORS if factor in factors)
    if now == factors_of(board, theme.id):
        return NOTHING
    id = tagged_id(theme.id)
    return put(Tagged(id=id, theme=theme.id, factors=now)) if now else remove(id)


def _question(board: Board, activity: str) -> str:
    item = item_of(board, activity, clustering.name)
    settings: ClusteringSettings = settings_of(board, item.id, ClusteringSettings)
    return settings.of


def _notes(board: Board, named: Iterable[NoteAt], question: str) -> list[Note]:
    notes = []
    for place in named:
        note = board.at(Note, place.note, place.base)
        if note.activity != question or note.face != "up":
            raise Refused("unknown")
        notes.append(note)
    if len({note.id for note in notes}) != len(notes):
        raise Refused("self")
    return notes


def _of_theme(board: Board, theme: Theme) -> list[Note]:
    # Hidden notes too: they follow their theme.
    notes = [note for note in board.of(Note, theme.of).values() if note.theme == theme.id]
    return sorted(notes, key=lambda note: (note.rank, note.id))


def _into(board: Board, notes: list[Note], theme: str | None, there: list[Note]) -> Edits:
    """Put the notes after those already there; a theme without a name that is left empty is removed."""
    last = max((note.rank for note in there), default=0.0)
    edits = put(*(note.with_(theme=theme, rank=last + 1 + i) for i, note in enumerate(notes)))
    moved = {note.id for note in notes}
    for left in {note.theme for note in notes if note.theme and note.theme != theme}:
        old = board.held(left)
        if old is None or isinstance(old.record, Gone) or not isinstance(old.record, Theme):
            continue
        if not old.record.name and all(note.id in moved for note in _of_theme(board, old.record)):
            edits |= remove(left)
    return edits

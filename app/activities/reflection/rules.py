"""P5.3, P5.4: what the group says when it looks back, what comes next, and how far a theme has come."""

from app.activities.reflection.messages import (
    ChooseNext,
    Forget,
    Mark,
    MarkProgress,
    NameEnds,
    NextTheme,
    Progress,
    Reflection,
    Remind,
    Reminder,
    WriteReflection,
    next_theme_id,
    progress_id,
    reflection,
    reflection_id,
)
from app.engine.activity import inverse
from app.engine.agenda import item_of, next_meeting, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board
from app.parts.themes import Theme, influence_of
from app.words.dates import is_day, read


@reflection.rule("drive", undo=inverse)
def write(board: Board, cmd: WriteReflection, asked: Asked) -> Edits:
    """P5.3: how far did we come, what went well, what went less well, and the plan for the next theme."""
    workshop_of(board, asked)
    item = item_of(board, cmd.activity, reflection.name)
    id = reflection_id(item.id, cmd.part)
    known = board.at_or_none(Reflection, id, cmd.base)
    if not cmd.text:
        return remove(id) if known else NOTHING
    return put(Reflection(id=id, activity=item.id, part=cmd.part, text=cmd.text))


@reflection.rule("drive", undo=inverse)
def choose_next(board: Board, cmd: ChooseNext, asked: Asked) -> Edits:
    """P5.3: the next theme, out of those left over; what the group cannot influence it does not take up."""
    workshop_of(board, asked)
    item = item_of(board, cmd.activity, reflection.name)
    id = next_theme_id(item.id)
    known = board.at_or_none(NextTheme, id, cmd.base)
    if cmd.theme is None:
        return remove(id) if known else NOTHING
    theme = board.one(Theme, cmd.theme)
    if influence_of(board, theme.id) == "cannot":
        raise Refused("not_influenceable")
    return put(NextTheme(id=id, activity=item.id, theme=theme.id))


@reflection.rule("drive", undo=inverse)
def mark(board: Board, cmd: MarkProgress, asked: Asked) -> Edits:
    """P5.4: where we are and where we want to be, as of today; earlier days stay, so that the way is seen."""
    known = _progress(board, cmd, asked)
    others = [one for one in known.marks if one.day != asked.today]
    if (cmd.value, cmd.want) != (None, None):
        others.append(Mark(day=asked.today, value=cmd.value, want=cmd.want))
    return put(known.with_(marks=tuple(sorted(others, key=lambda one: one.day))))


@reflection.rule("drive", undo=inverse)
def name_ends(board: Board, cmd: NameEnds, asked: Asked) -> Edits:
    """P5.4: what 0 and 10 mean to the group, and by when it wants to be there."""
    known = _progress(board, cmd, asked)
    if cmd.by is not None and not is_day(cmd.by):
        raise Refused("range")
    return put(known.with_(low=cmd.low, high=cmd.high, by=cmd.by))


@reflection.rule("drive", undo=inverse)
def remind(board: Board, cmd: Remind, asked: Asked) -> Edits:
    """P5.4: the theme is taken up at a given meeting; a phrase for when means its day, or none (P4.5)."""
    workshop = workshop_of(board, asked)
    item_of(board, cmd.activity, reflection.name)
    theme = board.one(Theme, cmd.theme)
    board.at_or_none(Reminder, cmd.reminder, cmd.base)
    day, either = read(cmd.when, asked.today, workshop.language, next_meeting(board, asked.today))
    if cmd.day is not None:
        if cmd.day not in either:
            raise Refused("range")
        day, either = cmd.day, ()
    about = {"meeting": cmd.meeting, "when": cmd.when, "day": day, "either": either, "who": cmd.who}
    return put(Reminder.model_validate({"id": cmd.reminder, "theme": theme.id, **about}))


@reflection.rule("drive", undo=inverse)
def forget(board: Board, cmd: Forget, asked: Asked) -> Edits:
    """P5.4: remove a planned reminder."""
    workshop_of(board, asked)
    return remove(board.at(Reminder, cmd.reminder, cmd.base).id)


def _progress(board: Board, cmd: MarkProgress | NameEnds, asked: Asked) -> Progress:
    """The picture as the driver saw it, or a new one for a theme that has none."""
    workshop_of(board, asked)
    item_of(board, cmd.activity, reflection.name)
    theme = board.one(Theme, cmd.theme)
    id = progress_id(theme.id)
    return board.at_or_none(Progress, id, cmd.base) or Progress(id=id, theme=theme.id)

"""P5.4: the days on which a theme is taken up again, and the group's target days."""

from collections.abc import Iterator

from app.activities.reflection.messages import Progress, Reminder
from app.engine.dated import Dated, labelled
from app.engine.records import Board
from app.engine.report import Words
from app.parts.themes import Theme, name_of


def dates(board: Board, words: Words) -> Iterator[Dated]:
    """By day."""
    yield from sorted((*_reminders(board, words), *_aims(board, words)), key=lambda one: (one.day, one.key))


def _reminders(board: Board, words: Words) -> Iterator[Dated]:
    for one in board.every(Reminder).values():
        if one.day:
            name = name_of(board.find(Theme, one.theme), words)
            meeting = labelled(words("reflection.report.reminders.meeting"), one.meeting)
            who = labelled(words("reflection.report.reminders.who"), one.who)
            title = words("reflection.calendar.title", theme=name)
            yield Dated(key=one.id, day=one.day, title=title, about=(*meeting, *who))


def _aims(board: Board, words: Words) -> Iterator[Dated]:
    for one in board.every(Progress).values():
        wanted = [mark.want for mark in one.marks if mark.want is not None]
        if one.by and wanted:
            name = name_of(board.find(Theme, one.theme), words)
            title = words("reflection.calendar.aim", theme=name)
            said = words("reflection.calendar.want", want=wanted[-1])
            yield Dated(key=one.id, day=one.by, title=title, about=(said,))

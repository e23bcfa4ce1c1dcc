"""P5.1: the pulses that are still to be answered: on the day of their meeting, or by link to a last day."""

from collections.abc import Iterator

from app.activities.pulse.messages import Pulse, PulseSettings, pulse, pulse_id
from app.engine.agenda import Item, Workshop, all_items, settings_of
from app.engine.dated import Dated
from app.engine.records import Board
from app.engine.report import Words


def dates(board: Board, words: Words) -> Iterator[Dated]:
    """In the order of the meetings."""
    for item in all_items(board):
        meeting = board.find(Workshop, item.workshop)
        if item.activity == pulse.name and meeting and meeting.state != "ended" and _is_to_come(board, item):
            settings: PulseSettings = settings_of(board, item.id, PulseSettings)
            key = "pulse.calendar.title" if settings.name else "pulse.calendar.any"
            title = words(key, theme=settings.name)
            yield Dated(key=item.id, day=meeting.date, title=title, about=(meeting.title,))
            if settings.open_until:
                said = (words("pulse.calendar.link"),)
                last = words("pulse.calendar.last", title=title)
                yield Dated(key=f"{item.id}:last", day=settings.open_until, title=last, about=said)


def _is_to_come(board: Board, item: Item) -> bool:
    begun = board.find(Pulse, pulse_id(item.id))
    return begun.state == "open" if begun else item.state != "done"

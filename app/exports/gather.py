"""What the summary is made of: a board, the items that were held, and the heading its workshops give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.engine.agenda import Item, Workshop, all_items, items_of, meetings_of
from app.engine.records import Board
from app.exports.look import PLAIN, Look
from app.exports.summary import Heading, Meeting, Member


@dataclass(frozen=True)
class Gathered:
    """Everything that `collect` needs except the reports; the language is that of the last meeting."""

    board: Board
    items: tuple[Item, ...]
    heading: Heading
    language: str
    #: Of the other meetings of the process, the latest first.
    others: tuple[Item, ...] = ()
    look: Look = PLAIN


class Source(Protocol):
    """Where the routes get it from; None for what does not exist."""

    async def workshop(self, workshop: str) -> Gathered | None:
        """One workshop."""

    async def process(self, process: str) -> Gathered | None:
        """All workshops of a process."""


def gather(
    board: Board,
    *,
    company: str,
    group: str,
    people: Mapping[str, int] | None = None,
    members: Iterable[Member] = (),
    deleted_on: str = "",
    workshop: str | None = None,
    look: Look = PLAIN,
) -> Gathered | None:
    """One workshop of the board, or all of them by day. `people` are the phones there were at most.

    `deleted_on` is the day (ISO) on which all of it is deleted if nothing more happens.
    """
    meetings = meetings_of(board)
    if workshop is not None:
        meetings = [meeting for meeting in meetings if meeting.id == workshop]
    if not meetings:
        return None
    # Planned meetings are left out, unless there is nothing else.
    held = [meeting for meeting in meetings if meeting.state != "draft"]
    coming = _coming(meetings_of(board), held)
    meetings = held or meetings
    cycles = {meeting.id: meeting.cycle for meeting in meetings}
    heading = Heading(
        company=company,
        group=group,
        cycle=max(cycles.values()),
        cycles=cycles if len(set(cycles.values())) > 1 else {},
        meetings=tuple(
            Meeting(title=meeting.title, day=_day(meeting.date), people=(people or {}).get(meeting.id))
            for meeting in meetings
        ),
        members=tuple(members),
        deleted_on=_day(deleted_on),
        coming=Meeting(title=coming.title, day=_day(coming.date)) if coming else None,
    )
    # Planned items have nothing to report, and saying so would be noise.
    items = (item for meeting in meetings for item in items_of(board, meeting.id) if item.state != "planned")
    own = {meeting.id for meeting in meetings}
    others = (item for item in reversed(all_items(board)) if item.workshop not in own)
    return Gathered(board, tuple(items), heading, meetings[-1].language, tuple(others), look)


def _coming(meetings: Iterable[Workshop], held: list[Workshop]) -> Workshop | None:
    """The next that is planned after those that were held."""
    last = max((meeting.date for meeting in held), default="")
    return next((each for each in meetings if each.state == "draft" and each.date >= last > ""), None)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        # A workshop may have no day yet.
        return None

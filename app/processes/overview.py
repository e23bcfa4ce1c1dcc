"""All processes that an account leads or owns by company: what each needs, and what groups share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, select

from app.clock import local_day
from app.engine.commands import Role
from app.engine.measured import Measures
from app.engine.records import Board
from app.limits import Clock
from app.locales import FALLBACK
from app.parts.plan import actions_of
from app.processes.across import Group, brought_by
from app.processes.service import Boards, WorkshopRow, meeting_row, phase_now
from app.processes.tables import company, membership, process, workshop
from app.storage.database import Database
from app.words.order import by_words

#: What needs attention, most urgent first: a meeting is live, something is overdue, nothing is planned.
Needs = Literal["live", "overdue", "unplanned", "nothing"]
ORDER: tuple[Needs, ...] = ("live", "overdue", "unplanned", "nothing")


@dataclass(frozen=True)
class Line:
    """One process, in figures only: the owner of its company may never have been in its meetings."""

    id: str
    company: str
    group: str
    #: Whether one leads it; if not, one owns its company, and has no access to its pages.
    leads: bool
    phase: int
    cycle: int
    needs: Needs
    #: The meeting under way, or the day and title of the next one.
    meeting: str | None
    day: str | None
    title: str
    #: Open actions of the plan, and how many of them are overdue.
    open: int
    overdue: int


@dataclass(frozen=True)
class Seen:
    """The whole overview: the most urgent first, the companies by name, and what their groups share."""

    lines: list[Line]
    companies: dict[str, str]
    groups: Mapping[str, Sequence[Group]]
    #: A12: how many answers or phones a group needs, by company.
    thresholds: Mapping[str, int]


class Overview:
    """The processes of an account side by side."""

    def __init__(
        self, database: Database, clock: Clock, boards: Boards, measures: Iterable[Measures]
    ) -> None:
        self._database = database
        self._clock = clock
        self._boards = boards
        self._measures = tuple(measures)

    async def of(self, account: str) -> Seen:
        """Each process that the account leads, and each of its companies'; never one of another company."""
        lead = (
            (membership.c.process_id == process.c.id)
            & (membership.c.account_id == account)
            & (membership.c.role == Role.FACILITATOR.value)
        )
        query = (
            select(process, company.c.name, company.c.threshold, membership.c.role)
            .join(company, company.c.id == process.c.company_id)
            .outerjoin(membership, lead)
            .where((company.c.owner_id == account) | membership.c.role.is_not(None))
            .order_by(process.c.id)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
            held = select(workshop).where(workshop.c.process_id.in_([row.id for row in rows]))
            meetings = (await connection.execute(held.order_by("date", "made_at", "id"))).all()
        today = local_day(self._clock())
        lines, groups = [], dict[str, list[Group]]()
        for row in rows:
            board = await self._boards.board(row.board_id) or Board()
            own = [meeting_row(one, board) for one in meetings if one.process_id == row.id]
            lines.append(_line(row, board, own, today))
            groups.setdefault(row.company_id, []).append(
                brought_by(board, self._measures, today, row.threshold)
            )
        key = by_words(FALLBACK)
        lines.sort(key=lambda one: (*_urgency(one), key(one.group), one.id))
        names = sorted({(row.company_id, row.name) for row in rows}, key=lambda one: key(one[1]))
        return Seen(lines, dict(names), groups, {row.company_id: row.threshold for row in rows})


def _line(row: Row[Any], board: Board, meetings: Sequence[WorkshopRow], today: str) -> Line:
    open_still = [action for action in actions_of(board) if action.open]
    overdue = sum(action.day is not None and action.day < today for action in open_still)
    # U10: what is open by link needs nobody.
    live = next((one for one in meetings if one.state == "live" and not _is_by_link(one)), None)
    coming = next((one for one in meetings if one.state == "draft" and one.date >= today), None)
    shown = live or coming
    needs: Needs = "live" if live else "overdue" if overdue else "nothing" if coming else "unplanned"
    return Line(
        id=row.id,
        company=row.company_id,
        group=row.group,
        leads=row.role is not None,
        phase=int(phase_now(board, row.cycle, [one for one in meetings if one.cycle == row.cycle])),
        cycle=row.cycle,
        needs=needs,
        meeting=live.id if live else None,
        day=shown.date if shown else None,
        title=shown.title if shown else "",
        open=len(open_still),
        overdue=overdue,
    )


def _is_by_link(meeting: WorkshopRow) -> bool:
    return meeting.by_link is not None and meeting.by_link.open


def _urgency(line: Line) -> tuple[int, int, str]:
    return ORDER.index(line.needs), -line.overdue, line.day or ""

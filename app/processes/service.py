"""Companies, processes and workshops: created here, led on the board."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Protocol

from sqlalchemy import Row, insert, or_, select, update

from app.access import Place
from app.clock import local_day
from app.engine.agenda import Workshop
from app.engine.commands import Role
from app.engine.records import Board, Record
from app.limits import Clock
from app.locales import FALLBACK, words
from app.method.arranged import Line, arranged
from app.method.phases import Phase
from app.method.templates import SINCE_LAST, Template, items, template
from app.parts.open_links import OpenLink, open_links
from app.parts.plan import actions_of
from app.processes.coming import next_template
from app.processes.progress import Facts, facts, phase_of, rounds_on
from app.processes.retention import deleted_on
from app.processes.tables import (
    company as companies_table,
    membership,
    process as processes_table,
    workshop as workshops_table,
)
from app.processes.thresholds import asked, hold
from app.storage.database import Database
from app.words.order import by_words

Language = Literal["da", "en"]


class Boards(Protocol):
    """What processes need from the boards. The rooms implement it."""

    async def create(self, board: str) -> None:
        """A new empty board."""

    async def seed(self, board: str, records: Sequence[Record], *, settled: bool = False) -> None:
        """Put the first records of a workshop on a board, in one change that cannot be undone.

        `settled`: they come from another board, and are put as they are.
        """

    async def raise_threshold(self, board_id: str, threshold: int) -> None:
        """A12: from now on answers are shown from this many on; where it is more already nothing changes."""

    async def workshops(self, board: str) -> Mapping[str, Workshop]:
        """The workshops on a board as they stand now, by id."""

    async def board(self, board: str) -> Board | None:
        """The current board; None if it does not exist."""


class NoRound(Exception):
    """P2.6: there is nothing on the board yet for the meeting to build on."""


class Missing(LookupError):
    """A company, process, workshop or template that is missing or not the caller's: one answer (X20)."""


@dataclass(frozen=True)
class WorkshopRow:
    """A workshop in the list of its process."""

    id: str
    title: str
    date: str
    state: Literal["draft", "live", "ended"]
    language: str
    phase: int
    cycle: int
    #: How many took part, once the workshop has counted them.
    people: int | None
    #: U10: what phones answer in it by link for some days.
    by_link: OpenLink | None = None


@dataclass(frozen=True)
class ProcessRow:
    """A process in the list of its company."""

    id: str
    group: str
    cycle: int
    board: str
    phase: int
    role: Role
    #: F4: the day (ISO) on which it is deleted if nothing more happens in it.
    deleted_on: str
    facts: Facts
    #: W1: the template that comes next.
    next: str
    workshops: list[WorkshopRow] = field(default_factory=list)


@dataclass(frozen=True)
class CompanyRow:
    """A company with what the caller may see of it."""

    id: str
    name: str
    #: Whether it is one's own: then one may set its retention, and delete it.
    own: bool
    keep_months: int
    #: The default language of its meetings.
    language: str
    #: D2: whether conversations for two are switched on.
    conversations: bool
    processes: list[ProcessRow] = field(default_factory=list)


@dataclass(frozen=True)
class NewWorkshop:
    """What a workshop is made from."""

    process: str
    template: str
    language: Language
    title: str | None = None
    date: str | None = None
    #: The company's own template of that id, if it is not one of the method's.
    own: Template | None = None
    #: The items as they were arranged; None: as the template has them.
    agenda: Sequence[Line] | None = None


class Processes:
    """All companies and processes, and who belongs to them."""

    def __init__(self, database: Database, clock: Clock, boards: Boards) -> None:
        self._database = database
        self._clock = clock
        self._boards = boards

    # -- who belongs where (access asks) -------------------------------------------------------------------

    async def workshop(self, account: str, workshop: str) -> Place | None:
        """The workshop, with the account's role in its process."""
        query = (
            select(processes_table.c.id, processes_table.c.board_id, membership.c.role)
            .join(membership, membership.c.process_id == processes_table.c.id)
            .join(workshops_table, workshops_table.c.process_id == processes_table.c.id)
            .where(workshops_table.c.id == workshop, membership.c.account_id == account)
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        return Place(Role(row.role), row.id, row.board_id, workshop) if row else None

    async def process(self, account: str, process: str) -> Place | None:
        """The process, with the account's role in it."""
        query = (
            select(processes_table.c.board_id, membership.c.role)
            .join(membership, membership.c.process_id == processes_table.c.id)
            .where(processes_table.c.id == process, membership.c.account_id == account)
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        return Place(Role(row.role), process, row.board_id) if row else None

    # -- the front of the desk -----------------------------------------------------------------------------

    async def home(self, account: str) -> list[CompanyRow]:
        """Everything the account belongs to, companies and groups by name, workshops by date."""
        mine = select(membership.c.process_id).where(membership.c.account_id == account)
        processes = (
            select(processes_table, membership.c.role)
            .join(membership, membership.c.process_id == processes_table.c.id)
            .where(membership.c.account_id == account)
            .order_by("id")
        )
        with_mine = select(processes_table.c.company_id).where(processes_table.c.id.in_(mine))
        companies = (
            select(companies_table)
            .where(or_(companies_table.c.owner_id == account, companies_table.c.id.in_(with_mine)))
            .order_by("id")
        )
        workshops = (
            select(workshops_table)
            .where(workshops_table.c.process_id.in_(mine))
            .order_by("date", "made_at", "id")
        )
        async with self._database.connect() as connection:
            companies_found = (await connection.execute(companies)).all()
            rows = (await connection.execute(processes)).all()
            meetings = (await connection.execute(workshops)).all()
        found = {row.id: _company_row(row, account) for row in companies_found}
        for row in rows:
            board = await self._boards.board(row.board_id) or Board()
            held = [meeting_row(meeting, board) for meeting in meetings if meeting.process_id == row.id]
            company = found[row.company_id]
            company.processes.append(_process_row(row, board, held, company.keep_months))
        key = by_words(FALLBACK)
        for company in found.values():
            company.processes.sort(key=lambda each: key(each.group))
        return sorted(found.values(), key=lambda each: key(each.name))

    async def make_company(self, account: str, name: str, language: Language = "da") -> str:
        """A new company, owned by its creator."""
        id = secrets.token_urlsafe(16)
        async with self._database.begin() as connection:
            values = {"id": id, "name": name, "owner_id": account, "language": language}
            await connection.execute(insert(companies_table).values(values))
        return id

    async def rename(self, process: str, company: str, group: str) -> None:
        """F2: a facilitator names the process's group, and the company for all its processes."""
        its = select(processes_table.c.company_id).where(processes_table.c.id == process)
        async with self._database.begin() as connection:
            await connection.execute(
                update(companies_table)
                .where(companies_table.c.id == its.scalar_subquery())
                .values(name=company)
            )
            await connection.execute(
                update(processes_table).where(processes_table.c.id == process).values(group=group)
            )

    async def make_process(self, account: str, company: str, group: str) -> tuple[str, str]:
        """F2: a well-being process for a group, on a board of its own. Returns its id and the board's."""
        if not await self.may_add_to(account, company):
            raise Missing
        id, board = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        today = local_day(self._clock())
        # The board first: a board without a process does no harm, but a process without a board would.
        await self._boards.create(board)
        async with self._database.begin() as connection:
            await connection.execute(
                insert(processes_table).values(
                    id=id, company_id=company, group=group, cycle=1, board_id=board, last_day=today
                )
            )
            await connection.execute(
                insert(membership).values(process_id=id, account_id=account, role=Role.FACILITATOR.value)
            )
        return id, board

    async def make_workshop(self, place: Place, group: str, new: NewWorkshop) -> str:
        """A meeting with its agenda. The records come first, so that a row never leads to an empty board.

        Raises `Missing`, `NoRound`, and `ValueError` for an agenda that the template does not have.
        """
        plan = template(new.template) or new.own
        if plan is None:
            raise Missing
        if new.agenda is not None:
            plan = arranged(plan, new.agenda)
        say = words(new.language)
        id = secrets.token_urlsafe(16)
        now = self._clock()
        day = new.date or local_day(now)
        title = new.title or plan.name or say(f"method.template.{plan.id}")
        cycle, threshold = await asked(self._database, place.process)
        plan = await self._goes_on(plan, place.board)
        rounds = rounds_on(await self._boards.board(place.board) or Board())
        agenda = items(plan, id, say, lambda: secrets.token_urlsafe(16), rounds, date.fromisoformat(day))
        if not agenda:
            raise NoRound
        opening = Workshop(
            id=id, title=title, group=group, language=new.language, date=day, cycle=cycle, threshold=threshold
        )
        await self._boards.seed(place.board, [opening, *agenda])
        async with self._database.begin() as connection:
            await connection.execute(
                insert(workshops_table).values(
                    id=id,
                    process_id=place.process,
                    title=title,
                    language=new.language,
                    date=day,
                    phase=int(plan.phase),
                    made_at=now,
                )
            )
            await connection.execute(
                update(processes_table)
                .where(processes_table.c.id == place.process)
                .values(last_day=local_day(now))
            )
        await hold(self._database, self._boards, place.process, place.board)
        return id

    async def _goes_on(self, plan: Template, board: str) -> Template:
        """P4.7, P5.5: a meeting opens with the open actions of the plan, unless it is independent."""
        there = await self._boards.board(board)
        if plan.alone or plan.name or there is None or any(p.kind == SINCE_LAST.kind for p in plan.items):
            return plan
        open_still = any(action.open for action in actions_of(there))
        return replace(plan, items=(SINCE_LAST, *plan.items)) if open_still else plan

    async def group_of(self, process: str) -> str:
        """F2: for whom the process is run."""
        query = select(processes_table.c.group).where(processes_table.c.id == process)
        async with self._database.connect() as connection:
            return str(await connection.scalar(query) or "")

    # -- one workshop --------------------------------------------------------------------------------------

    async def find(self, workshop: str, board: str) -> Workshop:
        """The workshop's record on the board. Raises `Missing`."""
        found = (await self._boards.workshops(board)).get(workshop)
        if found is None:
            raise Missing
        return found

    async def open_link(self, workshop: str, board: str) -> OpenLink | None:
        """U10: what phones answer in it by link for some days, if anything."""
        return open_links(await self._boards.board(board) or Board()).get(workshop)

    async def base_url(self, workshop: str) -> str | None:
        """Which address the facilitator chose for the QR code, if any."""
        query = select(workshops_table.c.base_url).where(workshops_table.c.id == workshop)
        async with self._database.connect() as connection:
            found = await connection.scalar(query)
        return None if found is None else str(found)

    async def choose_base_url(self, workshop: str, url: str) -> None:
        """Remember which of the machine's addresses the phones can reach."""
        chosen = update(workshops_table).where(workshops_table.c.id == workshop).values(base_url=url)
        async with self._database.begin() as connection:
            await connection.execute(chosen)

    async def may_add_to(self, account: str, company: str) -> bool:
        """Its owner may, and every facilitator of a process in it."""
        leads = (
            select(processes_table.c.company_id)
            .join(membership, membership.c.process_id == processes_table.c.id)
            .where(membership.c.account_id == account, membership.c.role == Role.FACILITATOR.value)
        )
        query = select(companies_table.c.id).where(
            companies_table.c.id == company,
            or_(companies_table.c.owner_id == account, companies_table.c.id.in_(leads)),
        )
        async with self._database.connect() as connection:
            return await connection.scalar(query) is not None


def _company_row(row: Row[Any], account: str) -> CompanyRow:
    return CompanyRow(
        id=row.id,
        name=row.name,
        own=row.owner_id == account,
        keep_months=row.keep_months,
        language=row.language,
        conversations=row.conversations,
    )


def _process_row(row: Row[Any], board: Board, held: list[WorkshopRow], keep_months: int) -> ProcessRow:
    return ProcessRow(
        id=row.id,
        group=row.group,
        cycle=row.cycle,
        board=row.board_id,
        phase=int(phase_now(board, row.cycle, [one for one in held if one.cycle == row.cycle])),
        role=Role(row.role),
        deleted_on=deleted_on(max([row.last_day, *(meeting.date for meeting in held)]), keep_months),
        facts=facts(board, row.cycle),
        next=next_template(board, row.cycle),
        workshops=held,
    )


def phase_now(board: Board, cycle: int, meetings: Sequence[WorkshopRow]) -> Phase:
    """U3: the phase of the meeting under way, else of the planned one, else from the board."""
    for state in ("live", "draft"):
        for meeting in meetings:
            # U10: what is open by link runs in parallel to whatever comes next.
            if meeting.state == state and not (meeting.by_link and meeting.by_link.open):
                return Phase(meeting.phase)
    return phase_of(board, cycle, said_why=any(meeting.phase == Phase.WHY for meeting in meetings))


def meeting_row(row: Row[Any], board: Board) -> WorkshopRow:
    """The board is authoritative; the table's row is as it was created."""
    seen = board.find(Workshop, row.id)
    return WorkshopRow(
        id=row.id,
        title=seen.title if seen else row.title,
        date=seen.date if seen else row.date,
        state=seen.state if seen else "draft",
        language=row.language,
        phase=row.phase,
        cycle=seen.cycle if seen else 1,
        people=seen.people if seen else None,
        by_link=open_links(board).get(row.id),
    )

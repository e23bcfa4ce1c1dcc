"""Wires e-mail to accounts, companies and calendars."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import structlog
from fastapi import APIRouter
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import Access
from app.accounts.post import Changed, Why
from app.accounts.resetting import Resetting
from app.accounts.service import Accounts
from app.accounts.tables import account as accounts_table
from app.clock import local_day
from app.engine.dated import Dates
from app.exports.calendar import MEETINGS, groups_of
from app.exports.gather import Source
from app.limits import DAY, Clock
from app.live.rooms import Rooms
from app.live.tokens import digest
from app.locales import FALLBACK, Words, words
from app.mail.ahead import OnDay, Plan, Reader
from app.mail.invitation import letter_of
from app.mail.letter import Letter
from app.mail.own_account import changed_of, reset_of
from app.mail.queue import Queue
from app.mail.reminders import Reminders
from app.mail.routes import routes
from app.mail.sender import Sender
from app.mail.server import sender_of, server_of
from app.processes.invitations import Invitations
from app.processes.tables import company, invitation, membership, process
from app.settings import Settings
from app.storage.database import Database
from app.storage.trouble import if_there_is_room
from app.upkeep import every
from app.wiring import exporting
from app.wiring.sources import SummarySource

log = structlog.get_logger("mailing")

#: How often to look for due mails, and for reminders, in seconds.
MAILS = 10.0
REMINDERS = 600.0
#: How long a mail about a change is worth sending.
TOLD_WITHIN = 3 * DAY


class Mailing:
    """The queue and the reminders; without a mail server nothing is offered or sent."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settings: Settings,
        key: bytes,
        accounts: Accounts,
        rooms: Rooms,
        base_url: Callable[[], str],
    ) -> None:
        self.queue: Queue | None = None
        if settings.smtp_url:
            sender = sender_of(settings.mail_from)
            send = Sender(server_of(settings.smtp_url), sender.domain).send
            self.queue = Queue(database, clock, key, sender, send)
            accounts.post = self
        self._database = database
        self._clock = clock
        self._base_url = base_url
        self.resetting = Resetting(database, clock, accounts, accounts.post)
        self._invitations = Invitations(database, clock, accounts)
        known = _Known(database, SummarySource(database, rooms), exporting.dates())
        self.reminders = Reminders(database, clock, key, known, self.queue, base_url)

    def routes(self, access: Access) -> tuple[APIRouter, ...]:
        """Reminders on and off."""
        return routes(reminders=self.reminders, access=access)

    def begin(self) -> Sequence["asyncio.Task[None]"]:
        """The work in the background, until it is cancelled."""
        jobs = ((MAILS, self.send), (REMINDERS, self.remind)) if self.queue else ()
        return [asyncio.create_task(every(seconds, work)) for seconds, work in jobs]

    @property
    def post(self) -> "Mailing | None":
        """The sender of invitations; None if no mail is sent."""
        return self if self.queue is not None else None

    async def invitation(self, to: str, url: str, token: str) -> None:
        """X2: mail an invitation; the mail expires with it."""
        assert self.queue is not None
        invited = await self._invitations.look(token)
        where = (
            select(invitation.c.process_id, company.c.language)
            .outerjoin(process, process.c.id == invitation.c.process_id)
            .outerjoin(company, company.c.id == process.c.company_id)
            .where(invitation.c.token_hash == digest(token))
        )
        async with self._database.connect() as connection:
            its, language = (await connection.execute(where)).one()
        until = date.fromisoformat(local_day(invited.expires_at))
        letter = letter_of(invited, to, url, until, words(language or FALLBACK))
        async with self._database.begin() as connection:
            within = invited.expires_at - self._clock()
            await self.queue.put(connection, letter, within=within, process=its)

    async def reset(
        self, connection: AsyncConnection, account: str, why: Why, token: str, expires_at: int
    ) -> None:
        """X2: the mail expires with its link."""
        whose, say = await self._owner(connection, account)
        url = f"{self._base_url()}/password#{token}" if token else ""
        letter = reset_of(whose.name, whose.email, why, url, expires_at, say)
        await self._put(connection, letter, expires_at - self._clock(), account)

    async def changed(self, connection: AsyncConnection, account: str, what: Changed) -> None:
        """X4: to the account's previous address."""
        whose, say = await self._owner(connection, account)
        await self._put(connection, changed_of(whose.name, whose.email, what, say), TOLD_WITHIN, account)

    async def _owner(self, connection: AsyncConnection, account: str) -> tuple[Row[Any], Words]:
        """The account, and texts in the language of the company they lead or help in."""
        one = (await connection.execute(select(accounts_table).where(accounts_table.c.id == account))).one()
        its = (
            select(company.c.language)
            .outerjoin(process, process.c.company_id == company.c.id)
            .outerjoin(membership, membership.c.process_id == process.c.id)
            .where((company.c.owner_id == account) | (membership.c.account_id == account))
            .order_by(company.c.owner_id != account, company.c.id)
            .limit(1)
        )
        return one, words(await connection.scalar(its) or FALLBACK)

    async def _put(self, connection: AsyncConnection, letter: Letter, within: int, account: str) -> None:
        assert self.queue is not None
        await self.queue.put(connection, letter, within=within, account=account)

    async def send(self) -> None:
        """Send waiting mails."""
        if self.queue is not None:
            await self.resetting.work()
            await self.queue.work()

    async def remind(self) -> None:
        """The periodic job."""
        if many := await self.reminders.work():
            log.info("reminders queued", many=many)

    async def stop(self) -> None:
        """The mail being sent is finished first; queued ones are sent after the next start."""
        if self.queue is not None:
            with if_there_is_room():
                await self.resetting.work()
            await self.queue.stop()


class _Known:
    def __init__(self, database: Database, source: Source, dates: Mapping[str, Dates]) -> None:
        self._database = database
        self._source = source
        self._dates = dates

    async def plan(self, process: str) -> Plan | None:
        """Mails mention only the kinds of what falls on a day."""
        gathered = await self._source.process(process)
        if gathered is None:
            return None
        days = tuple(
            OnDay(date.fromisoformat(one.day), "" if group.of == MEETINGS else group.name)
            for group in groups_of(gathered, self._dates, words(gathered.language))
            for one in group.dates
            if not one.done
        )
        return Plan(gathered.heading.group, gathered.heading.company, gathered.language, days)

    async def reader(self, id: str, process: str) -> Reader | None:
        """An account with a personal link has its own id in place of an e-mail."""
        query = (
            select(accounts_table.c.name, accounts_table.c.email)
            .join(membership, membership.c.account_id == accounts_table.c.id)
            .where(
                accounts_table.c.id == id,
                membership.c.process_id == process,
                accounts_table.c.email != accounts_table.c.id,
                accounts_table.c.disabled.is_(False),
            )
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        return Reader(row.name, row.email) if row else None

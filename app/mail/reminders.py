"""Reminders of a process: kept by account, sent once a day, ended with one tap."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import structlog
from itsdangerous import BadSignature, Signer
from sqlalchemy import delete, insert, select, update

from app.clock import end_of, local_day
from app.limits import Clock
from app.locales import FALLBACK, words
from app.logs import trace_of
from app.mail.ahead import Plan, Reader, due, letter_of
from app.mail.queue import Queue
from app.mail.tables import reminder
from app.storage.database import Database
from app.storage.trouble import STORAGE

log = structlog.get_logger("reminders")

#: No mail is sent before this hour, in the server's time zone.
FROM_HOUR = 7


class Known(Protocol):
    """What reminders ask of accounts and processes."""

    async def plan(self, process: str) -> Plan | None:
        """The days of a process; None while it has none."""

    async def reader(self, account: str, process: str) -> Reader | None:
        """The recipient, if they have an e-mail and still belong to the process."""


class Reminders:
    """All reminders that people asked for; `queue` is None if no mail can be sent."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        key: bytes,
        known: Known,
        queue: Queue | None,
        base_url: Callable[[], str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._known = known
        self._queue = queue
        self._base_url = base_url
        how = {"salt": "end of reminders", "key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._signer = Signer(key, **how)  # type: ignore[arg-type]

    @property
    def possible(self) -> bool:
        """Whether any mail can be sent."""
        return self._queue is not None

    async def wanted(self, account: str, process: str) -> bool:
        """Whether they are reminded of it."""
        query = select(reminder.c.id).where(
            reminder.c.account_id == account, reminder.c.process_id == process
        )
        async with self._database.connect() as connection:
            return await connection.scalar(query) is not None

    async def switch(self, account: str, process: str, *, on: bool) -> None:
        """On or off; a second time changes nothing."""
        mine = (reminder.c.account_id == account) & (reminder.c.process_id == process)
        # Reminders of what is due today are sent today.
        yesterday = date.fromisoformat(self._today()) - timedelta(days=1)
        row = {"id": secrets.token_urlsafe(16), "account_id": account, "process_id": process}
        async with self._database.begin() as connection:
            if not on:
                await connection.execute(delete(reminder).where(mine))
            elif await connection.scalar(select(reminder.c.id).where(mine)) is None:
                await connection.execute(insert(reminder).values(row | {"day": yesterday.isoformat()}))

    # -- ended by one tap (RFC 8058) -------------------------------------------------------------------------

    def token(self, id: str) -> str:
        """The token in the mail: it ends these reminders, and gives no access."""
        return self._signer.sign(id).decode()

    def is_ours(self, token: str) -> bool:
        """Whether we made this token; it may have been used already."""
        return self._of(token) is not None

    async def end(self, token: str) -> None:
        """No more of these."""
        async with self._database.begin() as connection:
            await connection.execute(delete(reminder).where(reminder.c.id == self._of(token)))

    def _of(self, token: str) -> str | None:
        try:
            return self._signer.unsign(token).decode()
        except (BadSignature, UnicodeError):
            return None

    # -- once a day ------------------------------------------------------------------------------------------

    async def work(self) -> int:
        """Queue what is due today; returns how many mails. Idempotent."""
        queue = self._queue
        if queue is None or self._hour() < FROM_HOUR:
            return 0
        query = select(reminder).where(reminder.c.day < self._today()).order_by(reminder.c.id)
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        many = 0
        for row in rows:
            try:
                many += await self._remind(queue, row.id, row.account_id, row.process_id, row.day)
            except STORAGE as fault:
                # A board that cannot be read must not stop reminders of the others.
                log.warning("left for later", trace=trace_of(fault))
        return many

    async def _remind(self, queue: Queue, id: str, account: str, process: str, day: str) -> bool:
        now, today = self._clock(), self._today()
        reader = await self._known.reader(account, process)
        if reader is None:
            async with self._database.begin() as connection:
                await connection.execute(delete(reminder).where(reminder.c.id == id))
            return False
        plan = await self._known.plan(process)
        found = due(plan.days, date.fromisoformat(day), date.fromisoformat(today)) if plan else []
        # Decided inside the transaction: of two processes working at once, only one queues it.
        mark = update(reminder).where(reminder.c.id == id, reminder.c.day == day).values(day=today)
        async with self._database.begin() as connection:
            if not (await connection.execute(mark)).rowcount or plan is None or not found:
                return False
            base = self._base_url()
            letter = letter_of(
                plan, found, date.fromisoformat(today), reader, words(plan.language or FALLBACK),
                link=f"{base}/desk#/p/{process}", ends=f"{base}/unsubscribe/{self.token(id)}",
            )  # fmt: skip
            # It says "today", so it would be wrong tomorrow.
            await queue.put(connection, letter, within=end_of(today) - now, account=account, process=process)
        return True

    def _today(self) -> str:
        return local_day(self._clock())

    def _hour(self) -> int:
        return datetime.fromtimestamp(self._clock() / 1000, UTC).astimezone().hour

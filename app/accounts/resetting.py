"""X2: a new password by a link that works once, within an hour, and signs nobody in.

An administrator makes it, or people who have forgotten theirs ask for it by mail.
"""

import secrets
from collections import deque
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.passwords import weakness
from app.accounts.post import Post
from app.accounts.service import BUSY_FOR, WRONG_LINKS, Accounts, Refusal
from app.accounts.tables import account as accounts_table, by_link, one_time_link
from app.limits import HOUR, Clock, Window
from app.live.tokens import digest
from app.locales import FALLBACK
from app.storage.database import Database
from app.storage.trouble import STORAGE
from app.words.order import by_words

RESET = "reset"
USE_WITHIN = HOUR
#: In an hour, from one address (a company may sit behind it), and to one mailbox.
FROM_ADDRESS = 30
TO_MAILBOX = 3
#: How many requests may wait to be looked up.
MOST_WAITING = 500


@dataclass(frozen=True)
class Listed:
    """An account as an administrator sees it."""

    id: str
    name: str
    email: str
    admin: bool
    second: bool


class Resetting:
    """Helps people who cannot sign in; `post` sends links, where mail is set up."""

    def __init__(
        self, database: Database, clock: Clock, accounts: Accounts, post: Post | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._post = post
        self._wrong_links = Window(clock, WRONG_LINKS)
        self._from = Window(clock, FROM_ADDRESS, HOUR)
        self._to = Window(clock, TO_MAILBOX, HOUR)
        self._waiting: deque[str] = deque()

    async def accounts(self) -> list[Listed]:
        """The accounts with their own sign-in, by name."""
        async with self._database.connect() as connection:
            rows = (await connection.execute(select(accounts_table).where(~by_link))).all()
        second = await self._accounts.second.all_on()
        key = by_words(FALLBACK)
        listed = [Listed(row.id, row.name, row.email, bool(row.admin), row.id in second) for row in rows]
        return sorted(listed, key=lambda one: (key(one.name), one.id))

    async def link(self, account: str) -> tuple[str, int]:
        """Make a link: its token, shown only once, and its expiry. Earlier links stop working."""
        async with self._database.begin() as connection:
            await _account(connection, account)
            await connection.execute(delete(one_time_link).where(_its(account)))
            return await self._issue(connection, account)

    async def send(self, account: str) -> None:
        """Like `link`, but only the owner gets it. `Refusal("no_mail")` where no mail is sent."""
        if self._post is None:
            raise Refusal("no_mail")
        async with self._database.begin() as connection:
            await _account(connection, account)
            await connection.execute(delete(one_time_link).where(_its(account)))
            await self._post.reset(connection, account, "helped", *await self._issue(connection, account))

    async def _issue(self, connection: AsyncConnection, account: str) -> tuple[str, int]:
        token, expires_at = secrets.token_urlsafe(32), self._clock() + USE_WITHIN
        values = {"token_hash": digest(token), "purpose": RESET, "account_id": account}
        await connection.execute(insert(one_time_link).values(expires_at=expires_at, **values))
        return token, expires_at

    async def take_second_off(self, account: str) -> None:
        """For people who have lost both their phone and their codes."""
        await self._accounts.second_off(account)

    # -- forgotten -------------------------------------------------------------------------------------------

    def forgotten(self, email: str, address: str = "") -> None:
        """X2: no account is looked up here, so neither the answer nor its timing reveals who has one.

        `Refusal` depends only on the address, or on how many are waiting.
        """
        if self._post is None:
            raise Refusal("no_mail")
        if wait := self._from.take(address):
            raise Refusal("slow_down", wait)
        if len(self._waiting) >= MOST_WAITING:
            raise Refusal("slow_down", BUSY_FOR)
        self._waiting.append(email.casefold())

    async def work(self) -> None:
        """Send links to those who have an account."""
        while self._waiting:
            email = self._waiting.popleft()
            try:
                await self._answer(email)
            except STORAGE:
                self._waiting.append(email)
                raise

    async def _answer(self, email: str) -> None:
        found = select(accounts_table).where(
            accounts_table.c.email == email, accounts_table.c.disabled.is_(False), ~by_link
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(found)).first()
        # A stranger who keeps asking must not fill anybody's mailbox.
        if row is None or self._post is None or self._to.take(row.id):
            return
        async with self._database.begin() as connection:
            if row.password_hash == "":
                # X28: people who sign in through their company's provider get no way around it.
                await self._post.reset(connection, row.id, "no_password", "", self._clock() + USE_WITHIN)
                return
            # A link sent earlier stays valid: people who press twice may open either mail.
            over = one_time_link.c.expires_at <= self._clock()
            await connection.execute(delete(one_time_link).where(_its(row.id), over))
            await self._post.reset(connection, row.id, "forgotten", *await self._issue(connection, row.id))

    # -- used ------------------------------------------------------------------------------------------------

    async def look(self, token: str, address: str = "") -> Row[Any]:
        """The account of a link, without using it up. Raises `Refusal`, as `reset` does."""
        # F12: counted before it is looked up.
        if wait := self._wrong_links.take(address):
            raise Refusal("slow_down", wait)
        query = (
            select(accounts_table)
            .join(one_time_link, one_time_link.c.account_id == accounts_table.c.id)
            .where(
                one_time_link.c.token_hash == digest(token),
                one_time_link.c.purpose == RESET,
                one_time_link.c.expires_at > self._clock(),
            )
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise Refusal("used")
        self._wrong_links.refund(address)
        return row

    async def reset(self, token: str, password: str, address: str = "") -> None:
        """X4: sets the password and ends every session. The second factor stays, and nobody is signed in."""
        row = await self.look(token, address)
        if weak := weakness(password, row.name, row.email):
            raise Refusal(weak)
        await self._accounts.reset_password(row.id, password, digest(token))


def _its(account: str) -> Any:
    return (one_time_link.c.account_id == account) & (one_time_link.c.purpose == RESET)


async def _account(connection: AsyncConnection, account: str) -> None:
    there = select(accounts_table.c.id).where(accounts_table.c.id == account, ~by_link)
    if await connection.scalar(there) is None:
        raise LookupError(account)

"""X2: a new password by a link that an administrator makes: an hour, once, and nobody is signed in by it."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select

from app.accounts.passwords import weakness
from app.accounts.service import WRONG_LINKS, Accounts, Refusal
from app.accounts.tables import account as accounts_table, by_link, one_time_link
from app.limits import HOUR, Clock, Window
from app.live.tokens import digest
from app.locales import FALLBACK
from app.storage.database import Database
from app.words.order import by_words

RESET = "reset"
USE_WITHIN = HOUR


@dataclass(frozen=True)
class Listed:
    """An account as an administrator sees it."""

    id: str
    name: str
    email: str
    admin: bool
    second: bool


class Resetting:
    """What an administrator does for somebody who cannot sign in."""

    def __init__(self, database: Database, clock: Clock, accounts: Accounts) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._wrong_links = Window(clock, WRONG_LINKS)

    async def accounts(self) -> list[Listed]:
        """Those that sign in by themselves, by name."""
        async with self._database.connect() as connection:
            rows = (await connection.execute(select(accounts_table).where(~by_link))).all()
        second = await self._accounts.second.all_on()
        key = by_words(FALLBACK)
        listed = [Listed(row.id, row.name, row.email, bool(row.admin), row.id in second) for row in rows]
        return sorted(listed, key=lambda one: (key(one.name), one.id))

    async def link(self, account: str) -> tuple[str, int]:
        """Its token, told this once, and until when; the one before is worth nothing."""
        token, expires_at = secrets.token_urlsafe(32), self._clock() + USE_WITHIN
        its = (one_time_link.c.account_id == account) & (one_time_link.c.purpose == RESET)
        async with self._database.begin() as connection:
            there = select(accounts_table.c.id).where(accounts_table.c.id == account, ~by_link)
            if await connection.scalar(there) is None:
                raise LookupError(account)
            await connection.execute(delete(one_time_link).where(its))
            values = {"token_hash": digest(token), "purpose": RESET, "account_id": account}
            await connection.execute(insert(one_time_link).values(expires_at=expires_at, **values))
        return token, expires_at

    async def take_second_off(self, account: str) -> None:
        """Somebody has lost both phone and codes."""
        await self._accounts.second.off(account)

    async def look(self, token: str, address: str = "") -> Row[Any]:
        """Whose it is; uses nothing up. Raises `Refusal`, as `reset` does."""
        # F12: counted before it is looked at.
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
        """X4: with the old password every sign-in is dead. The second factor stays: nobody is signed in."""
        row = await self.look(token, address)
        if weak := weakness(password, row.name, row.email):
            raise Refusal(weak)
        await self._accounts.reset_password(row.id, password, digest(token))

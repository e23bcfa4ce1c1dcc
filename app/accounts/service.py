"""Accounts, signing in and out, the link that makes the first facilitator, and personal links (F3)."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.marks import Marks
from app.accounts.passwords import Busy, Passwords, weakness
from app.accounts.post import Changed, Post
from app.accounts.second_factor import SecondFactor
from app.accounts.sessions import NewSession, Sessions
from app.accounts.tables import account as accounts_table, by_link, one_time_link, session as sessions_table
from app.limits import HOUR, Clock, Delays, Guesses, Window
from app.live.tokens import digest
from app.storage.database import Database
from app.storage.trouble import STORAGE, trouble

FIRST = "first"
PERSONAL = "personal"
#: X2: within this time a personal link must have been used.
USE_WITHIN = 72 * HOUR
#: F12: how many wrong links one address may try in a minute. Each costs a database write.
WRONG_LINKS = 30
#: How long to wait when too many passwords are being checked, in seconds.
BUSY_FOR = 2.0


class Refusal(Exception):
    """Why an account was not made, or nobody was signed in."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


@dataclass(frozen=True)
class PersonalLink:
    """A new personal link; its token is shown only once."""

    token: str
    expires_at: int


@dataclass(frozen=True)
class Person:
    """Somebody with a personal link, or without one yet.

    `link`: `waiting` until it is used, `used` while a browser is signed in by it; `until` is when that ends.
    `account`: the person has an account and needs no link.
    """

    name: str
    link: Literal["none", "waiting", "used", "account"]
    until: int | None


@dataclass(frozen=True)
class Known:
    """An account's name; a member with a personal link has no e-mail."""

    name: str
    email: str
    by_link: bool


class Accounts:
    """All accounts; `sessions` are theirs."""

    def __init__(
        self, database: Database, clock: Clock, passwords: Passwords, key: bytes | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self.passwords = passwords
        key = key or secrets.token_bytes(32)
        self._marks = Marks(key)
        self._guesses = Guesses(clock)
        # By account, from any address: only somebody who knows the password gets this far.
        self._codes = Delays(clock)
        self.second = SecondFactor(database, clock, key)
        self._wrong_links = Window(clock, WRONG_LINKS)
        self.sessions = Sessions(database, clock)
        #: Notifies people of changes to their account; None where no mail is sent.
        self.post: Post | None = None

    # -- the first facilitator -----------------------------------------------------------------------------

    async def first_link(self) -> str | None:
        """The path of the link that makes the first account; None once there is one.

        Only its hash is stored, so each start makes a new link and the previous one stops working (X2).
        """
        token = secrets.token_urlsafe(32)
        someone = select(func.count()).select_from(accounts_table)
        # Read first, so that with an account a start on a full disk has nothing to write (F13).
        async with self._database.connect() as connection:
            if await connection.scalar(someone):
                return None
        async with self._database.begin() as connection:
            if await connection.scalar(someone):
                return None
            await connection.execute(delete(one_time_link).where(one_time_link.c.purpose == FIRST))
            await connection.execute(insert(one_time_link).values(token_hash=digest(token), purpose=FIRST))
        return f"/welcome#{token}"

    async def look_at_first(self, token: str) -> None:
        """`Refusal("used")` when the link does not make the first account any more. Uses nothing up."""
        if not await self._is_open(token):
            raise Refusal("used")

    async def make_first(self, token: str, name: str, email: str, password: str) -> NewSession:
        """X2: opening the link uses nothing up; this does. The first account may administer the server."""
        await self.look_at_first(token)
        if weak := weakness(password, name, email):
            raise Refusal(weak)
        kept = await self.hashed(password)
        now = self._clock()
        async with self._database.begin() as connection:
            # Decided inside the transaction: of two who press at once, one is too late.
            spent = await connection.execute(
                update(one_time_link)
                .where(one_time_link.c.token_hash == digest(token), one_time_link.c.used_at.is_(None))
                .values(used_at=now)
            )
            if spent.rowcount != 1:
                raise Refusal("used")
            account = await self.insert(connection, name, email, kept, admin=True)
            new = await self.sessions.begin(connection, account)
        return self.marked(new, email)

    async def _is_open(self, token: str) -> bool:
        query = select(one_time_link.c.purpose).where(
            one_time_link.c.token_hash == digest(token), one_time_link.c.used_at.is_(None)
        )
        async with self._database.connect() as connection:
            return await connection.scalar(query) == FIRST

    async def insert(
        self,
        connection: AsyncConnection,
        name: str,
        email: str | None,
        kept: str,
        *,
        admin: bool,
        may_begin: bool = True,
    ) -> Row[Any]:
        """A new account; without an e-mail it is one that a personal link opens."""
        id = secrets.token_urlsafe(16)
        values = {
            "id": id,
            "name": name,
            "email": id if email is None else email.casefold(),
            "password_hash": kept,
            "admin": admin,
            "disabled": False,
            "may_begin": may_begin,
        }
        try:
            await connection.execute(insert(accounts_table).values(values))
        except IntegrityError:
            raise Refusal("email_taken") from None
        query = select(accounts_table).where(accounts_table.c.id == id)
        return (await connection.execute(query)).one()

    # -- personal links (F3) ---------------------------------------------------------------------------------

    async def add_person(self, name: str) -> str:
        """An account that only a personal link can open; its id."""
        async with self._database.begin() as connection:
            return str((await self.insert(connection, name, None, "", admin=False)).id)

    async def rename_person(self, account: str, name: str) -> None:
        """Change their name."""
        async with self._database.begin() as connection:
            await connection.execute(
                update(accounts_table).where(accounts_table.c.id == account).values(name=name)
            )

    async def people(self, accounts: Collection[str]) -> Mapping[str, Person]:
        """Those of the accounts that are there, by id."""
        now = self._clock()
        named = select(accounts_table.c.id, accounts_table.c.name, by_link.label("by_link"))
        names = named.where(accounts_table.c.id.in_(accounts))
        waiting = select(one_time_link.c.account_id, one_time_link.c.expires_at).where(
            one_time_link.c.account_id.in_(accounts),
            one_time_link.c.used_at.is_(None),
            one_time_link.c.expires_at > now,
        )
        inside = (
            select(sessions_table.c.account_id, func.max(sessions_table.c.expires_at))
            .where(sessions_table.c.account_id.in_(accounts), sessions_table.c.expires_at > now)
            .group_by(sessions_table.c.account_id)
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(names)).all()
            open_links = {row[0]: row[1] for row in await connection.execute(waiting)}
            signed_in = {row[0]: row[1] for row in await connection.execute(inside)}

        def person(id: str, name: str, *, comes_by_link: bool) -> Person:
            if not comes_by_link:
                return Person(name, "account", None)
            if id in open_links:
                return Person(name, "waiting", open_links[id])
            return Person(name, "used" if id in signed_in else "none", signed_in.get(id))

        return {row.id: person(row.id, row.name, comes_by_link=row.by_link) for row in rows}

    async def known(self, accounts: Collection[str]) -> Mapping[str, Known]:
        """Those of the accounts that are there, by id."""
        query = select(accounts_table).where(accounts_table.c.id.in_(accounts))
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        return {
            row.id: Known(row.name, "" if row.email == row.id else row.email, row.email == row.id)
            for row in rows
        }

    async def look_again(self, account: str) -> None:
        """X6: what it has open closes, and reconnects with its new rights; it stays signed in."""
        for one in await self.sessions.of(account):
            self.sessions.tell_over(one["id"])

    async def give_link(self, account: str) -> PersonalLink:
        """X2: a new link; the previous one, and every browser it signed in, lose access at once."""
        token, expires_at = secrets.token_urlsafe(32), self._clock() + USE_WITHIN
        if not (await self.known([account]))[account].by_link:
            # With a link to somebody's own account one would be that person everywhere.
            raise LookupError(account)
        await self.withdraw_link(account)
        async with self._database.begin() as connection:
            await connection.execute(
                insert(one_time_link).values(
                    token_hash=digest(token), purpose=PERSONAL, account_id=account, expires_at=expires_at
                )
            )
        return PersonalLink(token, expires_at)

    async def withdraw_link(self, account: str) -> None:
        """B58: the link admits nobody any more, and everybody inside is disconnected at once."""
        async with self._database.begin() as connection:
            await connection.execute(delete(one_time_link).where(one_time_link.c.account_id == account))
            over = await self.sessions.end_in(connection, account)
        self.sessions.tell_all_over(over)

    async def remove_person(self, account: str) -> None:
        """Their name, link and membership are deleted; a person with an account of their own keeps it."""
        found = (await self.known([account])).get(account)
        if found is None or not found.by_link:
            return
        await self.withdraw_link(account)
        async with self._database.begin() as connection:
            await connection.execute(delete(accounts_table).where(accounts_table.c.id == account, by_link))

    async def enter(self, token: str, address: str = "") -> NewSession:
        """X2, B57: the browser in which a personal link is used is signed in; a second time it is used up."""
        if wait := self._wrong_links.take(address):
            raise Refusal("slow_down", wait)
        now = self._clock()
        async with self._database.begin() as connection:
            spent = await connection.execute(
                update(one_time_link)
                .where(
                    one_time_link.c.token_hash == digest(token),
                    one_time_link.c.purpose == PERSONAL,
                    one_time_link.c.used_at.is_(None),
                    one_time_link.c.expires_at > now,
                )
                .values(used_at=now)
            )
            if spent.rowcount != 1:
                raise Refusal("used")
            query = (
                select(accounts_table)
                .join(one_time_link, one_time_link.c.account_id == accounts_table.c.id)
                .where(one_time_link.c.token_hash == digest(token))
            )
            self._wrong_links.refund(address)
            return await self.sessions.begin(connection, (await connection.execute(query)).one())

    # -- signing in ----------------------------------------------------------------------------------------

    async def sign_in(
        self, email: str, password: str, address: str, mark: str = "", code: str = ""
    ) -> NewSession:
        """X3: one sentence for an unknown account and a wrong password, and as long a wait for both.

        F7: `mark` is what the browser kept from the last time; its tries are in nobody else's queue.
        """
        known = self._marks.read(mark, email)
        guess = (email.casefold(), address, known)
        if wait := self._guesses.take(*guess):
            raise Refusal("slow_down", wait)
        query = select(accounts_table).where(
            accounts_table.c.email == email.casefold(), accounts_table.c.disabled.is_(False)
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        check = self.passwords.check_known if known else self.passwords.check
        try:
            right = await check(row.password_hash if row else None, password)
        except Busy:
            self._guesses.refund(*guess)
            raise Refusal("slow_down", BUSY_FOR) from None
        if row is None or not right:
            raise Refusal("wrong_password")
        self._guesses.right(*guess)
        await self._must_show(row.id, code)
        dated = self.passwords.is_dated(row.password_hash)
        fresh = await self.hashed(password) if dated else row.password_hash
        try:
            async with self._database.begin() as connection:
                if dated:
                    await connection.execute(
                        update(accounts_table)
                        .where(accounts_table.c.id == row.id)
                        .values(password_hash=fresh)
                    )
                new = await self.sessions.begin(connection, row)
        except STORAGE as fault:
            if trouble(fault) is None:
                raise
            new = self.sessions.begin_unsaved(row)
        return new if known else self.marked(new, email)

    async def _must_show(self, account: str, code: str) -> None:
        """X1: a code from the phone or a recovery code, where the account has a second factor."""
        if not await self.second.is_on(account):
            return
        if not code:
            raise Refusal("code_needed")
        # F12: counted before it is looked up.
        if wait := self._codes.take(account):
            raise Refusal("slow_down", wait)
        if not await self.second.take(account, code):
            raise Refusal("wrong_code")
        self._codes.forget(account)

    def marked(self, new: NewSession, email: str) -> NewSession:
        """F7: with the mark by which this browser is known when it signs in again."""
        return replace(new, mark=self._marks.make(email))

    async def set_password(self, account: str, password: str) -> NewSession:
        """X4: ends every session that the old password opened, and every link that would open another."""
        kept = await self.hashed(password)
        its = accounts_table.c.id == account
        async with self._database.begin() as connection:
            await connection.execute(update(accounts_table).where(its).values(password_hash=kept))
            await connection.execute(delete(one_time_link).where(one_time_link.c.account_id == account))
            await self.tell(connection, account, "password")
            over = await self.sessions.end_in(connection, account)
            row = (await connection.execute(select(accounts_table).where(its))).one()
            new = await self.sessions.begin(connection, row)
        self.sessions.tell_all_over(over)
        return new

    async def reset_password(self, account: str, password: str, link: bytes) -> None:
        """X2: by a link, used up with all others of the account; nobody is signed in. Raises `Refusal`."""
        kept = await self.hashed(password)
        async with self._database.begin() as connection:
            # Decided inside the transaction: of two who press at once, one is too late.
            spent = await connection.execute(delete(one_time_link).where(one_time_link.c.token_hash == link))
            if not spent.rowcount:
                raise Refusal("used")
            await connection.execute(delete(one_time_link).where(one_time_link.c.account_id == account))
            its = accounts_table.c.id == account
            await connection.execute(update(accounts_table).where(its).values(password_hash=kept))
            await self.tell(connection, account, "password")
            over = await self.sessions.end_in(connection, account)
        self.sessions.tell_all_over(over)

    async def second_off(self, account: str) -> None:
        """Remove the second factor, for its owner or for an administrator who helps."""
        async with self._database.begin() as connection:
            if await self.second.off(connection, account):
                await self.tell(connection, account, "second")

    async def tell(self, connection: AsyncConnection, account: str, what: Changed) -> None:
        """Notify the owner, whoever made the change, in the same transaction."""
        if self.post is not None:
            await self.post.changed(connection, account, what)

    async def hashed(self, password: str) -> str:
        try:
            return await self.passwords.hash(password)
        except Busy:
            raise Refusal("slow_down", BUSY_FOR) from None

"""Accounts, signing in and out, the link that makes the first facilitator, and personal links (F3)."""

import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Row, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import SignedIn
from app.accounts.passwords import Passwords, weakness
from app.accounts.tables import account as accounts_table, one_time_link, session as sessions_table
from app.accounts.unsaved import Kept, Unsaved
from app.limits import DAY, HOUR, MINUTE, Clock, Delays
from app.live.tokens import digest, session_ground
from app.storage.database import Database
from app.storage.trouble import STORAGE, if_there_is_room, trouble

IDLE = 12 * HOUR
ABSOLUTE = 30 * DAY
#: `used_at` is not written at every request: half an idle day is not measured in seconds.
USED_STEP = 5 * MINUTE
FIRST = "first"
PERSONAL = "personal"
#: X2: within this time a personal link must have been used.
USE_WITHIN = 72 * HOUR


class Refusal(Exception):
    """An account is not made, or nobody is signed in, and why."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


@dataclass(frozen=True)
class NewSession:
    """A browser that has just signed in, with what its cookie will hold."""

    token: str
    signed_in: SignedIn


@dataclass(frozen=True)
class PersonalLink:
    """A new personal link; its token is told this once."""

    token: str
    expires_at: int


@dataclass(frozen=True)
class Person:
    """Somebody with a personal link, or without one yet.

    `link`: `waiting` until it is used, `used` while a browser is signed in by it; `until` is when that ends.
    """

    name: str
    link: Literal["none", "waiting", "used"]
    until: int | None


class Accounts:
    """All accounts and their sessions."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._delays = Delays(clock)
        self._unsaved = Unsaved(clock)
        self._no_room_until = 0
        self._tell: Callable[[str], None] = lambda _ground: None

    def on_revoked(self, tell: Callable[[str], None]) -> None:
        """Whom to tell when a session is over: the gatekeeper."""
        self._tell = tell

    # -- the first facilitator -----------------------------------------------------------------------------

    async def first_link(self) -> str | None:
        """The path of the link that makes the first account; None once there is one.

        Only its hash is kept, so each start makes a new link and the one before is worth nothing (X2).
        """
        token = secrets.token_urlsafe(32)
        someone = select(func.count()).select_from(accounts_table)
        # Read first: a start on a full disk has nothing to write once there is an account (F13).
        async with self._database.connect() as connection:
            if await connection.scalar(someone):
                return None
        async with self._database.begin() as connection:
            if await connection.scalar(someone):
                return None
            await connection.execute(delete(one_time_link).where(one_time_link.c.purpose == FIRST))
            await connection.execute(insert(one_time_link).values(token_hash=digest(token), purpose=FIRST))
        return f"/welcome#{token}"

    async def make_first(self, token: str, name: str, email: str, password: str) -> NewSession:
        """X2: opening the link uses nothing up; this does. The first account may administer the server."""
        if not await self._is_open(token):
            raise Refusal("used")
        if weak := weakness(password, name, email):
            raise Refusal(weak)
        kept = await self._passwords.hash(password)
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
            account = await self._insert(connection, name, email, kept, admin=True)
            return await self._new_session(connection, account)

    async def _is_open(self, token: str) -> bool:
        query = select(one_time_link.c.purpose).where(
            one_time_link.c.token_hash == digest(token), one_time_link.c.used_at.is_(None)
        )
        async with self._database.connect() as connection:
            return await connection.scalar(query) == FIRST

    async def _insert(
        self, connection: AsyncConnection, name: str, email: str | None, kept: str, *, admin: bool
    ) -> Row[Any]:
        id = secrets.token_urlsafe(16)
        values = {
            "id": id,
            "name": name,
            "email": id if email is None else email.casefold(),
            "password_hash": kept,
            "admin": admin,
            "disabled": False,
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
            return str((await self._insert(connection, name, None, "", admin=False)).id)

    async def rename_person(self, account: str, name: str) -> None:
        """They are called so from now on."""
        async with self._database.begin() as connection:
            await connection.execute(
                update(accounts_table).where(accounts_table.c.id == account).values(name=name)
            )

    async def people(self, accounts: Collection[str]) -> Mapping[str, Person]:
        """Those of the accounts that are there, by id."""
        now = self._clock()
        names = select(accounts_table.c.id, accounts_table.c.name).where(accounts_table.c.id.in_(accounts))
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
            named = (await connection.execute(names)).all()
            open_links = {row[0]: row[1] for row in await connection.execute(waiting)}
            signed_in = {row[0]: row[1] for row in await connection.execute(inside)}

        def person(id: str, name: str) -> Person:
            if id in open_links:
                return Person(name, "waiting", open_links[id])
            return Person(name, "used" if id in signed_in else "none", signed_in.get(id))

        return {row.id: person(row.id, row.name) for row in named}

    async def give_link(self, account: str) -> PersonalLink:
        """X2: a new link; the one before, and every browser it signed in, are shut out at once."""
        token, expires_at = secrets.token_urlsafe(32), self._clock() + USE_WITHIN
        await self.withdraw_link(account)
        async with self._database.begin() as connection:
            await connection.execute(
                insert(one_time_link).values(
                    token_hash=digest(token), purpose=PERSONAL, account_id=account, expires_at=expires_at
                )
            )
        return PersonalLink(token, expires_at)

    async def withdraw_link(self, account: str) -> None:
        """B58: nobody comes in by the link any more, and who is inside goes at once."""
        async with self._database.begin() as connection:
            await connection.execute(delete(one_time_link).where(one_time_link.c.account_id == account))
            found = select(sessions_table.c.id).where(sessions_table.c.account_id == account)
            over = list(await connection.scalars(found))
            await connection.execute(delete(sessions_table).where(sessions_table.c.account_id == account))
        for session in over:
            self._tell(session_ground(session))

    async def remove_person(self, account: str) -> None:
        """Their name, link and membership go for good."""
        await self.withdraw_link(account)
        async with self._database.begin() as connection:
            await connection.execute(
                delete(accounts_table).where(
                    accounts_table.c.id == account, accounts_table.c.password_hash == ""
                )
            )

    async def enter(self, token: str) -> NewSession:
        """X2, B57: the browser in which a personal link is used is signed in; a second time it is used up."""
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
            return await self._new_session(connection, (await connection.execute(query)).one())

    # -- signing in ----------------------------------------------------------------------------------------

    async def sign_in(self, email: str, password: str, address: str) -> NewSession:
        """X3: one sentence for an unknown account and a wrong password, and as long a wait for both."""
        keys = (f"account:{email.casefold()}", f"address:{address}")
        if wait := self._delays.wait(*keys):
            raise Refusal("slow_down", wait)
        self._delays.failed(*keys)
        query = select(accounts_table).where(
            accounts_table.c.email == email.casefold(), accounts_table.c.disabled.is_(False)
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        right = await self._passwords.check(row.password_hash if row else None, password)
        if row is None or not right:
            raise Refusal("wrong_password")
        self._delays.succeeded(*keys)
        dated = self._passwords.is_dated(row.password_hash)
        fresh = await self._passwords.hash(password) if dated else row.password_hash
        try:
            async with self._database.begin() as connection:
                if dated:
                    await connection.execute(
                        update(accounts_table)
                        .where(accounts_table.c.id == row.id)
                        .values(password_hash=fresh)
                    )
                return await self._new_session(connection, row)
        except STORAGE as fault:
            if trouble(fault) is None:
                raise
            return self._unsaved_session(row)

    def _unsaved_session(self, account: Row[Any]) -> NewSession:
        """F13: on a full disk somebody must still be able to take over a meeting that runs."""
        token = secrets.token_urlsafe(32)
        kept = self._unsaved.keep(secrets.token_urlsafe(16), digest(token), account.id)
        return NewSession(token, _signed_in(account, kept.id, kept.proved_at, kept.expires_at))

    async def _new_session(self, connection: AsyncConnection, account: Row[Any]) -> NewSession:
        now = self._clock()
        token, id = secrets.token_urlsafe(32), secrets.token_urlsafe(16)
        await connection.execute(delete(sessions_table).where(sessions_table.c.expires_at <= now))
        await connection.execute(
            insert(sessions_table).values(
                id=id,
                token_hash=digest(token),
                account_id=account.id,
                proved_at=now,
                used_at=now,
                expires_at=now + ABSOLUTE,
            )
        )
        return NewSession(token, _signed_in(account, id, now, now + ABSOLUTE))

    # -- being signed in -----------------------------------------------------------------------------------

    async def find(self, token: str) -> SignedIn | None:
        """X4: whose session this is, if it was used within 12 hours and is not 30 days old.

        Between two meetings nobody could type a password for who has none: they stay signed in for 30 days.
        """
        now = self._clock()
        query = (
            select(
                accounts_table,
                sessions_table.c.id.label("session_id"),
                sessions_table.c.proved_at,
                sessions_table.c.used_at,
                sessions_table.c.expires_at,
            )
            .join(accounts_table, accounts_table.c.id == sessions_table.c.account_id)
            .where(sessions_table.c.token_hash == digest(token), *self._living())
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return await self._find_unsaved(digest(token))
        if now - row.used_at >= USED_STEP:
            await self._touch(row.session_id)
        return _signed_in(row, row.session_id, row.proved_at, row.expires_at)

    async def _find_unsaved(self, token_hash: bytes) -> SignedIn | None:
        kept = self._unsaved.by_token(token_hash)
        account = await self._living_account(kept.account) if kept else None
        if kept is None or account is None:
            return None
        await self._store_late(kept)
        return _signed_in(account, kept.id, kept.proved_at, kept.expires_at)

    async def _living_account(self, account: str) -> Row[Any] | None:
        query = select(accounts_table).where(
            accounts_table.c.id == account, accounts_table.c.disabled.is_(False)
        )
        async with self._database.connect() as connection:
            return (await connection.execute(query)).first()

    async def _store_late(self, kept: Kept) -> None:
        """There may be room again; then it outlives a restart like any other."""
        if not self._unsaved.is_due(kept):
            return
        values = {
            "id": kept.id,
            "token_hash": kept.token_hash,
            "account_id": kept.account,
            "proved_at": kept.proved_at,
            "used_at": self._clock(),
            "expires_at": kept.expires_at,
        }
        with if_there_is_room():
            async with self._database.begin() as connection:
                # A sign-out may have come while this one waited for its turn.
                if self._unsaved.find(kept.id, kept.account):
                    await connection.execute(insert(sessions_table).values(values))
            self._unsaved.drop(kept.id)

    async def alive(self, session: str, account: str) -> bool:
        """Whether the session still lives. An open desk keeps its session from going idle."""
        query = (
            select(sessions_table.c.used_at)
            .join(accounts_table, accounts_table.c.id == sessions_table.c.account_id)
            .where(sessions_table.c.id == session, sessions_table.c.account_id == account, *self._living())
        )
        async with self._database.connect() as connection:
            used_at = await connection.scalar(query)
        if used_at is None:
            kept = self._unsaved.find(session, account)
            return kept is not None and await self._living_account(account) is not None
        if self._clock() - used_at >= USED_STEP:
            await self._touch(session)
        return True

    async def sessions_of(self, account: str) -> list[dict[str, Any]]:
        """The browsers in which the account is signed in."""
        query = (
            select(sessions_table.c.id, sessions_table.c.used_at, sessions_table.c.expires_at)
            .where(sessions_table.c.account_id == account, sessions_table.c.expires_at > self._clock())
            .order_by(sessions_table.c.used_at.desc())
        )
        async with self._database.connect() as connection:
            stored = [dict(row._mapping) for row in await connection.execute(query)]  # noqa: SLF001
        unsaved = [
            {"id": kept.id, "used_at": kept.proved_at, "expires_at": kept.expires_at}
            for kept in self._unsaved.of(account)
        ]
        return unsaved + stored

    async def sign_out(self, account: str, session: str) -> None:
        """X4, B58: the cookie is worth nothing from now on, and sockets opened with it close."""
        gone = delete(sessions_table).where(
            sessions_table.c.id == session, sessions_table.c.account_id == account
        )
        if unsaved := self._unsaved.find(session, account):
            self._unsaved.drop(session)
            self._tell(session_ground(session))
        # One that was in memory alone is over now; it may just be on its way into the table, though.
        with if_there_is_room() if unsaved else nullcontext():
            async with self._database.begin() as connection:
                found = (await connection.execute(gone)).rowcount
            if found:
                self._tell(session_ground(session))

    async def leave_behind(self, account: str, session: str) -> None:
        """The browser signed in anew. Where the old session cannot be deleted it runs out by itself (F13)."""
        with if_there_is_room():
            await self.sign_out(account, session)

    def _living(self) -> tuple[Any, ...]:
        now = self._clock()
        return (
            sessions_table.c.expires_at > now,
            or_(sessions_table.c.used_at > now - IDLE, accounts_table.c.password_hash == ""),
            accounts_table.c.disabled.is_(False),
        )

    async def _touch(self, session: str) -> None:
        """F13: who is signed in may read on a full disk too, so that this write may fail."""
        now = self._clock()
        if now < self._no_room_until:
            return
        used = update(sessions_table).where(sessions_table.c.id == session).values(used_at=now)
        # Not at every request: a file that is locked is waited for, each time.
        self._no_room_until = now + USED_STEP
        with if_there_is_room():
            async with self._database.begin() as connection:
                await connection.execute(used)
            self._no_room_until = 0


def _signed_in(account: Row[Any], session: str, proved_at: int, expires_at: int) -> SignedIn:
    return SignedIn(
        account=account.id,
        name=account.name,
        email="" if account.email == account.id else account.email,
        admin=bool(account.admin),
        by_link=account.password_hash == "",
        session=session,
        proved_at=proved_at,
        expires_at=expires_at,
    )

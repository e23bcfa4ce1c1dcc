"""Sessions: which browsers are signed in to which account, and how that ends (X4, F13)."""

import secrets
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access import SignedIn
from app.accounts.tables import account as accounts_table, by_link, session as sessions_table
from app.accounts.unsaved import Kept, Unsaved
from app.limits import DAY, HOUR, MINUTE, Clock
from app.live.tokens import digest, session_ground
from app.storage.database import Database
from app.storage.trouble import if_there_is_room

IDLE = 12 * HOUR
ABSOLUTE = 30 * DAY
#: `used_at` is not written on every request: idle time is counted in hours, so seconds do not matter.
USED_STEP = 5 * MINUTE


@dataclass(frozen=True)
class NewSession:
    """A browser that has just signed in, with what its cookies will hold.

    `mark` identifies it when it next signs in; None keeps the one it has, if any.
    """

    token: str
    signed_in: SignedIn
    mark: str | None = None


class Sessions:
    """All sessions of all accounts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._unsaved = Unsaved(clock)
        self._no_room_until = 0
        self._tell: Callable[[str], None] = lambda _ground: None

    def on_revoked(self, tell: Callable[[str], None]) -> None:
        """Register the gatekeeper, which is notified when a session ends."""
        self._tell = tell

    def tell_over(self, session: str) -> None:
        """Close the sockets that were opened with this session."""
        self._tell(session_ground(session))

    async def begin(self, connection: AsyncConnection, account: Row[Any]) -> NewSession:
        """Start a session, in the transaction that allowed it."""
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

    def begin_unsaved(self, account: Row[Any]) -> NewSession:
        """F13: even on a full disk somebody must be able to take over a running meeting."""
        token = secrets.token_urlsafe(32)
        kept = self._unsaved.keep(secrets.token_urlsafe(16), digest(token), account.id)
        return NewSession(token, _signed_in(account, kept.id, kept.proved_at, kept.expires_at))

    async def find(self, token: str) -> SignedIn | None:
        """X4: whose session this is, if it was used within 12 hours and is less than 30 days old.

        People without a password could not sign in again between two meetings: they stay signed in for 30
        days.
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
        """Try storing it once there may be room again; then it survives a restart like any other."""
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
                # A sign-out may have happened while this was waiting.
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

    async def of(self, account: str) -> list[dict[str, Any]]:
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
        """X4, B58: invalidate the cookie and close the sockets opened with it."""
        gone = delete(sessions_table).where(
            sessions_table.c.id == session, sessions_table.c.account_id == account
        )
        if unsaved := self._unsaved.find(session, account):
            self._unsaved.drop(session)
            self.tell_over(session)
        # A session in memory alone is over now, but it may just be on its way into the table.
        with if_there_is_room() if unsaved else nullcontext():
            async with self._database.begin() as connection:
                found = (await connection.execute(gone)).rowcount
            if found:
                self.tell_over(session)

    async def end_all(self, account: str, *, but: str = "") -> None:
        """X4: end every session of the account, except one."""
        async with self._database.begin() as connection:
            over = await self.end_in(connection, account, but=but)
        self.tell_all_over(over)

    async def end_in(self, connection: AsyncConnection, account: str, *, but: str = "") -> list[str]:
        """The same within a larger transaction; pass the result to `tell_all_over` afterwards."""
        theirs = (sessions_table.c.account_id == account) & (sessions_table.c.id != but)
        over = list(await connection.scalars(select(sessions_table.c.id).where(theirs)))
        await connection.execute(delete(sessions_table).where(theirs))
        unsaved = [kept.id for kept in self._unsaved.of(account) if kept.id != but]
        for id in unsaved:
            self._unsaved.drop(id)
        return over + unsaved

    def tell_all_over(self, sessions: Iterable[str]) -> None:
        """Close everything that was opened with any of them."""
        for session in sessions:
            self.tell_over(session)

    async def leave_behind(self, account: str, session: str) -> None:
        """End a browser's old session after a new sign-in. If that cannot be stored, it expires (F13)."""
        with if_there_is_room():
            await self.sign_out(account, session)

    def _living(self) -> tuple[Any, ...]:
        now = self._clock()
        return (
            sessions_table.c.expires_at > now,
            or_(sessions_table.c.used_at > now - IDLE, by_link),
            accounts_table.c.disabled.is_(False),
        )

    async def _touch(self, session: str) -> None:
        """F13: signed-in people may read even on a full disk, so this write may fail."""
        now = self._clock()
        if now < self._no_room_until:
            return
        used = update(sessions_table).where(sessions_table.c.id == session).values(used_at=now)
        # Not on every request: each write to a locked file would wait.
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
        by_link=account.email == account.id,
        may_begin=bool(account.may_begin),
        session=session,
        proved_at=proved_at,
        expires_at=expires_at,
    )

"""Managers' links: made, listed, withdrawn, opened (X12).

Only people with the link know its secret; the server stores its hash. A wrong password delays the next try,
but never disables the link (B62).
"""

import asyncio
import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Row, delete, insert, select, update

from app.exports.tables import summary_link
from app.http.errors import Problem
from app.limits import DAY, Clock, Guesses
from app.storage.database import Database

DAYS = 14
MOST_DAYS = 90
#: How long an expired link is remembered.
KEPT = 90 * DAY


@dataclass(frozen=True)
class Link:
    """A link as the facilitator sees it in the list."""

    id: str
    process: str
    made_at: int
    expires_at: int
    locked: bool
    opened: int
    #: The parts of the summary that it does not show.
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class MadeLink:
    """A new link; its token is shown only once."""

    link: Link
    token: str


class Links:
    """All links of this server."""

    def __init__(self, database: Database, clock: Clock, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        # A check takes 64 MiB for a moment: one at a time.
        self._turn = asyncio.Semaphore(1)
        self._guesses = Guesses(clock)

    async def make(
        self, process: str, days: int = DAYS, password: str | None = None, left_out: Sequence[str] = ()
    ) -> MadeLink:
        """A link that works for this many days, and shows everything except what is left out."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        made = secrets.token_urlsafe(16), process, now, now + days * DAY, password is not None, 0
        link = Link(*made, left_out=tuple(left_out))
        kept = await self._hash(password) if password is not None else None
        async with self._database.begin() as connection:
            await connection.execute(delete(summary_link).where(summary_link.c.expires_at < now - KEPT))
            await connection.execute(
                insert(summary_link).values(
                    id=link.id,
                    process_id=process,
                    token_hash=_fingerprint(token),
                    password_hash=kept,
                    made_at=now,
                    expires_at=link.expires_at,
                    revoked=False,
                    opened=0,
                    left_out=" ".join(left_out),
                )
            )
        return MadeLink(link, token)

    async def of(self, process: str) -> Sequence[Link]:
        """The links of a process that still work, the newest first."""
        table = summary_link.c
        found = select(summary_link).where(
            table.process_id == process, table.revoked.is_(False), table.expires_at > self._clock()
        )
        async with self._database.connect() as connection:
            rows = (await connection.execute(found.order_by(table.made_at.desc(), table.id))).all()
        return [_link(row) for row in rows]

    async def process(self, id: str) -> str | None:
        """Which process a link belongs to."""
        found = select(summary_link.c.process_id).where(summary_link.c.id == id)
        async with self._database.connect() as connection:
            process: str | None = (await connection.execute(found)).scalar_one_or_none()
        return process

    async def revoke(self, id: str) -> None:
        """Revoke the link; repeating this changes nothing."""
        async with self._database.begin() as connection:
            await connection.execute(update(summary_link).where(summary_link.c.id == id).values(revoked=True))

    async def open(self, token: str, password: str | None, address: str = "") -> Link:
        """Open the link and count it, so that its process may be read; or raise why not.

        Unknown, expired and revoked links get one answer (B61). `address` is a hash, kept in memory only.
        """
        found = select(summary_link).where(summary_link.c.token_hash == _fingerprint(token))
        async with self._database.connect() as connection:
            row = (await connection.execute(found)).one_or_none()
        if row is None or row.revoked or row.expires_at <= self._clock():
            raise Problem(410, "link_gone")
        if row.password_hash is not None:
            await self._check(row.id, row.password_hash, password, address)
        async with self._database.begin() as connection:
            await connection.execute(
                update(summary_link)
                .where(summary_link.c.id == row.id)
                .values(opened=summary_link.c.opened + 1)
            )
        return _link(row)

    async def _check(self, id: str, kept: str, password: str | None, address: str) -> None:
        if password is None:
            raise Problem(401, "password_needed")
        # F12: counted before it is checked, so that guesses sent in parallel all count.
        if wait := self._guesses.take(id, address):
            raise Problem(429, "slow_down", retry_after=wait)
        async with self._turn:
            right = await asyncio.to_thread(self._verify, kept, password)
        if not right:
            raise Problem(403, "link_password")
        self._guesses.right(id, address)

    async def _hash(self, password: str) -> str:
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, _plain(password))

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, _plain(password))
        except (VerificationError, InvalidHashError):
            return False


def _link(row: Row[Any]) -> Link:
    return Link(
        id=row.id,
        process=row.process_id,
        made_at=row.made_at,
        expires_at=row.expires_at,
        locked=row.password_hash is not None,
        opened=row.opened,
        left_out=tuple(row.left_out.split()),
    )


def _plain(password: str) -> str:
    """The password in one Unicode form, so that é is the same letter from every keyboard."""
    return unicodedata.normalize("NFC", password)


def _fingerprint(token: str) -> bytes:
    # 256 random bits need no slow hash. A request can contain any text, even lone surrogates.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()

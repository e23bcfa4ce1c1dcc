"""P4.7: the one private address of a process that calendar programs subscribe to.

Such a program can send neither a password nor a fragment, so the token is in the path. It gives access to the
days of the process and nothing else. Only its hash is stored; a new address replaces the old one.
"""

import hashlib
import secrets

from sqlalchemy import delete, insert, select

from app.exports.tables import calendar_address
from app.http.errors import Problem
from app.limits import Clock
from app.storage.database import Database


class CalendarAddresses:
    """All private addresses of this server."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def make(self, process: str) -> str:
        """The token of a new address, shown only once."""
        token = secrets.token_urlsafe(32)
        row = {"process_id": process, "token_hash": _fingerprint(token), "made_at": self._clock()}
        async with self._database.begin() as connection:
            await connection.execute(delete(calendar_address).where(calendar_address.c.process_id == process))
            await connection.execute(insert(calendar_address).values(row))
        return token

    async def made_at(self, process: str) -> int | None:
        """When the address was made, if the process has one."""
        found = select(calendar_address.c.made_at).where(calendar_address.c.process_id == process)
        async with self._database.connect() as connection:
            made: int | None = (await connection.execute(found)).scalar_one_or_none()
        return made

    async def revoke(self, process: str) -> None:
        """Revoke the address; repeating this changes nothing."""
        async with self._database.begin() as connection:
            await connection.execute(delete(calendar_address).where(calendar_address.c.process_id == process))

    async def process(self, token: str) -> str:
        """The process of an address. Unknown, truncated and revoked ones get one answer (B61)."""
        found = select(calendar_address.c.process_id).where(
            calendar_address.c.token_hash == _fingerprint(token)
        )
        async with self._database.connect() as connection:
            process: str | None = (await connection.execute(found)).scalar_one_or_none()
        if process is None:
            raise Problem(410, "link_gone")
        return process


def _fingerprint(token: str) -> bytes:
    # 256 random bits need no slow hash. A request can contain any text, even lone surrogates.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()

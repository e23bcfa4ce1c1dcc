"""Mails waiting for the mail server: sealed in the database, retried, and deleted once accepted.

Guarantees: a mail queued in a transaction exists if the transaction does. One process claims it before
sending, and deletes its row when the server has accepted it. If the process dies in between, the mail is sent
again when the claim expires, under the same Message-ID; a process that merely cannot write remembers what was
accepted. So none is lost, and none is sent twice unless the process dies just after the server accepted it.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from email.headerregistry import Address
from email.message import EmailMessage

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.limits import HOUR, MINUTE, Clock
from app.mail.letter import Letter, message_of
from app.mail.sender import Never, NotNow
from app.mail.server import NoAddress
from app.mail.tables import mail
from app.storage.database import Database
from app.storage.trouble import if_there_is_room

log = structlog.get_logger("mail")

#: How long a claim holds: well over what one mail may take.
CLAIM = 10 * MINUTE
#: Delays after the first try, the second, …; the last repeats. Short enough for servers that ask for a little
#: patience.
WAITS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR)
#: After this many tries, more than twenty minutes, it is no longer a short pause of the server.
IN_VAIN = 4
#: How long a shutdown waits for the mail being sent, in seconds.
STOP = 4.0
_NONCE = 12


class Queue:
    """All mails of this server. `send` delivers one, and raises `Never` or `NotNow`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        key: bytes,
        sender: Address,
        send: Callable[[EmailMessage], Awaitable[None]],
    ) -> None:
        self._database = database
        self._clock = clock
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"trivselstavlen mail").derive(key)
        self._seal = AESGCM(derived)
        self._sender = sender
        self._send = send
        # Accepted by the server, but their rows could not be deleted: the disk was full.
        self._taken: set[str] = set()
        self._turn = asyncio.Lock()
        self._stopping = False

    async def put(
        self,
        connection: AsyncConnection,
        letter: Letter,
        *,
        within: int,
        account: str | None = None,
        process: str | None = None,
    ) -> None:
        """Queue a mail in the transaction it reports on. It expires after `within` ms."""
        id, nonce, now = secrets.token_urlsafe(16), secrets.token_bytes(_NONCE), self._clock()
        sealed = nonce + self._seal.encrypt(nonce, letter.model_dump_json().encode(), id.encode())
        await connection.execute(
            insert(mail).values(
                id=id,
                account_id=account,
                process_id=process,
                sealed=sealed,
                due_at=now,
                expires_at=now + within,
                tries=0,
            )
        )

    async def work(self) -> int:
        """Send whatever is due; returns how many were accepted."""
        await self._tidy()
        many = 0
        while not self._stopping:
            async with self._turn:
                claimed = await self._claim()
                if claimed is None:
                    break
                try:
                    many += await self._try(claimed[0])
                except NotNow as why:
                    await self._later(*claimed, why)
                    if why.everything:
                        break
        if many:
            log.info("mails sent", many=many)
        return many

    async def in_vain(self) -> int:
        """How many have failed so often that somebody should take a look (A14)."""
        query = select(func.count()).select_from(mail).where(mail.c.tries >= IN_VAIN)
        async with self._database.connect() as connection:
            return int(await connection.scalar(query) or 0)

    async def stop(self) -> None:
        """Start no more, and let the current one finish: it might be accepted without our knowing."""
        self._stopping = True
        try:
            async with asyncio.timeout(STOP):
                async with self._turn:
                    return
        except TimeoutError:
            log.warning("a mail was under way")

    async def _claim(self) -> tuple[str, int] | None:
        """Claim the next one due, with how often it was tried; nobody else sends it while the claim holds."""
        now = self._clock()
        due = (
            select(mail.c.id, mail.c.due_at, mail.c.tries)
            .where(mail.c.due_at <= now, mail.c.id.not_in(self._taken))
            .order_by(mail.c.due_at, mail.c.id)
            .limit(1)
        )
        while True:
            async with self._database.connect() as connection:
                row = (await connection.execute(due)).first()
            if row is None:
                return None
            ours = update(mail).where(mail.c.id == row.id, mail.c.due_at == row.due_at)
            async with self._database.begin() as connection:
                claimed = await connection.execute(ours.values(due_at=now + CLAIM, tries=row.tries + 1))
            if claimed.rowcount:
                return row.id, row.tries

    async def _try(self, id: str) -> bool:
        async with self._database.connect() as connection:
            sealed = await connection.scalar(select(mail.c.sealed).where(mail.c.id == id))
        if sealed is None:
            return False
        try:
            await self._send(message_of(self._opened(id, sealed), id, self._sender, self._clock()))
        except (Never, NoAddress, InvalidTag, ValueError):
            # The address accepts none, or it was sealed under a key that has been replaced.
            log.warning("a mail cannot be sent")
            await self._gone(id)
            return False
        self._taken.add(id)
        await self._gone(id)
        return True

    def _opened(self, id: str, sealed: bytes) -> Letter:
        plain = self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], id.encode())
        return Letter.model_validate_json(plain)

    async def _later(self, id: str, tries: int, why: NotNow) -> None:
        log.warning("a mail waits", code=why.code)
        due = self._clock() + WAITS[min(tries, len(WAITS) - 1)]
        async with self._database.begin() as connection:
            await connection.execute(update(mail).where(mail.c.id == id).values(due_at=due))

    async def _gone(self, id: str) -> None:
        with if_there_is_room():
            async with self._database.begin() as connection:
                await connection.execute(delete(mail).where(mail.c.id == id))
            self._taken.discard(id)

    async def _tidy(self) -> None:
        for id in list(self._taken):
            await self._gone(id)
        old = select(mail.c.id).where(mail.c.expires_at <= self._clock())
        async with self._database.connect() as connection:
            worthless = list(await connection.scalars(old))
        if worthless:
            async with self._database.begin() as connection:
                await connection.execute(delete(mail).where(mail.c.id.in_(worthless)))
            log.warning("mails given up", many=len(worthless))

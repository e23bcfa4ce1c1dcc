"""X1: a code from one's own phone in addition to the password (RFC 6238), and recovery codes.

The secret is stored sealed under the server's key, so neither the database nor a backup can make a code.
Under another key only the recovery codes still work, or an administrator removes the second factor. Each code
is accepted once, so one seen over a shoulder is useless. Recovery codes have 120 random bits, so a plain hash
of them is enough.
"""

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.tables import recovery_code, second_factor
from app.limits import SECOND, Clock
from app.live.tokens import digest
from app.storage.database import Database

ISSUER = "Trivselstavlen"
STEP = 30 * SECOND
#: How many steps a phone's clock may be off.
OFF = 1
RECOVERY_CODES = 10
_NONCE = 12


def code_at(secret: bytes, step: int) -> str:
    """The six digits of a thirty-second step (RFC 4226)."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    at = mac[-1] & 15
    return f"{(int.from_bytes(mac[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def readable(secret: bytes) -> str:
    """The secret in the form people type into an app."""
    return base64.b32encode(secret).decode().rstrip("=")


def address(secret: bytes, email: str) -> str:
    """The content of the QR code, in the form all such apps read."""
    whose = quote(f"{ISSUER}:{email}", safe=":@")
    return f"otpauth://totp/{whose}?secret={readable(secret)}&issuer={ISSUER}"


class SecondFactor:
    """The second factors of all accounts."""

    def __init__(self, database: Database, clock: Clock, key: bytes) -> None:
        self._database = database
        self._clock = clock
        self._cipher = AESGCM(hashlib.sha256(b"second factor " + key).digest())

    async def begin(self, account: str) -> bytes | None:
        """A new secret, not in force until it is confirmed; None if one is on already."""
        secret = secrets.token_bytes(20)
        async with self._database.begin() as connection:
            if await self._on(connection, account):
                return None
            await connection.execute(delete(second_factor).where(second_factor.c.account_id == account))
            await connection.execute(
                insert(second_factor).values(
                    account_id=account, sealed=self._seal(secret, account), on=False, last_step=0
                )
            )
        return secret

    async def confirm(self, account: str, code: str) -> list[str] | None:
        """Switch it on; returns the recovery codes, shown only once. None for a wrong code."""
        if not await self._right(account, code, on=False):
            return None
        codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
        async with self._database.begin() as connection:
            its = second_factor.c.account_id == account
            await connection.execute(update(second_factor).where(its).values(on=True))
            await connection.execute(delete(recovery_code).where(recovery_code.c.account_id == account))
            await connection.execute(
                insert(recovery_code),
                [{"code_hash": _hash(account, one), "account_id": account} for one in codes],
            )
        return codes

    async def is_on(self, account: str) -> bool:
        """Whether a code is asked for at sign-in."""
        async with self._database.connect() as connection:
            return await self._on(connection, account)

    async def left(self, account: str) -> int:
        """How many recovery codes are left."""
        mine = recovery_code.c.account_id == account
        async with self._database.connect() as connection:
            count = select(func.count()).select_from(recovery_code).where(mine)
            return int(await connection.scalar(count) or 0)

    async def take(self, account: str, code: str) -> bool:
        """Whether it is the current code or a recovery code; either is used up by this."""
        if await self._right(account, code, on=True):
            return True
        spent = delete(recovery_code).where(
            recovery_code.c.code_hash == _hash(account, code), recovery_code.c.account_id == account
        )
        async with self._database.begin() as connection:
            return bool((await connection.execute(spent)).rowcount)

    async def off(self, connection: AsyncConnection, account: str) -> bool:
        """Switch it off; returns whether it was on."""
        was = await self._on(connection, account)
        for table in (second_factor, recovery_code):
            await connection.execute(delete(table).where(table.c.account_id == account))
        return was

    async def all_on(self) -> frozenset[str]:
        """The accounts that have it on."""
        async with self._database.connect() as connection:
            query = select(second_factor.c.account_id).where(second_factor.c.on)
            return frozenset(await connection.scalars(query))

    async def _on(self, connection: AsyncConnection, account: str) -> bool:
        query = select(second_factor.c.on).where(second_factor.c.account_id == account)
        return bool(await connection.scalar(query))

    async def _right(self, account: str, code: str, *, on: bool) -> bool:
        mine = (second_factor.c.account_id == account) & (second_factor.c.on.is_(on))
        async with self._database.connect() as connection:
            sealed = await connection.scalar(select(second_factor.c.sealed).where(mine))
        secret = self._opened(sealed, account) if sealed else None
        if secret is None:
            return False
        typed, now = "".join(code.split()), self._clock() // STEP
        # Always compares all of them, to take equally long.
        fits = [
            s
            for s in range(now - OFF, now + OFF + 1)
            if hmac.compare_digest(code_at(secret, s).encode(), typed.encode())
        ]
        if not fits:
            return False
        # Decided in the database: of two requests with the same code, only one wins.
        spent = update(second_factor).where(mine, second_factor.c.last_step < fits[-1])
        async with self._database.begin() as connection:
            return bool((await connection.execute(spent.values(last_step=fits[-1]))).rowcount)

    def _seal(self, secret: bytes, account: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, secret, account.encode())

    def _opened(self, sealed: bytes, account: str) -> bytes | None:
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], account.encode())
        except InvalidTag:
            return None


def _recovery_code() -> str:
    plain = base64.b32encode(secrets.token_bytes(15)).decode()
    return "-".join(plain[at : at + 6] for at in range(0, len(plain), 6))


def _hash(account: str, code: str) -> bytes:
    return digest(f"{account} {''.join(code.upper().replace('-', ' ').split())}")

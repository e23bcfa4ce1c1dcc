"""Screens: a wall shows a code, the facilitator types it, and the wall gets a token for 24 hours."""

import secrets
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.engine.commands import Role
from app.limits import HOUR, MINUTE, Clock, Window
from app.live.door import ALPHABET, TooManyMisses
from app.live.tables import pairing, screen as screens_table
from app.live.tokens import Admission, digest, screen_ground
from app.storage.database import Database

PAIRING_LIFE = 10 * MINUTE
SCREEN_LIFE = 24 * HOUR
CODE_LENGTH = 4
#: Per process. The more codes wait, the likelier it is that a typing error lets a stranger's screen in.
MOST_PAIRINGS = 500
MOST_FROM_ADDRESS = 20
#: F12: how many misses an account has a minute, since four characters can be guessed in time.
MISSES = 10


@dataclass(frozen=True)
class _Shown:
    #: The screen's address, as a hash.
    address: str
    until: int


class NoPairing(LookupError):
    """No screen shows this code, or the secret is not the screen's, or it waited too long."""


class Screens:
    """Pairs screens and knows which are let in, whichever process a screen or a desk connects to."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        #: The codes of this process, by the hash of the secret, oldest first. No table has an address (A9).
        self._given: dict[bytes, _Shown] = {}
        self._misses = Window(clock, MISSES)
        self._tell: Callable[[str], None] = lambda _ground: None

    def on_revoked(self, tell: Callable[[str], None]) -> None:
        """Register the gatekeeper, which is notified when a screen must go dark."""
        self._tell = tell

    async def show(self, address: str = "") -> tuple[str, str]:
        """A code for the wall to show, and the secret with which it asks whether somebody typed it.

        F6: asking for many drops one's own: those of the address first, then of the one with the most.
        """
        now, secret = self._clock(), secrets.token_urlsafe(32)
        out = self._make_room(address)
        # Before anything is awaited, so that simultaneous requests are counted too.
        self._given[digest(secret)] = _Shown(address, now + PAIRING_LIFE)
        while True:
            code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
            row = {"secret_hash": digest(secret), "code": code, "expires_at": now + PAIRING_LIFE}
            gone = (pairing.c.expires_at <= now) | pairing.c.secret_hash.in_(out)
            # Another wall shows this code: make a new one.
            with suppress(IntegrityError):
                async with self._database.begin() as connection:
                    await connection.execute(delete(pairing).where(gone))
                    await connection.execute(insert(pairing).values(row))
                return code, secret

    async def claim(self, secret: str) -> str | None:
        """The token, once somebody typed the code; None while nobody has."""
        mine = pairing.c.secret_hash == digest(secret)
        waits = select(pairing).where(mine, pairing.c.expires_at > self._clock())
        async with self._database.connect() as connection:
            row = (await connection.execute(waits)).first()
        if row is None:
            raise NoPairing
        if row.workshop_id is None:
            return None
        token = _new_token()
        async with self._database.begin() as connection:
            # The request that deletes the row gets the token, so two at once get it only once.
            if not (await connection.execute(delete(pairing).where(mine))).rowcount:
                raise NoPairing
            await self._keep(connection, token, row.workshop_id, row.board_id)
        self._given.pop(digest(secret), None)
        return token

    async def pair(self, code: str, workshop: str, board: str, by: str = "") -> None:
        """The facilitator typed what the wall shows; `by` is the account whose misses are counted."""
        plain = "".join(code[:20].upper().split()).replace("-", "")
        if wait := self._misses.take(by):
            raise TooManyMisses("slow_down", wait)
        # Typed twice at once it pairs once.
        waits = pairing.c.workshop_id.is_(None) & (pairing.c.expires_at > self._clock())
        typed = update(pairing).where(pairing.c.code == plain, waits)
        async with self._database.begin() as connection:
            found = await connection.execute(typed.values(workshop_id=workshop, board_id=board))
        if not found.rowcount:
            raise NoPairing
        self._misses.refund(by)

    async def let_in(self, workshop: str, board: str) -> str:
        """A token for a screen opened from the desk itself."""
        token = _new_token()
        async with self._database.begin() as connection:
            await self._keep(connection, token, workshop, board)
        return token

    async def find(self, token: str) -> Admission | None:
        """The admission of a screen's token."""
        query = select(screens_table).where(
            screens_table.c.token_hash == digest(token), screens_table.c.expires_at > self._clock()
        )
        async with self._database.connect() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        return Admission(Role.SCREEN, row.board_id, row.workshop_id, screen_ground(row.id), row.expires_at)

    async def alive(self, screen: str) -> bool:
        """Whether the screen is still let in."""
        query = select(screens_table.c.id).where(
            screens_table.c.id == screen, screens_table.c.expires_at > self._clock()
        )
        async with self._database.connect() as connection:
            return await connection.scalar(query) is not None

    async def of(self, workshop: str) -> list[str]:
        """The screens paired with a workshop."""
        query = select(screens_table.c.id).where(
            screens_table.c.workshop_id == workshop, screens_table.c.expires_at > self._clock()
        )
        async with self._database.connect() as connection:
            return sorted((await connection.scalars(query)).all())

    async def remove(self, workshops: Collection[str]) -> None:
        """F4: every screen of these workshops goes dark."""
        theirs = screens_table.c.workshop_id.in_(workshops)
        async with self._database.begin() as connection:
            found = list(await connection.scalars(select(screens_table.c.id).where(theirs)))
            await connection.execute(delete(screens_table).where(theirs))
            await connection.execute(delete(pairing).where(pairing.c.workshop_id.in_(workshops)))
        for screen in found:
            self._tell(screen_ground(screen))

    async def send_away(self, workshop: str, screen: str) -> None:
        """The token of this screen is worth nothing from now on."""
        gone = delete(screens_table).where(
            screens_table.c.id == screen, screens_table.c.workshop_id == workshop
        )
        async with self._database.begin() as connection:
            await connection.execute(gone)
        self._tell(screen_ground(screen))

    async def _keep(self, connection: AsyncConnection, token: str, workshop: str, board: str) -> None:
        now = self._clock()
        await connection.execute(delete(screens_table).where(screens_table.c.expires_at <= now))
        await connection.execute(
            insert(screens_table).values(
                id=secrets.token_urlsafe(16),
                token_hash=digest(token),
                workshop_id=workshop,
                board_id=board,
                expires_at=now + SCREEN_LIFE,
            )
        )

    def _make_room(self, address: str) -> list[bytes]:
        """Drop codes that expired or are too many; returns the hashes of the latter."""
        now = self._clock()
        self._given = {key: shown for key, shown in self._given.items() if shown.until > now}
        out = []
        while self._count(address) >= MOST_FROM_ADDRESS:
            out.append(self._push_out(address))
        while len(self._given) >= MOST_PAIRINGS:
            most = Counter(each.address for each in self._given.values()).most_common(1)[0][0]
            out.append(self._push_out(most))
        return out

    def _count(self, address: str) -> int:
        return sum(shown.address == address for shown in self._given.values())

    def _push_out(self, address: str) -> bytes:
        oldest = next(key for key, each in self._given.items() if each.address == address)
        del self._given[oldest]
        return oldest


def _new_token() -> str:
    return f"s.{secrets.token_urlsafe(32)}"

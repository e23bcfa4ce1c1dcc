"""Screens: a wall shows a code, the facilitator types it, and the wall gets a token for 24 hours."""

import secrets
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from app.engine.commands import Role
from app.limits import HOUR, MINUTE, Clock, Window
from app.live.door import ALPHABET, TooManyMisses
from app.live.tables import screen as screens_table
from app.live.tokens import Admission, digest, screen_ground
from app.storage.database import Database

PAIRING_LIFE = 10 * MINUTE
SCREEN_LIFE = 24 * HOUR
CODE_LENGTH = 4
#: The more codes wait, the likelier a slip of the finger lets a stranger's screen in.
MOST_PAIRINGS = 500
MOST_FROM_ADDRESS = 20
#: F12: four signs are guessed by who types for long enough: a minute's misses of one account.
MISSES = 10


@dataclass
class _Pairing:
    code: str
    #: Where the screen is, as a hash.
    address: str
    until: int
    token: str | None = None


class NoPairing(LookupError):
    """No screen shows this code, or the secret is not the screen's, or it waited too long."""


class Screens:
    """Pairs screens and knows who is let in. Waiting codes live in memory: a restart makes new ones."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        #: By the hash of the screen's secret, the oldest first.
        self._waiting: dict[bytes, _Pairing] = {}
        self._misses = Window(clock, MISSES)
        self._tell: Callable[[str], None] = lambda _ground: None

    def on_revoked(self, tell: Callable[[str], None]) -> None:
        """Whom to tell when a screen must go dark: the gatekeeper."""
        self._tell = tell

    def show(self, address: str = "") -> tuple[str, str]:
        """A code for the wall to show, and the secret with which it asks whether somebody typed it.

        F6: who asks for many pushes out their own: those of an address, then of whichever has the most.
        """
        self._tidy()
        while self._count(address) >= MOST_FROM_ADDRESS:
            self._push_out(address)
        while len(self._waiting) >= MOST_PAIRINGS:
            self._push_out(Counter(each.address for each in self._waiting.values()).most_common(1)[0][0])
        code = self._free_code()
        secret = secrets.token_urlsafe(32)
        self._waiting[digest(secret)] = _Pairing(code, address, self._clock() + PAIRING_LIFE)
        return code, secret

    def claim(self, secret: str) -> str | None:
        """The token, once somebody typed the code; None while nobody has."""
        self._tidy()
        pairing = self._waiting.get(digest(secret))
        if pairing is None:
            raise NoPairing
        if pairing.token is not None:
            del self._waiting[digest(secret)]
        return pairing.token

    async def pair(self, code: str, workshop: str, board: str, by: str = "") -> None:
        """The facilitator typed what the wall shows; `by` is the account whose misses are counted."""
        self._tidy()
        plain = "".join(code[:20].upper().split()).replace("-", "")
        if wait := self._misses.take(by):
            raise TooManyMisses("slow_down", wait)
        pairing = next((each for each in self._waiting.values() if each.code == plain), None)
        if pairing is None or pairing.token is not None:
            raise NoPairing
        self._misses.refund(by)
        # Taken before anything is awaited, so that a code typed twice pairs once.
        pairing.token = token = _new_token()
        await self._keep(token, workshop, board)

    async def let_in(self, workshop: str, board: str) -> str:
        """A token for a screen opened from the desk itself."""
        token = _new_token()
        await self._keep(token, workshop, board)
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
        """The screens let into a workshop."""
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

    async def _keep(self, token: str, workshop: str, board: str) -> None:
        now = self._clock()
        async with self._database.begin() as connection:
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

    def _free_code(self) -> str:
        taken = {pairing.code for pairing in self._waiting.values()}
        while True:
            code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
            if code not in taken:
                return code

    def _count(self, address: str) -> int:
        return sum(pairing.address == address for pairing in self._waiting.values())

    def _push_out(self, address: str) -> None:
        del self._waiting[next(key for key, each in self._waiting.items() if each.address == address)]

    def _tidy(self) -> None:
        now = self._clock()
        self._waiting = {key: pairing for key, pairing in self._waiting.items() if pairing.until > now}


def _new_token() -> str:
    return f"s.{secrets.token_urlsafe(32)}"

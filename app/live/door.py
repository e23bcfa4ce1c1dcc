"""The door of a workshop: its code, what its QR code names, and how often somebody may guess (X10)."""

import base64
import hashlib
import re
import secrets
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.limits import DAY, HOUR, MOST_KEYS, SECOND, Clock, Window
from app.live.moment import Moment
from app.live.tables import door as doors_table, used_code
from app.live.tokens import RoomPass, digest, door_ground
from app.storage.database import Database

#: I L O S U Z 0 1 5 are left out: they are read as one another.
ALPHABET = "ABCDEFGHJKMNPQRTVWXY2346789"
CODE_LENGTH = 6
TOKEN_LENGTH = 16
OPEN_FOR = 12 * HOUR
#: The longest a door stays open for what is answered by link (P5.1).
KEPT_FOR = 62 * DAY
NOT_AGAIN_FOR = 90 * DAY
MISSES_PER_ADDRESS = 10
MISSES_ON_SERVER = 60
PAUSE = 30 * SECOND
#: How long an address from which people joined is remembered.
KNOWN_FOR = 12 * HOUR


@dataclass(frozen=True)
class Door:
    """A door as the desk and the wall may know it."""

    workshop: str
    board: str
    open: bool
    code: str
    token: str
    epoch: int
    expires_at: int


class NoRoom(LookupError):
    """Unknown, closed and expired are one answer."""


class TooManyMisses(Exception):
    """Typed codes have to wait; the QR code still works."""

    def __init__(self, code: str, retry_after: float) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


def typed(code: str) -> str | None:
    """B59: the code as it was meant: any case, with spaces or hyphens; None when it can be no code."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKC", code[:40]).upper() if c not in " -\u2010\u2011\u2013\u2014"
    )
    return plain if len(plain) == CODE_LENGTH and all(c in ALPHABET for c in plain) else None


def scanned(token: str) -> str | None:
    """The token of a QR link in any case, or None when it can be none."""
    plain = _SENTENCE_END.sub("", token.upper())
    return plain if len(plain) == TOKEN_LENGTH and all(c in _BASE32 for c in plain) else None


#: G60: what ended the sentence that a link stood in.
_SENTENCE_END = re.compile(r"[.,;:!?)\]}>\"'\u2019\u201d\u00bb]+$")
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class _Typing:
    """The codes typed on the server in one lane: too many misses pause it (X10)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._misses = Window(clock, MISSES_ON_SERVER)
        self._until = 0

    @property
    def pause(self) -> float:
        """Seconds until codes are read again; 0 when they are."""
        return max(0, self._until - self._clock()) / SECOND

    def missed(self) -> None:
        """Count a miss; the last allowed one begins the pause, and so does every further one."""
        self._misses.take()
        if self._misses.wait():
            self._until = self._clock() + PAUSE


class Doors:
    """All doors. A wrong guess costs the guesser; too many on the server pause typing.

    F7: strangers' misses do not pause a company whose people are joining: addresses from which somebody
    joined have a lane, and a cap, of their own.
    """

    def __init__(self, database: Database, clock: Clock, key: bytes) -> None:
        self._database = database
        self._clock = clock
        self._key = hashlib.blake2b(key, digest_size=32, person=b"door token").digest()
        self._misses_from = Window(clock, MISSES_PER_ADDRESS)
        self._strangers, self._known = _Typing(clock), _Typing(clock)
        #: How long an address is remembered, by its hash; the most recent last.
        self._came_from: dict[str, int] = {}
        #: Rows cached for a crowd joining at once: by workshop, or by the token of the QR code.
        self._kept: Moment[str | bytes, Row[Any] | None] = Moment(clock)
        self._tell: Callable[[str], None] = lambda _ground: None
        self._moved: Callable[[str, str], None] = lambda _workshop, _board: None
        self._needed: Callable[[str, str], Awaitable[int]] = _not_needed

    def on_revoked(self, tell: Callable[[str], None]) -> None:
        """Register the gatekeeper, which is notified when the phones of an epoch must leave."""
        self._tell = tell

    def on_moved(self, moved: Callable[[str, str], None]) -> None:
        """Register a listener for changed or closed doors of a workshop: its walls (U13)."""
        self._moved = moved

    def on_opening(self, needed: Callable[[str, str], Awaitable[int]]) -> None:
        """Register who knows until when a workshop needs its door, in ms; 0: no longer than usual."""
        self._needed = needed

    async def keep(self, workshop: str, until: int) -> None:
        """P5.1: what is answered by link for some days needs its door and QR code that long.

        Only ever extends: people who joined before can use the same code again.
        """
        async with self._changing() as connection:
            row = await self._row(connection, workshop)
            now = self._clock()
            if row is not None and now < row.expires_at < (until := min(until, now + KEPT_FOR)):
                await self._set(connection, workshop, {"expires_at": until})

    def changed(self) -> None:
        """Another process has changed a door: drop the cache."""
        self._kept.forget()

    @property
    def typing_paused(self) -> bool:
        """Whether typed codes are paused for some; facilitators are shown that."""
        return bool(self._strangers.pause or self._known.pause)

    def came_in(self, address: str) -> None:
        """Remember an address from which somebody joined. It is already a hash, kept in memory only."""
        self._came_from.pop(address, None)
        self._came_from[address] = self._clock() + KNOWN_FOR
        while len(self._came_from) > MOST_KEYS:
            del self._came_from[next(iter(self._came_from))]

    async def standing(self, workshop: str) -> tuple[int, bool] | None:
        """The epoch with which phones must have joined, and whether new ones may; None without a door."""
        row = await self._kept.get(workshop, partial(self._read, doors_table.c.workshop_id, workshop))
        return (int(row.epoch), self._lets_in(row)) if row else None

    async def find(self, workshop: str) -> Door | None:
        """The door of the workshop, or None while it never had one."""
        async with self._database.connect() as connection:
            row = await self._row(connection, workshop)
        return self._door(row) if row else None

    async def fit_to_key(self) -> None:
        """F10: a new key changes the tokens in QR codes, so update the open doors."""
        standing = select(doors_table).where(doors_table.c.expires_at > self._clock())
        async with self._database.connect() as connection:
            rows = (await connection.execute(standing)).all()
        misfits = {
            row.workshop_id: mine
            for row in rows
            if (mine := digest(self._token(row.nonce))) != row.token_hash
        }
        if not misfits:
            return
        async with self._changing() as connection:
            for workshop, mine in misfits.items():
                change = update(doors_table).where(doors_table.c.workshop_id == workshop)
                await connection.execute(change.values(token_hash=mine))

    async def open(self, workshop: str, board: str) -> Door:
        """Let people in for 12 hours, or as long as is needed.

        An expired door gets a new code; a closed one keeps its code.
        """
        needed = await self._needed(workshop, board)
        async with self._changing() as connection:
            row = await self._row(connection, workshop)
            if row is None or row.expires_at <= self._clock():
                door = await self._renew(connection, workshop, board, row, needed)
            else:
                await self._set(connection, workshop, {"open": True})
                door = self._door(row, now_open=True)
        self._moved(workshop, board)
        return door

    async def close(self, workshop: str) -> Door | None:
        """Admits nobody new; people inside stay."""
        async with self._changing() as connection:
            row = await self._row(connection, workshop)
            if row is None:
                return None
            await self._set(connection, workshop, {"open": False})
        self._moved(workshop, row.board_id)
        return self._door(row, now_open=False)

    async def rotate(self, workshop: str, board: str) -> Door:
        """A new code for everybody: people who joined with the old one are disconnected."""
        needed = await self._needed(workshop, board)
        async with self._changing() as connection:
            row = await self._row(connection, workshop)
            door = await self._renew(connection, workshop, board, row, needed)
        if row is not None:
            self._tell(door_ground(workshop, row.epoch))
        self._moved(workshop, board)
        return door

    async def remove(self, workshops: Collection[str]) -> None:
        """F4: remove the doors of these workshops; people who joined through them are disconnected."""
        theirs = doors_table.c.workshop_id.in_(workshops)
        async with self._changing() as connection:
            found = (await connection.execute(select(doors_table).where(theirs))).all()
            await connection.execute(delete(doors_table).where(theirs))
        for row in found:
            self._tell(door_ground(row.workshop_id, row.epoch))

    async def enter_by_code(self, code: str, address: str) -> RoomPass:
        """Exchange the typed code for the room's pass. `address` is a hash already."""
        plain = typed(code)
        self._may_type(address)
        if plain is None:
            # This cannot be a code, so it was no guess and is not counted.
            raise NoRoom
        async with self._database.connect() as connection:
            row = (await connection.execute(select(doors_table).where(doors_table.c.code == plain))).first()
        # F12: decided and counted in one step, since other guesses were decided meanwhile. If it were counted
        # first, the right codes of a whole room typing at once would block each other.
        self._may_type(address)
        if row is None or not self._lets_in(row):
            self._misses_from.take(address)
            self._lane(address).missed()
            raise NoRoom
        return _pass(row)

    async def enter_by_token(self, token: str) -> RoomPass:
        """Exchange what the QR code names. 80 bits need no counting (X10)."""
        plain = scanned(token)
        if plain is None:
            raise NoRoom
        named = digest(plain)
        row = await self._kept.get(named, partial(self._read, doors_table.c.token_hash, named))
        if row is None or not self._lets_in(row):
            raise NoRoom
        return _pass(row)

    async def behind(self, token: str) -> RoomPass | None:
        """U13: the door of a scanned token, even if it lets nobody in; None if there is none.

        Not for codes: that would tell people who type one whether it exists (X10).
        """
        plain = scanned(token)
        if plain is None:
            return None
        named = digest(plain)
        row = await self._kept.get(named, partial(self._read, doors_table.c.token_hash, named))
        return _pass(row) if row is not None else None

    def _may_type(self, address: str) -> None:
        if pause := self._lane(address).pause:
            raise TooManyMisses("typing_paused", pause)
        if wait := self._misses_from.wait(address):
            raise TooManyMisses("slow_down", wait)

    def _lane(self, address: str) -> _Typing:
        return self._known if self._came_from.get(address, 0) > self._clock() else self._strangers

    def _lets_in(self, row: Row[Any]) -> bool:
        return bool(row.open) and row.expires_at > self._clock()

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that changes doors. X6, X10: once it ends, nobody joins by the old state."""
        try:
            async with self._database.begin() as connection:
                yield connection
        finally:
            self._kept.forget()

    async def _read(self, column: Column[Any], value: str | bytes) -> Row[Any] | None:
        async with self._database.connect() as connection:
            return (await connection.execute(select(doors_table).where(column == value))).first()

    async def _row(self, connection: AsyncConnection, workshop: str) -> Row[Any] | None:
        query = select(doors_table).where(doors_table.c.workshop_id == workshop)
        return (await connection.execute(query)).first()

    async def _set(self, connection: AsyncConnection, workshop: str, values: dict[str, bool | int]) -> None:
        await connection.execute(
            update(doors_table).where(doors_table.c.workshop_id == workshop).values(values)
        )

    async def _renew(
        self, connection: AsyncConnection, workshop: str, board: str, old: Row[Any] | None, needed: int
    ) -> Door:
        now = self._clock()
        nonce = secrets.token_bytes(16)
        values = {
            "workshop_id": workshop,
            "board_id": board,
            "open": True,
            "code": await self._new_code(connection),
            "token_hash": digest(self._token(nonce)),
            "nonce": nonce,
            "epoch": old.epoch + 1 if old else 1,
            "expires_at": max(now + OPEN_FOR, min(needed, now + KEPT_FOR)),
        }
        if old is None:
            await connection.execute(insert(doors_table).values(values))
        else:
            await connection.execute(
                update(doors_table).where(doors_table.c.workshop_id == workshop).values(values)
            )
        row = await self._row(connection, workshop)
        assert row is not None
        return self._door(row)

    async def _new_code(self, connection: AsyncConnection) -> str:
        """A code nobody had in the last 90 days."""
        now = self._clock()
        await connection.execute(delete(used_code).where(used_code.c.until < now))
        while True:
            code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
            if await connection.scalar(select(used_code.c.code).where(used_code.c.code == code)) is None:
                await connection.execute(insert(used_code).values(code=code, until=now + NOT_AGAIN_FOR))
                return code

    def _token(self, nonce: bytes) -> str:
        """80 bits that nobody can know without the server's key, so the database needs only their hash."""
        return base64.b32encode(hashlib.blake2b(nonce, key=self._key, digest_size=10).digest()).decode()

    def _door(self, row: Row[Any], *, now_open: bool | None = None) -> Door:
        is_open = bool(row.open) if now_open is None else now_open
        return Door(
            workshop=row.workshop_id,
            board=row.board_id,
            open=is_open and row.expires_at > self._clock(),
            code=row.code,
            token=self._token(row.nonce),
            epoch=row.epoch,
            expires_at=row.expires_at,
        )


async def _not_needed(_workshop: str, _board: str) -> int:
    return 0


def _pass(row: Row[Any]) -> RoomPass:
    return RoomPass(workshop=row.workshop_id, board=row.board_id, epoch=row.epoch, expires_at=row.expires_at)

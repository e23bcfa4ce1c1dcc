"""What opens a board: the phones' room token, screens' tokens, desks' tickets, and the gate that reads them.

A1: the room token is the same string for everybody in the room, so it can tell nobody from anybody.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from itsdangerous import BadData, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, ValidationError

from app.engine.commands import Role
from app.limits import SECOND, Clock

TICKET_LIFE = 30 * SECOND
#: More tickets or keys than this are never open at once on one server.
MOST_TICKETS = 2000
#: And no more than this of one account: whoever asks for many loses their own (F6).
MOST_OF_ONE = 100


class RoomPass(BaseModel):
    """What a room token says: which workshop, which epoch of its door, and until when."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    workshop: str
    board: str
    epoch: int
    expires_at: int


def digest(token: str) -> bytes:
    """What we keep of a random token of 80 bits and more; a plain hash is enough for those (2.2)."""
    return hashlib.sha256(token.encode()).digest()


class Signer:
    """Makes and reads room tokens. The same pass gives the same string (A1)."""

    def __init__(self, key: bytes) -> None:
        how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._signer = URLSafeSerializer(key, salt="room token", signer_kwargs=how)

    def sign(self, room: RoomPass) -> str:
        """The token for the pass."""
        return f"r.{self._signer.dumps(room.model_dump())}"

    def read(self, token: str) -> RoomPass | None:
        """The pass in a token we signed; None for anything else."""
        try:
            return RoomPass.model_validate(self._signer.loads(token.removeprefix("r.")))
        except (BadData, ValidationError):
            return None


@dataclass(frozen=True)
class Admission:
    """That somebody may come in: as what, where to, on what ground, and until when."""

    role: Role
    board: str
    workshop: str
    #: What the admission rests on; when that is revoked, everybody with the same ground goes (X6).
    ground: str
    expires_at: int
    #: The account of a desk; phones and screens are nobody.
    account: str | None = None
    #: F6: nobody new comes in on it just now, only who has been inside.
    shut: bool = False
    #: U7: a desk's own small picture of the wall. It sees what a screen sees, and is no wall in the room.
    picture: bool = False


class Doors(Protocol):
    """What the gate asks of the doors."""

    async def standing(self, workshop: str) -> tuple[int, bool] | None:
        """The epoch of the workshop's door, and whether new phones may come in; None without a door."""


class Screens(Protocol):
    """What the gate asks of the screens."""

    async def find(self, token: str) -> Admission | None:
        """The admission of a screen's token."""

    async def alive(self, screen: str) -> bool:
        """Whether the screen is still let in."""


class Desks(Protocol):
    """What the gate asks of accounts and processes about a desk."""

    async def role(self, session: str, account: str, workshop: str) -> Role | None:
        """The role in the workshop of an account whose session still lives; None when either is over."""


def session_ground(session: str) -> str:
    """The ground of everything that was opened from one signed-in browser."""
    return f"session:{session}"


def door_ground(workshop: str, epoch: int) -> str:
    """The ground of all phones that came in by one epoch of a door."""
    return f"door:{workshop}:{epoch}"


def screen_ground(screen: str) -> str:
    """The ground of one screen."""
    return f"screen:{screen}"


@dataclass(frozen=True)
class _Waiting:
    admission: Admission
    until: int


class Gatekeeper:
    """Reads what is shown at the door of a board, and says again later whether it still holds (X6).

    Tickets and keys live in this process's memory, hashed: a restart ends them, and desks fetch new ones.
    """

    def __init__(self, *, clock: Clock, signer: Signer, doors: Doors, screens: Screens, desks: Desks) -> None:
        self.clock = clock
        self._signer = signer
        self._doors = doors
        self._screens = screens
        self._desks = desks
        self._tickets: dict[bytes, _Waiting] = {}
        self._keys: dict[bytes, Admission] = {}
        self._told: list[Callable[[str], None]] = []

    async def admit(self, token: str) -> Admission | None:
        """Who shows this token at `hello`. A ticket is spent by showing it, whatever comes of it."""
        match token[:2]:
            case "r.":
                return await self._by_room_token(token)
            case "s.":
                found = await self._screens.find(token)
            case "t.":
                waiting = self._tickets.pop(digest(token), None)
                found = waiting.admission if waiting and waiting.until > self.clock() else None
            case _:
                found = None
        return found if found and await self.still_admitted(found) else None

    async def admit_bearer(self, token: str) -> Admission | None:
        """Who sends a command by POST: a room or screen token, or a desk's key; never a ticket."""
        if token.startswith("t."):
            return None
        if token.startswith("k."):
            found = self._keys.get(digest(token))
            return found if found and await self.still_admitted(found) else None
        return await self.admit(token)

    async def still_admitted(self, admission: Admission) -> bool:
        """Whether the ground holds: door epoch, screen, or session and membership. Asked again every 60 s."""
        if admission.expires_at <= self.clock():
            return False
        kind, _, rest = admission.ground.partition(":")
        match kind:
            case "door":
                workshop, _, epoch = rest.rpartition(":")
                standing = await self._doors.standing(workshop)
                return standing is not None and standing[0] == int(epoch)
            case "screen":
                return await self._screens.alive(rest)
            case "session":
                account = admission.account or ""
                role = await self._desks.role(rest, account, admission.workshop)
                return role is not None if admission.picture else role == admission.role
            case _:
                return False

    def ticket(self, admission: Admission) -> str:
        """A ticket for one `hello` within 30 s (X6)."""
        now = self.clock()
        self._tickets = {key: waiting for key, waiting in self._tickets.items() if waiting.until > now}
        mine = [key for key, each in self._tickets.items() if each.admission.account == admission.account]
        _make_room(self._tickets, mine)
        token = f"t.{secrets.token_urlsafe(32)}"
        self._tickets[digest(token)] = _Waiting(admission, now + TICKET_LIFE)
        return token

    def key(self, admission: Admission) -> str:
        """The key with which a desk that said `hello` may send commands by POST, until it is forgotten."""
        _make_room(self._keys, [k for k, each in self._keys.items() if each.account == admission.account])
        token = f"k.{secrets.token_urlsafe(32)}"
        self._keys[digest(token)] = admission
        return token

    def forget_key(self, key: str) -> None:
        """The connection is over, and so is its key."""
        self._keys.pop(digest(key), None)

    def on_revoked(self, callback: Callable[[str], None]) -> None:
        """Call back with a ground the moment it is revoked; whoever came in on it is shown out at once."""
        self._told.append(callback)

    def revoke(self, ground: str) -> None:
        """The ground no longer holds: a sign-out, a new code for all, a screen sent away."""
        self._tickets = {
            k: waiting for k, waiting in self._tickets.items() if waiting.admission.ground != ground
        }
        self._keys = {k: admission for k, admission in self._keys.items() if admission.ground != ground}
        for callback in self._told:
            callback(ground)

    async def _by_room_token(self, token: str) -> Admission | None:
        room = self._signer.read(token)
        if room is None or room.expires_at <= self.clock():
            return None
        standing = await self._doors.standing(room.workshop)
        if standing is None or standing[0] != room.epoch:
            return None
        ground = door_ground(room.workshop, room.epoch)
        return Admission(Role.PHONE, room.board, room.workshop, ground, room.expires_at, shut=not standing[1])


def _make_room(held: dict[bytes, Any], mine: list[bytes]) -> None:
    """Drop the oldest of mine when I have too many, else the oldest of all when there are."""
    if len(mine) >= MOST_OF_ONE:
        del held[mine[0]]
    elif len(held) >= MOST_TICKETS:
        del held[next(iter(held))]

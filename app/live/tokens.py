"""What opens a board: the phones' room token, screens' tokens, desks' tickets, and the gate that reads them.

A1: the room token is the same string for everybody in the room, so it identifies nobody.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from itsdangerous import BadData, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, ValidationError

from app.engine.commands import Role
from app.limits import SECOND, Clock

TICKET_LIFE = 30 * SECOND


class RoomPass(BaseModel):
    """What a room token says: which workshop, which epoch of its door, and until when."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    workshop: str
    board: str
    epoch: int
    expires_at: int


#: A ticket is good for one `hello`, a key for commands by POST.
_Kind = Literal["t", "k"]


def digest(token: str) -> bytes:
    """The stored form of a random token; from 80 bits on, a plain hash is enough (2.2)."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True)
class Admission:
    """Permission to connect: with which role, where to, on what ground, and until when."""

    role: Role
    board: str
    workshop: str
    #: What the admission depends on; when that is revoked, everybody with the same ground leaves (X6).
    ground: str
    expires_at: int
    #: The account of a desk; phones and screens are nobody.
    account: str | None = None
    #: F6: at present it lets clients reconnect, but nobody new in.
    shut: bool = False
    #: U7: a desk's own small picture of the wall. It sees what a screen sees, but is not a wall in the room.
    picture: bool = False
    #: R11: a random id made by the desk's own page, and the account's name.
    desk: str = ""
    name: str = ""


class _Desk(BaseModel):
    """What a ticket or a key says: an admission by session; of a ticket its own id too, and until when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    admission: Admission
    once: str = ""
    until: int = 0


class Signer:
    """Makes and reads tokens that any process with the same key can read; none are stored."""

    def __init__(self, key: bytes) -> None:
        how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._rooms = URLSafeSerializer(key, salt="room token", signer_kwargs=how)
        self._desks = {
            kind: URLSafeSerializer(key, salt=salt, signer_kwargs=how)
            for kind, salt in (("t", "desk ticket"), ("k", "desk key"))
        }

    def sign(self, room: RoomPass) -> str:
        """The token for the pass. The same pass gives the same string (A1)."""
        return f"r.{self._rooms.dumps(room.model_dump())}"

    def read(self, token: str) -> RoomPass | None:
        """The pass in a token we signed; None for anything else."""
        try:
            return RoomPass.model_validate(self._rooms.loads(token.removeprefix("r.")))
        except (BadData, ValidationError):
            return None

    def sign_desk(self, kind: _Kind, desk: _Desk) -> str:
        """A ticket or a key."""
        return f"{kind}.{self._desks[kind].dumps(desk.model_dump(mode='json'))}"

    def read_desk(self, kind: _Kind, token: str) -> _Desk | None:
        """The contents of a ticket or key that we signed as such; None for anything else."""
        try:
            return _Desk.model_validate(self._desks[kind].loads(token.removeprefix(f"{kind}.")))
        except (BadData, ValidationError):
            return None


class Doors(Protocol):
    """What the gate asks of the doors."""

    async def standing(self, workshop: str) -> tuple[int, bool] | None:
        """The epoch of the workshop's door, and whether new phones may join; None without a door."""


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
    """The ground of all phones that joined by one epoch of a door."""
    return f"door:{workshop}:{epoch}"


def screen_ground(screen: str) -> str:
    """The ground of one screen."""
    return f"screen:{screen}"


class Spent(Protocol):
    """What the gate asks about one-time tokens."""

    async def take(self, id: str, until: int) -> bool:
        """Whether nobody has used it before, in this process or another."""


class Gatekeeper:
    """Reads the tokens shown to enter a board, and checks later whether they still hold (X6).

    Tickets and keys are signed, so that every process can read those of any other; what they depend on is
    checked each time they are used.
    """

    def __init__(
        self, *, clock: Clock, signer: Signer, doors: Doors, screens: Screens, desks: Desks, spent: Spent
    ) -> None:
        self.clock = clock
        self._signer = signer
        self._doors = doors
        self._screens = screens
        self._desks = desks
        self._spent = spent
        self._told: list[Callable[[str], None]] = []

    async def admit(self, token: str) -> Admission | None:
        """Who shows this token at `hello`. A ticket is spent by showing it, even if it is refused."""
        match token[:2]:
            case "r.":
                return await self._by_room_token(token)
            case "s.":
                found = await self._screens.find(token)
            case "t.":
                found = await self._by_ticket(token)
            case _:
                found = None
        return found if found and await self.still_admitted(found) else None

    async def admit_bearer(self, token: str) -> Admission | None:
        """Who sends a command by POST: a room or screen token, or a desk's key; never a ticket."""
        if token.startswith("t."):
            return None
        if token.startswith("k."):
            read = self._signer.read_desk("k", token)
            return read.admission if read and await self.still_admitted(read.admission) else None
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
        until = self.clock() + TICKET_LIFE
        return self._signer.sign_desk(
            "t", _Desk(admission=admission, once=secrets.token_urlsafe(16), until=until)
        )

    def key(self, admission: Admission) -> str:
        """With it a desk that sent `hello` may send commands by POST while its ground is valid."""
        return self._signer.sign_desk("k", _Desk(admission=admission))

    def on_revoked(self, callback: Callable[[str], None]) -> None:
        """Call back with a ground when it is revoked; everybody admitted on it is disconnected at once."""
        self._told.append(callback)

    def revoke(self, ground: str) -> None:
        """The ground no longer holds: a sign-out, a new code for all, a screen sent away."""
        for callback in self._told:
            callback(ground)

    async def _by_ticket(self, token: str) -> Admission | None:
        read = self._signer.read_desk("t", token)
        if read is None or read.until <= self.clock():
            return None
        return read.admission if await self._spent.take(read.once, read.until) else None

    async def _by_room_token(self, token: str) -> Admission | None:
        room = self._signer.read(token)
        if room is None or room.expires_at <= self.clock():
            return None
        standing = await self._doors.standing(room.workshop)
        if standing is None or standing[0] != room.epoch:
            return None
        ground = door_ground(room.workshop, room.epoch)
        return Admission(Role.PHONE, room.board, room.workshop, ground, room.expires_at, shut=not standing[1])

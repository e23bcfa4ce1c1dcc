"""Admission: from a `hello` to a member of a room's hub. Used by both transports."""

from collections.abc import Callable
from dataclasses import dataclass

from app.engine.commands import Role
from app.engine.room import Asker
from app.live.flood import Source
from app.live.member import Line, Member
from app.live.messages import PROTOCOL, SHOWN_OUT, TOO_OLD, Hello, Welcome
from app.live.rooms import OpenRoom, Rooms
from app.live.tokens import Gatekeeper


class TurnedAway(Exception):
    """Not let in; `code` is the close code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Visit:
    """A client that has joined."""

    opened: OpenRoom
    member: Member
    asker: Asker
    #: The address of the connection. It stays in the network layer: the room gets only the asker (A1).
    source: Source


class Lobby:
    """Lets in clients with a valid token, and sees them out."""

    def __init__(
        self, rooms: Rooms, gate: Gatekeeper, came_in: Callable[[str], None] = lambda _address: None
    ) -> None:
        self._rooms = rooms
        self._gate = gate
        #: Gets the hash of an address from which somebody joined.
        self._came_in = came_in

    async def enter(self, hello: Hello, line: Line, address: str) -> Visit:
        """Admit, welcome and catch up; raises `TurnedAway`. `address` is a hash."""
        if hello.protocol != PROTOCOL:
            raise TurnedAway(TOO_OLD)
        admission = await self._gate.admit(hello.token)
        if admission is None:
            raise TurnedAway(SHOWN_OUT)
        opened = await self._rooms.open(admission.board)
        if opened is None:
            raise TurnedAway(SHOWN_OUT)
        if admission.shut and not _been_inside(opened, hello.epoch):
            # F6: a closed door lets clients reconnect, but admits nobody new.
            raise TurnedAway(SHOWN_OUT)
        desk = admission.role in (Role.FACILITATOR, Role.CO_FACILITATOR)
        key = self._gate.key(admission) if desk else None
        member = Member(
            admission.role,
            admission.workshop,
            line,
            counted=not admission.picture,
            desk=admission.desk,
            name=admission.name,
        )
        now = self._gate.clock() if line.kind == "events" else 0
        welcome = Welcome(role=admission.role, workshop=admission.workshop, key=key, now=now)
        # From here on nothing is awaited: what is read must match what is sent (E3).
        line.write(line.frame(welcome.model_dump_json().encode()))
        opened.admissions[member] = admission
        opened.hub.join(member, hello.since, hello.epoch, hello.activity)
        source = opened.flood.source(admission.workshop, address)
        if admission.role is Role.PHONE:
            source.lines += 1
            self._came_in(address)
        return Visit(opened, member, Asker(admission.role, admission.workshop), source)

    def leave(self, visit: Visit) -> None:
        """They have gone."""
        if visit.asker.role is Role.PHONE:
            visit.source.lines -= 1
        visit.opened.hub.leave(visit.member)
        visit.opened.admissions.pop(visit.member, None)

    async def bearer(self, shown: str) -> tuple[OpenRoom, Asker, str] | None:
        """Who sends a command by POST, and a desk's name. `shown` is a token, then `~` and the epoch, which
        only clients inside know.
        """
        token, _, epoch = shown.partition("~")
        admission = await self._gate.admit_bearer(token)
        opened = await self._rooms.open(admission.board) if admission else None
        if admission is None or opened is None or (admission.shut and not _been_inside(opened, epoch)):
            return None
        return opened, Asker(admission.role, admission.workshop), admission.name


def _been_inside(opened: OpenRoom, epoch: str) -> bool:
    """Clients inside know the board's epoch. It is the same for all, so it identifies no phone (A1)."""
    return epoch == opened.room.board.epoch

"""Coming in: from a `hello` to a member of a room's hub. Used by both wires."""

from dataclasses import dataclass

from app.board.commands import Role
from app.board.room import Asker
from app.live.hub import Line, Member
from app.live.messages import PROTOCOL, Hello, Welcome
from app.live.rooms import OpenRoom, Rooms
from app.live.tokens import Gatekeeper


class TurnedAway(Exception):
    """Not let in; `code` is the close code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Visit:
    """Somebody who is in."""

    opened: OpenRoom
    member: Member
    asker: Asker
    key: str | None


class Lobby:
    """Lets in who shows a good token, and sees them out."""

    def __init__(self, rooms: Rooms, gate: Gatekeeper) -> None:
        self._rooms = rooms
        self._gate = gate

    async def enter(self, hello: Hello, line: Line) -> Visit:
        """Admit, welcome and catch up; raises `TurnedAway`."""
        if hello.protocol != PROTOCOL:
            raise TurnedAway(4410)
        admission = await self._gate.admit(hello.token)
        if admission is None:
            raise TurnedAway(4401)
        opened = await self._rooms.open(admission.board)
        if opened is None:
            raise TurnedAway(4401)
        desk = admission.role in (Role.FACILITATOR, Role.CO_FACILITATOR)
        key = self._gate.key(admission) if desk else None
        member = Member(admission.role, admission.workshop, line)
        welcome = Welcome(role=admission.role, workshop=admission.workshop, key=key)
        # From here to the end nothing is awaited: what is read and who is told must belong together (E3).
        line.write(line.frame(welcome.model_dump_json().encode()))
        opened.admissions[member] = admission
        opened.hub.join(member, hello.since, hello.epoch, hello.activity)
        return Visit(opened, member, Asker(admission.role, admission.workshop), key)

    def leave(self, visit: Visit) -> None:
        """They have gone."""
        visit.opened.hub.leave(visit.member)
        visit.opened.admissions.pop(visit.member, None)
        if visit.key is not None:
            self._gate.forget_key(visit.key)

    async def bearer(self, token: str) -> tuple[OpenRoom, Asker] | None:
        """Who sends a command by POST."""
        admission = await self._gate.admit_bearer(token)
        opened = await self._rooms.open(admission.board) if admission else None
        if admission is None or opened is None:
            return None
        return opened, Asker(admission.role, admission.workshop)

"""How a phone is let in: by its code, by what the QR code names, or together with the page itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import orjson
from pydantic import BaseModel

from app.board.agenda import Item, Workshop
from app.limits import Clock
from app.live.door import Doors, NoRoom
from app.live.rooms import OpenRoom
from app.live.tokens import RoomPass, Signer


class Joined(BaseModel):
    """What a phone needs to say hello: the same for every phone in the room (A1)."""

    token: str
    workshop: str
    board: str
    language: str
    server_now: int


@dataclass(frozen=True)
class Arrival:
    """What a phone's page is sent with: who it is let in as, what it sees, and what it will draw first."""

    #: JSON: `joined` (a `Joined`) and `changes` (a `ChangesMessage`, the first load of a phone).
    body: bytes
    language: str
    #: The kind of the live activity; None while there is none.
    activity: str | None


class Boards(Protocol):
    """Where the rooms are: `Rooms`."""

    async def open(self, board_id: str) -> OpenRoom | None:
        """The room of a board; None for one that is not there."""


class Reception:
    """Exchanges passes for the room's token."""

    def __init__(
        self,
        doors: Doors,
        rooms: Boards,
        signer: Signer,
        clock: Clock,
        language: Callable[[str], Awaitable[str]],
    ) -> None:
        self._doors = doors
        self._rooms = rooms
        self._signer = signer
        self._clock = clock
        self._language = language

    async def by_code(self, code: str, address: str) -> Joined:
        """As `Doors.enter_by_code`: raises `NoRoom` or `TooManyMisses`."""
        return await self._joined(await self._doors.enter_by_code(code, address))

    async def by_token(self, token: str) -> Joined:
        """As `Doors.enter_by_token`: raises `NoRoom`."""
        return await self._joined(await self._doors.enter_by_token(token))

    async def with_page(self, token: str) -> Arrival | None:
        """What goes along with the page of a scanned code, so that a slow phone need not ask twice more.

        The same bytes for every phone at that moment (A2). None: the page has to ask, and is told why not.
        """
        try:
            joined = await self.by_token(token)
        except NoRoom:
            return None
        opened = await self._rooms.open(joined.board)
        if opened is None:
            return None
        board = opened.room.board
        workshop = board.held(joined.workshop)
        live = workshop.record.live if workshop and isinstance(workshop.record, Workshop) else None
        item = board.held(live) if live else None
        changes = opened.hub.first_load("phone", joined.workshop)
        return Arrival(
            body=orjson.dumps({"joined": joined.model_dump(), "changes": orjson.Fragment(changes)}),
            language=joined.language,
            activity=item.record.activity if item and isinstance(item.record, Item) else None,
        )

    async def _joined(self, room: RoomPass) -> Joined:
        return Joined(
            token=self._signer.sign(room),
            workshop=room.workshop,
            board=room.board,
            language=await self._language(room.workshop),
            server_now=self._clock(),
        )

"""How a phone is let in: by its code, by what the QR code names, or together with the page itself."""

from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol

import orjson
from pydantic import BaseModel

from app.engine.agenda import Item, Workshop
from app.engine.records import Board, Id
from app.limits import Clock
from app.live.door import Doors, NoRoom
from app.live.moment import Moment
from app.live.rooms import OpenRoom
from app.live.tokens import RoomPass, Signer
from app.locales import FALLBACK


class Joined(BaseModel):
    """What a phone needs to say hello: the same for every phone in the room (A1)."""

    token: str
    workshop: str
    board: str
    language: Literal["da", "en"]
    server_now: int


#: Why a scanned code admits nobody: the door is closed, or the meeting is over.
Shut = Literal["closed", "ended"]


@dataclass(frozen=True, eq=False)
class Arrival:
    """The data in a phone's page: its role and room, what it sees, and what it will draw first.

    The same for all who arrive within a moment, so that their page is built only once.
    """

    #: JSON: `joined` (a `Joined`) and `changes` (a `ChangesMessage`, the first load of a phone).
    body: bytes
    language: str
    #: The kind of the live activity; None while there is none.
    activity: str | None


class Boards(Protocol):
    """Implemented by `Rooms`."""

    async def open(self, board_id: str) -> OpenRoom | None:
        """The room of a board; None for one that is not there."""

    async def board(self, board_id: str) -> Board | None:
        """The current board; None if it does not exist."""


class Reception:
    """Exchanges passes for the room's token."""

    def __init__(
        self,
        doors: Doors,
        rooms: Boards,
        signer: Signer,
        clock: Clock,
    ) -> None:
        self._doors = doors
        self._rooms = rooms
        self._signer = signer
        self._clock = clock
        #: What is sent with the page, by the pass and the live activity.
        self._arrivals: Moment[tuple[RoomPass, Id | None], Arrival] = Moment(clock)

    async def by_code(self, code: str, address: str) -> Joined:
        """As `Doors.enter_by_code`: raises `NoRoom` or `TooManyMisses`."""
        return await self._joined(await self._doors.enter_by_code(code, address))

    async def by_token(self, token: str) -> Joined:
        """As `Doors.enter_by_token`: raises `NoRoom`."""
        return await self._joined(await self._doors.enter_by_token(token))

    async def with_page(self, token: str) -> Arrival | Shut | None:
        """What is sent with the page of a scanned code, to save a slow phone two more requests.

        The same bytes for every phone within a moment (A2), never those of another pass or another live
        activity. If the door is closed the page says why (U13), since nobody can guess 80 bits. None: no such
        door, or no longer.
        """
        try:
            room = await self._doors.enter_by_token(token)
        except NoRoom:
            return await self._shut(token)
        opened = await self._rooms.open(room.board)
        if opened is None:
            return None
        workshop = opened.room.board.find(Workshop, room.workshop)
        live = workshop.live if workshop else None
        return await self._arrivals.get((room, live), partial(self._arrival, room, opened, live))

    async def _shut(self, token: str) -> Shut | None:
        room = await self._doors.behind(token)
        board = await self._rooms.board(room.board) if room else None
        workshop = board.find(Workshop, room.workshop) if room and board else None
        if workshop is None:
            return None
        return "ended" if workshop.state == "ended" else "closed"

    async def _arrival(self, room: RoomPass, opened: OpenRoom, live: Id | None) -> Arrival:
        joined = await self._joined(room)
        item = opened.room.board.find(Item, live) if live else None
        changes = opened.hub.first_load("phone", room.workshop)
        return Arrival(
            body=orjson.dumps({"joined": joined.model_dump(), "changes": orjson.Fragment(changes)}),
            language=joined.language,
            activity=item.activity if item else None,
        )

    async def _joined(self, room: RoomPass) -> Joined:
        board = await self._rooms.board(room.board)
        workshop = board.find(Workshop, room.workshop) if board else None
        return Joined(
            token=self._signer.sign(room),
            workshop=room.workshop,
            board=room.board,
            # From the board, which is in memory, so that a change takes effect at once.
            language=workshop.language if workshop else FALLBACK,
            server_now=self._clock(),
        )

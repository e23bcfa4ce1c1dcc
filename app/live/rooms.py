"""The rooms that this process has open, each with its hub, and their periodic work (E6, E8)."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, Protocol

import structlog

from app.clock import end_of, local_day
from app.engine.agenda import Item, Seed, Workshop
from app.engine.attendance import CountPeople, RaiseThreshold, below
from app.engine.commands import Asked, Command, Role
from app.engine.ending import ForgetMeeting, Lead, leftovers
from app.engine.pace import SayDone
from app.engine.records import Board, Record
from app.engine.registry import Registry
from app.engine.room import SERVER, Answer, Room, board_of
from app.engine.store import BoardStore, Full, Snapshot
from app.live.alarm import LoopAlarm
from app.live.done import Marks
from app.live.elsewhere import Elsewhere
from app.live.flood import FloodLimits, RoomFlood, counted
from app.live.hub import Hub
from app.live.listeners import Announces, Ends, Keeps
from app.live.member import Member
from app.live.messages import SHOWN_OUT, DoorMoved
from app.live.tokens import Admission

log = structlog.get_logger("rooms")

#: How often boards that nobody has open are checked for due commands, in seconds (E6).
SWEEP = 30.0
#: How often admissions are checked again, in seconds (X6).
RECHECK = 60.0
#: How often other processes' changes are polled, as hints may be lost, in seconds (R14).
POLL = 2.0


class Store(BoardStore, Protocol):
    """Where all boards rest, as the rooms need it."""

    async def delete(self, board_id: str) -> None:
        """Delete everything of a board; a missing one is not an error."""

    async def release(self, board_id: str) -> None:
        """Nobody has the board open any more."""

    async def seqs(self, board_ids: Sequence[str]) -> Mapping[str, int]:
        """The seq of each of these boards, for a poll (R14)."""

    async def due(self, now: int) -> list[str]:
        """Boards with timers that are due, whoever has them open (E6)."""


@dataclass
class OpenRoom:
    """A board with its room, its hub, and its members by ground of admission."""

    room: Room
    hub: Hub
    flood: RoomFlood
    #: A3: commands with a name are counted separately from anonymous ones.
    named_flood: RoomFlood
    #: Told of each command once it is answered: whether it was stored, and the seconds until then.
    timed: Callable[[str, float], None]
    #: Notified of each phone that has reported here that it is done.
    said_done: Callable[[SayDone], None] = lambda _command: None
    admissions: dict[Member, Admission] = field(default_factory=dict)
    #: How many took part at the last count, here and at other processes, by workshop.
    _people: dict[str, int] = field(default_factory=dict)

    def counted(self, workshop: str, elsewhere: int) -> int:
        """How many take part. Numbers from elsewhere count once they held at two counts in a row, so that a
        client that moves between processes is counted once.
        """
        here = self.flood.people(workshop)
        before, self._people[workshop] = self._people.get(workshop, 0), here + elsewhere
        return max(here, min(before, here + elsewhere))


class Others(Protocol):
    """The other processes, as the rooms need them: hints may be lost."""

    def tell(
        self, topic: Literal["board", "out", "here", "stepped", "done"], about: str, value: Any = None
    ) -> None:
        """A board has this seq; a board or workshop is disconnected; who is here, undoes or is done."""


def _stored(answer: Answer) -> None:
    """Raise what the storage would have raised, for HTTP callers."""
    if answer.code == "full":
        raise Full
    if answer.code == "busy":
        raise TimeoutError
    if answer.code:
        raise RuntimeError(answer.code)


class Rooms:
    """Opens rooms when they are asked for and keeps them open while somebody is there."""

    def __init__(
        self,
        store: Store,
        registry: Registry,
        now: Callable[[], int],
        limits: FloodLimits,
        others: Others,
        on_end: Callable[[str], None] | None = None,
        on_needed: Callable[[str, int], None] | None = None,
        timed: Callable[[str, float], None] = lambda _outcome, _seconds: None,
    ) -> None:
        self._store = store
        self._registry = registry
        self._now = now
        self._limits = limits
        self._others = others
        self.elsewhere = Elsewhere(others, now)
        self.marks = Marks(others, lambda: (opened.room for opened in self._open.values()))
        self._on_end = on_end
        self._on_needed = on_needed
        self._timed = timed
        self._open: dict[str, OpenRoom] = {}
        self._opening: dict[str, asyncio.Lock] = {}
        self._stopping = False

    async def create(self, board_id: str) -> None:
        """A new empty board."""
        await self._store.create(board_id)

    async def seed(self, board_id: str, records: Sequence[Record], *, settled: bool = False) -> None:
        """Put the first records of a workshop on its board; `settled`: they were on another one before."""
        opened = await self.open(board_id)
        if opened is None:
            raise LookupError(board_id)
        begin = Seed(type="agenda.seed", records=tuple(records), settled=settled)
        _stored(await opened.room.submit(SERVER, begin))

    async def open(self, board_id: str) -> OpenRoom | None:
        """The room of a board, loaded if need be; None for a board that is not there."""
        opened = self._open.get(board_id)
        if opened is not None:
            return opened
        async with self._opening.setdefault(board_id, asyncio.Lock()):
            if board_id not in self._open:
                snapshot = await self._store.load(board_id)
                if snapshot is None:
                    return None
                self._open[board_id] = self._opened(board_id, snapshot)
        self._opening.pop(board_id, None)
        return self._open[board_id]

    def _opened(self, board_id: str, snapshot: Snapshot) -> OpenRoom:
        board = board_of(snapshot, self._registry)
        alarm = LoopAlarm(self._now)
        room = Room(board_id, board, self._registry, self._store, self._now, alarm, day=local_day)
        hub = Hub(board, self._registry, elsewhere=self.elsewhere)
        room.listeners.append(hub)
        if self._on_end is not None:
            room.listeners.append(Ends(self._on_end))
        if self._on_needed is not None:
            room.listeners.append(Keeps(partial(self._needed, board), self._on_needed))
        loop = asyncio.get_running_loop()
        room.listeners.append(Announces(board_id, self._registry.visible, self._others, loop.call_later))
        flood, named = (RoomFlood(self._limits, loop.time) for _ in range(2))
        return OpenRoom(room, hub, flood, named, self._timed, self.marks.said)

    async def board(self, board_id: str) -> Board | None:
        """The current board, to read from (summary, home page)."""
        opened = await self.open(board_id)
        return opened.room.board if opened else None

    async def needed(self, workshop: str, board_id: str) -> int:
        """Until when a workshop needs its door, in ms; 0: no longer than any meeting."""
        board = await self.board(board_id)
        return self._needed(board, workshop) if board else 0

    def _needed(self, board: Board, workshop: str) -> int:
        found = board.find(Workshop, workshop)
        live = board.find(Item, found.live) if found and found.live else None
        day = self._registry.lasts(board, live) if live else None
        return end_of(day) if day else 0

    async def workshops(self, board_id: str) -> Mapping[str, Workshop]:
        """The workshops on a board as they stand now, by id."""
        board = await self.board(board_id)
        return board.every(Workshop) if board else {}

    async def led(self, workshop: str, board_id: str) -> None:
        """F4: a driver did something outside the board, such as opening the door."""
        opened = await self.open(board_id)
        if opened is not None:
            await opened.room.submit(SERVER, Lead(type="ending.lead", workshop=workshop))

    async def raise_threshold(self, board_id: str, threshold: int) -> None:
        """A12: what the company asks for holds at once for meetings that have not ended."""
        if opened := await self.open(board_id):
            more = RaiseThreshold(type="attendance.raise_threshold", threshold=threshold)
            _stored(await opened.room.submit(SERVER, more))

    async def tidy(self, board_id: str, threshold: int) -> int:
        """F4, A12: settle what an older version or a power cut left on a board; returns how many things."""
        try:
            snapshot = await self._store.load(board_id)
        except sqlite3.Error:
            # A damaged file is left as it is, and the others are processed.
            return 0
        if snapshot is None:
            return 0
        if board_id not in self._open:
            await self._store.release(board_id)
        board, now = board_of(snapshot, self._registry), self._now()
        asked = Asked(Role.SERVER, now, self._registry, today=local_day(now), day=local_day)
        found = [leftovers(board, one, asked) for one in board.every(Workshop).values()]
        commands: list[Command] = [command for command in found if command is not None]
        if below(board, threshold):
            commands.append(RaiseThreshold(type="attendance.raise_threshold", threshold=threshold))
        opened = await self.open(board_id) if commands else None
        if opened is not None:
            for command in commands:
                await opened.room.submit(SERVER, command)
        return len(commands)

    # -- deletion ------------------------------------------------------------------------------------------

    async def forget(self, workshop: str, board_id: str) -> None:
        """F4: disconnect everybody from a meeting, then delete it with all that belongs to it."""
        opened = await self.open(board_id)
        if opened is None:
            return
        self.show_out(workshop)
        self._others.tell("out", workshop)
        answer = await opened.room.submit(SERVER, ForgetMeeting(type="ending.forget", workshop=workshop))
        if answer.code not in (None, "nothing_due"):
            raise RuntimeError(answer.code)

    async def delete(self, board_id: str) -> None:
        """F4: disconnect everybody from a board, then delete it with everything on it."""
        async with self._opening.setdefault(board_id, asyncio.Lock()):
            opened = self._open.pop(board_id, None)
            if opened is not None:
                for member in list(opened.hub.everybody()):
                    member.line.close(SHOWN_OUT)
                await opened.room.idle()
                opened.room.close()
            await self._store.delete(board_id)
        self._opening.pop(board_id, None)
        self._others.tell("out", board_id)

    # -- disconnecting ---------------------------------------------------------------------------------------

    def show_out(self, place: str) -> None:
        """F4: disconnect everybody at a board or in a workshop, whichever process deleted it."""
        for opened in self._open.values():
            for member, admission in list(opened.admissions.items()):
                if place in (admission.workshop, admission.board):
                    member.line.close(SHOWN_OUT)

    def revoked(self, ground: str) -> None:
        """A ground was revoked: disconnect everybody admitted on it at once."""
        for opened in self._open.values():
            for member, admission in list(opened.admissions.items()):
                if admission.ground == ground:
                    member.line.close(SHOWN_OUT)

    def door_moved(self, workshop: str, board: str) -> None:
        """U13: its walls here ask for the way in again."""
        if (opened := self._open.get(board)) is None:
            return
        message = DoorMoved().model_dump_json().encode()
        for member in opened.admissions:
            if member.role is Role.SCREEN and member.workshop == workshop:
                member.line.write(member.line.frame(message))

    async def recheck(self, still_admitted: Callable[[Admission], Awaitable[bool]]) -> None:
        """Check everybody again; those whose ground is gone are disconnected (X6)."""
        known: dict[tuple[str, str], bool] = {}
        for opened in list(self._open.values()):
            for member, admission in list(opened.admissions.items()):
                key = (admission.ground, admission.workshop)
                if key not in known:
                    known[key] = await still_admitted(admission)
                if not known[key]:
                    member.line.close(SHOWN_OUT)

    # -- keeping awake ---------------------------------------------------------------------------------------

    def hint(self, board_id: str, seq: int) -> None:
        """Another process has stored something (E8)."""
        opened = self._open.get(board_id)
        if opened is not None:
            opened.room.hint(seq)

    async def poll(self) -> None:
        """R14: poll what others stored, in case hints were lost."""
        if self._open:
            for board_id, seq in (await self._store.seqs(list(self._open))).items():
                self.hint(board_id, seq)

    def heard_here(self, workshop: str, value: object) -> None:
        """Another process has announced its presence at a workshop."""
        if self.elsewhere.hear(workshop, value):
            for hub in self._hubs_at(workshop):
                hub.heard(workshop)

    def heard_step(self, workshop: str, value: object) -> None:
        """Another process has announced who undoes or redoes a step (G40)."""
        for hub in self._hubs_at(workshop):
            hub.heard_step(workshop, value)

    def _hubs_at(self, workshop: str) -> list[Hub]:
        return [opened.hub for opened in self._open.values() if opened.room.board.find(Workshop, workshop)]

    async def say_again(self) -> None:
        """Announce presence to the other processes, and drop those that fell silent."""
        self.elsewhere.forget()
        self.marks.tell()
        for opened in self._open.values():
            opened.hub.say_again()

    async def sweep(self) -> None:
        """E6: wake boards on which something is due, and put to sleep those nobody needs."""
        self.marks.tell()
        for board_id, opened in list(self._open.items()):
            await self._count_people(opened)
            if opened.hub.empty and not opened.room.busy and not opened.admissions:
                opened.room.close()
                del self._open[board_id]
                await self._store.release(board_id)
        for board_id in await self._store.due(self._now()):
            await self.open(board_id)

    async def _count_people(self, opened: OpenRoom) -> None:
        for workshop in list(opened.room.board.every(Workshop).values()):
            phones = opened.counted(workshop.id, counted(self.elsewhere.at(workshop.id).phones))
            if workshop.state == "live" and phones > (workshop.people or 0):
                count = CountPeople(type="attendance.count_people", workshop=workshop.id, phones=phones)
                await opened.room.submit(SERVER, count)

    def here(self) -> Counter[str]:
        """How many screens are at this process, by workshop, without small pictures of a wall."""
        everybody = (member for opened in self._open.values() for member in opened.hub.everybody())
        return Counter(member.workshop for member in everybody if member.counted)

    @property
    def stopping(self) -> bool:
        """Whether everybody has been told that the server restarts."""
        return self._stopping

    def shut_down(self) -> None:
        """R16: tell every screen that the server restarts, so that it reconnects soon."""
        self._stopping = True
        self.elsewhere.leave()
        for opened in self._open.values():
            for member in list(opened.hub.everybody()):
                member.line.close(1012)
            opened.room.close()

    async def idle(self) -> None:
        """Wait until everything submitted is stored."""
        await asyncio.gather(*(opened.room.idle() for opened in self._open.values()))

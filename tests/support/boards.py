"""Rooms and hubs driven by tests: a store in memory, and a clock, an alarm and a loop that stand still.

    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    wall = meeting.join("screen")
    await meeting.forward(15)
    meeting.run()

`board_after(command, ...)` is the shortcut for testing a rule: the board after those commands.
"""

import asyncio
import heapq
import random
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any, TypeVar

import orjson

from app.activities.clustering.messages import MakeTheme, NoteAt
from app.activities.registry import registry
from app.clock import local_day
from app.engine.agenda import Become, Go, Item, Seed, Workshop
from app.engine.commands import Command, DriverCommand, Role
from app.engine.edits import Traces
from app.engine.records import Board, Gone, Held, Record
from app.engine.registry import Registry
from app.engine.room import Answer, Asker, Room, board_of
from app.engine.store import Batch, Changes, Decide, Snapshot
from app.live.elsewhere import Elsewhere
from app.live.hub import Hub
from app.live.member import Member
from app.parts.ballots import Cast
from app.parts.notes.messages import EditNote, TurnAll, WriteNote
from app.parts.notes.writing import WritingSettings
from app.parts.placing import DONE
from app.parts.themes import Theme

#: A Monday morning at nine, in ms.
NINE = 1_799_053_200_000

W = "workshop-1"
#: The items of the agenda that every test begins with.
Q1, C1, Q2, C2, INFLUENCE, PRIORITY, WHY = "q1", "c1", "q2", "c2", "influence-1", "priority-1", "why-1"
PLAN = "plan-1"
REFLECTION = "reflection-1"
IN_TURN = "in-turn-1"
PULSE = "pulse-1"
STOP, TURN = "stop-more-new-1", "turn-up-turn-down-1"
#: Every kind in which people write, by its posters; None where there are none.
WRITES: dict[str, tuple[str | None, ...]] = {
    kind.name: kind.settings.posters or (None,)
    for kind in registry.kinds.values()
    if issubclass(kind.settings, WritingSettings)
}

FACILITATOR, CO, PHONE, SCREEN = Role.FACILITATOR, Role.CO_FACILITATOR, Role.PHONE, Role.SCREEN
ROLE_OF = {"phone": PHONE, "screen": SCREEN, "desk": FACILITATOR}

C = TypeVar("C", bound=Command)
_numbers = count(1)


def new_id(name: object = None) -> str:
    """Twenty-two characters as a page makes them; a name gives the same id every time."""
    what = f"{name if name is not None else f'#{next(_numbers)}'}".encode().rjust(16, b"\0")[-16:]
    return urlsafe_b64encode(what).decode().rstrip("=")


def secret(name: object) -> str:
    """The secret that goes with a note of that name."""
    return urlsafe_b64encode(f"secret of {name}".encode().ljust(32, b"\0")[:32]).decode().rstrip("=")


def ask(kind: type[C], **fields: Any) -> C:
    """A command with its type, and for a driver's with an id of its own."""
    fields.setdefault("type", kind.model_fields["type"].annotation.__args__[0])  # type: ignore[union-attr]
    if issubclass(kind, DriverCommand):
        fields.setdefault("id", new_id())
    return kind(**fields)


def note(name: object, text: str | None = None, activity: str = Q1, rev: int = 1, **fields: Any) -> WriteNote:
    """A phone writes a note; its id is `new_id(name)`."""
    fields = {"note": new_id(name), "secret": secret(name)} | fields
    return ask(WriteNote, activity=activity, rev=rev, text=text or f"note {name}", **fields)


def edit(name: object, text: str | None, rev: int = 2, activity: str = Q1, **fields: Any) -> EditNote:
    """Its author changes it or, with None, removes it."""
    fields = {"note": new_id(name), "secret": secret(name)} | fields
    return ask(EditNote, activity=activity, rev=rev, text=text, **fields)


def placed(
    name: object, theme: str, value: int, activity: str = PRIORITY, rev: int = 1, **fields: Any
) -> Cast:
    """A phone of that name places a theme; each theme has a ballot of its own."""
    own = f"{theme[-6:]} {name}"
    fields = {"ballot": new_id(own), "secret": secret(own)} | fields
    return ask(Cast, activity=activity, of=theme, value=value, rev=rev, **fields)


def done(name: object, activity: str = PRIORITY) -> Cast:
    """A phone of that name has come to the end of the themes."""
    own = f"done {name}"
    fields = {"ballot": new_id(own), "secret": secret(own)}
    cast: Cast = ask(Cast, activity=activity, of=DONE, value=1, rev=1, **fields)
    return cast


def item(id: str, activity: str, position: float, workshop: str = W, **settings: Any) -> Item:
    """An item of the agenda."""
    return Item(
        id=id,
        workshop=workshop,
        activity=activity,
        title=activity,
        minutes=10,
        position=position,
        settings=settings,
    )


def agenda(workshop: str = W, tail: str = "", **fields: Any) -> list[Record]:
    """Both questions with their clustering, influence, priority, and every other kind once."""
    fields = {"title": "Trivsel", "group": "Lageret", "language": "da", "date": "2027-01-04"} | fields
    items = [
        item(Q1 + tail, "notes", 1, workshop, question="Hvad trækker?", paper="korn", about="own"),
        item(C1 + tail, "clustering", 2, workshop, of=Q1 + tail),
        item(Q2 + tail, "notes", 3, workshop, question="Hvad er svært?", paper="fjord"),
        item(C2 + tail, "clustering", 4, workshop, of=Q2 + tail),
        item(INFLUENCE + tail, "influence", 5, workshop, of=[]),
        item(PRIORITY + tail, "priority", 6, workshop),
        item(WHY + tail, "why", 7, workshop),
        item(PLAN + tail, "action_plan", 8, workshop),
        item(STOP + tail, "stop_more_new", 9, workshop),
        item(TURN + tail, "turn_up_turn_down", 10, workshop),
        item(REFLECTION + tail, "reflection", 11, workshop),
        item(IN_TURN + tail, "notes", 12, workshop, question="Hvad hjælper?", mode="in_turn"),
    ]
    here = {each.activity for each in items}
    others = [kind.name for kind in registry.kinds.values() if kind.name not in here]
    more = [item(f"{name}-1{tail}", name, 13 + n, workshop) for n, name in enumerate(others)]
    return [Workshop(id=workshop, **fields), *items, *more]


class Time:
    """Server time in ms and loop time in seconds, moved by hand together."""

    def __init__(self) -> None:
        self.ms = NINE

    def __call__(self) -> int:
        return self.ms

    @property
    def seconds(self) -> float:
        return self.ms / 1000


class HandAlarm:
    """Rings when the test says so."""

    def __init__(self) -> None:
        self.at: int | None = None
        self._ring: Callable[[], None] = lambda: None

    def set(self, at: int, ring: Callable[[], None]) -> None:
        self.at, self._ring = at, ring

    def clear(self) -> None:
        self.at = None

    def ring(self) -> None:
        self.at = None
        self._ring()


class HandLoop:
    """The part of an event loop that a hub uses; nothing runs until `run`."""

    def __init__(self, time: Time) -> None:
        self._time = time
        self._calls: list[tuple[float, int, _Call]] = []
        self._order = count()

    def time(self) -> float:
        return self._time.seconds

    def call_soon(self, call: Callable[..., None], *args: Any) -> "_Call":
        return self.call_later(0, call, *args)

    def call_later(self, delay: float, call: Callable[..., None], *args: Any) -> "_Call":
        handle = _Call(partial(call, *args))
        heapq.heappush(self._calls, (self.time() + delay, next(self._order), handle))
        return handle

    def run(self) -> None:
        """Run everything that is due, but not what those calls schedule for the same moment."""
        for _ in range(1000):
            if not self._calls or self._calls[0][0] > self.time():
                return
            heapq.heappop(self._calls)[-1].call()
        raise AssertionError("the loop does not come to rest")


class _Call:
    """The handle of `call_later`, for cancelling it."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.call = call

    def cancel(self) -> None:
        self.call = lambda: None


@dataclass
class _Stored:
    epoch: str
    seq: int = 0
    pruned_seq: int = 0
    rows: dict[str, Held] = field(default_factory=dict)
    traces: Traces = Traces.NONE
    due_at: int | None = None


class MemoryStore:
    """A `BoardStore` that several rooms may share, as processes share a database.

    `fails` is raised by the next commits. `gate` holds them until it is set; `at_gate` says that one is
    waiting. `order` lists what happened.
    """

    def __init__(self) -> None:
        self.boards: dict[str, _Stored] = {}
        self.fails: Exception | None = None
        self.gate: asyncio.Event | None = None
        self.at_gate = asyncio.Event()
        self.order: list[str] = []
        self.commits: list[Batch] = []
        self._turn = asyncio.Lock()

    async def create(self, board_id: str) -> None:
        self.boards[board_id] = _Stored(epoch=f"epoch of {board_id}")

    def copy(self) -> "MemoryStore":
        """The same boards, to continue from here in more than one way."""
        other = MemoryStore()
        other.boards = {id: replace(stored, rows=dict(stored.rows)) for id, stored in self.boards.items()}
        return other

    async def load(self, board_id: str) -> Snapshot | None:
        stored = self.boards.get(board_id)
        if stored is None:
            return None
        rows = list(stored.rows.values())
        return Snapshot(stored.epoch, stored.seq, stored.pruned_seq, rows)

    async def changed(self, board_id: str, since: int) -> Changes:
        stored = self.boards[board_id]
        new = stored.rows.values() if stored.seq > since else ()
        rows = [held for held in new if held.seq > since]
        return Changes(stored.epoch, stored.seq, stored.pruned_seq, rows)

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        async with self._turn:
            batch = decide(await self.changed(board_id, since))
            self.order.append("decided")
            if self.gate is not None:
                self.at_gate.set()
                await self.gate.wait()
            if self.fails is not None:
                raise self.fails
            self._store(self.boards[board_id], batch)
            self.order.append("stored")
            return batch

    def _store(self, stored: _Stored, batch: Batch) -> None:
        if not batch.rows:
            return
        self.commits.append(batch)
        # To JSON and back, as in a database: only what is in the record survives.
        for seq, record in batch.rows:
            before = stored.rows.get(record.id)
            # F2, a law over every command of every test: what was once shown never goes back into the box.
            assert before is None or before.record.boxed or not record.boxed, record.kind
            stored.rows[record.id] = Held(seq, registry.read(record.model_dump_json()))
        stored.seq, stored.due_at = batch.seq, batch.due_at
        stored.traces = max(stored.traces, batch.traces)
        if batch.prune:
            stored.pruned_seq = batch.seq
            stored.rows = {id: held for id, held in stored.rows.items() if not isinstance(held.record, Gone)}


class Line:
    """A screen's line that keeps what is written to it; `waiting` is set by hand."""

    def __init__(self, kind: str = "ws") -> None:
        self.kind = kind
        self.waiting = 0
        self.frames: list[bytes] = []
        self.framed = 0
        self.closed: int | None = None

    def frame(self, message: bytes) -> bytes:
        self.framed += 1
        return message

    def write(self, frame: bytes) -> None:
        self.frames.append(frame)

    def close(self, code: int) -> None:
        self.closed = code


class Screen:
    """A page: it remembers what it was sent, and says what it has when it reconnects."""

    def __init__(self, role: Role, workshop: str = W, line: Line | None = None) -> None:
        self.role = role
        self.workshop = workshop
        self.line = line or Line()
        self.member: Member | None = None
        self.held: dict[str, Any] = {}
        self.seq = 0
        self.epoch = ""
        self.activity: str | None = None
        self.presence: dict[str, Any] | None = None
        #: R11: the desk that leads, and the name of its user.
        self.leading: tuple[str, str] | None = None
        #: G40: the step that somebody went back or forward over, who did, and who had taken the step.
        self.stepped: tuple[str, str, str] | None = None
        self._read = 0

    def read(self) -> list[dict[str, Any]]:
        """Process what arrived since the last call, and return the `changes` in it."""
        new, self._read = self.line.frames[self._read :], len(self.line.frames)
        messages = [orjson.loads(frame) for frame in new]
        for message in messages:
            if message["type"] == "changes":
                self._apply(message)
            elif message["type"] == "leading":
                self.leading = message["desk"], message["name"]
            elif message["type"] == "stepped":
                self.stepped = message["step"], message["by"], message["of"]
            else:
                self.presence = message
        return [message for message in messages if message["type"] == "changes"]

    def _apply(self, message: dict[str, Any]) -> None:
        if message["all"]:
            self.held = {}
        for held in message["records"]:
            self.held[held["record"]["id"]] = held
        for id in message["gone"]:
            self.held.pop(id, None)
        self.seq, self.epoch, self.activity = message["seq"], message["epoch"], message["activity"]

    def kinds(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind that it has, by id."""
        found = [held["record"] for held in self.held.values() if held["record"]["kind"] == kind]
        return sorted(found, key=lambda record: record["id"])

    def one(self, kind: str) -> dict[str, Any]:
        """The only record of its kind."""
        (record,) = self.kinds(kind)
        return record

    @property
    def bytes(self) -> bytes:
        """Everything it was ever sent."""
        return b"\n".join(self.line.frames)

    @property
    def heard(self) -> int:
        """How much it was ever sent about the board; presence has its own clock (F14)."""
        return sum(len(frame) for frame in self.line.frames if not frame.startswith(b'{"type":"presence"'))


class Meeting:
    """A room with its hub, led by hand. Several may be opened on one store, as several processes would."""

    def __init__(
        self, store: Any, snapshot: Snapshot, time: Time, seed: int, elsewhere: Elsewhere | None = None
    ) -> None:
        self.store = store
        self.time = time
        self.alarm = HandAlarm()
        self.loop = HandLoop(time)
        board = board_of(snapshot, self.registry)
        rng = random.Random(seed)
        made = random.Random(seed)

        def ids() -> str:
            return urlsafe_b64encode(made.randbytes(16)).decode().rstrip("=")

        self.room = Room("board", board, self.registry, store, time, self.alarm, rng, day=local_day, ids=ids)
        self.hub = Hub(board, self.registry, self.loop, elsewhere)  # type: ignore[arg-type]
        self.room.listeners.append(self.hub)
        self.screens: list[Screen] = []

    registry: Registry = registry

    @property
    def board(self) -> Board:
        return self.room.board

    @classmethod
    async def open(
        cls, records: Sequence[Record] | None = None, *, store: Any = None, seed: int = 7
    ) -> "Meeting":
        """A new board with its agenda."""
        store = store or MemoryStore()
        await store.create("board")
        meeting = await cls.at(store, Time(), seed=seed)
        await meeting.do(ask(Seed, records=tuple(agenda() if records is None else records)))
        return meeting

    @classmethod
    async def at(
        cls, store: Any, time: Time, *, seed: int = 7, elsewhere: Elsewhere | None = None
    ) -> "Meeting":
        """A process that opens an existing board."""
        snapshot = await store.load("board")
        assert snapshot is not None
        return cls(store, snapshot, time, seed, elsewhere)

    async def another(self) -> "Meeting":
        """A second process with the same board open."""
        return await Meeting.at(self.store, self.time, seed=8)

    async def ask(self, command: Command, role: Role | None = None, workshop: str = W) -> Answer:
        """Submit a command, by default in a role that may send it."""
        role = role or self.natural_role(command)
        return await self.room.submit(Asker(role, "" if role is Role.SERVER else workshop), command)

    async def do(self, *commands: Command, role: Role | None = None, workshop: str = W) -> Answer:
        """Submit commands that must be stored; the last one's answer."""
        answer = Answer()
        for command in commands:
            answer = await self.ask(command, role, workshop)
            assert answer.code is None, f"{command.type}: {answer.code}"
        return answer

    async def code(self, command: Command, role: Role | None = None, workshop: str = W) -> str | None:
        """The code a command is refused with, or None."""
        return (await self.ask(command, role, workshop)).code

    def natural_role(self, command: Command) -> Role:
        group = self.registry.ruled(command).group
        return {"write": PHONE, "answer": PHONE, "named": PHONE, "server": Role.SERVER}.get(
            group, FACILITATOR
        )

    async def forward(self, seconds: float) -> None:
        """Let time pass; what falls due meanwhile happens at its time."""
        end = self.time.ms + round(seconds * 1000)
        while self.alarm.at is not None and self.alarm.at <= end:
            self.time.ms = max(self.time.ms, self.alarm.at)
            self.loop.run()
            self.alarm.ring()
            await self.room.idle()
        self.time.ms = end
        self.loop.run()

    def run(self) -> None:
        """Let the hub send what it has, at once or after its batch, and the screens read it."""
        self.time.ms += 300
        self.loop.run()
        for screen in self.screens:
            screen.read()

    def join(self, who: str | Screen, workshop: str = W, desk: str = "") -> Screen:
        """A screen connects, or reconnects with what it has; with `desk` it is one that may lead (R11)."""
        screen = who if isinstance(who, Screen) else Screen(_role(who), workshop)
        screen.member = Member(
            screen.role, screen.workshop, screen.line, desk=desk, name="Anna" if desk else ""
        )
        self.hub.join(screen.member, screen.seq, screen.epoch, screen.activity)
        if screen not in self.screens:
            self.screens.append(screen)
        screen.read()
        return screen

    def leave(self, screen: Screen) -> None:
        """Its line is cut; it keeps what it has."""
        assert screen.member is not None
        self.hub.leave(screen.member)
        self.screens.remove(screen)

    def fresh(self, who: str | Screen) -> Screen:
        """What a new page is shown by a process that has just started."""
        role, workshop = (who.role, who.workshop) if isinstance(who, Screen) else (_role(who), W)
        screen = Screen(role, workshop)
        hub = Hub(self.board, self.registry, HandLoop(self.time))  # type: ignore[arg-type]
        hub.join(Member(role, workshop, screen.line), 0, "", None)
        screen.read()
        return screen

    def seq(self, id: str) -> int:
        """The seq of a record, as the `base` of a command."""
        held = self.board.held(id)
        return held.seq if held and not isinstance(held.record, Gone) else 0

    def at_seq(self, name: object) -> NoteAt:
        """A note by name, as a driver names it."""
        return NoteAt(note=new_id(name), base=self.seq(new_id(name)))

    # -- the usual past ------------------------------------------------------------------------------------

    async def turned(self, *names: object, question: str = Q1) -> None:
        """These notes have been written and turned over."""
        await self.do(ask(Go, item=question), *(note(name, activity=question) for name in names))
        await self.do(ask(TurnAll, activity=question))

    async def theme(self, name: str, *notes: object, clustering: str = C1) -> str:
        """A theme of that name from these notes; its id."""
        id = new_id(f"theme {name}")
        places = [self.at_seq(one) for one in notes]
        await self.do(ask(MakeTheme, activity=clustering, theme=id, notes=places, name=name, paper="mos"))
        return id

    async def headed(self, posters: str, theme: str, kind: str = "stop_more_new") -> None:
        """That item's posters are headed by this theme."""
        settings = {"theme": theme, "finish_seconds": 20}
        become = {"item": posters, "activity": kind, "title": kind, "settings": settings}
        await self.do(ask(Become, base=self.seq(posters), **become))

    async def opened_for_writing(self, kind: str) -> str:
        """An item of this kind is live and open for notes; its id."""
        found = {"notes": Q1, "stop_more_new": STOP, "turn_up_turn_down": TURN}[kind]
        if WRITES[kind] != (None,):
            theme = Theme(id=new_id("theme Tonen"), name="Tonen", paper="mos", of=Q1, position=1)
            await self.do(ask(Seed, records=(theme,)))
            await self.headed(found, theme.id, kind)
        await self.do(ask(Go, item=found))
        return found

    def hung(self, item: str, name: str, text: str | None = None, at: int = 0) -> WriteNote:
        """A note in that item, on one of its posters where it has some."""
        posters = WRITES[self.board.one(Item, item).activity]
        return note(name, text, activity=item, poster=posters[at % len(posters)])

    async def proposals(self, *posters: str, item: str = STOP) -> list[str]:
        """A turned-over proposal on each of these posters, headed by "Tonen" unless they have a theme; their
        ids.
        """
        head = self.board.one(Item, item)
        if head.settings["theme"] is None:
            await self.opened_for_writing(head.activity)
        await self.do(ask(Go, item=item))
        hung = [note(f"on {at}", f"on {at}", activity=item, poster=at) for at in posters]
        await self.do(*hung, ask(TurnAll, activity=item))
        return [proposal.note for proposal in hung]


def _role(who: str) -> Role:
    return who if isinstance(who, Role) else ROLE_OF[who]


async def board_after(*commands: Command) -> Board:
    """The board after these commands, each sent in a role that may send it; all must be stored."""
    meeting = await Meeting.open()
    await meeting.do(*commands)
    return meeting.board


def contents(board: Board, *, without: tuple[str, ...] = ("step", "gone")) -> dict[str, Record]:
    """The records of a board, without seqs and without the steps of undo."""
    return {held.record.id: held.record for held in board if held.record.kind not in without}

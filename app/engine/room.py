"""The single writer of one board: every change passes `Room.submit`."""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from app.engine import pace
from app.engine.activity import Due
from app.engine.agenda import Item
from app.engine.audience import stamped
from app.engine.commands import MATRIX, Asked, Command, DriverCommand, Refused, Role, new_id
from app.engine.edits import Edits, Traces
from app.engine.ending import led
from app.engine.records import Board, Done, Draft, Gone, Held, Record
from app.engine.registry import Registry
from app.engine.store import Batch, BoardStore, Changes, Full, Snapshot
from app.engine.ticks import tick_after
from app.engine.undo import Step, step_for, step_id

log = structlog.get_logger("room")

#: The most commands that share one transaction.
GROUP = 500
#: How soon a due rule that turned out not to be due is asked again at the earliest, in ms.
DUE_AGAIN = 250
#: A change that somebody sees moves the seq by a random step up to this; one that nobody sees, by 1. So the
#: seqs that screens see do not count the notes written in between (A11, E10).
STRIDE = 2**20


@dataclass(frozen=True)
class Asker:
    """Who sends a command: a role and the workshop whose door let them in. The room gets no more (A1)."""

    role: Role
    workshop: str


SERVER = Asker(Role.SERVER, "")


@dataclass(frozen=True)
class Answer:
    """The answer to the sender: `code` None means stored; `fresh` is what a stale command missed."""

    told: tuple[str, ...] = ()
    code: str | None = None
    fresh: Held | None = None
    retry_after: float | None = None


@dataclass(frozen=True)
class Told:
    """What changed, for the hub: rows, and what each was before (None for a new one)."""

    seq: int
    rows: Sequence[tuple[Held, Record | None]]
    pruned: bool = False
    #: The number of people who are done has changed.
    paced: bool = False


class Listener(Protocol):
    """Notified after storing: the hub, and on PostgreSQL the other processes."""

    def tell(self, told: Told, own: bool) -> None:
        """A change is stored. `own` is False for one that another process made."""


class Alarm(Protocol):
    """Calls back at a server time; `asyncio` in the server, by hand in tests."""

    def set(self, at: int, ring: Callable[[], None]) -> None:
        """Ring at `at` ms; a later call replaces it."""

    def clear(self) -> None:
        """Do not ring."""


@dataclass
class _Waiting:
    asker: Asker
    command: Command
    answer: "asyncio.Future[Answer]"


def board_of(snapshot: Snapshot, registry: Registry) -> Board:
    """A board as stored. Derived fields are computed again, under the same seqs, since a board stored before
    a field existed does not have it.
    """
    board = Board(snapshot.epoch, snapshot.seq, snapshot.pruned_seq)
    board.apply(snapshot.rows)
    along = registry.along(board, {held.record.id: held.record for held in snapshot.rows})
    board.apply(Held(held.seq, along[held.record.id]) for held in snapshot.rows if held.record.id in along)
    board.seq = snapshot.seq
    return board


class Room:
    """One board, its queue and its clock."""

    def __init__(
        self,
        board_id: str,
        board: Board,
        registry: Registry,
        store: BoardStore,
        now: Callable[[], int],
        alarm: Alarm,
        rng: random.Random | None = None,
        *,
        day: Callable[[int], str],
        ids: Callable[[], str] = new_id,
    ) -> None:
        self.board_id = board_id
        self.board = board
        self.listeners: list[Listener] = []
        self._registry = registry
        self._store = store
        self._now = now
        self._day = day
        self._ids = ids
        self._alarm = alarm
        self._rng = rng or random.SystemRandom()
        self._waiting: deque[_Waiting] = deque()
        #: The highest seq that another process announced since the last reading.
        self._announced = 0
        self._work: asyncio.Task[None] | None = None
        self._noticed: dict[str, int] = {}
        self._rung = 0
        self._set_alarm()

    async def submit(self, asker: Asker, command: Command) -> Answer:
        """Decide, store and tell a command; returns once it is durable, or refused."""
        waiting = _Waiting(asker, command, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._wake()
        return await waiting.answer

    def hint(self, seq: int) -> None:
        """Another process has announced that it stored up to `seq` (E8)."""
        self._announced = max(self._announced, seq)
        if self._behind:
            self._wake()

    async def idle(self) -> None:
        """Wait until everything submitted so far is answered."""
        while self._work is not None:
            await asyncio.shield(self._work)

    @property
    def busy(self) -> bool:
        """Whether commands are waiting, or something falls due at a moment that only this process knows."""
        return self._work is not None or bool(self._noticed)

    def close(self) -> None:
        """Stop the clock; nothing is submitted after this."""
        self._alarm.clear()

    # -- deciding ------------------------------------------------------------------------------------------

    @property
    def _behind(self) -> bool:
        # A commit reads what others stored as well.
        return self._announced > self.board.seq

    def _wake(self) -> None:
        if self._work is None:
            self._work = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._waiting or self._behind:
                if self._waiting:
                    group = [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]
                    await self._decide_and_store(group)
                    if self._waiting:
                        # A room that is never idle must not miss its ticks.
                        self._set_alarm()
                else:
                    await self._catch_up()
        finally:
            self._work = None
            self._set_alarm()

    async def _catch_up(self) -> None:
        self._announced = 0
        try:
            changes = await self._store.changed(self.board_id, self.board.seq)
        except Exception:
            # The next hint or poll tries again; commands waiting here must be answered regardless.
            log.exception("catching up failed")
        else:
            self._take(changes)

    async def _decide_and_store(self, group: list[_Waiting]) -> None:
        answers: list[Answer] = []
        done: dict[str, Done] = {}

        def decide(changes: Changes) -> Batch:
            # On PostgreSQL this runs under the board's row lock; a retry of the transaction decides again.
            self._take(changes)
            answers.clear()
            done.clear()
            return self._decide(group, answers, done)

        try:
            batch = await self._store.commit(self.board_id, self.board.seq, decide)
        except Full:
            answers[:] = [Answer(code="full", retry_after=5)] * len(group)
        except Exception:
            # A failed commit refuses the whole group; memory is unchanged (E1).
            log.exception("commit failed", commands=len(group))
            answers[:] = [Answer(code="busy", retry_after=1)] * len(group)
        else:
            self._apply(batch.rows, batch.seq if batch.prune else None, own=True)
            self._pace(done)
        for waiting, answer in zip(group, answers, strict=True):
            if not waiting.answer.done():
                waiting.answer.set_result(answer)

    def _decide(self, group: list[_Waiting], answers: list[Answer], done: dict[str, Done]) -> Batch:
        draft = Draft(self.board)
        rows: dict[str, Held] = {}
        traces = Traces.NONE
        prune = False
        for waiting in group:
            try:
                edits = self._ruled(draft, waiting.asker, waiting.command)
            except Refused as refused:
                answers.append(self._refusal(draft, refused))
                continue
            except Exception:
                # A bug in one rule must not refuse the others of its group again and again.
                log.exception("rule failed")
                answers.append(Answer(code="broken"))
                continue
            stored = self._rows(draft, edits)
            draft.apply(stored)
            draft.done.update(edits.done)
            done.update(edits.done)
            rows.update((held.record.id, held) for held in stored)
            traces = max(traces, edits.traces)
            prune = prune or edits.prune
            if edits.refused:
                answers.append(Answer(code=edits.refused))
            else:
                answers.append(Answer(told=edits.told))
        # With no rows nothing is stored, and what is due stays the same.
        due_at = self._due_at(draft) if rows else None
        return Batch(draft.seq, list(rows.values()), traces, prune, due_at)

    def _ruled(self, board: Board, asker: Asker, command: Command) -> Edits:
        """Repeat, gate, rule: the order of E1."""
        ruled = self._registry.ruled(command)
        if isinstance(command, DriverCommand) and (step := board.find(Step, step_id(command.id))):
            return Edits(refused=step.refused)
        if asker.role not in MATRIX[ruled.group]:
            raise Refused("role")
        asked = self._asked(board, asker, command)
        edits = ruled.rule(board, command, asked)
        if isinstance(command, DriverCommand):
            edits = step_for(board, command, ruled, edits, asked.workshop)
            edits |= led(board, edits, asked)
        return edits

    def _asked(self, board: Board, asker: Asker, command: Command) -> Asked:
        """What the rule may know; refuses what names another workshop (B48, B56)."""
        workshop = asker.workshop
        named = getattr(command, "workshop", None)
        if command.within is not None:
            home = board.one(Item, command.within).workshop
            workshop = workshop or home
            if home != workshop:
                raise Refused("unknown")
        if named is not None and named != workshop and asker.role is not Role.SERVER:
            raise Refused("unknown")
        now = self._now()
        return Asked(
            asker.role, now, self._registry, workshop, self._day(now), self._rng, self._ids, self._day
        )

    def _rows(self, board: Board, edits: Edits) -> list[Held]:
        records: list[Record] = []
        for id, record in stamped(board, edits, self._registry.along(board, edits.puts)).items():
            if record is not None:
                records.append(record)
            elif (held := board.held(id)) is not None and not isinstance(held.record, Gone):
                records.append(self._registry.tombstone(held.record))
        seen = any(self._registry.visible(record) for record in records)
        seq = board.seq + (self._rng.randint(1, STRIDE) if seen else 1)
        return [Held(seq, record) for record in records]

    def _refusal(self, board: Board, refused: Refused) -> Answer:
        fresh = board.held(refused.fresh) if refused.fresh else None
        return Answer(code=refused.code, fresh=fresh, retry_after=refused.retry_after)

    # -- taking over ---------------------------------------------------------------------------------------

    def _take(self, changes: Changes) -> None:
        if changes.epoch and changes.epoch != self.board.epoch:
            # The board was restored from a backup underneath us, so only a fresh load is correct.
            raise RuntimeError("the board has another epoch")
        if changes.seq > self.board.seq:
            pruned = changes.pruned_seq if changes.pruned_seq > self.board.pruned_seq else None
            self._apply(changes.rows, pruned, own=False)
            self.board.seq = changes.seq

    def _apply(self, rows: Sequence[Held], pruned: int | None, *, own: bool) -> None:
        # From here to the end nothing is awaited: memory, hub and answers move together.
        if not rows:
            return
        told = [(held, _record(self.board.held(held.record.id))) for held in rows]
        self.board.apply(rows)
        for listener in self.listeners:
            listener.tell(Told(self.board.seq, told, pruned is not None), own)
        if pruned is not None:
            self.board.prune(pruned)
        self._pace({})

    def _pace(self, said: Mapping[str, Done]) -> None:
        """U24: keep who is done until nobody works there any more. It is in no batch, so never stored."""
        before = {item: done.told for item, done in self.board.done.items()}
        self.board.done.update(said)
        for item in pace.over(self.board, self._registry):
            del self.board.done[item]
        if any(self.board.done.get(item, Done()).told != told for item, told in before.items()):
            for listener in self.listeners:
                listener.tell(Told(self.board.seq, (), paced=True), True)

    # -- what falls due --------------------------------------------------------------------------------------

    def _dues(self, board: Board) -> list[tuple[int, Due]]:
        """Everything due with its time; what is due at a tick keeps the first tick after it was noticed."""
        now = self._now()
        dues = self._registry.dues(board)
        noticed = {}
        found = []
        for due in dues:
            if due.at is not None:
                found.append((due.at, due))
            if due.ticks_from is not None:
                key = due.command.model_dump_json()
                noticed[key] = self._noticed.get(key) or tick_after(due.ticks_from, now)
                found.append((noticed[key], due))
        self._noticed = noticed
        return found

    def _due_at(self, board: Board) -> int | None:
        return min((due.at for due in self._registry.dues(board) if due.at is not None), default=None)

    def _set_alarm(self) -> None:
        dues = self._dues(self.board)
        if dues:
            self._alarm.set(max(self._rung + DUE_AGAIN, min(at for at, _ in dues)), self._ring)
        else:
            self._alarm.clear()

    def _ring(self) -> None:
        now = self._rung = self._now()
        for at, due in self._dues(self.board):
            if at <= now:
                self._noticed.pop(due.command.model_dump_json(), None)
                self._waiting.append(
                    _Waiting(SERVER, due.command, asyncio.get_running_loop().create_future())
                )
        if self._waiting:
            self._wake()
        else:
            self._set_alarm()


def _record(held: Held | None) -> Record | None:
    return None if held is None or isinstance(held.record, Gone) else held.record

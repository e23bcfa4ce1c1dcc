"""What both kinds of board storage share: the clean-up owed for traces, and doing it (A4-A6, A14)."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.engine.edits import Traces
from app.engine.records import Gone, Held
from app.engine.registry import Registry
from app.engine.store import Batch, Changes, Decide, Snapshot
from app.storage.database import Database
from app.upkeep import until_done

#: How long a clean-up may wait for others, in seconds (A6).
SCRUB_WAIT = 20
SCRUB_RETRY = 10


class SomethingLeftError(Exception):
    """A clean-up could not rewrite everything owed."""


@dataclass(frozen=True)
class Debt:
    """The clean-up that a board owes: old text, or the order of writing, is still in its file.

    `since` is the server time in ms at which this process first knew of it; it is never stored (A10).
    """

    board: str
    traces: Traces
    since: int


@dataclass(frozen=True)
class Row:
    """A record as it is stored: `record` has what the room has seen, `box` the rest."""

    id: str
    kind: str
    seq: int
    body: str


@dataclass(frozen=True)
class Laid:
    """A batch split for the two tables: what is put where, and what is removed."""

    record: Sequence[Row]
    box: Sequence[Row]
    #: Ids to remove from the box, if they are in it.
    out_of_box: Sequence[str]
    #: Whether to drop tombstones, and the ids that do not even leave one (the end, A1).
    prune: bool
    gone: Sequence[str]


def laid(batch: Batch) -> Laid:
    """Split a batch by table, sorted by id, so that no table keeps any other order (A15)."""
    ordered = sorted(batch.rows, key=lambda held: held.record.id)
    gone = [held.record.id for held in ordered if batch.prune and isinstance(held.record, Gone)]
    kept = [held for held in ordered if not (batch.prune and isinstance(held.record, Gone))]
    shown = [held for held in kept if not held.record.boxed]
    return Laid(
        record=[_row(held) for held in shown],
        box=[_row(held) for held in kept if held.record.boxed],
        out_of_box=[h.record.id for h in shown if h.record.anonymous or isinstance(h.record, Gone)],
        prune=batch.prune,
        gone=gone,
    )


def _row(held: Held) -> Row:
    return Row(held.record.id, held.record.kind, held.seq, held.record.model_dump_json())


class StoredBoards(ABC):
    """The boards of this installation: reading, writing, and the clean-up of what they owe."""

    def __init__(
        self, database: Database, registry: Registry, now: Callable[[], int], scrub_wait: float
    ) -> None:
        self._database = database
        self._registry = registry
        self._now = now
        self._scrub_wait = scrub_wait
        self._owed_since: dict[str, int] = {}
        #: Whether names were deleted outside the boards. Unknown at start, so the first clean-up rewrites
        #: anyway.
        self._names_owed = database.is_sqlite
        #: Set when some board has traces to be cleaned up.
        self.traces_left = asyncio.Event()
        #: Whether the last clean-up failed; the desk shows that in red (A14).
        self.scrub_failing = False
        #: Server time in ms of the last successful clean-up.
        self.paid_at: int | None = None

    # -- what a room needs (`app/engine/store.py`) -----------------------------------------------------------

    @abstractmethod
    async def create(self, board_id: str) -> None:
        """A new empty board under a new epoch."""

    @abstractmethod
    async def load(self, board_id: str) -> Snapshot | None:
        """The whole board, or None."""

    @abstractmethod
    async def changed(self, board_id: str, since: int) -> Changes:
        """What was stored after `since`."""

    @abstractmethod
    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Store durably what `decide` says."""

    # -- all boards ------------------------------------------------------------------------------------------

    @abstractmethod
    async def boards(self) -> list[str]:
        """Every board there is."""

    @abstractmethod
    async def delete(self, board_id: str) -> None:
        """Delete everything of the board; a missing one is not an error."""

    @abstractmethod
    async def release(self, board_id: str) -> None:
        """Nobody has the board open any more."""

    @abstractmethod
    async def seqs(self, board_ids: Sequence[str]) -> Mapping[str, int]:
        """The seq of each of these boards, for a poll (R14)."""

    @abstractmethod
    async def due(self, now: int) -> list[str]:
        """Boards with timers that are due, whoever has them open (E6)."""

    @abstractmethod
    async def even_out(self) -> None:
        """F4: at a start, remove the order of writing from boxes that a crash or stop left filled."""

    @abstractmethod
    async def close(self) -> None:
        """Close all files and connections."""

    # -- traces ----------------------------------------------------------------------------------------------

    @abstractmethod
    async def _owing(self) -> Mapping[str, Traces]:
        """What each board owes, for those that owe something."""

    @abstractmethod
    async def _clean(self, board_ids: Iterable[str]) -> bool:
        """Rewrite these boards and empty their logs, which clears their debt. False if something is left."""

    async def owed(self) -> list[Debt]:
        """The current debts, the oldest first (A14)."""
        now = self._now()
        owing = await self._owing()
        self._owed_since = {board: self._owed_since.get(board, now) for board in owing}
        debts = [Debt(board, traces, self._owed_since[board]) for board, traces in owing.items()]
        return sorted(debts, key=lambda debt: (debt.since, debt.board))

    def deleted(self) -> None:
        """Names outside the boards were deleted: the next clean-up must rewrite the main file (F4)."""
        self._names_owed = True
        self.traces_left.set()

    async def scrub(self) -> bool:
        """Clean up what is owed (A4-A6, F4); True when nothing is left behind."""
        debts = await self.owed()
        if not debts and not self._names_owed:
            return True
        if self._names_owed:
            self._names_owed = not await self._database.rewrite()
        clean = not debts or await self._clean(debt.board for debt in debts)
        if clean and not self._names_owed:
            self.paid_at = self._now()
        return clean and not self._names_owed

    async def keep_clean(self) -> None:
        """Run forever: clean up what the last stop left, then soon after each change that leaves traces.

        Retried until it is done.
        """
        while True:
            # Cleared first, so that changes during the clean-up are left to the next one.
            self.traces_left.clear()
            await until_done(SCRUB_RETRY, self._scrubbed)
            await self.traces_left.wait()
            await asyncio.sleep(self._scrub_wait)

    async def _scrubbed(self) -> None:
        clean = False
        try:
            clean = await self.scrub()
        finally:
            self.scrub_failing = not clean
        if not clean:
            raise SomethingLeftError

    def _owes(self, board_id: str) -> None:
        self._owed_since.setdefault(board_id, self._now())
        self.traces_left.set()

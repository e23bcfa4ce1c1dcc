"""What a room needs from the storage of its records. The storage package implements it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.engine.edits import Traces
from app.engine.records import Held


@dataclass(frozen=True)
class Snapshot:
    """A whole board as stored."""

    epoch: str
    seq: int
    pruned_seq: int
    rows: Sequence[Held]


@dataclass(frozen=True)
class Changes:
    """What other processes have stored since a seq."""

    epoch: str
    seq: int
    pruned_seq: int
    rows: Sequence[Held] = ()


@dataclass(frozen=True)
class Batch:
    """What one transaction adds to a board: rows with their seq, up to `seq`; without rows, nothing."""

    seq: int
    rows: Sequence[Held] = field(default=())
    traces: Traces = Traces.NONE
    prune: bool = False
    due_at: int | None = None


#: Given what others have stored meanwhile, returns what to store. Runs inside the transaction, if any.
Decide = Callable[[Changes], Batch]


class Full(Exception):
    """There is no space left to store anything; reading still works (R5)."""


class BoardStore(Protocol):
    """Stores boards."""

    async def create(self, board_id: str) -> None:
        """A new empty board."""

    async def load(self, board_id: str) -> Snapshot | None:
        """The whole board, or None."""

    async def changed(self, board_id: str, since: int) -> Changes:
        """What was stored after `since`."""

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Store durably what `decide` returns; on failure raises and stores nothing (E1, E8)."""

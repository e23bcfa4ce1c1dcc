"""What a room needs of the place where its records rest. The storage package fulfils it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.engine.edits import Traces
from app.engine.records import Held


@dataclass(frozen=True)
class Snapshot:
    """A whole board as it rests."""

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
    """What one transaction adds to a board: rows with their seq, up to `seq`."""

    seq: int
    rows: Sequence[Held] = field(default=())
    traces: Traces = Traces.NONE
    prune: bool = False
    due_at: int | None = None


#: Given what others stored meanwhile, says what to store. It runs inside the transaction where there is one.
Decide = Callable[[Changes], Batch]


class Full(Exception):
    """There is no space to store anything; reading goes on (R5)."""


class BoardStore(Protocol):
    """Where boards rest."""

    async def create(self, board_id: str) -> None:
        """A new empty board."""

    async def load(self, board_id: str) -> Snapshot | None:
        """The whole board, or None."""

    async def changed(self, board_id: str, since: int) -> Changes:
        """What was stored after `since`."""

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Store durably what `decide` says; raises, and stores nothing, when that cannot be done (E1, E8)."""

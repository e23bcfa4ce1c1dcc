"""Boards kept in this process's memory only, next to the stored ones: rehearsals.

A rehearsal must not reach any file, backup, other process or restart, so its board is never written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.engine.commands import new_id
from app.engine.records import Gone, Held, Id
from app.engine.store import Batch, Changes, Decide, Snapshot
from app.storage.base import StoredBoards


@dataclass
class _Kept:
    epoch: str = field(default_factory=new_id)
    seq: int = 0
    pruned_seq: int = 0
    due_at: int | None = None
    rows: dict[Id, Held] = field(default_factory=dict)


class MemoryBoards:
    """The rooms' store: boards of rehearsals are in memory, all others in the real store."""

    def __init__(self, stored: StoredBoards) -> None:
        self._stored = stored
        self._kept: dict[str, _Kept] = {}

    def begin(self, board_id: str) -> None:
        """A new empty board that is never stored."""
        self._kept[board_id] = _Kept()

    async def create(self, board_id: str) -> None:
        """A new empty board that is stored."""
        await self._stored.create(board_id)

    async def load(self, board_id: str) -> Snapshot | None:
        """The whole board, or None."""
        kept = self._kept.get(board_id)
        if kept is None:
            return await self._stored.load(board_id)
        return Snapshot(kept.epoch, kept.seq, kept.pruned_seq, list(kept.rows.values()))

    async def changed(self, board_id: str, since: int) -> Changes:
        """What was stored after `since`."""
        kept = self._kept.get(board_id)
        if kept is None:
            return await self._stored.changed(board_id, since)
        rows = [held for held in kept.rows.values() if held.seq > since]
        return Changes(kept.epoch, kept.seq, kept.pruned_seq, rows)

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Keep what `decide` says."""
        kept = self._kept.get(board_id)
        if kept is None:
            return await self._stored.commit(board_id, since, decide)
        batch = decide(await self.changed(board_id, since))
        if not batch.rows:
            return batch
        kept.rows |= {held.record.id: held for held in batch.rows}
        kept.seq, kept.due_at = batch.seq, batch.due_at
        if batch.prune:
            kept.pruned_seq = batch.seq
            kept.rows = {id: held for id, held in kept.rows.items() if not isinstance(held.record, Gone)}
        return batch

    async def delete(self, board_id: str) -> None:
        """Delete everything of the board; a missing one is not an error."""
        if self._kept.pop(board_id, None) is None:
            await self._stored.delete(board_id)

    async def release(self, board_id: str) -> None:
        """Nobody has the board open any more."""
        if board_id not in self._kept:
            await self._stored.release(board_id)

    async def seqs(self, board_ids: Sequence[str]) -> Mapping[str, int]:
        """The seq of each of these boards, for a poll; no other process knows those kept here."""
        return await self._stored.seqs([id for id in board_ids if id not in self._kept])

    async def due(self, now: int) -> list[str]:
        """Boards on which something has fallen due."""
        return [*self._due(now), *await self._stored.due(now)]

    def _due(self, now: int) -> Iterator[str]:
        yield from (id for id, kept in self._kept.items() if kept.due_at is not None and kept.due_at <= now)

"""Boards on SQLite: a file for each, and a few threads that write them in parallel (E8)."""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import structlog

from app.engine.edits import Traces
from app.engine.records import Held
from app.engine.registry import Registry
from app.engine.store import Batch, Changes, Decide, Full, Snapshot
from app.storage import board_file
from app.storage.base import StoredBoards, laid
from app.storage.board_file import BoardFile, Head, NewerFile
from app.storage.database import Database

log = structlog.get_logger("store")

#: The folder next to the main file.
FOLDER = "boards"
#: How many commits run at once, as they mostly wait for the disk.
THREADS = 8
_NAME = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
_TAIL = ".sqlite3"

T = TypeVar("T")


@dataclass
class _Open:
    file: BoardFile
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: Whether a room has it open, so that the file stays open between commits.
    held: bool = False


class FileBoards(StoredBoards):
    """The boards in one folder. Only one process at a time may have it."""

    def __init__(
        self, database: Database, registry: Registry, now: Callable[[], int], scrub_wait: float
    ) -> None:
        super().__init__(database, registry, now, scrub_wait)
        self._folder = folder_of(database)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="board")
        self._open: dict[str, _Open] = {}
        self._opening = asyncio.Lock()
        #: The head of every file; read once, then updated with each commit.
        self._heads: dict[str, Head] | None = None

    async def create(self, board_id: str) -> None:
        path = self._path(board_id)
        if path.exists():
            raise FileExistsError
        heads = await self._known()
        await self._in_thread(board_file.make, path, board_id)
        heads[board_id] = await self._with(board_id, BoardFile.head)

    async def load(self, board_id: str) -> Snapshot | None:
        if not self._path(board_id).exists():
            return None
        head, rows = await self._with(board_id, BoardFile.read, hold=True)
        return Snapshot(head.epoch, head.seq, head.pruned_seq, self._held(rows))

    async def changed(self, board_id: str, since: int) -> Changes:
        head, rows = await self._with(board_id, BoardFile.read, since)
        return Changes(head.epoch, head.seq, head.pruned_seq, self._held(rows))

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Decided at once, since nobody else writes this file."""
        batch = decide(Changes("", since, 0))
        if not batch.rows:
            return batch
        change = laid(batch)

        head = (await self._known())[board_id].after(batch)
        try:
            await self._with(board_id, BoardFile.write, head, change, hold=True)
        except sqlite3.OperationalError as failure:
            raise Full if is_full(failure) else failure from None
        (await self._known())[board_id] = head
        if batch.traces:
            self._owes(board_id)
        return batch

    async def boards(self) -> list[str]:
        # A damaged file exists too: it must not be replaced by a new one.
        return await self._in_thread(names_in, self._folder)

    async def delete(self, board_id: str) -> None:
        await self._shut(board_id)
        (await self._known()).pop(board_id, None)
        self._owed_since.pop(board_id, None)
        await self._in_thread(board_file.remove, self._path(board_id))

    async def release(self, board_id: str) -> None:
        await self._shut(board_id)

    async def seqs(self, board_ids: Sequence[str]) -> Mapping[str, int]:
        heads = await self._known()
        return {board: heads[board].seq for board in board_ids if board in heads}

    async def due(self, now: int) -> list[str]:
        heads = await self._known()
        return [board for board, head in heads.items() if head.due_at is not None and head.due_at <= now]

    async def even_out(self) -> None:
        heads = await self._known()
        for board in list(heads):
            try:
                heads[board] = await self._with(board, BoardFile.even_out)
            except sqlite3.Error:
                # A failure here must not keep the others from being rewritten.
                log.exception("a box could not be evened out")
            if heads[board].traces:
                self._owes(board)

    async def close(self) -> None:
        for board in list(self._open):
            await self._shut(board)
        self._threads.shutdown(wait=True)

    async def _owing(self) -> Mapping[str, Traces]:
        return {board: Traces(head.traces) for board, head in (await self._known()).items() if head.traces}

    async def _clean(self, board_ids: Iterable[str]) -> bool:
        heads = await self._known()
        all_clean = True
        for board in board_ids:
            try:
                heads[board] = await self._with(board, BoardFile.clean)
            except sqlite3.Error:
                # The clean-up of other boards must not wait for this one's disk.
                all_clean = False
                continue
            if heads[board].traces:
                all_clean = False
            else:
                self._owed_since.pop(board, None)
        return all_clean

    # -- files -----------------------------------------------------------------------------------------------

    def _path(self, board_id: str) -> Path:
        if not _NAME.match(board_id):
            raise ValueError("no name of a board")
        return self._folder / f"{board_id}{_TAIL}"

    def _held(self, rows: Iterable[tuple[int, str]]) -> list[Held]:
        return [Held(seq, self._registry.read(body)) for seq, body in rows]

    async def _known(self) -> dict[str, Head]:
        if self._heads is None:
            heads = await self._in_thread(read_heads, self._folder)
            # Another task may have read them meanwhile and updated them.
            if self._heads is None:
                self._heads = heads
        return self._heads

    async def _with(self, board_id: str, act: Callable[..., T], *given: object, hold: bool = False) -> T:
        """Run something with a board's file in a thread; only calls for the same board wait."""
        while True:
            opened = await self._opened(board_id)
            async with opened.turn:
                if self._open.get(board_id) is not opened:
                    # The previous call has closed the file.
                    continue
                opened.held = opened.held or hold
                try:
                    return await self._in_thread(act, opened.file, *given)
                finally:
                    if not opened.held:
                        del self._open[board_id]
                        await self._in_thread(opened.file.close)

    async def _opened(self, board_id: str) -> _Open:
        opened = self._open.get(board_id)
        if opened is None:
            async with self._opening:
                opened = self._open.get(board_id)
                if opened is None:
                    opened = self._open[board_id] = _Open(
                        await self._in_thread(BoardFile, self._path(board_id))
                    )
        return opened

    async def _shut(self, board_id: str) -> None:
        opened = self._open.pop(board_id, None)
        if opened is not None:
            async with opened.turn:
                await self._in_thread(opened.file.close)

    async def _in_thread(self, act: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, act, *given)


def folder_of(database: Database) -> Path:
    """Where the boards of an SQLite database lie."""
    return Path(str(database.url.database)).parent / FOLDER


def names_in(folder: Path) -> list[str]:
    """The boards that have a file."""
    return sorted(path.name.removesuffix(_TAIL) for path in folder.glob(f"[!.]*{_TAIL}"))


def read_heads(folder: Path) -> dict[str, Head]:
    """The head of each board's file."""
    heads = {}
    for name in names_in(folder):
        try:
            with closing(BoardFile(folder / f"{name}{_TAIL}")) as file:
                heads[name] = file.head()
        except (sqlite3.Error, NewerFile):
            # A damaged file affects only its own process; opening that board reports it.
            log.exception("a board cannot be read")
    return heads


def is_full(failure: BaseException) -> bool:
    """Whether SQLite says that there is no space."""
    return "database or disk is full" in str(failure)

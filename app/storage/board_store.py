"""Where board records rest, on SQLite and on PostgreSQL: one contract (E1, E8) and one clean-up (A4-A6)."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.board.activity import Registry
from app.board.edits import Traces
from app.board.records import Gone, Held, Record
from app.board.store import Batch, Changes, Decide, Full, Snapshot
from app.storage.database import Database
from app.storage.tables import board as boards, record as records

log = structlog.get_logger("store")

#: How long a clean-up may wait for others, in seconds; coalesced over all boards (A6).
SCRUB_WAIT = 20
SCRUB_RETRY = 10


#: Made once: building them took as long as sending them.
_SQLITE_PUT = sqlite.insert(records)
_SQLITE_PUT = _SQLITE_PUT.on_conflict_do_update(
    index_elements=["board_id", "id"],
    set_={name: _SQLITE_PUT.excluded[name] for name in ("kind", "seq", "body")},
)
_POSTGRES_PUT = postgresql.insert(records)
_POSTGRES_PUT = _POSTGRES_PUT.on_conflict_do_update(
    index_elements=["board_id", "id"],
    set_={name: _POSTGRES_PUT.excluded[name] for name in ("kind", "seq", "body")},
)
_POSTGRES_TAKE = text("DELETE FROM record WHERE board_id = :board AND id = ANY(:ids)")
_PLAIN_PUT = (
    "INSERT INTO record (board_id, id, kind, seq, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (board_id, id)"
    " DO UPDATE SET kind = excluded.kind, seq = excluded.seq, body = excluded.body"
)
_PLAIN_SEQ = "UPDATE board SET seq = ?, due_at = ? WHERE id = ?"


@dataclass(eq=False)
class _Write:
    board_id: str
    batch: Batch
    done: "asyncio.Future[None]"


class SqlBoardStore:
    """Reading and creating boards, the same on both databases; how a batch is committed differs below."""

    def __init__(self, database: Database, registry: Registry, scrub_wait: float = SCRUB_WAIT) -> None:
        self._database = database
        self._registry = registry
        self._scrub_wait = scrub_wait
        #: Set when some board has traces to be cleaned up.
        self.traces_left = asyncio.Event()
        self._rewrite = False
        #: Whether the last clean-up did not come through; the desk then shows it in red (A14).
        self.scrub_failing = False

    async def create(self, board_id: str) -> None:
        """A new empty board under a new epoch."""
        async with self._database.begin() as connection:
            row = {"id": board_id, "epoch": secrets.token_urlsafe(16), "seq": 0, "pruned_seq": 0, "traces": 0}
            await connection.execute(insert(boards).values(**row))

    async def load(self, board_id: str) -> Snapshot | None:
        """The whole board, or None."""
        async with self._reading() as connection:
            row = (await connection.execute(select(boards).where(boards.c.id == board_id))).mappings().first()
            if row is None:
                return None
            rows = await self._rows(connection, board_id, 0)
        return Snapshot(row["epoch"], row["seq"], row["pruned_seq"], rows, Traces(row["traces"]))

    async def changed(self, board_id: str, since: int) -> Changes:
        """What was stored after `since`."""
        async with self._reading() as connection:
            return await self._changes(connection, board_id, since)

    async def seqs(self, board_ids: Sequence[str]) -> Mapping[str, int]:
        """The seq of each of these boards, for a poll (R14)."""
        query = select(boards.c.id, boards.c.seq).where(boards.c.id.in_(board_ids))
        async with self._database.connect() as connection:
            return {row.id: row.seq for row in await connection.execute(query)}

    async def due(self, now: int) -> list[str]:
        """Boards on which something has fallen due, whoever has them open (E6)."""
        query = select(boards.c.id).where(boards.c.due_at <= now)
        async with self._database.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def boards(self) -> list[str]:
        """The ids of all boards."""
        async with self._database.connect() as connection:
            return list((await connection.execute(select(boards.c.id))).scalars())

    async def delete(self, board_id: str) -> None:
        """The board with all that lies on it, for good; nothing may be committed to it at the same time."""
        async with self._database.begin() as connection:
            await connection.execute(delete(records).where(records.c.board_id == board_id))
            await connection.execute(delete(boards).where(boards.c.id == board_id))
        self.deleted()

    def deleted(self) -> None:
        """Names were deleted for good, here or beside the boards: the next clean-up rewrites the file."""
        self._rewrite = True
        self.traces_left.set()

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Store durably what `decide` says."""
        raise NotImplementedError

    async def scrub(self) -> bool:
        """Clean up what boards owe (A4-A6); True when nothing is left behind."""
        raise NotImplementedError

    async def owed(self) -> Traces:
        """The most that any board still owes, for the health line (A14)."""
        async with self._database.connect() as connection:
            found = (
                await connection.execute(select(boards.c.traces).order_by(boards.c.traces.desc()))
            ).scalar()
        return Traces(found or 0)

    async def keep_clean(self) -> None:
        """Run for ever: clean up what the last stop left, then soon after each change that leaves traces.

        Retried until it is done.
        """
        while True:
            # Cleared first: what comes during the clean-up is owed to the next one.
            self.traces_left.clear()
            if not await self._tried():
                self.traces_left.set()
            await self.traces_left.wait()
            await asyncio.sleep(SCRUB_RETRY if self.scrub_failing else self._scrub_wait)

    async def _tried(self) -> bool:
        try:
            self.scrub_failing = not await self.scrub()
        except (DBAPIError, OSError):
            # The database may be away for a while; giving up for good would leave every later trace.
            self.scrub_failing = True
        if self.scrub_failing:
            log.warning("clean-up failed, will be tried again")
        return not self.scrub_failing

    # -- shared by both ------------------------------------------------------------------------------------

    def _reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection whose reads all see the same moment: a board's row and its records belong together."""
        return self._database.connect()

    async def _changes(self, connection: AsyncConnection, board_id: str, since: int) -> Changes:
        row = (await connection.execute(select(boards).where(boards.c.id == board_id))).mappings().one()
        rows = await self._rows(connection, board_id, since) if row["seq"] > since else []
        return Changes(row["epoch"], row["seq"], row["pruned_seq"], rows)

    async def _rows(self, connection: AsyncConnection, board_id: str, since: int) -> list[Held]:
        query = select(records.c.seq, records.c.body).where(
            records.c.board_id == board_id, records.c.seq > since
        )
        return [Held(seq, self._registry.read(body)) for seq, body in await connection.execute(query)]

    async def _write(self, connection: AsyncConnection, board_id: str, batch: Batch) -> None:
        values: dict[str, Any] = {"seq": batch.seq, "due_at": batch.due_at}
        rows = batch.rows
        if batch.prune:
            values["pruned_seq"] = batch.seq
            rows = [held for held in rows if not isinstance(held.record, Gone)]
            gone = [held.record.id for held in batch.rows if isinstance(held.record, Gone)]
            await connection.execute(
                delete(records).where(records.c.board_id == board_id, records.c.kind == "gone")
            )
            for id in gone:
                await connection.execute(
                    delete(records).where(records.c.board_id == board_id, records.c.id == id)
                )
        await self._put(connection, board_id, rows)
        change = update(boards).where(boards.c.id == board_id)
        await connection.execute(change.values(**values))
        if batch.traces:
            # Never lowered here: a smaller debt does not pay a larger one.
            await connection.execute(
                update(boards)
                .where(boards.c.id == board_id, boards.c.traces < int(batch.traces))
                .values(traces=int(batch.traces))
            )

    async def _put(self, connection: AsyncConnection, board_id: str, rows: Sequence[Held]) -> None:
        raise NotImplementedError


class SqliteBoardStore(SqlBoardStore):
    """One file, one writer: the waiting groups of all rooms share one transaction (E8)."""

    def __init__(self, database: Database, registry: Registry, scrub_wait: float = SCRUB_WAIT) -> None:
        super().__init__(database, registry, scrub_wait)
        self._waiting: list[_Write] = []
        self._writer: asyncio.Task[None] | None = None

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Decided at once, since nobody else writes this file; stored with whatever else waits."""
        batch = decide(Changes("", since, 0))
        if not batch.rows:
            return batch
        write = _Write(board_id, batch, asyncio.get_running_loop().create_future())
        self._waiting.append(write)
        if self._writer is None:
            self._writer = asyncio.create_task(self._run())
        await write.done
        if batch.traces:
            self.traces_left.set()
        return batch

    async def _run(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting, []
                await self._store(group)
        finally:
            self._writer = None

    async def _store(self, group: list[_Write]) -> None:
        try:
            async with self._database.begin() as connection:
                plain = [write for write in group if not write.batch.prune and not write.batch.traces]
                if plain:
                    await self._write_plainly(connection, plain)
                for write in group:
                    if write not in plain:
                        await self._write(connection, write.board_id, write.batch)
        except Exception as failure:  # noqa: BLE001 (nothing is caught here: it is handed to all who wait)
            answer = Full() if _is_full(failure) else failure
            for write in group:
                if not write.done.done():
                    write.done.set_exception(answer)
        else:
            for write in group:
                if not write.done.done():
                    write.done.set_result(None)

    async def _put(self, connection: AsyncConnection, board_id: str, rows: Sequence[Held]) -> None:
        if rows:
            await connection.execute(_SQLITE_PUT, _values(board_id, rows))

    async def _write_plainly(self, connection: AsyncConnection, group: list[_Write]) -> None:
        """What nearly every batch is: rows and a new seq, of all boards at once, straight to the driver.

        Through SQLAlchemy's statements the same cost half of the processor time of a note.
        """
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection
        rows = [tuple(row.values()) for write in group for row in _values(write.board_id, write.batch.rows)]
        await driver.executemany(_PLAIN_PUT, rows)
        seqs = [(write.batch.seq, write.batch.due_at, write.board_id) for write in group]
        await driver.executemany(_PLAIN_SEQ, seqs)

    async def scrub(self) -> bool:
        """A4-A6: rewrite the pages if asked, empty the log, and only then call the debt paid."""
        async with self._database.alone() as connection:
            debt = select(boards.c.id, boards.c.traces).where(boards.c.traces > 0)
            owed = [(row.id, row.traces) for row in await connection.execute(debt)]
            rewrite, self._rewrite = self._rewrite, False
            if rewrite or any(traces >= Traces.PAGES for _, traces in owed):
                await connection.execute(text("VACUUM"))
            # Paid before the log is emptied, so that this write is emptied out with the rest.
            await connection.execute(update(boards).values(traces=0))
            clean = await _emptied(connection)
            if not clean:
                self._rewrite = rewrite
                for id, traces in owed:
                    await connection.execute(update(boards).where(boards.c.id == id).values(traces=traces))
            return clean


class PostgresBoardStore(SqlBoardStore):
    """Any number of processes: the board's row lock puts their transactions in order (E8)."""

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Lock the board's row, read what others stored, decide, store, commit."""
        try:
            async with self._database.begin() as connection:
                lock = select(boards.c.seq).where(boards.c.id == board_id).with_for_update()
                await connection.execute(lock)
                batch = decide(await self._changes(connection, board_id, since))
                if batch.rows:
                    await self._write(connection, board_id, batch)
        except DBAPIError as failure:
            raise Full if _is_full(failure) else failure from None
        if batch.traces:
            self.traces_left.set()
        return batch

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        async with self._database.connect() as connection:
            yield await connection.execution_options(isolation_level="REPEATABLE READ")

    async def _write(self, connection: AsyncConnection, board_id: str, batch: Batch) -> None:
        """A8: a row that is only updated may stay on the page of its first writing, beside its neighbours."""
        if batch.traces >= Traces.PAGES:
            ids = [held.record.id for held in batch.rows]
            await connection.execute(_POSTGRES_TAKE, {"board": board_id, "ids": ids})
        await super()._write(connection, board_id, batch)

    async def _put(self, connection: AsyncConnection, board_id: str, rows: Sequence[Held]) -> None:
        if rows:
            await connection.execute(_POSTGRES_PUT, _values(board_id, rows))

    async def scrub(self) -> bool:
        """A8: the re-put has evened out who was first; VACUUM takes the old rows off the pages."""
        async with self._database.alone() as connection:
            owed = (await connection.execute(select(boards.c.id).where(boards.c.traces > 0))).scalars().all()
            if owed:
                await connection.execute(text("VACUUM record"))
                await connection.execute(update(boards).where(boards.c.id.in_(owed)).values(traces=0))
            if self._rewrite:
                self._rewrite = False
                await connection.execute(text("VACUUM"))
        return True


def board_store(database: Database, registry: Registry, scrub_wait: float = SCRUB_WAIT) -> SqlBoardStore:
    """The store for the database at hand."""
    kind = SqliteBoardStore if database.is_sqlite else PostgresBoardStore
    return kind(database, registry, scrub_wait)


def _values(board_id: str, rows: Iterable[Held]) -> list[dict[str, Any]]:
    # In the order of the ids, so that even the order within one transaction says nothing (A15).
    ordered = sorted(rows, key=lambda held: held.record.id)
    return [
        {
            "board_id": board_id,
            "id": held.record.id,
            "kind": held.record.kind,
            "seq": held.seq,
            "body": _body(held.record),
        }
        for held in ordered
    ]


def _body(record: Record) -> str:
    return record.model_dump_json()


async def _emptied(connection: AsyncConnection) -> bool:
    row = (await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))).first()
    return row is not None and tuple(row) == (0, 0, 0)


def _is_full(failure: BaseException) -> bool:
    cause = getattr(failure, "orig", failure)
    # SQLite says it in words, PostgreSQL by its code for a full disk.
    return "database or disk is full" in str(cause) or getattr(cause, "sqlstate", None) == "53100"

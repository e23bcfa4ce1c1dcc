"""Boards on PostgreSQL, for any number of server processes: a lock on the board's row orders them (E8)."""

import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import structlog
from sqlalchemy import Select, Table, bindparam, delete, func, insert, select, text, true, update
from sqlalchemy.dialects.postgresql import insert as put
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from app.engine.edits import Traces
from app.engine.records import Held
from app.engine.registry import Registry
from app.engine.store import Batch, Changes, Decide, Full, Snapshot
from app.storage.base import Laid, Row, StoredBoards, laid
from app.storage.database import Database
from app.storage.tables import board as boards, box, record as records

log = structlog.get_logger("store")

#: How long a rewrite waits for readers, in seconds, before it is retried; writers queue behind it.
LOCK_WAIT = 2


def _put_into(table: Table) -> Any:
    statement = put(table)
    return statement.on_conflict_do_update(
        index_elements=["board_id", "id"],
        set_={name: statement.excluded[name] for name in ("kind", "seq", "body")},
    )


#: Built once: compiling them costs as much as executing them.
_PUT = {table: _put_into(table) for table in (records, box)}
_TAKE = {
    table: text(f"DELETE FROM {table.name} WHERE board_id = :board AND id = ANY(:ids)")  # noqa: S608
    for table in (records, box)
}


def _rows_of(table: Table) -> Select[tuple[int, str]]:
    mine = (table.c.board_id == bindparam("board")) & (table.c.seq > bindparam("since"))
    return select(table.c.seq.label("at"), table.c.body).where(mine)


_ROWS = _rows_of(records).union_all(_rows_of(box))
_HEAD = select(boards.c.epoch, boards.c.seq, boards.c.pruned_seq).where(boards.c.id == bindparam("board"))
_LOCKED = _HEAD.with_for_update()
_since = _ROWS.subquery()
#: A board's head next to each of its rows, or alone: a single statement sees one snapshot.
_CHANGED = _HEAD.add_columns(_since.c.at, _since.c.body).select_from(boards.outerjoin(_since, true()))
_asked = _CHANGED.compile(dialect=dialect())  # type: ignore[no-untyped-call]
#: The same for the driver, and what it takes, in order.
_ASKED, _GIVEN = str(_asked), tuple(_asked.positiontup or ())
#: The same with the head locked. If it had to wait for the lock, the head is newer than the rows.
_LOCKED_CHANGED = _CHANGED.with_for_update(of=boards)


class RowBoards(StoredBoards):
    """The boards in a database that other processes use too."""

    def __init__(
        self, database: Database, registry: Registry, now: Callable[[], int], scrub_wait: float
    ) -> None:
        super().__init__(database, registry, now, scrub_wait)
        #: Whether the role may switch the server's log; determined at the first clean-up.
        self.may_switch_log = True
        #: Open boards that another process has written to as well.
        self._shared: set[str] = set()

    async def create(self, board_id: str) -> None:
        row = {"id": board_id, "epoch": secrets.token_urlsafe(16), "seq": 0, "pruned_seq": 0, "traces": 0}
        async with self._database.begin() as connection:
            await connection.execute(insert(boards).values(**row))

    async def load(self, board_id: str) -> Snapshot | None:
        async with self._reading() as connection:
            row = (await connection.execute(select(boards).where(boards.c.id == board_id))).mappings().first()
            if row is None:
                return None
            rows = await self._rows(connection, board_id, 0)
        return Snapshot(row["epoch"], row["seq"], row["pruned_seq"], rows)

    async def changed(self, board_id: str, since: int) -> Changes:
        # Runs for each change by another process that somebody sees. Asked by the driver itself, without a
        # transaction, it takes half of the CPU.
        given = {"board": board_id, "since": since}
        async with self._database.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            found = await driver.fetch(_ASKED, *(given[name] for name in _GIVEN))
        if not found:
            raise LookupError(board_id)
        return self._changes(found)

    async def commit(self, board_id: str, since: int, decide: Decide) -> Batch:
        """Lock the board's row, read what others stored, decide, store, commit."""
        try:
            async with self._database.begin() as connection:
                batch = decide(await self._locked(connection, board_id, since))
                if batch.rows:
                    await self._write(connection, board_id, batch)
        except DBAPIError as failure:
            raise Full if _is_full(failure) else failure from None
        if batch.traces:
            self._owes(board_id)
        return batch

    async def boards(self) -> list[str]:
        async with self._database.connect() as connection:
            return list((await connection.execute(select(boards.c.id).order_by(boards.c.id))).scalars())

    async def delete(self, board_id: str) -> None:
        async with self._database.begin() as connection:
            parts = await _parts_of(connection, [board_id])
            for table in (box, records):
                await connection.execute(delete(table).where(table.c.board_id == board_id))
            await connection.execute(delete(boards).where(boards.c.id == board_id))
        self._owed_since.pop(board_id, None)
        self._shared.discard(board_id)
        # There is no row left to record a debt in, so it is rewritten at once.
        async with self._database.alone() as connection:
            await self._rewrite(connection, parts)

    async def release(self, board_id: str) -> None:
        self._shared.discard(board_id)

    async def seqs(self, board_ids: Sequence[str]) -> Mapping[str, int]:
        query = select(boards.c.id, boards.c.seq).where(boards.c.id.in_(board_ids))
        async with self._database.connect() as connection:
            return {row.id: row.seq for row in await connection.execute(query)}

    async def due(self, now: int) -> list[str]:
        query = select(boards.c.id).where(boards.c.due_at <= now)
        async with self._database.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def even_out(self) -> None:
        """Other processes may be writing into these boxes, so their seqs must not change."""

    async def close(self) -> None:
        """The database is closed by the code that opened it."""

    async def _owing(self) -> Mapping[str, Traces]:
        query = select(boards.c.id, boards.c.traces).where(boards.c.traces != 0)
        async with self._database.connect() as connection:
            return {row.id: Traces(abs(row.traces)) for row in await connection.execute(query)}

    async def _clean(self, board_ids: Iterable[str]) -> bool:
        ours = boards.c.id.in_(list(board_ids))
        async with self._database.alone() as connection:
            # Negative during the clean-up: a debt added meanwhile is positive, and stays owed.
            taken = update(boards).where(ours).values(traces=-func.abs(boards.c.traces))
            owed = (await connection.execute(taken.returning(boards.c.id, boards.c.traces))).all()
            parts = await _parts_of(connection, [row.id for row in owed if -row.traces >= Traces.PAGES])
            await self._rewrite(connection, parts)
            await connection.execute(update(boards).where(ours, boards.c.traces < 0).values(traces=0))
        for row in owed:
            self._owed_since.pop(row.id, None)
        return True

    async def _rewrite(self, connection: AsyncConnection, parts: Sequence[str]) -> None:
        """F2: a plain VACUUM leaves the bytes of old rows in place; a full one writes new files.

        The box is small. Of the records, only the partitions with a debt are rewritten.
        """
        await connection.execute(text(f"SET lock_timeout = '{LOCK_WAIT}s'"))
        try:
            for name in ("box", *parts):
                await connection.execute(text(f"VACUUM FULL {name}"))
        finally:
            await connection.execute(text("RESET lock_timeout"))
        await self._switch_log(connection)

    async def _switch_log(self, connection: AsyncConnection) -> None:
        """A8: the old text is in the server's log until its segment is recycled; speed that up."""
        if not self.may_switch_log:
            return
        try:
            await connection.execute(text("SELECT pg_switch_wal()"))
            await connection.execute(text("CHECKPOINT"))
        except DBAPIError:
            # The role may not; the doctor reports what remains, and until when.
            self.may_switch_log = False
            log.warning("the role may not switch the database's log")

    # -- rows ------------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose reads share a snapshot, so that a board's row matches its records."""
        async with self._database.connect() as connection:
            yield await connection.execution_options(isolation_level="REPEATABLE READ")

    async def _locked(self, connection: AsyncConnection, board_id: str, since: int) -> Changes:
        """Lock the board's row and read what others stored, in one statement where they usually did."""
        query = _LOCKED_CHANGED if board_id in self._shared else _LOCKED
        found = (await connection.execute(query, {"board": board_id, "since": since})).all()
        if not found:
            raise LookupError(board_id)
        head = found[0]
        if query is _LOCKED_CHANGED and max(row.at or since for row in found) == head.seq:
            # The row stored last has the head's seq, so what sees that sees all.
            return self._changes(found)
        if head.seq <= since:
            return Changes(head.epoch, head.seq, head.pruned_seq)
        self._shared.add(board_id)
        return Changes(head.epoch, head.seq, head.pruned_seq, await self._rows(connection, board_id, since))

    def _changes(self, found: Sequence[Any]) -> Changes:
        epoch, seq, pruned_seq, *_ = found[0]
        rows = [Held(at, self._registry.read(body)) for *_, at, body in found if at is not None]
        return Changes(epoch, seq, pruned_seq, rows)

    async def _rows(self, connection: AsyncConnection, board_id: str, since: int) -> list[Held]:
        found = await connection.execute(_ROWS, {"board": board_id, "since": since})
        return [Held(row.at, self._registry.read(row.body)) for row in found]

    async def _write(self, connection: AsyncConnection, board_id: str, batch: Batch) -> None:
        change = laid(batch)
        values: dict[str, Any] = {"seq": batch.seq, "due_at": batch.due_at}
        if change.prune:
            values["pruned_seq"] = batch.seq
            for table in (records, box):
                tombstones = delete(table).where(table.c.board_id == board_id, table.c.kind == "gone")
                await connection.execute(tombstones)
                await self._take(connection, table, board_id, change.gone)
        await self._take(connection, box, board_id, change.out_of_box)
        for table, rows in ((records, change.record), (box, change.box)):
            if rows:
                await connection.execute(_PUT[table], _values(board_id, rows))
        if batch.traces:
            # Never lowered here: a smaller debt does not replace a larger one.
            values["traces"] = func.greatest(boards.c.traces, _debt(batch, change))
        await connection.execute(update(boards).where(boards.c.id == board_id).values(**values))

    async def _take(
        self, connection: AsyncConnection, table: Table, board_id: str, ids: Sequence[str]
    ) -> None:
        if ids:
            await connection.execute(_TAKE[table], {"board": board_id, "ids": list(ids)})


async def _parts_of(connection: AsyncConnection, board_ids: Sequence[str]) -> Sequence[str]:
    """The parts of the records that hold something of these boards."""
    part = text("tableoid::regclass::text")
    query = select(part).select_from(records).where(records.c.board_id.in_(board_ids)).distinct()
    return (await connection.execute(query)).scalars().all() if board_ids else ()


def _debt(batch: Batch, change: Laid) -> int:
    """Changes to the box alone leave no trace in the records."""
    return int(Traces.PAGES if change.out_of_box or batch.prune else Traces.LOG)


def _values(board_id: str, rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [
        {"board_id": board_id, "id": row.id, "kind": row.kind, "seq": row.seq, "body": row.body}
        for row in rows
    ]


def _is_full(failure: DBAPIError) -> bool:
    return getattr(failure.orig, "sqlstate", None) == "53100"

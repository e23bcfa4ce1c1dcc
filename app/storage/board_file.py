"""One board's own SQLite file: `record` has what the room has seen, `box` the rest (F2, F15).

With a file for each board, a clean-up rewrites only a few pages without blocking other rooms, and deleting a
board is deleting a file. It uses plain `sqlite3`, called from a worker thread in one step: with an
asynchronous driver each commit took four hops between threads.
"""

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.engine.edits import Traces
from app.engine.store import Batch
from app.storage.base import Laid, Row

#: Incremented when the tables change; a file of a later version is refused.
VERSION = 1
#: How long a commit waits for another user of the file, in seconds (R6).
LOCK_TIMEOUT = 5.0
#: A file of more bytes than this is rewritten through a temporary file, as it would take its size in memory.
#: No meeting comes near it.
LARGE = 64 * 2**20

_TABLES = """
CREATE TABLE board (
    id TEXT PRIMARY KEY,
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    pruned_seq INTEGER NOT NULL,
    due_at INTEGER,
    traces INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE record (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE box (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
"""
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # R1: a commit is on the disk before anything is sent.
    "PRAGMA synchronous=FULL",
    # A5: deleted data is overwritten; `clean` rewrites what that misses.
    "PRAGMA secure_delete=ON",
    # Sorts and rewrites must not use temporary files.
    "PRAGMA temp_store=MEMORY",
)

#: All rows in one step: after each step the thread waits for the interpreter lock, which a busy loop holds.
_ROWS = (
    "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), "
    "json_extract(value, '$[3]') FROM json_each(?) WHERE true"
)
_AGAIN = "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, seq = excluded.seq, body = excluded.body"


class NewerFile(Exception):
    """A later version of the product has made this file."""


@dataclass(frozen=True)
class Head:
    """A board's one row."""

    id: str
    epoch: str
    seq: int
    pruned_seq: int
    due_at: int | None
    traces: int

    def after(self, batch: Batch) -> "Head":
        """The head after this batch; a smaller debt does not replace a larger one."""
        return replace(
            self,
            seq=batch.seq,
            pruned_seq=batch.seq if batch.prune else self.pruned_seq,
            due_at=batch.due_at,
            traces=max(self.traces, batch.traces),
        )


class BoardFile:
    """An open file. Takes one call at a time, from any thread."""

    def __init__(self, path: Path) -> None:
        """Open a file that is there; raises `sqlite3.Error` or `NewerFile`."""
        self.path = path
        self._file = sqlite3.connect(
            f"file:{path.as_posix()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=LOCK_TIMEOUT,
        )
        try:
            self._prepare()
        except (sqlite3.Error, NewerFile):
            self._file.close()
            raise

    def _prepare(self) -> None:
        # Before anything is changed in it.
        if self._file.execute("PRAGMA user_version").fetchone()[0] > VERSION:
            raise NewerFile(self.path.name)
        for pragma in _PRAGMAS:
            self._file.execute(pragma).fetchone()

    def head(self) -> Head:
        """The board's row."""
        row = self._file.execute("SELECT id, epoch, seq, pruned_seq, due_at, traces FROM board").fetchone()
        if row is None:
            raise sqlite3.DatabaseError("no board in this file")
        return Head(*row)

    def rows(self, since: int = 0) -> list[tuple[int, str]]:
        """Seq and body of what was stored after `since`, shown or not."""
        both = "SELECT seq, body FROM record WHERE seq > ? UNION ALL SELECT seq, body FROM box WHERE seq > ?"
        return self._file.execute(both, (since, since)).fetchall()

    def read(self, since: int = 0) -> tuple[Head, list[tuple[int, str]]]:
        """Both, from one snapshot."""
        with _Transaction(self._file, "BEGIN"):
            return self.head(), self.rows(since)

    def write(self, head: Head, change: Laid) -> None:
        """One durable transaction, or nothing; the board is then as `head` says."""
        with _Transaction(self._file, "BEGIN IMMEDIATE"):
            if change.prune:
                for table in ("record", "box"):
                    self._file.execute(f"DELETE FROM {table} WHERE kind = 'gone'")  # noqa: S608
                    self._delete(table, change.gone)
            self._delete("box", change.out_of_box)
            self._put("record", change.record)
            self._put("box", change.box)
            row = (head.seq, head.pruned_seq, head.due_at, head.traces)
            self._file.execute("UPDATE board SET seq = ?, pruned_seq = ?, due_at = ?, traces = ?", row)

    def even_out(self) -> Head:
        """F4: give everything in the box one seq; if it is not empty, its pages need a rewrite."""
        with _Transaction(self._file, "BEGIN IMMEDIATE"):
            if self._file.execute("UPDATE box SET seq = (SELECT seq FROM board)").rowcount:
                self._file.execute("UPDATE board SET traces = ?", (Traces.PAGES,))
            return self.head()

    def clean(self) -> Head:
        """Rewrite every page and empty the log; what a reader or a full disk prevents stays owed.

        `secure_delete` alone leaves copies in the free space of pages when a tree is rebalanced (F15).
        """
        owed = self.head().traces
        where = "FILE" if self.path.stat().st_size > LARGE else "MEMORY"
        self._file.execute(f"PRAGMA temp_store={where}").fetchone()
        self._file.execute("VACUUM")
        if self._emptied():
            self._file.execute("UPDATE board SET traces = 0")
            if not self._emptied():
                self._file.execute("UPDATE board SET traces = ?", (owed,))
        return self.head()

    def close(self) -> None:
        """Close the file; the last close empties its log."""
        self._file.close()

    def _delete(self, table: str, ids: Sequence[str]) -> None:
        if ids:
            gone = f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
            self._file.execute(gone, (json.dumps(ids),))

    def _put(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            put = f"INSERT INTO {table} (id, kind, seq, body) {_ROWS} {_AGAIN}"
            self._file.execute(put, (json.dumps([(row.id, row.kind, row.seq, row.body) for row in rows]),))

    def _emptied(self) -> bool:
        row = self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return tuple(row) == (0, 0, 0)


class _Transaction:
    """Commits at the end, or rolls everything back."""

    def __init__(self, file: sqlite3.Connection, begin: str) -> None:
        self._file = file
        self._begin = begin

    def __enter__(self) -> None:
        self._file.execute(self._begin)

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._file.execute("COMMIT")
        finally:
            # A full disk may have rolled it back already.
            if self._file.in_transaction:
                self._file.execute("ROLLBACK")


def make(path: Path, board_id: str, epoch: str | None = None) -> None:
    """A new empty file for a board, created completely or not at all."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    half.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half.touch(0o600)
    file = sqlite3.connect(half, isolation_level=None)
    try:
        file.executescript(_TABLES)
        file.execute(f"PRAGMA user_version={VERSION}")
        row = (board_id, epoch or secrets.token_urlsafe(16))
        file.execute("INSERT INTO board VALUES (?, ?, 0, 0, NULL, 0)", row)
    finally:
        file.close()
    half.replace(path)


def remove(path: Path) -> None:
    """Remove the file and its log; a missing one is not an error."""
    for tail in ("-wal", "-shm", ""):
        path.with_name(path.name + tail).unlink(missing_ok=True)

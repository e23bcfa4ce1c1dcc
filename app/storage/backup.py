"""A backup: one file with everything that the room was shown (A7, F5), and restoring it (R18).

A copy has no box: what is still open is in no copy, so comparing two copies reveals nothing. It is the main
file with two more tables, `board` and `record`, which hold the boards' own files.
"""

import os
import secrets
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.storage import board_file
from app.storage.base import Laid, Row
from app.storage.board_file import BoardFile, Head

#: The tables for the boards of a copy; main files had them too before boards had their own files.
_TABLES = """
CREATE TABLE board (
    id VARCHAR(64) PRIMARY KEY, epoch VARCHAR(64) NOT NULL, seq BIGINT NOT NULL, pruned_seq BIGINT NOT NULL,
    due_at BIGINT, traces INTEGER NOT NULL
);
CREATE TABLE record (
    board_id VARCHAR(64) NOT NULL, id VARCHAR(96) NOT NULL, kind VARCHAR(32) NOT NULL, seq BIGINT NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (board_id, id)
) WITHOUT ROWID;
"""
#: What must not be copied from a file older than the box.
_UNSHOWN = (
    "kind IN ('late_note', 'pending', 'ballot')"
    " OR kind = 'note' AND coalesce(json_extract(body, '$.face'), 'down') <> 'up'"
)
#: Rights that a restore must not revive (F5): what ends each, if its table exists.
_ENDED = {
    "session": "DELETE FROM session",
    # These mails were sent long ago.
    "mail": "DELETE FROM mail",
    "one_time_link": "DELETE FROM one_time_link",
    "invitation": "DELETE FROM invitation",
    "screen": "DELETE FROM screen",
    "pairing": "DELETE FROM pairing",
    "summary_link": "UPDATE summary_link SET revoked = 1",
    # Higher than any epoch issued since, so that old room tokens stay invalid (A1).
    "door": "UPDATE door SET open = 0, expires_at = 0, epoch = epoch + 1000",
}


class CannotCopy(Exception):
    """Why a copy cannot be made or restored; `code` is looked up under `shared.backup.<code>`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class PutBack:
    """The result: how many boards there are now, and where the previous data was kept, if any."""

    boards: int
    kept: Path | None


def write_backup(main: Path, boards: Path, to: Path) -> None:
    """Copy a running or a stopped installation; raises `CannotCopy`, `sqlite3.Error` or `OSError`.

    Uses `VACUUM INTO`: copying pages would keep both the order and deleted text (A7).
    """
    if to.exists():
        raise CannotCopy("exists")
    half = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    # Created first with the right mode, so that nobody else can read it even for a moment.
    half.touch(0o600)
    try:
        with closing(
            sqlite3.connect(f"file:{main.as_posix()}?mode=ro", uri=True, isolation_level=None)
        ) as there:
            there.execute("VACUUM INTO ?", (str(half),))
        with closing(sqlite3.connect(half, isolation_level=None)) as copy:
            for table in {"door", "screen"} & _tables(copy):
                # Rehearsals are in no other table, and must be in no copy.
                copy.execute(f"DELETE FROM {table} WHERE workshop_id NOT IN (SELECT id FROM workshop)")  # noqa: S608
            if "record" in _tables(copy):
                # Files next to it are from an interrupted upgrade, which will make them again.
                _leave_out_unshown(copy)
            else:
                copy.executescript(_TABLES)
                for path in sorted(boards.glob("[!.]*.sqlite3")):
                    _copy_board(path, copy)
        _settle(half)
        half.replace(to)
    finally:
        half.unlink(missing_ok=True)


def _leave_out_unshown(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA secure_delete=ON").fetchone()
    copy.execute("PRAGMA temp_store=MEMORY").fetchone()
    copy.execute(f"DELETE FROM record WHERE {_UNSHOWN}")  # noqa: S608
    copy.execute("VACUUM")


def _copy_board(path: Path, copy: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True, isolation_level=None)) as file:
        file.execute("BEGIN")
        head = Head(*file.execute("SELECT id, epoch, seq, pruned_seq, due_at, traces FROM board").fetchone())
        rows = file.execute("SELECT id, kind, seq, body FROM record ORDER BY id").fetchall()
    copy.execute("BEGIN")
    # A copy without a box owes nothing for it.
    copy.execute(
        "INSERT INTO board VALUES (?, ?, ?, ?, ?, 0)",
        (head.id, head.epoch, head.seq, head.pruned_seq, head.due_at),
    )
    copy.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", [(head.id, *row) for row in rows])
    copy.execute("COMMIT")


def put_back(main: Path, boards: Path, source: Path, revisions: frozenset[str]) -> PutBack:
    """Check first, build in a separate folder, and only then swap; the previous data is kept.

    `revisions` are those this version knows. Every board gets a new epoch, so that screens with newer state
    start from nothing (E3). If it raises `CannotCopy`, nothing was changed.
    """
    _look(source, revisions)
    building = main.parent / f".restoring-{secrets.token_hex(4)}"
    building.mkdir(mode=0o700)
    try:
        made = _build(source, building, main)
        # Last, since it changes the file.
        _must_be_alone(main)
        kept = _exchange(building, main, boards)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return PutBack(made, kept)


def _look(source: Path, revisions: frozenset[str]) -> None:
    if not source.is_file():
        raise CannotCopy("missing")
    try:
        with closing(sqlite3.connect(f"file:{source.as_posix()}?mode=ro", uri=True)) as copy:
            tables = _tables(copy)
            if not {"account", "process", "alembic_version", "board", "record"} <= tables:
                raise CannotCopy("no_copy")
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise CannotCopy("damaged")
            found = {revision for (revision,) in copy.execute("SELECT version_num FROM alembic_version")}
    except sqlite3.DatabaseError:
        raise CannotCopy("damaged" if source.stat().st_size else "no_copy") from None
    if not found <= revisions:
        raise CannotCopy("newer")


def _must_be_alone(main: Path) -> None:
    """A running server would continue from memory, and overwrite what was restored."""
    if not main.is_file():
        return
    with closing(sqlite3.connect(main, timeout=1, isolation_level=None)) as there:
        try:
            # Succeeds only if nobody else has the file open.
            there.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError:
            raise CannotCopy("running") from None
        except sqlite3.DatabaseError:
            # A damaged file is kept as it is: it is the reason for the restore.
            return


def _build(source: Path, building: Path, main: Path) -> int:
    """A whole installation in a folder of its own."""
    fresh = building / main.name
    fresh.touch(0o600)
    with closing(
        sqlite3.connect(f"file:{source.as_posix()}?mode=ro", uri=True, isolation_level=None)
    ) as copy:
        copy.execute("VACUUM INTO ?", (str(fresh),))
        (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        made = copy.execute("SELECT id, epoch, seq, pruned_seq, due_at, traces FROM board").fetchall()
        if revision >= "0004":
            for row in made:
                _build_board(Head(*row), copy, building / "boards")
    with closing(sqlite3.connect(f"file:{fresh.as_posix()}", uri=True, isolation_level=None)) as file:
        _end_rights(file, main)
        if revision >= "0004":
            file.execute("DROP TABLE record")
            file.execute("DROP TABLE board")
        else:
            # The next start gives each board its file.
            for row in made:
                file.execute("UPDATE board SET epoch = ? WHERE id = ?", (secrets.token_urlsafe(16), row[0]))
        file.execute("VACUUM")
    return len(made)


def _build_board(head: Head, copy: sqlite3.Connection, folder: Path) -> None:
    path = folder / f"{head.id}.sqlite3"
    board_file.make(path, head.id)
    rows = copy.execute("SELECT id, kind, seq, body FROM record WHERE board_id = ? ORDER BY id", (head.id,))
    change = Laid(record=[Row(*row) for row in rows], box=(), out_of_box=(), prune=False, gone=())
    with closing(BoardFile(path)) as file:
        file.write(head, change)


def _end_rights(file: sqlite3.Connection, main: Path) -> None:
    tables = _tables(file)
    for table, ends in _ENDED.items():
        if table in tables:
            file.execute(ends)
    if not main.is_file():
        return
    # People who lost access since the copy was made must not regain it.
    try:
        file.execute("ATTACH ? AS before", (f"file:{main.as_posix()}?mode=ro",))
        file.execute(
            "DELETE FROM membership WHERE process_id IN (SELECT id FROM before.process) AND NOT EXISTS ("
            " SELECT 1 FROM before.membership AS now WHERE now.process_id = membership.process_id"
            " AND now.account_id = membership.account_id)"
        )
        file.execute(
            "UPDATE account SET disabled = 1 WHERE id IN (SELECT id FROM before.account WHERE disabled)"
        )
    except sqlite3.DatabaseError:
        # It cannot be read: it is damaged, or never was an installation.
        return


def _exchange(building: Path, main: Path, boards: Path) -> Path | None:
    """Swap in what was built, and keep the previous data next to it."""
    kept = main.parent / f"before-restore-{secrets.token_hex(4)}"
    old = [
        path
        for path in (boards, *(main.with_name(main.name + tail) for tail in ("-wal", "-shm", "")))
        if path.exists()
    ]
    if old:
        kept.mkdir(mode=0o700)
        for path in old:
            path.replace(kept / path.name)
    if (building / "boards").exists():
        (building / "boards").replace(boards)
    _settle(building / main.name)
    (building / main.name).replace(main)
    return kept if old else None


def _tables(file: sqlite3.Connection) -> set[str]:
    return {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _settle(path: Path) -> None:
    """Sync the file before it gets its final name."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())

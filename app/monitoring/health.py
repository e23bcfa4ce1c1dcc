"""What facilitators should know about this installation before they show the QR code (A14).

Every finding comes from checking the thing itself, at the cost of some file sizes and one small probe.
"""

import asyncio
import logging
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from sqlalchemy import text

from app.engine.edits import Traces
from app.http.addresses import Doubt
from app.limits import MINUTE, SECOND
from app.locales import Words
from app.operations.data_folder import ours
from app.storage.base import Laid, Row
from app.storage.board_file import BoardFile, make
from app.storage.database import Database, sqlite_url
from app.storage.trouble import STORAGE
from app.words.sizes import size_in_words

Level = Literal["ok", "warn", "red"]
MIB = 1024 * 1024
#: A log of this size has not been emptied for a long time, and holds deleted text (A6).
LOG_WARNS_AT = 16 * MIB
LOG_IS_RED_AT = 256 * MIB
DISK_WARNS_BELOW = 1024 * MIB
DISK_IS_RED_BELOW = 200 * MIB
#: A6: traces are gone within a minute.
OWED_FOR = MINUTE
BACKUP_FOR_DAYS = 7
TRIED_FOR = 10 * MINUTE
_DAY_SECONDS = 24 * 3600


class Debt(Protocol):
    """The clean-up that a board owes, as the store reports it, with the server time in ms."""

    @property
    def board(self) -> str:
        """The board's id."""

    @property
    def since(self) -> int:
        """When it was first owed."""


@dataclass(frozen=True)
class Finding:
    """One check; its text is in the locales under `shared.health.<id>.<says, else the level>`."""

    id: str
    level: Level
    #: What the text's places stand for; `bytes` is told as a size.
    about: Mapping[str, object] = field(default_factory=dict)
    says: str = ""

    def said(self, say: Words) -> str:
        """The line in one language."""
        size = self.about.get("bytes")
        sized = {"size": size_in_words(size, say.language)} if isinstance(size, int) else {}
        return say(f"shared.health.{self.id}.{self.says or self.level}", **self.about, **sized)


@dataclass(frozen=True)
class Look:
    """Where to look, and what other parts know. Probes are passed in, so that tests can break each one."""

    data: Path
    database: Database
    clock: Callable[[], int]
    owed: Callable[[], Awaitable[Sequence[Debt]]]
    #: When the last clean-up succeeded, in server ms; None if none has.
    paid_at: Callable[[], int | None]
    failing: Callable[[], bool]
    encrypted: bool
    #: The address in the QR code, and why phones probably cannot reach it.
    url: str
    doubt: Doubt | None
    typing_paused: bool = False
    #: How many mails keep failing, if mail is sent at all.
    unsent: Callable[[], Awaitable[int]] | None = None
    free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
    now: Callable[[], float] = time.time
    #: Whether deleted data is overwritten; raises the storage's errors if that cannot be tried.
    erasing: Callable[[], Awaitable[bool]] | None = None


async def findings(look: Look) -> list[Finding]:
    """All findings, the worst first."""
    if look.database.is_sqlite:
        own = [
            await _erasing(look),
            await asyncio.to_thread(_logs_of_database, look),
            await asyncio.to_thread(_backup, look),
        ]
    else:
        own = await _postgres(look.database)
    found = [
        Finding("encrypted", "ok" if look.encrypted else "warn"),
        _reachable(look),
        _log(),
        await _traces(look),
        await asyncio.to_thread(_disk, look),
        await asyncio.to_thread(_modes, look),
        *own,
    ]
    if look.unsent is not None:
        found.append(await _mails(look.unsent))
    if look.typing_paused:
        found.append(Finding("typing_paused", "warn"))
    return in_order(found)


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """The worst first."""
    worst = {"red": 0, "warn": 1, "ok": 2}
    return sorted(found, key=lambda finding: worst[finding.level])


def _reachable(look: Look) -> Finding:
    about = {"url": look.url}
    if look.doubt is None:
        return Finding("reachable", "ok", about)
    return Finding("reachable", "red" if look.doubt == "local" else "warn", about)


async def _mails(unsent: Callable[[], Awaitable[int]]) -> Finding:
    try:
        many = await unsent()
    except STORAGE:
        return Finding("mail", "warn", says="unknown")
    return Finding("mail", "warn" if many else "ok", {"n": many})


# -- traces of writing (A4-A6) ----------------------------------------------------------------------------


async def _traces(look: Look) -> Finding:
    """F9: outstanding clean-up is reported with its time; nothing still there counts as erased."""
    try:
        debts = await look.owed()
    except STORAGE:
        return Finding("traces", "red", says="unknown")
    if debts:
        age = max(0, look.clock() - min(debt.since for debt in debts))
        about = {"boards": len({debt.board for debt in debts}), "seconds": age // SECOND}
        late = age > OWED_FOR or look.failing()
        return Finding("traces", "red", about) if late else Finding("traces", "ok", about, "owed")
    if look.failing():
        return Finding("traces", "red", says="failing")
    paid = look.paid_at()
    if paid is None:
        return Finding("traces", "ok")
    return Finding("traces", "ok", {"minutes": (look.clock() - paid) // MINUTE}, "paid")


async def _erasing(look: Look) -> Finding:
    """Whether deleted data is overwritten, tried in a file opened like the real one."""
    try:
        erased = await (look.erasing() if look.erasing else erases(look.data))
    except STORAGE:
        # No space to try it: the finding about the disk says so.
        return Finding("secure_delete", "warn")
    return Finding("secure_delete", "ok" if erased else "red")


def _scratch(path: Path) -> Database:
    return Database(sqlite_url(path))


async def erases(
    data: Path,
    open_scratch: Callable[[Path], Database] = _scratch,
    open_board: Callable[[Path], BoardFile] = BoardFile,
) -> bool:
    """Write, delete and clean up something, then search the bytes of files opened like ours for it.

    One is opened as the main file is, one as the file of a board.
    """
    marked = "spor-" + secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix=".probe-", dir=data) as name:
        folder = Path(name)
        scratch = open_scratch(folder / "main.sqlite3")
        try:
            async with scratch.begin() as connection:
                await connection.execute(text("CREATE TABLE probe (id INTEGER PRIMARY KEY, body TEXT)"))
                await connection.execute(text("INSERT INTO probe VALUES (1, :body)"), {"body": marked})
            async with scratch.begin() as connection:
                await connection.execute(text("DELETE FROM probe"))
            async with scratch.alone() as connection:
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            return await asyncio.to_thread(_board_erases, folder, marked, open_board)
        finally:
            await scratch.close()


def _board_erases(folder: Path, marked: str, open_board: Callable[[Path], BoardFile]) -> bool:
    path = folder / "board.sqlite3"
    make(path, "probe")
    with closing(open_board(path)) as board:
        nothing = Laid(record=(), box=(), out_of_box=(), prune=False, gone=())
        rows = [Row(f"n{n}", "note", n, marked) for n in range(50)]
        head = replace(board.head(), traces=Traces.PAGES)
        board.write(head, replace(nothing, record=rows[:25], box=rows[25:]))
        board.write(head, replace(nothing, record=[replace(row, body="-") for row in rows[:25]]))
        board.write(head, replace(nothing, out_of_box=[row.id for row in rows[25:]]))
        board.clean()
        # Checked while it is open: closing it would empty a log that was forgotten.
        return not any(marked.encode() in file.read_bytes() for file in folder.iterdir())


class Tried:
    """The same, tried at most every ten minutes, as it costs some flushes of the disk."""

    def __init__(self, data: Path, clock: Callable[[], int]) -> None:
        self._data = data
        self._clock = clock
        self._last: tuple[int, bool] | None = None

    async def __call__(self) -> bool:
        now = self._clock()
        if self._last is None or now - self._last[0] >= TRIED_FOR:
            self._last = (now, await erases(self._data))
        return self._last[1]


def _logs_of_database(look: Look) -> Finding:
    """The write-ahead logs of the main file and of every board."""
    main = Path(f"{look.database.url.database}-wal")
    size = max(_size(path) for path in (main, *look.data.glob("boards/*-wal")))
    about = {"bytes": size}
    if size >= LOG_IS_RED_AT:
        return Finding("journal", "red", about)
    return Finding("journal", "warn" if size >= LOG_WARNS_AT else "ok", about)


# -- the machine ------------------------------------------------------------------------------------------


def room(data: Path) -> int | None:
    """Free bytes on the disk of the data; None if unknown."""
    try:
        return shutil.disk_usage(data).free
    except OSError:
        return None


def _disk(look: Look) -> Finding:
    try:
        free = look.free(look.data)
    except OSError:
        return Finding("disk", "warn", says="unknown")
    about = {"bytes": free}
    if free < DISK_IS_RED_BELOW:
        return Finding("disk", "red", about)
    return Finding("disk", "warn" if free < DISK_WARNS_BELOW else "ok", about)


def _backup(look: Look) -> Finding:
    times = [path.stat().st_mtime for path in (look.data / "backups").glob("*.sqlite3")]
    if not times:
        return Finding("backup", "warn", says="none")
    days = int((look.now() - max(times)) // _DAY_SECONDS)
    return Finding("backup", "warn" if days >= BACKUP_FOR_DAYS else "ok", {"days": max(0, days)})


def _modes(look: Look) -> Finding:
    """X42: folders 0700, files 0600. Readable by others is red; readable by the group is a warning."""
    if os.name == "nt":
        return Finding("modes", "ok")
    found: dict[Level, list[str]] = {"red": [], "warn": []}
    key = look.data / "key"
    for path in (look.data, *ours(look.data)):
        with suppress(OSError):
            there = path.lstat()
            if path.is_symlink():
                continue
            if there.st_mode & 0o007 or (path == key and there.st_mode & 0o077):
                found["red"].append(path.name)
            elif there.st_mode & 0o070:
                found["warn"].append(path.name)
    for level, names in found.items():
        if names:
            return Finding("modes", level, {"name": min(names), "many": len(names)})
    return Finding("modes", "ok")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


#: Loggers of libraries that would write addresses, paths or payloads if allowed to (A9).
_TELLTALE = ("uvicorn.access", "uvicorn.error", "websockets.server", "sqlalchemy.engine.Engine", "aiosqlite")


def _log(names: Collection[str] = _TELLTALE) -> Finding:
    """A9: whether a line about a request or a statement would be logged anywhere."""
    telling = next((name for name in names if _is_heard(logging.getLogger(name))), None)
    return Finding("log", "red", {"name": telling}) if telling else Finding("log", "ok")


def _is_heard(logger: logging.Logger) -> bool:
    if not logger.isEnabledFor(logging.INFO):
        return False
    here: logging.Logger | None = logger
    while here is not None:
        if any(handler.level <= logging.INFO for handler in here.handlers):
            return True
        here = here.parent if here.propagate else None
    return False


# -- PostgreSQL (A8, A9) ----------------------------------------------------------------------------------


async def _postgres(database: Database) -> list[Finding]:
    """Settings that would make the server keep the order or the text of what is written."""
    try:
        async with database.connect() as connection:
            rows = await connection.execute(text("SELECT name, setting FROM pg_settings"))
            set_to = {row.name: row.setting for row in rows}
            slots = await connection.scalar(text("SELECT count(*) FROM pg_replication_slots")) or 0
    except STORAGE:
        return [Finding("statements", "red", says="unknown")]
    return judged(set_to, slots)


#: Settings that log statements with their parameters, and their harmless values.
_TELLS_TEXT = {
    "log_statement": ("none", "ddl"),
    "log_parameter_max_length_on_error": ("0",),
    "auto_explain.log_min_duration": ("-1",),
}
#: The same, unless the parameters are truncated.
_TELLS_PARAMETERS = ("log_min_duration_statement", "log_min_duration_sample")


def judged(set_to: Mapping[str, str], slots: int) -> list[Finding]:
    """What these settings mean for our promises; `slots` is the number of replicas that follow the log."""
    telling = [
        name for name, harmless in _TELLS_TEXT.items() if set_to.get(name, harmless[0]) not in harmless
    ]
    if set_to.get("log_parameter_max_length") != "0":
        telling += [name for name in _TELLS_PARAMETERS if set_to.get(name, "-1") != "-1"]
    timed = set_to.get("track_commit_timestamp") != "off"
    kept = set_to.get("archive_mode") != "off" or slots > 0
    journal = "kept" if kept else "recycled" if set_to.get("wal_recycle") != "off" else "not_kept"
    return [
        Finding("secure_delete", "red" if timed else "ok", says="timed" if timed else "untimed"),
        Finding("journal", "ok" if journal == "not_kept" else "warn", says=journal),
        Finding("statements", "red", {"name": telling[0]}) if telling else Finding("statements", "ok"),
    ]

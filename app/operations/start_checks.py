"""Everything that can be wrong at the start, checked in one place for `serve` and `doctor` (F13).

Checks change nothing. A problem is a `Fault`: one sentence with what to do, in both languages.
"""

import asyncio
import errno
import os
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import typer
from pydantic import ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from app.locales import Words, languages, words
from app.operations.backups import main_file
from app.operations.migrate import State, judged, state
from app.operations.secret import BadKey, found_key
from app.settings import BadSetting, Settings, given_names, unknown, variable_of
from app.storage.board_file import VERSION
from app.storage.board_files import FOLDER
from app.storage.database import Database
from app.storage.trouble import STORAGE, trouble

#: After how many seconds without an answer a database counts as unreachable.
DATABASE_TIMEOUT = 10
_HEAD = b"SQLite format 3\x00"
#: Files of an existing installation next to the database; a new one has none of them.
_REMAINS = ("boards/*.sqlite3", "backups/*", "before-*.sqlite3")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; its text is in the locales under `shared.start.<id>`."""

    id: str
    about: Mapping[str, object] = field(default_factory=dict)

    def said(self, say: Words) -> str:
        """The sentence in one language."""
        return say(f"shared.start.{self.id}", **self.about)


class CannotStart(Exception):
    """The server does not start, and why."""

    def __init__(self, id: str, **about: object) -> None:
        super().__init__(id)
        self.fault = Fault(id, about)


# -- the settings -----------------------------------------------------------------------------------------


def read_settings() -> Settings:
    """The settings, or what is wrong with the first of them (G08)."""
    try:
        return Settings()
    except BadSetting as bad:
        raise CannotStart(f"setting.{bad.code}", variable=bad.variable, value=bad.value) from None
    except ValidationError as bad:
        raise _wrong(bad) from None
    except (OSError, UnicodeError):
        raise CannotStart("setting.env_file") from None


_OWN = frozenset(
    {"base_url", "database_url", "mail_from", "metrics_token", "oidc_issuer", "smtp_url", "trusted_proxies"}
)


def _wrong(bad: ValidationError) -> CannotStart:
    fault = bad.errors(include_url=False, include_input=False)[0]
    place = str(fault["loc"][0])
    name = place.lower().removeprefix("trivsel_")
    variable = variable_of(name)
    if fault["type"] in _OWN:
        return CannotStart(f"setting.{fault['type']}", variable=variable)
    if fault["type"] == "literal_error":
        return CannotStart("setting.choice", variable=variable, among=fault["ctx"]["expected"])
    bounds = {type(one).__name__: one for one in Settings.model_fields[name].metadata}
    if "Ge" in bounds and "Le" in bounds:
        low, high = bounds["Ge"].ge, bounds["Le"].le
        return CannotStart("setting.number", variable=variable, low=low, high=high)
    return CannotStart("setting.other", variable=variable)


def unknown_settings() -> list[Fault]:
    """Unknown names of settings, mostly typing errors. They do not prevent the start."""
    return [
        Fault("setting.meant", {"variable": name, "near": near})
        if near
        else Fault("setting.unknown", {"variable": name})
        for name, near in unknown(given_names())
    ]


# -- folder, key, port ------------------------------------------------------------------------------------


def check_folder(data: Path) -> None:
    """Whether the data folder is writable; its owner and mode do not prevent the start (G06)."""
    if not os.path.lexists(data):
        above = next((folder for folder in data.absolute().parents if os.path.lexists(folder)), data)
        if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
            raise CannotStart("data_closed", path=data)
        return
    if not data.is_dir():
        raise CannotStart("data_is_file", path=data)
    try:
        with tempfile.TemporaryFile(dir=data) as file:
            file.write(b"x")
    except OSError as fault:
        # Even on a full disk a running meeting can still be led.
        if trouble(fault) != "full":
            raise CannotStart("data_closed", path=data) from None


def make_folder(data: Path) -> None:
    """Make the data folder, once it has been checked."""
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CannotStart("disk_full" if trouble(fault) == "full" else "data_closed", path=data) from None


def check_key(settings: Settings) -> None:
    """F10: whether the key may be used; having none yet is fine."""
    try:
        found_key(settings.data, settings.secret)
    except BadKey as bad:
        raise CannotStart(bad.code, path=bad.path) from None


def check_port(settings: Settings) -> None:
    """Whether the server's port and the metrics port are free."""
    if settings.metrics_port == settings.port:
        raise CannotStart("taken", host=settings.metrics_host, port=settings.port)
    _check_port(settings.host, settings.port)
    if settings.metrics_port:
        _check_port(settings.metrics_host, settings.metrics_port)


def _check_port(host: str, port: int) -> None:
    try:
        for *kind, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(*kind) as there:
                if sys.platform != "win32":
                    there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                there.bind(address)
    except (OSError, UnicodeError) as error:
        taken = getattr(error, "errno", None) == errno.EADDRINUSE
        raise CannotStart("taken" if taken else "closed", host=host, port=port) from None


# -- the database -----------------------------------------------------------------------------------------


async def check_database(settings: Settings) -> State:
    """The state of the tables, if they may be used. A missing file is not created."""
    path = main_file(settings)
    found = await _postgres_state(settings) if path is None else check_file(settings, path)
    if found is State.NEWER:
        raise CannotStart("database_newer")
    if found is State.FOREIGN:
        raise CannotStart("database_foreign")
    return found


async def _postgres_state(settings: Settings) -> State:
    database = Database(settings.database)
    try:
        async with asyncio.timeout(DATABASE_TIMEOUT):
            return await state(database)
    except Exception as fault:
        why = fault_of(fault, settings)
        if why is None:
            raise
        raise CannotStart(why.id, **why.about) from None
    finally:
        await database.close()


def check_file(settings: Settings, path: Path) -> State:
    """The same for a file, opened read-only: opening it normally would change it, whosever it is."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEAD))
    except FileNotFoundError:
        head = b""
    except OSError:
        raise CannotStart("database_closed", path=path) from None
    if not head:
        # Left by an interrupted first start, unless there are files that only a later one leaves.
        others = path.exists() and (settings.data / "key").exists()
        if others or _remains(settings.data, path):
            raise CannotStart("database_empty", path=path)
        return State.NEW
    if head != _HEAD:
        raise CannotStart("database_damaged", path=path)
    if not os.access(path, os.W_OK):
        raise CannotStart("database_closed", path=path)
    with _reading(path) as file:
        if not _is_whole(file):
            raise CannotStart("database_damaged", path=path)
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        row = None
        if "alembic_version" in tables:
            row = file.execute("SELECT version_num FROM alembic_version").fetchone()
    if _has_newer_board(path.parent / FOLDER):
        return State.NEWER
    return judged(row and row[0], tables)


def _has_newer_board(boards: Path) -> bool:
    """G05: a board's file has its own version, at a fixed offset in its header."""
    for path in boards.glob("[!.]*.sqlite3"):
        with suppress(OSError), path.open("rb") as file:
            head = file.read(64)
            if head.startswith(_HEAD) and int.from_bytes(head[60:64], "big") > VERSION:
                return True
    return False


def check_whole(path: Path) -> None:
    """Whether SQLite finds a file intact."""
    with _reading(path) as file:
        if not _is_whole(file):
            raise CannotStart("database_damaged", path=path)


def _is_whole(file: sqlite3.Connection) -> bool:
    return bool(file.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=2)) as file:
            yield file
    except sqlite3.Error as fault:
        why = _of_sqlite(fault, path)
        raise CannotStart(why.id, **why.about) from None


def _remains(data: Path, path: Path) -> bool:
    log = Path(f"{path}-wal")
    return any(any(data.glob(each)) for each in _REMAINS) or (log.exists() and log.stat().st_size > 0)


# -- what an exception means ------------------------------------------------------------------------------


def fault_of(fault: BaseException, settings: Settings) -> Fault | None:
    """What a storage exception means to the person starting the server; None for a bug."""
    if isinstance(fault, BadKey):
        return Fault(fault.code, {"path": fault.path})
    if trouble(fault) == "full":
        return Fault("disk_full", {"path": settings.data})
    cause = (fault.orig or fault) if isinstance(fault, DBAPIError) else fault
    path = main_file(settings)
    if path is not None:
        if isinstance(cause, sqlite3.Error):
            return _of_sqlite(cause, path)
        return Fault("data_closed", {"path": settings.data}) if isinstance(fault, OSError) else None
    return _of_postgres(cause, settings)


def _of_sqlite(fault: sqlite3.Error, path: Path) -> Fault:
    if trouble(fault) == "full":
        return Fault("disk_full", {"path": path.parent})
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    known = {5: "database_locked", 6: "database_locked", 11: "database_damaged", 26: "database_damaged"}
    return Fault(known.get(code, "database_closed"), {"path": path})


#: SQLSTATE, whole or by its class.
_POSTGRES = {"28": "postgres_password", "3D000": "postgres_missing", "42501": "postgres_rights"}


def _of_postgres(fault: BaseException, settings: Settings) -> Fault | None:
    url = make_url(settings.database)
    host = url.host or url.query.get("host") or "localhost"
    about = {"host": host, "database": url.database, "user": url.username or ""}
    known = getattr(fault, "sqlstate", None) or ""
    if id := _POSTGRES.get(known) or _POSTGRES.get(known[:2]):
        return Fault(id, about)
    if known[:2] in ("53", "57") or isinstance(fault, OSError | TimeoutError):
        return Fault("postgres_unreachable", about)
    # The address's query string is passed to the driver as it is.
    if isinstance(fault, asyncpg.InterfaceError | TypeError | ValueError):
        return Fault("setting.database_url", {"variable": variable_of("database_url")})
    return None


# -- said to the person at the terminal -------------------------------------------------------------------


def say(*faults: Fault) -> None:
    """Each in every language, on the standard error."""
    for fault in faults:
        for language in languages():
            typer.echo(fault.said(words(language)), err=True)


@contextmanager
def in_plain_words(settings: Settings | None = None) -> Iterator[None]:
    """Exit with 1 and one sentence instead of a traceback, if the problem is a known one."""
    try:
        yield
    except CannotStart as cannot:
        say(cannot.fault)
        sys.exit(1)
    except (BadKey, *STORAGE) as fault:
        why = fault_of(fault, settings) if settings else None
        if why is None:
            raise
        say(why)
        sys.exit(1)


# -- one server in a folder -------------------------------------------------------------------------------


class Hold:
    """A lock on the data folder by the process that serves it; only on PostgreSQL may several share it.

    Raises `CannotStart("running")` if another process has it. Does nothing where the file system has no
    locks.
    """

    def __init__(self, data: Path, *, shared: bool) -> None:
        self._file = None
        with suppress(ImportError, OSError):
            import fcntl

            file = (data / "lock").open("ab")
            try:
                fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                raise CannotStart("running", path=data) from None
            except OSError:
                file.close()
                return
            self._file = file

    def release(self) -> None:
        """Let others in."""
        if self._file is not None:
            self._file.close()

"""A PostgreSQL of the test run's own: in a temporary folder, on a Unix socket alone, gone afterwards.

`TEST_POSTGRES_URL` (postgresql+asyncpg://…) names a server to use instead; its user must be able to create
databases.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

OWN_VARIABLE = "TEST_POSTGRES_URL"
USER = "trivsel"


class NoPostgres(LookupError):
    """The programs are not on this machine, so tests on PostgreSQL are skipped (in CI they fail)."""


def program(name: str) -> str:
    """Debian keeps the server's programs off the PATH, in a folder per version."""
    if path := shutil.which(name):
        return path
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    if not versions:
        raise NoPostgres(f"{name} not found: install PostgreSQL or name a server in {OWN_VARIABLE}.")
    return str(versions[-1])


@contextmanager
def server(*settings: str) -> Iterator[URL]:
    """Start a server, hand out the address of its maintenance database, stop it and remove its folder.

    With settings (`name=value`) it is one of its own, whatever server is named.
    """
    if not settings and (url := os.environ.get(OWN_VARIABLE)):
        yield make_url(url)
        return
    initdb, postgres = program("initdb"), program("postgres")
    # Not pytest's tmp_path: a socket's path must be short, and the server's user must get into the folder.
    folder = Path(tempfile.mkdtemp(prefix="trivsel-pg-"))
    account = unprivileged()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    data = folder / "data"
    setup = [initdb, "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(setup, check=True, capture_output=True, cwd=folder, **who)  # type: ignore[call-overload]
    with (folder / "log").open("wb") as log:
        # Durability is PostgreSQL's to prove, not ours; without it the tests are several times faster.
        quick = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        # As we advise (F2): old segments of the log are deleted, not reused later.
        advised = "wal_recycle=off"
        options = [word for one in ("listen_addresses=", *quick, advised, *settings) for word in ("-c", one)]
        running = subprocess.Popen(  # type: ignore[call-overload]
            [postgres, "-D", str(data), "-k", str(folder), *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            **who,
        )
    try:
        await_socket(folder, running)
        yield URL.create(
            "postgresql+asyncpg", username=USER, database="postgres", query={"host": str(folder)}
        )
    finally:
        running.send_signal(2)  # SIGINT: "fast" shutdown, which does not wait for clients
        running.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def unprivileged() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so a root's tests run it as another user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and there is neither a user postgres nor nobody.")


def await_socket(folder: Path, running: "subprocess.Popen[bytes]") -> None:
    """Return when the server takes connections; tell its log when it does not."""
    ready = [program("pg_isready"), "-q", "-h", str(folder), "-U", USER]
    for _ in range(300):
        if subprocess.run(ready, check=False).returncode == 0:
            return
        if running.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start:\n" + (folder / "log").read_text(errors="replace"))


@asynccontextmanager
async def fresh_database(server: URL) -> AsyncIterator[URL]:
    """An empty database for one test, dropped afterwards even if somebody is still connected."""
    name = f"t_{uuid4().hex}"
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f'CREATE DATABASE "{name}"'))
        yield server.set(database=name)
        async with engine.connect() as connection:
            await connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    finally:
        await engine.dispose()

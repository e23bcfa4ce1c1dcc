"""A14, F9: every line of the health list turns red when the very thing it watches is broken."""

import errno
import logging
import os
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import event, text
from sqlalchemy.engine import URL

from app.engine.edits import Traces
from app.engine.records import Held
from app.engine.store import Batch
from app.http.addresses import Doubt
from app.locales import languages, words
from app.main import create_app
from app.monitoring.health import (
    DISK_IS_RED_BELOW,
    DISK_WARNS_BELOW,
    LOG_IS_RED_AT,
    LOG_WARNS_AT,
    Debt,
    Finding,
    Look,
    _logs_of_database,
    erases,
    findings,
    judged,
)
from app.operations.serving import prepare
from app.parts.notes.records import Note
from app.settings import Settings
from app.storage.board_file import BoardFile, Head
from app.storage.database import Database, sqlite_url
from tests.conftest import missing
from tests.support import postgres
from tests.support.boards import new_id
from tests.support.clock import Clock
from tests.support.server import free_port

MIB = 1024 * 1024
DAY = 24 * 3600


@dataclass(frozen=True)
class Owed:
    board: str
    since: int


async def none_owed() -> list[Debt]:
    return []


@pytest_asyncio.fixture
async def look(tmp_path: Path, clock: Clock) -> AsyncIterator[Look]:
    """An installation with nothing wrong."""
    data = tmp_path / "data"
    (data / "backups").mkdir(parents=True)
    (data / "boards").mkdir()
    settings = Settings(data=data, database_url="")
    await prepare(settings)
    for name in ("key", "backups/today.sqlite3", "boards/b.sqlite3"):
        (data / name).write_bytes(b"x" * 32)
    for path in (data, *data.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    database = Database(settings.database)
    yield Look(
        data=data, database=database, clock=clock.ms, owed=none_owed, paid_at=lambda: None,
        failing=lambda: False, encrypted=True, url="https://tavle.firma.dk", doubt=None,
        free=lambda _path: 2048 * MIB,
    )  # fmt: skip
    await database.close()


async def found(look: Look, id: str) -> Finding:
    [finding] = [one for one in await findings(look) if one.id == id]
    # Every finding has a text.
    for language in languages():
        assert "{" not in finding.said(words(language))
    return finding


async def level_of(look: Look, id: str) -> str:
    return (await found(look, id)).level


async def test_A14_where_nothing_is_wrong_every_line_is_green(look: Look) -> None:
    assert {one.id: one.level for one in await findings(look)} == dict.fromkeys(
        ("encrypted", "reachable", "log", "traces", "disk", "modes", "secure_delete", "journal", "backup"),
        "ok",
    )


async def test_A14_mails_that_wait_in_vain_are_pointed_out(look: Look) -> None:
    def waiting(many: int) -> Look:
        async def in_vain() -> int:
            if many < 0:
                raise OSError
            return many

        return replace(look, unsent=in_vain)

    assert [await level_of(waiting(many), "mail") for many in (0, 2, -1)] == ["ok", "warn", "warn"]


async def test_A14_the_worst_comes_first(look: Look) -> None:
    (look.data / "key").chmod(0o644)
    levels = [one.level for one in await findings(replace(look, encrypted=False))]
    assert levels[:2] == ["red", "warn"] and set(levels[2:]) == {"ok"}


# -- F9: traces


def owing(*since: int) -> Callable[[], Awaitable[Sequence[Debt]]]:
    async def owed() -> Sequence[Debt]:
        return [Owed(f"board {n}", at) for n, at in enumerate(since)]

    return owed


@pytest.mark.parametrize(("age", "level"), [(0, "ok"), (60, "ok"), (61, "red"), (7200, "red")])
async def test_F9_what_is_owed_is_said_as_owed_with_its_age(
    look: Look, clock: Clock, age: int, level: str
) -> None:
    now = clock.ms()
    owes = replace(look, owed=owing(now - 1000 * age, now), paid_at=lambda: now - 120_000)
    finding = await found(owes, "traces")
    assert finding.level == level
    assert finding.about == {"boards": 2, "seconds": age}
    assert f"{age} sekunder" in finding.said(words("da"))
    assert "er slettet" not in finding.said(words("da")) and "are erased, the last" not in finding.said(
        words("en")
    )


async def test_F9_a_clean_up_that_fails_is_red_whatever_is_owed(look: Look, clock: Clock) -> None:
    assert await level_of(replace(look, failing=lambda: True), "traces") == "red"
    assert await level_of(replace(look, failing=lambda: True, owed=owing(clock.ms())), "traces") == "red"


async def test_F9_what_is_paid_is_said_with_the_time(look: Look, clock: Clock) -> None:
    paid = await found(replace(look, paid_at=lambda: clock.ms() - 5 * 60_000), "traces")
    assert (paid.level, paid.about) == ("ok", {"minutes": 5})
    assert "5 minutter siden" in paid.said(words("da"))


async def test_F9_a_store_that_cannot_say_what_it_owes_is_red(look: Look) -> None:
    async def away() -> Sequence[Debt]:
        raise OSError("gone")

    assert await level_of(replace(look, owed=away), "traces") == "red"


async def test_F9_the_store_itself_owes_and_the_list_says_so(tmp_path: Path, clock: Clock) -> None:
    """It used to say "erased" while the board's row still had a pending clean-up."""
    settings = Settings(data=tmp_path, base_url="", database_url="")
    await prepare(settings)
    services = create_app(settings, clock.ms).services
    try:
        await services.store.create("b")
        note = Held(1, Note(id=new_id("n"), activity="q1", text="text", secret_hash=None))
        await services.store.commit("b", 0, lambda _: Batch(1, [note], traces=Traces.PAGES))
        [traces] = [one for one in await services.findings() if one.id == "traces"]
        assert (traces.says, traces.level) == ("owed", "ok")
        clock.forward(61)
        [traces] = [one for one in await services.findings() if one.id == "traces"]
        assert traces.level == "red"
        assert await services.store.scrub()
        [traces] = [one for one in await services.findings() if one.id == "traces"]
        assert traces.level == "ok" and traces.says != "owed"
    finally:
        await services.database.close()


# -- the files


async def test_A14_a_database_that_does_not_overwrite_what_is_deleted(look: Look) -> None:
    """By what is left in the file, not by the setting read from a connection that has just set it."""

    def careless(path: Path) -> Database:
        database = Database(sqlite_url(path))

        @event.listens_for(database.engine.sync_engine, "connect")
        def forget(connection: sqlite3.Connection, _record: object) -> None:
            connection.execute("PRAGMA secure_delete=OFF")

        return database

    assert await level_of(look, "secure_delete") == "ok"
    trial = partial(erases, look.data, careless)
    assert await level_of(replace(look, erasing=trial), "secure_delete") == "red"


async def test_A14_a_board_that_is_not_cleaned_up(look: Look) -> None:
    class Forgetful(BoardFile):
        def clean(self) -> Head:
            return self.head()

    trial = partial(erases, look.data, open_board=Forgetful)
    assert await level_of(replace(look, erasing=trial), "secure_delete") == "red"


async def test_A14_where_it_cannot_be_tried_it_is_not_called_green(look: Look) -> None:
    async def full() -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    assert await level_of(replace(look, erasing=full), "secure_delete") == "warn"


async def test_A14_the_trial_leaves_nothing_behind(look: Look) -> None:
    before = sorted(look.data.rglob("*"))
    await found(look, "secure_delete")
    assert [
        path for path in sorted(look.data.rglob("*")) if path not in before and "3-" not in path.name
    ] == []


@pytest.mark.parametrize("name", ["trivselstavlen.sqlite3-wal", "boards/b.sqlite3-wal"])
@pytest.mark.parametrize(
    ("size", "level"),
    [(LOG_WARNS_AT - 1, "ok"), (LOG_WARNS_AT, "warn"), (LOG_IS_RED_AT - 1, "warn"), (LOG_IS_RED_AT, "red")],
)
async def test_A14_a_log_that_is_not_emptied(look: Look, name: str, size: int, level: str) -> None:
    path = look.data / name
    path.touch()
    os.truncate(path, size)
    path.chmod(0o600)
    assert _logs_of_database(look).level == level


@pytest.mark.parametrize(
    ("free", "level"),
    [
        (DISK_WARNS_BELOW, "ok"),
        (DISK_WARNS_BELOW - 1, "warn"),
        (DISK_IS_RED_BELOW, "warn"),
        (DISK_IS_RED_BELOW - 1, "red"),
        (0, "red"),
    ],
)
async def test_A14_a_disk_that_gets_full(look: Look, free: int, level: str) -> None:
    assert (await found(replace(look, free=lambda _path: free), "disk")).level == level


async def test_A14_the_free_space_is_that_of_the_data_folder(look: Look) -> None:
    asked: list[Path] = []

    def free(path: Path) -> int:
        asked.append(path)
        return 0

    await findings(replace(look, free=free))
    assert asked == [look.data]
    with_its_own = Look(**{name: getattr(look, name) for name in look.__dataclass_fields__ if name != "free"})
    free_now = (await found(with_its_own, "disk")).about["bytes"]
    assert isinstance(free_now, int) and abs(free_now - shutil.disk_usage(look.data).free) < 1000 * MIB


async def test_A14_people_read_sizes_as_everywhere(look: Look) -> None:
    disk = await found(replace(look, free=lambda _path: 199 * MIB), "disk")
    assert "kun 208,7 MB ledig" in disk.said(words("da"))
    assert "only 208.7 MB of free" in disk.said(words("en"))


@pytest.mark.parametrize(("days", "level"), [(0, "ok"), (6, "ok"), (7, "warn"), (400, "warn")])
async def test_A14_a_copy_that_grows_old(look: Look, days: int, level: str) -> None:
    copy = look.data / "backups" / "today.sqlite3"
    then = time.time() - days * DAY - 60
    os.utime(copy, (then, then))
    backup = await found(look, "backup")
    assert (backup.level, backup.about) == (level, {"days": days})
    # The newest one counts.
    newer = copy.with_name("newer.sqlite3")
    newer.write_bytes(b"x")
    newer.chmod(0o600)
    assert await level_of(look, "backup") == "ok"


async def test_A14_no_copy_at_all(look: Look) -> None:
    (look.data / "backups" / "today.sqlite3").unlink()
    assert (await found(look, "backup")).says == "none"
    assert await level_of(look, "backup") == "warn"


@pytest.mark.parametrize(
    ("name", "mode", "level"),
    [
        (".", 0o755, "red"), (".", 0o701, "red"), (".", 0o770, "warn"),
        ("key", 0o644, "red"), ("key", 0o640, "red"), ("key", 0o604, "red"),
        ("trivselstavlen.sqlite3", 0o644, "red"), ("trivselstavlen.sqlite3", 0o640, "warn"),
        ("boards", 0o755, "red"), ("boards/b.sqlite3", 0o644, "red"), ("boards/b.sqlite3", 0o660, "warn"),
        ("backups", 0o755, "red"), ("backups/today.sqlite3", 0o644, "red"),
    ],
)  # fmt: skip
async def test_A14_a_file_that_others_can_read(look: Look, name: str, mode: int, level: str) -> None:
    assert await level_of(look, "modes") == "ok"
    (look.data / name).chmod(mode)
    modes = await found(look, "modes")
    assert (modes.level, modes.about["many"]) == (level, 1)


async def test_A14_the_start_closes_to_others_what_is_its_own(look: Look) -> None:
    """X42: the list only reports what it may not change."""
    for name in (".", "trivselstavlen.sqlite3", "key", "boards", "boards/b.sqlite3", "backups"):
        (look.data / name).chmod(0o755)
    await prepare(Settings(data=look.data, database_url=""))
    assert await level_of(look, "modes") == "ok"


# -- the wire


@pytest.fixture
def as_at_first() -> Iterator[None]:
    """A server that ran in this process set uvicorn's loggers; here they are reset to Python's defaults."""
    loggers = [logging.getLogger(name) for name in ("uvicorn", "uvicorn.error", "uvicorn.access")]
    were = [(logger.level, logger.propagate, logger.handlers[:]) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.NOTSET)
        logger.propagate, logger.handlers = True, []
    yield
    for logger, (level, propagate, handlers) in zip(loggers, were, strict=True):
        logger.setLevel(level)
        logger.propagate, logger.handlers = propagate, handlers


@pytest.mark.usefixtures("as_at_first")
@pytest.mark.parametrize(
    "name", ["uvicorn.access", "uvicorn.error", "uvicorn", "sqlalchemy.engine", "websockets.server", ""]
)
async def test_A14_a_log_that_tells(look: Look, name: str) -> None:
    """Whatever was set: what counts is whether a line would be written somewhere."""
    logger = logging.getLogger(name)
    before, handler, disabled = logger.level, logging.NullHandler(), logger.disabled
    assert await level_of(look, "log") == "ok"
    try:
        logger.disabled = False
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
        assert await level_of(look, "log") == "red"
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        logger.disabled = disabled
    assert await level_of(look, "log") == "ok"


async def test_A14_plain_http(look: Look) -> None:
    assert await level_of(replace(look, encrypted=False), "encrypted") == "warn"


@pytest.mark.parametrize(("doubt", "level"), [("local", "red"), ("container", "warn"), (None, "ok")])
async def test_A14_an_address_that_phones_cannot_reach(look: Look, doubt: Doubt | None, level: str) -> None:
    reachable = await found(replace(look, doubt=doubt), "reachable")
    assert reachable.level == level
    assert look.url in reachable.said(words("da"))


# -- PostgreSQL


@pytest.fixture(scope="module")
def telling_postgres() -> Iterator[URL]:
    """One set to keep what it must not; only the start of the server can set these two."""
    try:
        with postgres.server("track_commit_timestamp=on", "archive_mode=on") as url:
            yield url
    except postgres.NoPostgres as none:
        missing(none)


async def on_postgres(url: str, look: Look) -> dict[str, Finding]:
    database = Database(url)
    try:
        return {one.id: one for one in await findings(replace(look, database=database))}
    finally:
        await database.close()


async def test_A14_postgresql_that_is_set_well(look: Look, postgres_url: str) -> None:
    seen = await on_postgres(postgres_url, look)
    assert {id: seen[id].level for id in ("secure_delete", "journal", "statements")} == {
        "secure_delete": "ok", "journal": "ok", "statements": "ok",
    }  # fmt: skip


async def test_A14_postgresql_that_keeps_times_and_its_log(look: Look, telling_postgres: URL) -> None:
    seen = await on_postgres(telling_postgres.render_as_string(hide_password=False), look)
    assert (seen["secure_delete"].level, seen["secure_delete"].says) == ("red", "timed")
    assert (seen["journal"].level, seen["journal"].says) == ("warn", "kept")


@pytest.mark.parametrize(
    ("name", "value", "level"),
    [
        ("log_statement", "all", "red"),
        ("log_statement", "mod", "red"),
        ("log_statement", "ddl", "ok"),
        ("log_min_duration_statement", "0", "red"),
        ("log_min_duration_statement", "1000", "red"),
        ("log_min_duration_sample", "100", "red"),
        ("log_parameter_max_length_on_error", "-1", "red"),
    ],
)
async def test_A14_postgresql_that_logs_what_is_sent(
    look: Look, postgres_url: str, name: str, value: str, level: str
) -> None:
    await set_to(postgres_url, name, value)
    statements = (await on_postgres(postgres_url, look))["statements"]
    assert statements.level == level
    assert statements.about.get("name", name) == name


async def test_A14_slow_statements_may_be_logged_without_what_is_sent(look: Look, postgres_url: str) -> None:
    await set_to(postgres_url, "log_min_duration_statement", "0")
    await set_to(postgres_url, "log_parameter_max_length", "0")
    assert (await on_postgres(postgres_url, look))["statements"].level == "ok"


async def test_A14_a_copy_that_follows_the_log_of_postgresql() -> None:
    well = {"archive_mode": "off", "wal_recycle": "off"}
    assert judged(well, slots=1)[1].level == "warn"
    assert judged(well, slots=0)[1].level == "ok"


async def test_A14_F2_a_log_of_postgresql_that_is_used_again() -> None:
    journal = judged({"archive_mode": "off", "wal_recycle": "on"}, slots=0)[1]
    assert (journal.level, journal.says) == ("warn", "recycled")


async def test_A14_postgresql_that_explains_statements_into_its_log() -> None:
    assert judged({"auto_explain.log_min_duration": "0"}, slots=0)[2].level == "red"


async def test_A14_postgresql_that_is_away(look: Look) -> None:
    url = f"postgresql+asyncpg://trivsel@127.0.0.1:{free_port()}/trivsel"
    assert (await on_postgres(url, look))["statements"].level == "red"


async def set_to(url: str, name: str, value: str) -> None:
    """For this database; every later connection has it."""
    database = Database(url)
    async with database.begin() as connection:
        here = await connection.scalar(text("SELECT current_database()"))
        await connection.execute(text(f"ALTER DATABASE \"{here}\" SET {name} = '{value}'"))
    await database.close()

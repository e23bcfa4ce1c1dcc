"""Backups (A7, F5) and restoring them (R18, G02): their contents, and what a bad one cannot destroy."""

import asyncio
import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import insert, select

from app.accounts.tables import account, one_time_link, session
from app.activities.registry import registry
from app.clock import ServerClock
from app.engine.store import Batch
from app.exports.tables import summary_link
from app.limits import DAY
from app.live.tables import door, screen
from app.operations.backups import Backups, backup_to, restore_from
from app.operations.migrate import is_current, upgrade
from app.processes.tables import company, membership, process, workshop
from app.settings import Settings
from app.storage.board_files import FileBoards
from app.storage.database import Database
from tests.storage.test_contract import held
from tests.support.clock import Clock

MAIN = "trivselstavlen.sqlite3"


@pytest_asyncio.fixture
async def settings(tmp_path: Path) -> Settings:
    """An installation with two people, a process, and a board on which something is still open."""
    settings = Settings(data=tmp_path / "data", database_url="")
    settings.data.mkdir()
    await upgrade(settings.database)
    database = Database(settings.database)
    async with database.begin() as connection:
        for name in ("anna", "bo"):
            row = {"id": name, "name": name, "email": f"{name}@x", "password_hash": "-", "admin": True}
            await connection.execute(insert(account).values(**row, disabled=False))
        await connection.execute(insert(company).values(id="c", name="Firma", owner_id="anna"))
        await connection.execute(
            insert(process).values(id="p", company_id="c", group="g", cycle=1, board_id="b")
        )
        for name in ("anna", "bo"):
            await connection.execute(
                insert(membership).values(process_id="p", account_id=name, role="facilitator")
            )
        await connection.execute(
            insert(session).values(
                id="s", token_hash=b"s", account_id="bo", proved_at=1, used_at=1, expires_at=2**40
            )
        )
        meeting = {"id": "w", "process_id": "p", "title": "", "language": "da", "date": "2026-11-29"}
        await connection.execute(insert(workshop).values(**meeting, phase=2, made_at=1))
        await connection.execute(insert(one_time_link).values(token_hash=b"l", purpose="first"))
        await connection.execute(
            insert(screen).values(id="s", token_hash=b"t", workshop_id="w", board_id="b", expires_at=2**40)
        )
        link = {"id": "l", "process_id": "p", "token_hash": b"m", "made_at": 1, "expires_at": 2**40}
        await connection.execute(insert(summary_link).values(**link, revoked=False, opened=0))
        way_in = {"workshop_id": "w", "board_id": "b", "open": True, "code": "ABCDEF", "token_hash": b"d"}
        await connection.execute(insert(door).values(**way_in, nonce=b"n", epoch=3, expires_at=2**40))
    await database.close()
    boards = FileBoards(Database(settings.database), registry, ServerClock(), 0)
    await boards.create("b")
    rows = [held(1, "up", "vist i rummet", face="up"), held(2, "down", "endnu skjult")]
    await boards.commit("b", 0, lambda _changes: Batch(2, rows, due_at=7))
    await boards.close()
    return settings


def of(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query).fetchall()


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_F5_a_copy_is_one_file_without_what_is_still_open(settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert backup_to(settings, copy) == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    data = copy.read_bytes()
    assert b"vist i rummet" in data and b"endnu skjult" not in data
    assert of(copy, "SELECT id, seq, due_at FROM board") == [("b", 2, 7)]
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == ["copy.sqlite3"]


def test_F5_two_copies_differ_by_nothing_that_is_still_open(settings: Settings, tmp_path: Path) -> None:
    async def more() -> None:
        boards = FileBoards(Database(settings.database), registry, ServerClock(), 0)
        await boards.commit("b", 2, lambda _changes: Batch(3, [held(3, "other", "endnu et")], due_at=7))
        await boards.close()

    one, other = tmp_path / "one", tmp_path / "other"
    assert backup_to(settings, one) == 0
    asyncio.run(more())
    assert backup_to(settings, other) == 0
    assert of(one, "SELECT * FROM record") == of(other, "SELECT * FROM record")


def test_a_copy_is_never_written_over_another_file(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "there"
    there.write_text("min ferie")
    assert backup_to(settings, there) == 1
    assert there.read_text() == "min ferie" and "Traceback" not in capsys.readouterr().err


def test_R18_F5_what_is_put_back_is_whole_and_revives_no_right(settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert backup_to(settings, copy) == 0
    main = settings.data / MAIN
    epoch = of(settings.data / "boards" / "b.sqlite3", "SELECT epoch FROM board")
    with closing(sqlite3.connect(main)) as file, file:
        file.execute("DELETE FROM membership WHERE account_id = 'bo'")
        file.execute("UPDATE account SET disabled = 1 WHERE id = 'bo'")
        file.execute("UPDATE door SET epoch = 9")
    before = everything(settings.data)
    assert restore_from(settings, copy) == 0

    assert of(main, "SELECT account_id FROM membership") == [("anna",)], "whoever was removed stays out"
    assert of(main, "SELECT id FROM account WHERE disabled") == [("bo",)]
    for table in ("session", "one_time_link", "screen"):
        assert of(main, f"SELECT * FROM {table}") == [], table
    assert of(main, "SELECT revoked FROM summary_link") == [(1,)]
    ((is_open, door_epoch),) = of(main, "SELECT open, epoch FROM door")
    assert not is_open and isinstance(door_epoch, int) and door_epoch > 9
    board = settings.data / "boards" / "b.sqlite3"
    assert of(board, "SELECT id, seq, due_at FROM board") == [("b", 2, 7)]
    assert of(board, "SELECT epoch FROM board") != epoch
    assert len(of(board, "SELECT * FROM record")) == 1 and of(board, "SELECT * FROM box") == []
    assert board.stat().st_mode & 0o777 == main.stat().st_mode & 0o777 == 0o600
    (kept,) = settings.data.glob("before-restore-*")
    assert everything(kept).keys() == before.keys(), "what was there is kept beside"
    assert not list(settings.data.glob(".*")), "nothing half-made is left"
    # What is restored does not prevent the next start.
    assert not of(main, "SELECT name FROM sqlite_master WHERE name IN ('board', 'record')")


def test_R18_into_a_folder_where_nothing_is_yet(settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert backup_to(settings, copy) == 0
    empty = Settings(data=tmp_path / "new" / "deep", database_url="")
    assert restore_from(empty, copy) == 0
    assert of(empty.data / MAIN, "SELECT id FROM process") == [("p",)]
    assert (empty.data / "boards" / "b.sqlite3").exists() and not list(empty.data.glob("before-*"))


def not_there(_path: Path) -> None:
    pass


def empty(path: Path) -> None:
    path.touch()


def words(path: Path) -> None:
    path.write_text("Kære alle\n" * 400)


def folder(path: Path) -> None:
    path.mkdir()


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE note (id)")


def a_main_file_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        for table in ("account", "process", "alembic_version"):
            file.execute(f"CREATE TABLE {table} (id)")


def changed(how: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(how(path.read_bytes()))

    return make


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")


#: Inputs of `restore`: made from nothing, or from a good backup.
BAD: dict[str, tuple[bool, Callable[[Path], None], str]] = {
    "not there": (False, not_there, "ingen fil"),
    "0 bytes": (False, empty, "ikke en kopi"),
    "words": (False, words, "beskadiget"),
    "a folder": (False, folder, "ingen fil"),
    "another database": (False, another_database, "ikke en kopi"),
    "without its boards": (False, a_main_file_alone, "ikke en kopi"),
    "cut off": (True, changed(lambda data: data[: len(data) // 2]), "beskadiget"),
    "without its head": (True, changed(lambda data: b"\0" * 100 + data[100:]), "beskadiget"),
    "scribbled over": (True, changed(lambda data: data[:4096] + b"\xff" * 8192 + data[12288:]), "beskadiget"),
    "of a newer version": (True, newer, "nyere version"),
}


@pytest.mark.parametrize("bad", BAD)
def test_G02_a_bad_copy_is_refused_in_a_sentence_and_changes_nothing(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str
) -> None:
    from_good, make, said = BAD[bad]
    copy = tmp_path / "copy"
    if from_good:
        assert backup_to(settings, copy) == 0
    make(copy)
    before = everything(settings.data)
    assert restore_from(settings, copy) == 1
    assert everything(settings.data) == before
    told = capsys.readouterr().err
    assert said in told and "Traceback" not in told and len(told.splitlines()) == 2


def test_G02_a_restore_that_fails_half_way_leaves_what_was_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    assert backup_to(settings, copy) == 0
    before = everything(settings.data)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.storage.backup.board_file.make", full)
    assert restore_from(settings, copy) == 1
    assert everything(settings.data) == before


async def test_R18_what_is_put_back_starts(settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert backup_to(settings, copy) == 0
    assert restore_from(settings, copy) == 0
    database = Database(settings.database)
    assert await is_current(database)
    async with database.connect() as connection:
        assert (await connection.execute(select(process.c.board_id))).scalars().all() == ["b"]
    await database.close()


# -- each day by itself --------------------------------------------------------------------------------------


async def test_A7_one_copy_a_day_and_none_is_kept_forever(settings: Settings, clock: Clock) -> None:
    settings = settings.model_copy(update={"backup_days": 3})
    backups = Backups(settings, clock.ms)

    async def hour(day: int) -> None:
        clock.forward(3600)
        await backups.daily()
        for copy in settings.backups.glob("*.sqlite3"):
            # The file system has its own clock; a backup is as old as its name says.
            made = Clock().ms() + (int(copy.name[8:10]) - 4) * DAY
            os.utime(copy, (made / 1000, made / 1000))

    for day in range(6):
        for _ in range(3):
            await hour(day)
        clock.forward(24 * 3600 - 3 * 3600)
    names = sorted(path.name for path in settings.backups.glob("*"))
    assert names == [f"2027-01-{day:02}.sqlite3" for day in (7, 8, 9)]
    assert settings.backups.stat().st_mode & 0o777 == 0o700


async def test_F5_what_an_upgrade_or_a_restore_kept_goes_after_thirty_days(
    settings: Settings, clock: Clock
) -> None:
    kept = settings.data / "before-restore-1"
    (kept / "boards").mkdir(parents=True)
    (settings.data / "before-2.sqlite3").touch()
    backups = Backups(settings.model_copy(update={"backup_days": 0}), clock.ms)
    for path in settings.data.glob("before-*"):
        os.utime(path, (clock.ms() / 1000 - 29 * 86400, clock.ms() / 1000 - 29 * 86400))
    await backups.daily()
    assert len(list(settings.data.glob("before-*"))) == 2
    clock.forward(2 * 24 * 3600)
    await backups.daily()
    assert not list(settings.data.glob("before-*")) and not settings.backups.exists()


async def test_a_copy_made_by_hand_has_a_name_nobody_can_guess_a_path_from(
    settings: Settings, clock: Clock
) -> None:
    backups = Backups(settings, clock.ms)
    copy = await backups.make()
    assert [found.name for found in backups.found()] == [copy.name]
    assert backups.path(copy.name).is_file()
    for name in ("../key", copy.name + "/../../key", secrets.token_hex(4), ".", ""):
        with pytest.raises(LookupError):
            backups.path(name)

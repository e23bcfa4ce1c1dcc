"""R16, R17, R18: a restart in a live workshop, a new version, and a restored backup."""

import asyncio
import itertools
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.operations.backups import restore_from
from app.operations.serving import prepare
from app.settings import Settings
from tests.reliability.phones import LIMITS, LOST, Phone, checked, crowd, of, opened, whole
from tests.storage.test_migrations import with_a_board
from tests.support.meeting import EMAIL, PASSWORD, Meeting, meeting as a_meeting
from tests.support.server import Server
from tests.support.starting import ended

RESTARTS = 20 if os.environ.get("TRIVSEL_SOAK") else 2


def run(server: Server, *words: str) -> "subprocess.CompletedProcess[str]":
    """Another command of the command line, on the same data folder."""
    return ended([sys.executable, "-m", "app", *words], server.env)


class Writers:
    """Phones that continue writing until they are told to stop."""

    def __init__(self, phones: list[Phone], question: str) -> None:
        self._going = True
        self._tasks = [asyncio.create_task(self._write(phone, question)) for phone in phones]

    async def _write(self, phone: Phone, question: str) -> None:
        for number in itertools.count():
            if not self._going:
                return
            await phone.write(question, f"seddel {number}")
            await asyncio.sleep(0.05)

    async def finish(self) -> None:
        self._going = False
        await asyncio.gather(*self._tasks)


async def enough(phones: list[Phone], many: int) -> None:
    """Return when this many more notes are stored."""
    wanted = len(of(phones)) + many
    async with asyncio.timeout(60):
        while len(of(phones)) < wanted:
            await asyncio.sleep(0.01)


async def test_R16_a_restart_in_a_live_workshop(new_server: Callable[..., Server]) -> None:
    server = new_server(env=LIMITS).start()
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        await desk.do("timer.start", activity=question, seconds=1800)
        await desk.until(lambda: desk.all("timer"))
        clock = desk.one("timer")
        phones = await crowd(meeting, 30, 16)
        silent = [await meeting.phone() for _ in range(10)]
        writers = Writers(phones, question)
        for number in range(RESTARTS):
            await enough(phones, 60)
            began = time.monotonic()
            await asyncio.to_thread(server.stop)
            assert time.monotonic() - began < 5, "commits are finished and everybody is told, and no more"
            if number == 0:
                for wire in (*silent, desk):
                    await wire.until(lambda wire=wire: wire.closed)
                assert {wire.closed for wire in (*silent, desk)} == {1012}
            await asyncio.to_thread(server.start)
        await enough(phones, 30)
        await writers.finish()
        # Nobody was disconnected without a reason.
        assert {code for phone in phones for code in phone.cuts} <= {1012, None}
        for wire in silent:
            await wire.open()
        desk = await meeting.desk()
        await desk.until(lambda: desk.all("timer"))
        assert desk.one("timer") == clock
        await checked(meeting, phones, question)
        for wire in (*silent, desk):
            await wire.close()
        for phone in phones:
            await phone.leave()
    server.stop()
    whole(server)
    assert "Traceback" not in server.output()


# -- R17 -----------------------------------------------------------------------------------------------------


async def test_R17_before_anything_is_changed_there_is_a_copy(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    await with_a_board(settings.database, 2)
    await prepare(settings)
    (copy,) = settings.data.glob("before-*.sqlite3")
    assert copy.stat().st_mode & 0o777 == 0o600
    file = sqlite3.connect(copy)
    assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [("0003",)]
    assert file.execute("SELECT id FROM board").fetchall() == [("b",), ("c",)]
    found = file.execute("SELECT DISTINCT substr(id, 1, instr(id, '-') - 1) FROM record").fetchall()
    assert sorted(found) == [("shown",), ("theme",)], "F5: what was not shown is in no copy"
    file.close()
    data = copy.read_bytes()
    assert b"endnu skjult" not in data and b"vist i rummet" in data

    # And back again, by the same command as any other backup.
    assert restore_from(settings, copy) == 0
    await prepare(settings)
    assert len(list((settings.data / "boards").glob("*.sqlite3"))) == 2


async def test_R17_a_first_start_and_a_second_one_make_no_copy(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    await prepare(settings)
    await prepare(settings)
    assert not list(settings.data.glob("before-*"))


# -- R18 -----------------------------------------------------------------------------------------------------


async def test_R18_F5_a_copy_made_under_load_is_put_back(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    server = new_server(env=LIMITS).start()
    copy = tmp_path / "copy.sqlite3"
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        phones = await crowd(meeting, 30, 18)
        writers = Writers(phones, question)
        await enough(phones, 100)
        await writers.finish()
        await desk.do("notes.stop_writing", activity=question)
        await desk.do("notes.turn_all", activity=question)
        shown = of(phones)
        # The next question is open, and all write while the backup is made.
        items = desk.items
        other = next(item["id"] for item in items if item["activity"] == "notes" and item["id"] != question)
        await desk.do("agenda.go", item=other)
        writers = Writers(phones, other)
        await enough(phones, 250)
        made = await asyncio.to_thread(run, server, "backup", str(copy))
        assert made.returncode == 0, made.stderr
        await writers.finish()
        unshown = [note for phone in phones for note in phone.notes if note.activity == other]
        data = copy.read_bytes()
        assert len(unshown) > 100 and not [note for note in unshown if note.id.encode() in data]
        epoch = phones[0].wire.epoch

        # Nothing is restored under a running server, which would continue from its memory.
        refused = await asyncio.to_thread(run, server, "restore", str(copy))
        assert refused.returncode == 1 and "Stop it first" in refused.stderr
        server.kill()
        put = await asyncio.to_thread(run, server, "restore", str(copy))
        assert put.returncode == 0, put.stderr
        (kept,) = server.data.glob("before-restore-*")
        assert (kept / "trivselstavlen.sqlite3").exists() and list((kept / "boards").glob("*.sqlite3"))
        whole(server)
        await asyncio.to_thread(server.start)

        # F5: nobody is signed in, and the room's old token gives no access.
        assert (await meeting.http.get("/api/home")).status_code == 401
        (before, *_) = phones
        await before.wire.until(lambda: before.wire.closed is not None)
        assert await closed_with(before) == 4401

        await signed_in_again(meeting)
        fresh = await meeting.desk()
        await fresh.until(lambda: fresh.all("note"))
        assert fresh.epoch != epoch
        assert {note["id"]: note["text"] for note in fresh.all("note")} == shown
        await fresh.close()
        for phone in phones:
            await phone.leave()
        await desk.close()


async def closed_with(phone: Phone) -> int | None:
    """The server's answer to a client that reconnects."""
    with suppress(*LOST):
        await phone.wire.open()
    await phone.wire.until(lambda: phone.wire.closed is not None)
    return phone.wire.closed


async def signed_in_again(meeting: Meeting) -> None:
    """Only a password opens the desk again."""
    answer = await meeting.http.post("/api/session", json={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 200, answer.text

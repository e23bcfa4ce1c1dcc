"""R16, R18: a restart in a live workshop, and a copy put back."""

import asyncio
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.reliability.phones import LIMITS, Phone, checked, crowd, of, opened, whole
from tests.support.meeting import Meeting, meeting as a_meeting
from tests.support.server import CHECKOUT, Server

RESTARTS = 20 if os.environ.get("TRIVSEL_SOAK") else 2


def run(server: Server, *words: str) -> "subprocess.CompletedProcess[bytes]":
    """Another word of the command line, in the same data folder."""
    command = [sys.executable, "-m", "app", *words]
    return subprocess.run(command, env=server.env, cwd=CHECKOUT, capture_output=True, check=False)


class Writers:
    """Phones that go on writing until they are told to stop."""

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
    """Return when so many notes more are stored."""
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
        # Nobody has been cut off without a word.
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


# -- R18 -----------------------------------------------------------------------------------------------------


async def test_R18_a_copy_made_under_load_is_put_back(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    server = new_server(env=LIMITS).start()
    copy = tmp_path / "copy.sqlite3"
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        phones = await crowd(meeting, 30, 18)
        writers = Writers(phones, question)
        await enough(phones, 100)
        before = of(phones)
        made = await asyncio.to_thread(run, server, "backup", str(copy))
        assert made.returncode == 0, made.stderr
        after = of(phones)
        await enough(phones, 50)
        await writers.finish()
        epoch = phones[0].wire.epoch

        # Over a server that runs nothing is put back: it would write on from what it has in memory.
        refused = await asyncio.to_thread(run, server, "restore", str(copy))
        assert refused.returncode != 0 and b"stop the server first" in refused.stderr
        server.kill()
        put = await asyncio.to_thread(run, server, "restore", str(copy))
        assert put.returncode == 0, put.stderr
        whole(server)
        await asyncio.to_thread(server.start)

        await seen_again(meeting, phones, question, epoch, before, after)
        for phone in phones:
            await phone.leave()
        await desk.close()


async def seen_again(
    meeting: Meeting,
    phones: list[Phone],
    question: str,
    epoch: str,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    """The copy holds all that was stored when it was begun, and nothing that came after it was done."""
    for phone in phones:
        await phone.come()
        await phone.wire.until(lambda phone=phone: phone.wire.epoch != epoch)
    # Phones go on: what they write now, and what they still had unsent, is stored on top.
    await asyncio.gather(*(phone.write(question, "bagefter") for phone in phones))
    new = {phone.notes[-1].id for phone in phones}
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    await desk.do("notes.stop_writing", activity=question)
    await desk.until(lambda: desk.all("note"))
    there = {note["id"]: note["text"] for note in desk.all("note")}
    assert new <= there.keys()
    assert before.items() <= there.items()
    assert there.keys() - new <= after.keys()
    fresh = await meeting.phone()
    await fresh.until(lambda: fresh.all("note_state"))
    for phone in phones:
        await phone.wire.until(lambda phone=phone: phone.wire.held == fresh.held)
    await fresh.close()
    await desk.close()

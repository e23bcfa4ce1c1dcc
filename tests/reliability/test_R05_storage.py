"""R5, R6: the disk is full, the file is locked; phones keep what they have, and all of it is stored later."""

import asyncio
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable

import pytest

from tests.reliability.phones import LIMITS, boards, checked, crowd, opened, whole
from tests.support.meeting import meeting as a_meeting, new_id, new_secret
from tests.support.patience import PATIENCE
from tests.support.server import Server

SOAK = bool(os.environ.get("TRIVSEL_SOAK"))


async def test_R05_a_full_disk_keeps_nothing_and_loses_nothing(new_server: Callable[..., Server]) -> None:
    server = new_server(env=LIMITS, command=(sys.executable, "-m", "tests.reliability.small_disk", "serve"))
    server.start()
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        wall = await meeting.screen()
        phones = await crowd(meeting, 20, 5)
        await asyncio.gather(*(phone.write(question, "før den er fuld") for phone in phones))

        (server.data / "pages").write_text("1")

        async def write(number: int) -> None:
            for count in range(10):
                await phones[number].write(question, f"{number}.{count}" + " mens den er fuld" * 15)

        writing = [asyncio.create_task(write(number)) for number in range(20)]
        async with asyncio.timeout(60):
            # It counts as full when nothing has fitted for a hundred attempts.
            had, refused = -1, 0
            while sum(phone.refused["full"] for phone in phones) < refused + 100:
                await asyncio.sleep(0.05)
                if (has := sum(len(phone.notes) for phone in phones)) != had:
                    had, refused = has, sum(phone.refused["full"] for phone in phones)
        # Over HTTP it has its own status; reading continues, for connected and new clients.
        token = {"Authorization": f"Bearer {await meeting.room_token()}"}
        alone: dict[str, str] = {}
        async with asyncio.timeout(60):
            # A single note may find space where many at once do not.
            while True:
                note, text = new_id(), "fuld " * 50
                written = {"note": note, "secret": new_secret(), "rev": 1, "text": text}
                command = {"type": "notes.write", "activity": question, **written}
                body = {"type": "do", "ref": 1, "command": command}
                answer = await meeting.http.post("/live/do", json=body, headers=token)
                if answer.status_code != 200:
                    break
                alone[note] = text.strip()
        assert (answer.status_code, answer.json()["code"]) == (507, "full")
        assert answer.json()["retry_after"] > 0
        late = await meeting.screen()
        await late.until(lambda: late.all("item"))
        assert late.held == wall.held
        assert (await meeting.http.get(f"/api/workshops/{meeting.workshop}/summary.html")).status_code == 200

        (server.data / "pages").unlink()
        await asyncio.gather(*writing)
        assert sum(len(phone.notes) for phone in phones) == 220
        await checked(meeting, phones, question, alone)
        for phone in phones:
            await phone.leave()
        for wire in (wall, late, desk):
            await wire.close()
    server.stop()
    whole(server)


@pytest.mark.parametrize("seconds", (1, 4, 8) if SOAK else (1, 6))
async def test_R06_somebody_else_holds_the_lock(new_server: Callable[..., Server], seconds: int) -> None:
    server = new_server(env=LIMITS).start()
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        phones = await crowd(meeting, 60, 6)
        locked, came = threading.Event(), threading.Event()

        def hold() -> None:
            connection = sqlite3.connect(boards(server)[0], isolation_level=None)
            connection.execute("BEGIN IMMEDIATE")
            locked.set()
            time.sleep(seconds)
            came.wait(PATIENCE)
            connection.execute("ROLLBACK")
            connection.close()

        holding = asyncio.create_task(asyncio.to_thread(hold))
        await asyncio.to_thread(locked.wait)
        writing = [asyncio.create_task(phone.write(question, f"låst {n}")) for n, phone in enumerate(phones)]
        # Only writers have to wait for the lock, which is held until somebody new is in.
        fresh = await meeting.phone()
        await fresh.until(lambda: fresh.all("item"))
        assert not holding.done()
        came.set()
        await asyncio.gather(holding, *writing)
        busy = sum(phone.refused["busy"] for phone in phones)
        assert (busy > 0) == (seconds > 5), "up to five seconds it is waited for, then said to be busy"
        await checked(meeting, phones, question)
        for wire in (fresh, desk):
            await wire.close()
        for phone in phones:
            await phone.leave()
    server.stop()
    whole(server)

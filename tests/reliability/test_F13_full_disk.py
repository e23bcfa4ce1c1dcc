"""F13: a server on a full disk: who can take over a meeting, and whether it starts again."""

import secrets
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.support.meeting import Meeting, meeting as a_meeting, signed_in
from tests.support.server import Server

SMALL = (sys.executable, "-m", "tests.reliability.small_disk", "serve")


def fill(server: Server) -> None:
    """From now on the disk has no more pages, and the free space left in them is used up."""
    with closing(sqlite3.connect(server.data / "trivselstavlen.sqlite3", isolation_level=None)) as file:
        (pages,) = file.execute("PRAGMA page_count").fetchone()
        file.execute(f"PRAGMA max_page_count={pages}")
        (account,) = file.execute("SELECT id FROM account").fetchone()
        row = (account, 0, 0, 2**52)
        keys = ((secrets.token_urlsafe(16), secrets.token_bytes(32), *row) for _ in range(10_000))
        with pytest.raises(sqlite3.OperationalError, match="full"):
            file.executemany("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)", keys)
    (server.data / "pages").write_text(str(pages))


def stored(server: Server, session: str) -> bool:
    with closing(sqlite3.connect(server.data / "trivselstavlen.sqlite3")) as file:
        return bool(file.execute("SELECT 1 FROM session WHERE id = ?", (session,)).fetchall())


async def test_F13_a_meeting_is_taken_over_on_a_full_disk_and_continues_once_there_is_room(
    new_server: Callable[..., Server],
) -> None:
    server = new_server(command=SMALL).start()
    async with a_meeting(server) as meeting:
        first = await meeting.desk()
        await first.until(lambda: first.items)
        fill(server)
        async with signed_in(server, other_device=True) as http:
            other = Meeting(server.url, http)
            other.workshop = meeting.workshop
            [own] = [one["id"] for one in (await http.get("/api/sessions")).json() if one["this"]]
            assert not stored(server, own), "there was room left"
            seen = await http.get(f"/api/workshops/{meeting.workshop}")
            assert seen.status_code == 200 and seen.json()["role"] == "facilitator"
            desk = await other.desk()
            await desk.until(lambda: desk.items)
            assert desk.held == first.held
            (server.data / "pages").unlink()
            await desk.do("agenda.go", item=desk.items[0]["id"])
            await first.until(lambda: first.activity == desk.items[0]["id"])
            await desk.close()
        await first.close()
    server.stop()
    assert "Traceback" not in server.output()


async def test_F13_a_server_starts_again_on_a_full_disk_and_is_led(new_server: Callable[..., Server]) -> None:
    server = new_server(command=SMALL).start()
    async with a_meeting(server) as meeting:
        fill(server)
        server.kill()
        server.start()
        async with signed_in(server, other_device=True) as http:
            other = Meeting(server.url, http)
            other.workshop = meeting.workshop
            desk = await other.desk()
            await desk.until(lambda: desk.items)
            assert (await http.get(f"/api/workshops/{meeting.workshop}")).status_code == 200
            await desk.close()
    server.stop()
    assert "Traceback" not in server.output()

"""F13: every route when the disk is full, the file locked, or the database away."""

import errno
import io
import logging
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from app import logs
from app.accounts.tables import account
from app.operations import backups
from tests.http.test_matrix import MATRIX, World, body_of, names_of, world
from tests.support.clock import Clock
from tests.support.house import PASSWORD, House, home

__all__ = ["home", "world"]

#: SQLite's code and message, and the expected answer.
FAULTS = {
    "full": (13, "database or disk is full", 507),
    "busy": (5, "database is locked", 503),
    "storage": (8, "attempt to write a readonly database", 503),
}


@pytest.fixture
def as_served() -> Iterator[None]:
    """Logging as the server sets it up, so that its real output is checked."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("text")
    yield
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level


class Disk:
    """The database's transactions, which fail as on such a disk once it is `broken`."""

    def __init__(self, database: Any) -> None:
        self.broken = ""
        #: How often something was to be written.
        self.tried = 0
        self._begin = database.begin
        database.begin = self._on_this_disk

    @asynccontextmanager
    async def _on_this_disk(self) -> AsyncIterator[Any]:
        async with self._begin() as connection:
            yield connection
            if self.broken:
                self.tried += 1
                code, says, _ = FAULTS[self.broken]
                fault = sqlite3.OperationalError(says)
                fault.sqlite_errorcode = code
                raise OperationalError("COMMIT", None, fault)


@pytest.mark.parametrize("broken", FAULTS)
async def test_F13_every_route_says_what_is_wrong_with_the_storage(
    world: World, broken: str, as_served: None, capsys: pytest.CaptureFixture[str]
) -> None:
    names = await names_of(" ".join(MATRIX["routes"]), world)
    clients = {who: await world.as_(who) for who in ("facilitator", "screen", "nobody")}
    who_may = {
        group: who for group, people in MATRIX["people"].items() for who in clients if people[who] is True
    }
    who_may["admin"] = await administers(world, "facilitator")
    disk = Disk(world.app.services.database)
    disk.broken = broken
    code, status = broken, FAULTS[broken][2]
    wrong = []
    for route, group in MATRIX["routes"].items():
        method, path = route.split(" ")
        if route == "DELETE /api/session":
            continue
        body = None if method == "GET" else await body_of(route, world)
        before = disk.tried
        capsys.readouterr()
        answer = await clients[who_may[group]].request(method, path.format(**names), json=body)
        if disk.tried == before:
            # Nothing was to be written, so nothing must be refused.
            expected = answer.status_code < 500
        else:
            # A room only says whether it was the disk.
            codes = (code, "busy") if status == 503 else (code,)
            expected = answer.status_code == status and answer.json().get("code") in codes
        printed = capsys.readouterr()
        if not expected or "Traceback" in printed.out + printed.err or "[SQL" in printed.out:
            wrong.append((route, answer.status_code, answer.text, printed.out))
    assert not wrong
    assert disk.tried >= 12, "nothing was tried"
    for client in clients.values():
        await client.aclose()


async def administers(world: World, who: str) -> str:
    async with world.app.services.database.begin() as connection:
        change = account.update().where(account.c.id == world.accounts[who])
        await connection.execute(change.values(admin=True))
    return who


async def test_F13_a_copy_that_finds_no_room_is_said_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made outside the database's own connections."""

    def no_room(*_where: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backups, "write_backup", no_room)
    async with await world.as_(await administers(world, "facilitator")) as desk:
        answer = await desk.post("/api/backups", json={})
    assert (answer.status_code, answer.json()["code"]) == (507, "full")


async def signed_in_on_a_full_disk(home: House, disk: Disk, broken: str = "full") -> Any:
    desk = home.client()
    disk.broken = broken
    answer = await desk.post("/api/session", json={"email": "karen@bakkedal.dk", "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return desk


@pytest.mark.parametrize("broken", FAULTS)
async def test_F13_on_a_full_disk_somebody_can_take_over(home: House, broken: str) -> None:
    first = await home.signed_in()
    made = await home.workshop(first)
    desk = await signed_in_on_a_full_disk(home, Disk(home.database), broken)
    assert (await desk.get("/api/session")).json()["account"]["email"] == "karen@bakkedal.dk"
    seen = await desk.get(f"/api/workshops/{made['id']}")
    assert seen.status_code == 200 and seen.json()["role"] == "facilitator"
    ticket = (await desk.post(f"/api/workshops/{made['id']}/ticket", json={})).json()["ticket"]
    admitted = await home.gatekeeper.admit(ticket)
    assert admitted is not None and await home.gatekeeper.still_admitted(admitted)
    # The wrong password opens nothing here either.
    wrong = {"email": "karen@bakkedal.dk", "password": "not the password"}
    assert (await home.client().post("/api/session", json=wrong)).status_code == 401


async def test_F13_a_session_from_a_full_disk_ends_on_signing_out(home: House) -> None:
    await home.signed_in()
    disk = Disk(home.database)
    desk = await signed_in_on_a_full_disk(home, disk)
    other = await signed_in_on_a_full_disk(home, disk)
    [mine] = [one for one in (await desk.get("/api/sessions")).json() if one["this"]]
    assert (await other.delete(f"/api/sessions/{mine['id']}")).status_code == 204
    assert (await desk.get("/api/session")).status_code == 401
    assert (await other.delete("/api/session")).status_code == 204
    assert (await other.get("/api/session")).status_code == 401


async def test_F13_a_session_from_a_full_disk_is_stored_once_there_is_room(home: House) -> None:
    await home.signed_in()
    disk = Disk(home.database)
    desk = await signed_in_on_a_full_disk(home, disk)
    home.forward(hours=11)
    assert (await desk.get("/api/session")).status_code == 200
    disk.broken = ""
    home.forward(minutes=2)
    assert (await desk.get("/api/session")).status_code == 200
    # Another process, or this one after a restart, now has it from the table.
    home.accounts.sessions._unsaved._kept.clear()
    assert (await desk.get("/api/session")).status_code == 200


async def test_F13_a_session_from_a_full_disk_lasts_no_longer_than_an_idle_one(home: House) -> None:
    await home.signed_in()
    desk = await signed_in_on_a_full_disk(home, Disk(home.database))
    home.forward(hours=12, seconds=1)
    assert (await desk.get("/api/session")).status_code == 401


@pytest.mark.parametrize("broken", FAULTS)
async def test_F13_signed_in_people_can_still_read_on_a_full_disk(
    home: House, clock: Clock, broken: str
) -> None:
    """Every five minutes the time of use is written: from then on every request was refused."""
    desk = await home.signed_in()
    made = await home.workshop(desk)
    disk = Disk(home.database)
    disk.broken = broken
    clock.forward(timedelta(minutes=6).total_seconds())
    for path in ("/api/session", "/api/home", f"/api/workshops/{made['id']}"):
        assert (await desk.get(path)).status_code == 200, path
    # A locked file is waited for, but not at each request.
    assert disk.tried == 1
    disk.broken = ""
    clock.forward(timedelta(minutes=6).total_seconds())
    await desk.get("/api/session")
    clock.forward(timedelta(hours=11, minutes=50).total_seconds())
    assert (await desk.get("/api/session")).status_code == 200


async def test_F13_the_sentence_is_plain_and_in_the_clients_language(home: House) -> None:
    desk = await home.signed_in()
    Disk(home.database).broken = "full"
    for language, says in (("da", "Serverens disk er fuld"), ("en", "The server’s disk is full")):
        headers = {"Accept-Language": language}
        answer = await desk.post("/api/companies", json={"name": "Firma"}, headers=headers)
        assert answer.status_code == 507
        assert answer.json()["text"].startswith(says)
        assert answer.json()["retry_after"] > 0 and answer.headers["retry-after"]


async def test_F13_a_log_on_the_full_disk_costs_no_answer(
    home: House, as_served: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FullDisk(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdout", FullDisk())
    logs.configure("text")
    assert (await home.client().get("/api/session")).status_code == 401

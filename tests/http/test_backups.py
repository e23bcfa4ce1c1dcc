"""Backups from the desk (A7): for administrators, after giving the password (X4)."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest_asyncio

from app.main import App, create_app
from app.operations.serving import prepare
from app.settings import Settings
from tests.support.clock import Clock

HOST = "localhost:8000"
PASSWORD = "en god lang sætning om trivsel"


@pytest_asyncio.fixture
async def app(tmp_path: Path, clock: Clock) -> AsyncIterator[App]:
    settings = Settings(data=tmp_path, database_url="", base_url="", trusted_proxies="", backup_days=7)
    await prepare(settings)
    app = create_app(settings, clock.ms)
    yield app
    await app.services.rooms.idle()
    await app.services.store.close()
    await app.services.database.close()


@pytest_asyncio.fixture
async def admin(app: App) -> AsyncIterator[httpx2.AsyncClient]:
    """The one who made the first account."""
    async with client(app) as desk:
        link = await app.services.accounts.first_link()
        assert link is not None
        who = {"token": link.partition("#")[2], "name": "Karen", "email": "k@x.dk", "password": PASSWORD}
        assert (await desk.post("/api/accounts/first", json=who)).status_code == 200
        yield desk


def client(app: App) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app)
    headers = {"Origin": f"http://{HOST}"}
    return httpx2.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers=headers)


async def test_A7_a_copy_is_made_listed_and_taken_along(admin: httpx2.AsyncClient, tmp_path: Path) -> None:
    assert (await admin.get("/api/backups")).json() == {"backups": [], "daily": True, "keep_days": 7}
    made = await admin.post("/api/backups", json={})
    assert made.status_code == 201
    assert (await admin.get("/api/backups")).json()["backups"] == [made.json()]
    taken = await admin.get(f"/api/backups/{made.json()['name']}")
    assert taken.status_code == 200 and taken.headers["cache-control"] == "no-store"
    (tmp_path / "taken.sqlite3").write_bytes(taken.content)
    part = await admin.get(f"/api/backups/{made.json()['name']}", headers={"Range": "bytes=0-15"})
    assert part.status_code == 206 and part.content == taken.content[:16]
    file = sqlite3.connect(tmp_path / "taken.sqlite3")
    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    file.close()


async def test_X4_the_password_is_asked_for_again(admin: httpx2.AsyncClient, clock: Clock) -> None:
    name = (await admin.post("/api/backups", json={})).json()["name"]
    clock.forward(11 * 60)
    for answer in (await admin.post("/api/backups", json={}), await admin.get(f"/api/backups/{name}")):
        assert (answer.status_code, answer.json()["code"]) == (403, "prove_again")
    assert (await admin.get("/api/backups")).status_code == 200


async def test_B38_no_name_leads_out_of_the_folder(admin: httpx2.AsyncClient) -> None:
    await admin.post("/api/backups", json={})
    for name in ("../key", "..%2fkey", "key", "%2e%2e%2fkey", "2027-01-04.sqlite3"):
        assert (await admin.get(f"/api/backups/{name}")).status_code == 404, name

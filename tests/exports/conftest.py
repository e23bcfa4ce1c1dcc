"""A database with two processes, its links, and the routes around them."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import insert

from app.access import Access, check_routes, routes_of
from app.accounts.tables import account
from app.activities.registry import registry
from app.exports.addresses import CalendarAddresses
from app.exports.calendar_routes import routes as calendar_routes
from app.exports.links import Links
from app.exports.poster_routes import routes as poster_routes
from app.exports.routes import routes
from app.exports.sections import Kinds
from app.http.addresses import Addresses
from app.http.errors import install
from app.http.safety import Safety
from app.processes.tables import company, process
from app.storage.database import Database, metadata, sqlite_url
from tests.exports.making import FileMaker
from tests.exports.sample import REPORTS
from tests.exports.web import OTHER, PROCESS, QUICK, Now, OneBoard, OneDoor, People, Web

DATES = {name: kind.dates for name, kind in registry.kinds.items() if kind.dates}
KINDS = Kinds(REPORTS, phases=dict.fromkeys(REPORTS, 1))


@pytest.fixture
def kinds() -> Kinds:
    """The summary's data; a test file may replace it."""
    return KINDS


@pytest.fixture
def now() -> Now:
    return Now()


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(sqlite_url(tmp_path / "links.sqlite3"))
    async with database.begin() as connection:
        await connection.run_sync(metadata.create_all)
        await connection.execute(
            insert(account).values(
                id="a", name="Dorte", email="d@example.com", password_hash="x", admin=False, disabled=False
            )
        )
        await connection.execute(insert(company).values(id="c", name="Bakkedal", owner_id="a"))
        for id in (PROCESS, OTHER):
            await connection.execute(
                insert(process).values(
                    id=id,
                    company_id="c",
                    group="Montagen",
                    cycle=1,
                    last_day="2027-01-04",
                    board_id=f"board-{id}",
                )
            )
    yield database
    await database.close()


@pytest.fixture
def links(database: Database, now: Now) -> Links:
    return Links(database, now, QUICK)


@pytest_asyncio.fixture
async def web(links: Links, database: Database, now: Now, kinds: Kinds) -> AsyncIterator[Web]:
    people, source, ways, maker = People(), OneBoard(), OneDoor(), FileMaker()
    access = Access(sessions=people, places=people, clock=now)
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    api.include_router(
        routes(
            access=access,
            source=source,
            kinds=kinds,
            stages={name: kind.stages for name, kind in registry.kinds.items()},
            links=links,
            dates=DATES,
            carried=people.carried,
            maker=maker,
            clock=now,
            base_url=lambda: "http://192.0.2.7:8000",
        )
    )
    api.include_router(
        calendar_routes(
            access=access,
            source=source,
            dates=DATES,
            addresses=CalendarAddresses(database, now),
            clock=now,
            base_url=lambda: "http://192.0.2.7:8000",
        )
    )
    api.include_router(poster_routes(access=access, source=source, ways=ways, kinds=kinds, maker=maker))
    install(api)
    check_routes(api)
    safe = Safety(api, Addresses(None, 80, now, lambda: ["127.0.0.1"]))
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(safe),
        base_url="http://localhost",
        headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    ) as client:
        yield Web(safe, client, people, source, maker, ways, routes_of(api))
    await maker.close()

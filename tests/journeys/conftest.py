"""One server for the journeys of a file, one browser for all of them, screenshots of failures."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.support.browsers import People
from tests.support.server import SERVE, Server
from tests.support.workshop import Workshop, served, workshop

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A fixture cannot see whether its test failed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server of this file's journeys; a file that would wait for ticks sets `COMMAND = SHORT_TICKS`.

    A file whose server needs other settings has `SETTINGS`.
    """
    command, settings = getattr(request.module, "COMMAND", SERVE), getattr(request.module, "SETTINGS", {})
    with served(tmp_path_factory.mktemp("house") / "data", command=command, **settings) as server:
        yield server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """A server for one journey, to be killed or configured: `own_server(TRIVSEL_HOST="0.0.0.0")`."""
    made: list[Server] = []

    def make(**env: str) -> Server:
        made.append(served(tmp_path / f"data-{len(made)}", **env))
        return made[-1].start()

    yield make
    for server in made:
        server.kill()


@pytest_asyncio.fixture
async def people(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[People]:
    """Everybody in this journey; if it passed, checks that no page did what pages may not do.

    They have asked for less motion, which spares a third of the work; files whose journeys are about how
    things move set `MOVES`, and so does the main meeting, which has all of it.
    """
    people = People(browser, tmp_path, moves=getattr(request.module, "MOVES", False))
    yield people
    failed = request.node.stash.get(_FAILED, True)
    await people.end(failed=failed)
    assert failed or people.odd == []


@pytest_asyncio.fixture
async def room(people: People, house: Server) -> AsyncIterator[Workshop]:
    """A workshop for this test at the file's server."""
    async with workshop(people, house) as room:
        yield room

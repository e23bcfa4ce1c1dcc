"""Fixtures for every test: a clock, a database, a server, a browser."""

import gc
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, async_playwright
from sqlalchemy import URL

from tests.support import chromium, postgres
from tests.support.clock import Clock
from tests.support.server import Server

# How long an example takes depends on the machine more than on us. A run can be repeated; `make soak` looks
# for new examples.
settings.register_profile(
    "ours",
    deadline=None,
    derandomize=not os.environ.get("TRIVSEL_SOAK"),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ours")

# Looking for garbage this often took a sixth of a run. Tests that measure memory collect garbage themselves.
gc.set_threshold(100_000, 50, 100)


#: Folders whose tests wait for browsers, clocks and processes more than they compute; the one with the
#: longest files first, so that at the end no core waits for one of them.
WAITING = ("reliability", "journeys", "live")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Alternate files that wait and files that compute, so that in parallel they use all cores."""
    files = list(dict.fromkeys(item.path for item in items))
    files.sort(key=lambda path: WAITING.index(path.parent.name) if path.parent.name in WAITING else -1)
    kinds = ([path for path in files if (path.parent.name in WAITING) is waits] for waits in (True, False))
    rank = {path: at / len(kind) for kind in kinds for at, path in enumerate(kind)}
    items.sort(key=lambda item: rank[item.path])


def missing(what: Exception) -> NoReturn:
    """On a developer's machine a missing program skips its tests; in CI it must not go unnoticed."""
    if os.environ.get("CI") == "true":
        pytest.fail(str(what))
    pytest.skip(str(what))


@pytest.fixture
def clock() -> Clock:
    """A clock stopped at a Monday morning."""
    return Clock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """One PostgreSQL for the whole run; use `postgres_url` instead."""
    try:
        with postgres.server() as url:
            yield url
    except postgres.NoPostgres as none:
        missing(none)


@pytest_asyncio.fixture
async def postgres_url(postgres_server: URL) -> AsyncIterator[str]:
    """The address (postgresql+asyncpg://…) of an empty database for this test only."""
    async with postgres.fresh_database(postgres_server) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Makes servers, `new_server(env={...}).start()`; all of them are stopped after the test."""
    made: list[Server] = []

    def make(**how: Any) -> Server:
        how.setdefault("data", tmp_path / f"data-{len(made)}")
        made.append(Server(**how))
        return made[-1]

    yield make
    for server in made:
        server.kill()


@pytest.fixture
def server(new_server: Callable[..., Server]) -> Server:
    """One running server with its defaults and an empty data folder."""
    return new_server().start()


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the whole run; each person in a test gets a context of their own."""
    try:
        program = chromium.find()
    except LookupError as none:
        missing(none)
    chromium.use_the_machines_node()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
        yield browser
        await browser.close()

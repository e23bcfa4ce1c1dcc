"""Two server processes on one PostgreSQL, each reached at its own address."""

import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest_asyncio
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.reliability.phones import LIMITS
from tests.support.meeting import Wire, signed_in
from tests.support.server import Server


@dataclass
class Pair:
    """Two servers, and a separate connection to their database."""

    one: Server
    two: Server
    url: str

    @asynccontextmanager
    async def sql(self, database: str | None = None) -> AsyncIterator[Callable[[str], Any]]:
        url = make_url(self.url)
        engine = create_async_engine(url.set(database=database or url.database), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:

            async def run(statement: str) -> list[Any]:
                result = await connection.execute(text(statement))
                return list(result.scalars()) if result.returns_rows else []

            yield run
        await engine.dispose()


@pytest_asyncio.fixture
async def pair(new_server: Callable[..., Server], postgres_url: str) -> Pair:
    env = LIMITS | {"TRIVSEL_DATABASE_URL": postgres_url, "TRIVSEL_SECRET": secrets.token_urlsafe(32)}
    one = new_server(env=env).start()
    async with signed_in(one):
        # The account is created before the other prints a link of its own, which invalidates this one's.
        return Pair(one, new_server(env=env).start(), postgres_url)


def in_order(wire: Wire) -> None:
    """Seqs sent to a screen rise from frame to frame, and no record in a frame is from the future."""
    seen = -1
    for message in (json.loads(frame) for frame in wire.frames):
        if message["type"] == "welcome":
            # A client that reconnects gets the board's seq, even if nothing was missed.
            seen -= 1
        if message["type"] == "changes":
            assert message["seq"] > seen or message["all"]
            seen = message["seq"]
            assert all(place["seq"] <= seen for place in message["records"])

"""A server that can send mails, and its mail server."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.clock import Clock
from tests.support.house import House, house
from tests.support.post import Post, post_office


@pytest.fixture
def post() -> Iterator[Post]:
    """On this machine, where encryption is not required."""
    with post_office() as made:
        yield made


@pytest_asyncio.fixture
async def home(tmp_path: Path, clock: Clock, post: Post) -> AsyncIterator[House]:
    """A server whose mails go to `post`."""
    mail = {"smtp_url": f"smtp://127.0.0.1:{post.port}", "mail_from": "Trivselstavlen <tavle@firma.dk>"}
    async with house(tmp_path, clock, base_url="http://localhost:8000", more=mail) as made:
        yield made

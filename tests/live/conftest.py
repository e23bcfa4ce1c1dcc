"""One server for all protocol tests, each with a meeting of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
import pytest_asyncio

from tests.live.raw import Raw
from tests.support.meeting import Meeting, meeting as a_meeting
from tests.support.server import Server

ComeIn = Callable[[], Awaitable[Raw]]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("live") / "data", laid=True) as server:
        yield server


@pytest_asyncio.fixture
async def meeting(running: Server) -> AsyncIterator[Meeting]:
    """A workshop whose first question is open."""
    async with a_meeting(running) as made:
        yield made


@pytest_asyncio.fixture
async def come_in(meeting: Meeting) -> AsyncIterator[ComeIn]:
    """Hand-written phones, welcomed and caught up."""
    token = await meeting.room_token()
    made: list[Raw] = []

    async def come() -> Raw:
        raw = await Raw(meeting.url).connect()
        made.append(raw)
        assert await raw.shake() == 101
        await raw.hello(token)
        await raw.told("changes")
        return raw

    yield come
    for raw in made:
        raw.cut()

"""A server in this process whose protocols have shorter timeouts than the real one's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn

from app.live.porter import Patience
from app.live.protocol import HttpProtocol, SocketProtocol
from app.main import App, create_app
from app.operations.serving import prepare
from app.settings import Settings
from tests.support.clock import Clock
from tests.support.patience import PATIENCE
from tests.support.server import free_port
from tests.support.tables import lay

IMPATIENT = Patience(look=0.05, stall=0.4, stalled_line=0.8, farewell=0.3, nobodies=20)


class QuickHttp(HttpProtocol):
    """The same, with shorter timeouts."""

    handshake = 60.0
    body = 0.5
    patience = IMPATIENT


class QuickSocket(SocketProtocol):
    """The same, with shorter timeouts."""

    patience = IMPATIENT


class Quick:
    """The server, its address, and its connections."""

    def __init__(self, server: uvicorn.Server, app: App, url: str) -> None:
        self.server = server
        self.app = app
        self.url = url

    @property
    def connections(self) -> int:
        """How many connections it has open."""
        return len(self.server.server_state.connections)

    async def until(self, many: int) -> None:
        """Wait until it has this many connections, or fail."""
        async with asyncio.timeout(PATIENCE):
            while self.connections != many:
                await asyncio.sleep(0.02)


@asynccontextmanager
async def quick(data: Path, database: str = "", clock: Clock | None = None) -> AsyncIterator[Quick]:
    """Running until the test ends."""
    settings = Settings(data=data, port=free_port(), host="127.0.0.1", database_url=database)
    if database:
        await prepare(settings)
    else:
        lay(data)
    app = create_app(settings, clock.ms if clock else None)
    config = uvicorn.Config(
        app, host="127.0.0.1", port=settings.port, http=QuickHttp, ws=QuickSocket, log_level="error"
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield Quick(server, app, f"http://127.0.0.1:{settings.port}")
    finally:
        # Remaining clients are not waited for.
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        server.should_exit = True
        await serving

"""How server processes tell each other that a board has changed: PostgreSQL's NOTIFY, as a hint only (E8).

A lost hint is made good by the next one, a lost connection by the slow poll of the rooms.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import asyncpg
import orjson
from sqlalchemy.engine import URL

from app.upkeep import until_done

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

CHANNEL = "trivsel"
#: At most fifty hints a second, each for all boards that changed since the last. Seconds.
PAUSE = 0.02
RETRY = 1.0
#: PostgreSQL takes less than 8000 bytes; a board's id and seq take about 40.
BOARDS = 100


def _plain(url: URL) -> str:
    """The address as the driver alone reads it: what SQLAlchemy calls `ssl` is `sslmode` there."""
    query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
    return url.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


class Hints:
    """One connection that listens and tells."""

    def __init__(
        self,
        url: URL,
        hear: Callable[[str, int], None],
        connect: Callable[[str], Awaitable[Connection]] = asyncpg.connect,
    ) -> None:
        self._dsn = _plain(url)
        self._connect = connect
        self._hear = hear
        self._changed: dict[str, int] = {}
        self._some = asyncio.Event()
        self.listening = False

    def tell(self, board_id: str, seq: int) -> None:
        """A board has a new seq; goes out with the next hint."""
        self._changed[board_id] = seq
        self._some.set()

    async def run(self) -> None:
        """Listen and tell for ever, with a new connection whenever the old one is lost."""
        await until_done(RETRY, self._converse)

    async def _converse(self) -> None:
        """Until the connection is lost, which it says by raising."""
        connection = await self._connect(self._dsn)
        lost = asyncio.Event()
        try:
            connection.add_termination_listener(lambda *_: lost.set())
            await connection.add_listener(CHANNEL, self._heard)
            self.listening = True
            gone = asyncio.ensure_future(lost.wait())
            while not gone.done():
                some = asyncio.ensure_future(self._some.wait())
                await asyncio.wait({some, gone}, return_when=asyncio.FIRST_COMPLETED)
                some.cancel()
                if self._some.is_set() and not gone.done():
                    await self._send(connection)
                    await asyncio.sleep(PAUSE)
            raise ConnectionError("the connection was ended")
        finally:
            self.listening = False
            await connection.close(timeout=2)

    async def _send(self, connection: Connection) -> None:
        self._some.clear()
        changed, self._changed = self._changed, {}
        boards = list(changed.items())
        for start in range(0, len(boards), BOARDS):
            payload = orjson.dumps(dict(boards[start : start + BOARDS])).decode()
            await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        for board_id, seq in orjson.loads(str(payload)).items():
            self._hear(board_id, seq)

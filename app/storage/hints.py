"""Messages between server processes: PostgreSQL's NOTIFY, as a hint only (E8).

Nothing depends on a hint: a lost one is made up for by the next, or by a poll a little later. A process
receives its own as well.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Literal, TypeAlias

import asyncpg
import orjson
from sqlalchemy.engine import URL

from app.upkeep import until_done

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

#: A board has this seq; a ground is revoked; the door of a workshop on this board changed; everybody at a
#: board or in a workshop is disconnected; presence at a workshop; who undoes a step there; which marks a
#: process received; a phone opened a test code.
Topic = Literal["board", "revoked", "moved", "out", "here", "stepped", "done", "reached"]

CHANNEL = "trivsel"
#: The least seconds between hints; each carries everything since the last. Other processes see a change of
#: this one that much later.
PAUSE = 0.001
#: A hint that a power cut loses is made up for like any other, so it need not wait for the disk.
SETTINGS = {"synchronous_commit": "off"}
RETRY = 1.0
#: PostgreSQL takes less than 8000 bytes.
MOST_BYTES = 7000


def _plain(url: URL) -> str:
    """The address for the bare driver, which calls SQLAlchemy's `ssl` `sslmode`."""
    query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
    return url.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


async def _connect(dsn: str) -> Connection:
    return await asyncpg.connect(dsn, server_settings=SETTINGS)


class Hints:
    """One connection that listens and notifies; without an address it does nothing."""

    def __init__(self, url: URL | None, connect: Callable[[str], Awaitable[Connection]] = _connect) -> None:
        self._dsn = _plain(url) if url is not None else None
        self._connect = connect
        self._hear: dict[str, Callable[[str, Any], object]] = {}
        self._new: dict[tuple[Topic, str], Any] = {}
        self._some, self._none = asyncio.Event(), asyncio.Event()
        self._none.set()
        self.listening = False

    def on(self, topic: Topic, hear: Callable[[str, Any], object]) -> None:
        """Call `hear` with the subject and value of every hint about a topic."""
        self._hear[topic] = hear

    def tell(self, topic: Topic, about: str, value: Any = None) -> None:
        """Queue a hint, replacing a waiting one about the same; `value` is JSON."""
        if self._dsn is not None:
            self._new[topic, about] = value
            self._some.set()
            self._none.clear()

    async def run(self) -> None:
        """Listen and notify forever, reconnecting whenever the connection is lost."""
        await until_done(RETRY, self._converse)

    async def told(self) -> None:
        """Wait until queued hints are sent, but not for long: nothing depends on them."""
        with suppress(TimeoutError):
            async with asyncio.timeout(RETRY):
                await self._none.wait()

    async def _converse(self) -> None:
        """Runs until the connection is lost, and then raises."""
        assert self._dsn is not None
        connection = await self._connect(self._dsn)
        lost = False

        def end(_connection: object) -> None:
            nonlocal lost
            lost = True
            self._some.set()

        try:
            connection.add_termination_listener(end)
            await connection.add_listener(CHANNEL, self._heard)
            self.listening = True
            while True:
                await self._some.wait()
                if lost:
                    raise ConnectionError("the connection was ended")
                await self._send(connection)
                await asyncio.sleep(PAUSE)
        finally:
            self.listening = False
            await connection.close(timeout=2)

    async def _send(self, connection: Connection) -> None:
        self._some.clear()
        new, self._new = self._new, {}
        for payload in packed(new):
            await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)
        if not self._new:
            self._none.set()

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        for topic, about, value in orjson.loads(str(payload)):
            # The topic may be a newer version's.
            if (hear := self._hear.get(topic)) is not None:
                hear(about, value)


def packed(new: Mapping[tuple[Topic, str], Any]) -> Iterator[str]:
    """Packed into as few payloads as possible; what is too large for any is left out."""
    lot: list[bytes] = []
    size = 2
    for (topic, about), value in new.items():
        one = orjson.dumps((topic, about, value))
        if lot and size + len(one) >= MOST_BYTES:
            yield f"[{b','.join(lot).decode()}]"
            lot, size = [], 2
        if len(one) < MOST_BYTES:
            lot.append(one)
            size += len(one) + 1
    if lot:
        yield f"[{b','.join(lot).decode()}]"

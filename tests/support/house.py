"""The real application, called over HTTP without a socket, and without background work."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from argon2 import PasswordHasher

from app import main
from app.accounts.passwords import Passwords
from app.accounts.service import Accounts
from app.engine.records import Board, Held, Record
from app.live.door import Doors
from app.live.pairing import Screens
from app.live.tokens import Gatekeeper
from app.main import App
from app.operations.serving import prepare
from app.settings import Settings
from app.storage.database import Database
from app.wiring import services as services_of
from tests.support.clock import Clock
from tests.support.tables import lay

KEY = b"a key for tests, as long as need"
LAN = "192.168.7.20"
PASSWORD = "kø hat lampe 42"


@dataclass
class House:
    """Everything a test may need."""

    app: App
    clock: Clock
    clients: list[httpx2.AsyncClient] = field(default_factory=list)

    @property
    def database(self) -> Database:
        """The main database."""
        return self.app.services.database

    @property
    def accounts(self) -> Accounts:
        """Accounts and their sessions."""
        return self.app.services.accounts

    @property
    def doors(self) -> Doors:
        """The ways into workshops."""
        return self.app.services.doors

    @property
    def screens(self) -> Screens:
        """Paired walls."""
        return self.app.services.screens

    @property
    def gatekeeper(self) -> Gatekeeper:
        """Who is let in to a room."""
        return self.app.services.gatekeeper

    async def board(self, id: str) -> Board:
        """A board as it stands."""
        board = await self.app.services.rooms.board(id)
        assert board is not None
        return board

    async def lay(self, id: str, *records: Record) -> None:
        """Put records on a board as if they had always been there."""
        board = await self.board(id)
        board.apply([Held(board.seq + n, record) for n, record in enumerate(records, 1)])

    def forward(self, **time: float) -> None:
        """Let time pass: forward(hours=12)."""
        self.clock.forward(timedelta(**time).total_seconds())

    def client(
        self, *, host: str = "localhost:8000", address: str = "10.0.0.9", **headers: str
    ) -> httpx2.AsyncClient:
        """A browser at that address, showing our own page; `headers` with _ for -."""
        named = {"Origin": f"http://{host}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app, client=(address, 4000)),
            base_url=f"http://{host}",
            headers=named,
        )
        self.clients.append(client)
        return client

    async def signed_in(self, email: str = "karen@bakkedal.dk") -> httpx2.AsyncClient:
        """A browser in which the first facilitator, or one more, is signed in."""
        desk = self.client()
        link = await self.accounts.first_link()
        if link is not None:
            body = {
                "token": link.partition("#")[2],
                "name": "Karen Holm",
                "email": email,
                "password": PASSWORD,
            }
            answer = await desk.post("/api/accounts/first", json=body)
            assert answer.status_code == 200, answer.text
            return desk
        answer = await desk.post("/api/session", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return desk

    async def on_disk(self) -> bytes:
        """Everything the database's files hold."""
        await self.database.close()
        files = Path(str(self.database.url.database)).parent.glob("*.sqlite3*")
        return b"".join(path.read_bytes() for path in files)

    async def workshop(self, desk: httpx2.AsyncClient, template: str = "main_meeting") -> dict[str, str]:
        """A workshop of a new process of a new company."""
        company = (await desk.post("/api/companies", json={"name": "Bakkedal Inventar"})).json()["id"]
        process = (await desk.post("/api/processes", json={"company": company, "group": "Montagen"})).json()
        body = {"process": process["id"], "template": template, "language": "da"}
        made = await desk.post("/api/workshops", json=body)
        assert made.status_code == 201, made.text
        return {"company": company, "process": process["id"], **made.json()}


@asynccontextmanager
async def house(
    folder: Path,
    clock: Clock,
    *,
    url: str = "",
    base_url: str = "",
    proxies: Sequence[str] = (),
    more: Mapping[str, Any] | None = None,
) -> AsyncIterator[House]:
    """An application with an empty database; `more`: settings."""
    settings = Settings(
        data=folder,
        database_url=url,
        base_url=base_url,
        trusted_proxies=",".join(proxies),
        secret=KEY.decode(),
        **(more or {}),
    )
    if url:
        await prepare(settings)
    else:
        lay(folder)
    web = folder / "web"
    (web / "assets").mkdir(parents=True)
    for name in ("phone", "wall", "desk"):
        (web / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>")
    (web / "assets" / "phone-1a2b3c.js").write_text("console.log('phone');" * 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(main, "WEB", web)
        # Weak on purpose: what is tested is what happens around the hash, not how long it takes.
        weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(services_of, "Passwords", lambda: Passwords(weak))
        app = main.create_app(settings, clock.ms)
    services = app.services
    services.addresses._machine = lambda: [LAN, "10.9.9.9", "127.0.0.1"]
    made = House(app, clock)
    try:
        yield made
    finally:
        for client in made.clients:
            await client.aclose()
        await services.rooms.idle()
        await services.maker.close()
        await services.database.close()


@pytest_asyncio.fixture
async def home(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    """An empty server that is reached by http."""
    async with house(tmp_path, clock) as made:
        yield made


@pytest_asyncio.fixture(scope="module")
async def standing(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One server for all tests of a file that leave it as it was; use `home` for others."""
    async with house(tmp_path_factory.mktemp("standing"), Clock()) as made:
        yield made

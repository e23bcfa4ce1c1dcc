"""The backend slices wired together without rooms or sockets: for tests of what HTTP alone does."""

import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest_asyncio
from argon2 import PasswordHasher
from fastapi import FastAPI

import app.migrate  # noqa: F401 (enters the tables of all parts)
from app import pages
from app.access import Access, check_routes
from app.accounts import routes as account_routes
from app.accounts.passwords import Passwords
from app.accounts.service import Accounts
from app.activities.registry import registry
from app.addresses import Addresses
from app.board.agenda import Workshop
from app.board.records import Board, Held, Record
from app.health import Finding, findings
from app.http_errors import install
from app.http_safety import Safety
from app.live import routes as live_routes
from app.live.door import Doors
from app.live.pairing import Screens
from app.live.reception import Reception
from app.live.tokens import Gatekeeper, Signer
from app.processes import cycle_routes, group_routes, routes as process_routes, template_routes
from app.processes.cycles import Cycles
from app.processes.own_templates import OwnTemplates
from app.processes.service import Processes
from app.processes.working_group import WorkingGroup
from app.storage.database import Database, metadata, sqlite_url
from tests.support.clock import Clock

KEY = b"a key for tests, as long as need"
LAN = "192.168.7.20"
PASSWORD = "kø hat lampe 42"


class BoardsInMemory:
    """Boards that only remember what was laid on them."""

    def __init__(self) -> None:
        self.records: dict[str, list[Record]] = {}

    async def create(self, board: str) -> None:
        self.records[board] = []

    async def seed(self, board: str, records: Sequence[Record]) -> None:
        self.records[board] += records

    async def open(self, board: str) -> None:
        """There are no rooms here."""

    async def workshops(self, board: str) -> Mapping[str, Workshop]:
        return {r.id: r for r in self.records[board] if isinstance(r, Workshop)}

    async def board(self, board: str) -> Board | None:
        found = Board()
        found.apply(Held(seq, record) for seq, record in enumerate(self.records[board], 1))
        return found


@dataclass
class House:
    """Everything a test may take in its hand."""

    app: FastAPI
    front: Any
    clock: Clock
    database: Database
    accounts: Accounts
    doors: Doors
    screens: Screens
    gatekeeper: Gatekeeper
    processes: Processes
    boards: BoardsInMemory
    access: Access
    clients: list[httpx2.AsyncClient] = field(default_factory=list)

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
            transport=httpx2.ASGITransport(app=self.front, client=(address, 4000)),
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
        files = Path(str(self.database.url.database)).parent.glob("house.sqlite3*")
        return b"".join(path.read_bytes() for path in files)

    async def workshop(self, desk: httpx2.AsyncClient, template: str = "main_meeting") -> dict[str, str]:
        """A workshop of a new process of a new company."""
        company = (await desk.post("/api/companies", json={"name": "Bakkedal Inventar"})).json()["id"]
        process = (await desk.post("/api/processes", json={"company": company, "group": "Montagen"})).json()
        body = {"process": process["id"], "template": template, "language": "da"}
        made = await desk.post("/api/workshops", json=body)
        assert made.status_code == 201, made.text
        return {"company": company, "process": process["id"], **made.json()}


_made: list[bytes] = []


async def _empty_file() -> bytes:
    """An SQLite file with all tables, made once: laying them takes longer than most tests."""
    if not _made:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "empty.sqlite3"
            database = Database(sqlite_url(path))
            async with database.begin() as connection:
                await connection.run_sync(metadata.create_all)
            await database.close()
            _made.append(path.read_bytes())
    return _made[0]


@asynccontextmanager
async def house(
    folder: Path, clock: Clock, *, url: str = "", base_url: str | None = None, proxies: Sequence[str] = ()
) -> AsyncIterator[House]:
    """A house to knock at, with an empty database."""
    if not url:
        (folder / "house.sqlite3").write_bytes(await _empty_file())
    database = Database(url or sqlite_url(folder / "house.sqlite3"))
    if url:
        async with database.begin() as connection:
            await connection.run_sync(metadata.create_all)

    now = clock.ms
    web = folder / "web"
    (web / "assets").mkdir(parents=True)
    for name in ("phone", "wall", "desk"):
        (web / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>")
    (web / "assets" / "phone-1a2b3c.js").write_text("console.log('phone');" * 100)

    boards = BoardsInMemory()
    # Weak on purpose: what is tested is what happens around the hash, not how long it takes.
    accounts = Accounts(database, now, Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)))
    processes = Processes(database, now, boards)
    own = OwnTemplates(database, boards, processes, registry)
    addresses = Addresses(base_url, 8000, now, machine=lambda: [LAN, "10.9.9.9", "127.0.0.1"])
    doors, screens, signer = Doors(database, now, KEY), Screens(database, now), Signer(KEY)
    reception = Reception(doors, boards, signer, now)
    cookie = account_routes.Cookie(https=addresses.https)
    access = Access(sessions=account_routes.CookieSessions(accounts, cookie), places=processes, clock=now)
    gatekeeper = Gatekeeper(clock=now, signer=signer, doors=doors, screens=screens, desks=access)
    access.gatekeeper = gatekeeper
    for service in (accounts, doors, screens):
        service.on_revoked(gatekeeper.revoke)

    async def reached_at(workshop: str) -> str:
        return addresses.base_url(await processes.base_url(workshop))

    async def health() -> list[Finding]:
        return await findings(
            database,
            encrypted=addresses.https,
            reachable=True,
            typing_paused=doors.typing_paused,
            traces=lambda: False,
        )

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    install(app)
    app.include_router(account_routes.routes(accounts=accounts, access=access, cookie=cookie))
    app.include_router(
        process_routes.routes(
            processes=processes,
            own_templates=own,
            access=access,
            doors=doors,
            screens=screens,
            gatekeeper=gatekeeper,
            addresses=addresses,
            health=health,
        )
    )
    app.include_router(template_routes.routes(own=own, access=access))
    app.include_router(cycle_routes.routes(cycles=Cycles(database, boards), access=access))
    app.include_router(
        group_routes.routes(
            group=WorkingGroup(database, accounts), access=access, base_url=addresses.base_url
        )
    )
    app.include_router(
        live_routes.routes(
            reception=reception,
            doors=doors,
            screens=screens,
            access=access,
            clock=now,
            base_url=reached_at,
        )
    )
    built = pages.Pages(web)
    app.include_router(pages.crowd_routes(built, reception.with_page))
    app.include_router(pages.routes(built))
    check_routes(app)
    made = House(
        app, Safety(app, addresses, proxies), clock, database, accounts, doors, screens, gatekeeper,
        processes, boards, access,
    )  # fmt: skip
    try:
        yield made
    finally:
        for client in made.clients:
            await client.aclose()
        await database.close()


@pytest_asyncio.fixture
async def home(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    """An empty server that is reached by http."""
    async with house(tmp_path, clock) as made:
        yield made

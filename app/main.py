"""The only place where the parts are wired together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI

from app.access import Access, check_routes
from app.accounts.leaving import Leaving
from app.accounts.passwords import Passwords
from app.accounts.routes import Cookie, CookieSessions
from app.accounts.service import Accounts
from app.activities.registry import registry
from app.clock import ServerClock
from app.exports.addresses import CalendarAddresses
from app.exports.links import Links
from app.exports.pdf import PdfMaker
from app.http import errors as http_errors
from app.http.addresses import Addresses
from app.http.safety import Safety
from app.limits import HOUR, MINUTE, SECOND
from app.live import fallback, named, phrases
from app.live.door import Doors
from app.live.flood import FloodLimits
from app.live.lobby import Lobby
from app.live.pairing import Screens
from app.live.reception import Reception
from app.live.rooms import POLL, RECHECK, SWEEP, Rooms
from app.live.routes import routes as live_routes
from app.live.socket import Socket
from app.live.tokens import Gatekeeper, Signer
from app.logs import trace_of
from app.monitoring import health
from app.monitoring.metrics import Metrics
from app.monitoring.probes import Watching
from app.monitoring.version import VERSION
from app.operations.backups import Backups, routes as backup_routes
from app.operations.leftovers import Leftovers
from app.operations.secret import server_key
from app.pages import shells, stored
from app.processes.carrying.routes import routes as carrying_routes
from app.processes.carrying.service import Carrying
from app.processes.cycle_routes import routes as cycle_routes
from app.processes.cycles import Cycles
from app.processes.deletion import Deletion
from app.processes.deletion_routes import routes as deletion_routes
from app.processes.group_routes import routes as group_routes
from app.processes.own_templates import OwnTemplates
from app.processes.retention import Retention
from app.processes.routes import routes as process_routes
from app.processes.service import Processes
from app.processes.template_routes import routes as template_routes
from app.processes.working_group import WorkingGroup
from app.rehearsal.routes import routes as rehearsal_routes
from app.rehearsal.service import PlacesToo, Rehearsals
from app.settings import Settings
from app.storage.base import StoredBoards
from app.storage.board_store import board_store
from app.storage.database import Database
from app.storage.hints import Hints
from app.storage.memory_boards import MemoryBoards
from app.storage.shared_clock import EVERY, SharedClock
from app.storage.trouble import STORAGE
from app.upkeep import every, until_done
from app.wiring import branding, exporting, people, signing_on
from app.wiring.conversing import Conversing
from app.wiring.mailing import Mailing
from app.wiring.sources import DoorSource, SummarySource

#: Seconds after which what could not be stored is tried again.
AGAIN = 10

log = structlog.get_logger("main")

#: What the front end's build made.
WEB = Path(__file__).parent / "web"


@dataclass
class Parts:
    """What is wired, for the command line and for tests that look inside."""

    settings: Settings
    clock: Callable[[], int]
    database: Database
    store: StoredBoards
    rooms: Rooms
    accounts: Accounts
    processes: Processes
    doors: Doors
    screens: Screens
    gatekeeper: Gatekeeper
    addresses: Addresses
    pdfs: PdfMaker
    backups: Backups
    deletion: Deletion
    retention: Retention
    rehearsals: Rehearsals
    conversing: Conversing
    mailing: Mailing
    leftovers: Leftovers
    hints: Hints | None
    erasing: health.Tried
    metrics: Metrics


class _Switch:
    """WebSockets to the socket, everything else to the files and routes."""

    def __init__(self, http: shells.Files, socket: Socket) -> None:
        self._http = http
        self._socket = socket

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._http(scope, receive, send)


class App(Safety):
    """The whole application, with its parts for the command line and for tests."""

    def __init__(self, http: FastAPI, socket: Socket, built: shells.Pages, parts: Parts) -> None:
        files = shells.Files(built, http)
        super().__init__(
            _Switch(files, socket), parts.addresses, parts.settings.proxies, parts.metrics.requests.one
        )
        self.http = http
        self.parts = parts


def create_app(settings: Settings | None = None, clock: Callable[[], int] | None = None) -> App:
    """The ASGI application."""
    settings = settings or Settings()
    clock = clock or ServerClock()
    settings.data.mkdir(parents=True, exist_ok=True)
    key = server_key(settings.data, settings.secret)
    parts, access, links = _wire(settings, clock, key)
    own = OwnTemplates(parts.database, parts.rooms, parts.processes, registry)
    lobby = Lobby(parts.rooms, parts.gatekeeper, parts.doors.came_in)
    reception = Reception(parts.doors, parts.rooms, Signer(key), clock)
    carrying = Carrying(parts.database, clock, parts.rooms, parts.processes, registry)
    look = partial(findings, parts)
    watching = Watching(settings, parts.metrics, parts.database, parts.rooms, parts.backups, look)
    socket = Socket(lobby, registry, _limits(settings), clock, parts.addresses.origin_allowed)
    http = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=partial(_running, parts, watching)
    )
    http_errors.install(http)
    cookie = Cookie(https=parts.addresses.https, folder=parts.addresses.folder)
    built = shells.Pages(WEB, parts.addresses.folder)
    for router in (
        shells.crowd_routes(built, reception.with_page),
        *people.routes(
            database=parts.database,
            clock=clock,
            accounts=parts.accounts,
            access=access,
            cookie=cookie,
            leaving=_leaving(parts),
            base_url=parts.addresses.base_url,
            post=parts.mailing.post,
        ),
        signing_on.routes(settings, parts.database, clock, key, parts.accounts, access, cookie),
        deletion_routes(deletion=parts.deletion, access=access),
        process_routes(
            processes=parts.processes,
            own_templates=own,
            access=access,
            doors=parts.doors,
            screens=parts.screens,
            gatekeeper=parts.gatekeeper,
            addresses=parts.addresses,
            health=look,
        ),
        *branding.routes(parts, access),
        template_routes(own=own, access=access),
        carrying_routes(carrying=carrying, access=access),
        rehearsal_routes(rehearsals=parts.rehearsals, agendas=own, access=access),
        cycle_routes(cycles=Cycles(parts.database, parts.rooms), access=access),
        group_routes(
            group=WorkingGroup(parts.database, parts.accounts),
            access=access,
            base_url=parts.addresses.base_url,
        ),
        live_routes(
            reception=reception,
            doors=parts.doors,
            screens=parts.screens,
            access=access,
            clock=clock,
            base_url=partial(_base_url, parts),
        ),
        *exporting.routes(
            access=access,
            source=SummarySource(parts.database, parts.rooms),
            ways=DoorSource(parts.doors, parts.rooms, parts.database, partial(_base_url, parts)),
            calendars=CalendarAddresses(parts.database, clock),
            links=links,
            carried=carrying.taken,
            pdfs=parts.pdfs,
            clock=clock,
            base_url=parts.addresses.base_url,
        ),
        *parts.conversing.routes(access, parts.pdfs, parts.addresses.base_url),
        *parts.mailing.routes(access),
        backup_routes(backups=parts.backups, access=access),
        phrases.routes(access=access, rooms=parts.rooms, clock=clock),
        fallback.routes(lobby, registry),
        named.routes(lobby),
        stored.routes(),
        *watching.routes(access, parts.addresses.base_url),
        shells.routes(built),
    ):
        http.include_router(router)
    check_routes(http)
    return App(http, socket, built, parts)


def _wire(settings: Settings, clock: Callable[[], int], key: bytes) -> tuple[Parts, Access, Links]:
    database = Database(settings.database)
    store = board_store(database, registry, settings.scrub_wait, clock)
    hints: list[Hints] = []
    tell = None if database.is_sqlite else partial(_hint, hints)
    doors, screens = Doors(database, clock, key), Screens(database, clock)
    ended: list[Retention] = []
    at_door = partial(_ended, doors, ended), partial(_keep_door, doors)
    boards = MemoryBoards(store)
    metrics = Metrics(VERSION)
    rooms = Rooms(boards, registry, clock, _limits(settings), tell, *at_door, metrics.commands.one)
    doors.on_opening(partial(_opening, rooms))
    doors.on_moved(rooms.door_moved)
    if not database.is_sqlite:
        hints.append(Hints(database.url, rooms.hint))
    accounts = Accounts(database, clock, Passwords(), key)
    processes = Processes(database, clock, rooms)
    deletion = Deletion(database, rooms, (doors, screens), accounts, store.deleted)
    ended.append(Retention(database, clock, rooms, deletion.process))
    addresses = Addresses(settings.base_url or None, settings.port, clock, listens=settings.host)
    cookie = Cookie(https=addresses.https, folder=addresses.folder)
    rehearsals = Rehearsals(
        clock=clock, rooms=rooms, boards=boards, doors=doors, ways_in=(doors, screens), registry=registry
    )
    access = Access(
        sessions=CookieSessions(accounts, cookie), places=PlacesToo(processes, rehearsals), clock=clock
    )
    gatekeeper = Gatekeeper(clock=clock, signer=Signer(key), doors=doors, screens=screens, desks=access)
    access.gatekeeper = gatekeeper
    gatekeeper.on_revoked(rooms.revoked)
    for source in (accounts.sessions, doors, screens):
        source.on_revoked(gatekeeper.revoke)
    parts = Parts(
        settings=settings,
        clock=clock,
        database=database,
        store=store,
        rooms=rooms,
        accounts=accounts,
        processes=processes,
        doors=doors,
        screens=screens,
        gatekeeper=gatekeeper,
        addresses=addresses,
        pdfs=PdfMaker(),
        backups=Backups(settings, clock),
        deletion=deletion,
        retention=ended[0],
        rehearsals=rehearsals,
        conversing=Conversing(database, clock, store.deleted),
        mailing=Mailing(database, clock, settings, key, accounts, rooms, addresses.base_url),
        leftovers=Leftovers(database, store, rooms),
        hints=hints[0] if hints else None,
        erasing=health.Tried(settings.data, clock),
        metrics=metrics,
    )
    return parts, access, Links(database, clock)


async def _base_url(parts: Parts, workshop: str) -> str:
    return parts.addresses.base_url(await parts.processes.base_url(workshop))


#: The loop holds tasks only weakly.
_at_doors: set["asyncio.Task[object]"] = set()


def _ended(doors: Doors, retention: list[Retention], workshop: str) -> None:
    """X10: nobody comes in any more when the workshop has ended; who is inside sees its end.

    F4: it is the last that happened in its process so far.
    """
    _at_door(asyncio.create_task(until_done(AGAIN, partial(doors.close, workshop))))
    _at_door(asyncio.create_task(until_done(AGAIN, partial(retention[0].happened, workshop))))


async def _opening(rooms: Rooms, workshop: str, board: str) -> int:
    """F4: who opens the door leads on; P5.1: until when the workshop needs it."""
    await rooms.led(workshop, board)
    return await rooms.needed(workshop, board)


def _leaving(parts: Parts) -> Leaving:
    return Leaving(parts.database, parts.deletion, parts.gatekeeper.revoke, parts.store.deleted)


def _keep_door(doors: Doors, workshop: str, until: int) -> None:
    """P5.1: what is answered by link needs its door for some days."""
    _at_door(asyncio.create_task(until_done(AGAIN, partial(doors.keep, workshop, until))))


def _at_door(task: "asyncio.Task[Any]") -> None:
    _at_doors.add(task)
    task.add_done_callback(_at_doors.discard)


def _limits(settings: Settings) -> FloodLimits:
    return FloodLimits(settings.notes_per_second, settings.messages_per_10s)


async def findings(parts: Parts) -> list[health.Finding]:
    """How this installation stands (A14)."""
    return await health.findings(
        health.Look(
            data=parts.settings.data,
            database=parts.database,
            clock=parts.clock,
            owed=parts.store.owed,
            paid_at=lambda: parts.store.paid_at,
            failing=lambda: parts.store.scrub_failing,
            encrypted=parts.addresses.https,
            url=parts.addresses.base_url(),
            doubt=parts.addresses.doubt(),
            typing_paused=parts.doors.typing_paused,
            erasing=parts.erasing,
            unsent=parts.mailing.queue.in_vain if parts.mailing.queue else None,
        )
    )


def _hint(hints: list[Hints], board_id: str, seq: int) -> None:
    hints[0].tell(board_id, seq)


async def _or_later(work: Callable[[], Awaitable[None]]) -> None:
    """F13: a board that cannot be read, or a disk that is full, keeps nobody from the others."""
    try:
        await work()
    except STORAGE as fault:
        log.warning("left for later", work=work.__name__, trace=trace_of(fault))


@asynccontextmanager
async def _running(parts: Parts, watching: Watching, _app: FastAPI) -> AsyncIterator[None]:
    """While the server runs: clean-up, sweeps, rechecks, hints; at the end all are told and all is stored."""
    rooms = parts.rooms
    await _or_later(parts.store.even_out)
    tasks = [
        asyncio.create_task(parts.store.keep_clean()),
        asyncio.create_task(every(SWEEP, rooms.sweep)),
        asyncio.create_task(every(HOUR / SECOND, parts.backups.daily)),
        asyncio.create_task(
            until_done(AGAIN, partial(parts.leftovers.work, partial(asyncio.sleep, MINUTE / SECOND)))
        ),
        asyncio.create_task(every(HOUR / SECOND, parts.retention.retain)),
        asyncio.create_task(every(HOUR / SECOND, parts.conversing.retain)),
        *parts.mailing.begin(),
        asyncio.create_task(every(RECHECK, parts.rehearsals.tidy)),
        asyncio.create_task(every(RECHECK, partial(rooms.recheck, parts.gatekeeper.still_admitted))),
    ]
    if parts.hints is not None:
        if isinstance(parts.clock, ServerClock):
            shared = SharedClock(parts.clock, parts.database)
            await shared.set()
            tasks.append(asyncio.create_task(every(EVERY, shared.follow)))
        tasks += [
            asyncio.create_task(parts.hints.run()),
            asyncio.create_task(every(POLL, rooms.poll)),
        ]
    for work in (parts.doors.fit_to_key, rooms.sweep):
        await _or_later(work)
    try:
        async with watching.running():
            yield
    finally:
        rooms.shut_down()
        await rooms.idle()
        await parts.mailing.stop()
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
        await parts.pdfs.close()
        await parts.store.close()
        await parts.database.close()

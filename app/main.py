"""The application: its parts (`wiring/parts.py`) behind their routes."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI

from app.access import check_routes
from app.activities.registry import registry
from app.clock import ServerClock
from app.exports.addresses import CalendarAddresses
from app.http import errors as http_errors
from app.http.safety import Safety
from app.live import fallback, named, phrases, takeover
from app.live.lobby import Lobby
from app.live.reception import Reception
from app.live.routes import routes as live_routes
from app.live.socket import Socket
from app.locales import Words
from app.monitoring.probes import Watching
from app.monitoring.reaching import Reaching
from app.operations.backups import routes as backup_routes
from app.operations.secret import server_key
from app.pages import shells, stored
from app.processes.carrying.routes import routes as carrying_routes
from app.processes.carrying.service import Carrying
from app.processes.cycle_routes import routes as cycle_routes
from app.processes.cycles import Cycles
from app.processes.deletion_routes import routes as deletion_routes
from app.processes.group_routes import routes as group_routes
from app.processes.own_templates import OwnTemplates
from app.processes.routes import HealthSeen, routes as process_routes
from app.processes.template_routes import routes as template_routes
from app.processes.working_group import WorkingGroup
from app.rehearsal.routes import routes as rehearsal_routes
from app.settings import Settings
from app.wiring import branding, exporting, people, signing_on
from app.wiring.parts import Parts, wire
from app.wiring.running import running
from app.wiring.sources import DoorSource, SummarySource

#: What the front end's build made.
WEB = Path(__file__).parent / "web"


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
    parts = wire(settings, clock, key)
    lobby = Lobby(parts.rooms, parts.gatekeeper, parts.doors.came_in)
    reception = Reception(parts.doors, parts.rooms, parts.signer, clock)
    reaching = Reaching(clock, key, parts.hints)
    parts.hints.on("reached", lambda token, _value: reaching.came(token))
    watching = Watching(
        settings, parts.metrics, parts.database, parts.rooms, parts.backups, parts.findings, reaching
    )
    socket = Socket(lobby, registry, parts.limits, clock, parts.addresses.origin_allowed)
    built = shells.Pages(WEB, parts.addresses.folder)
    routers = (
        shells.crowd_routes(built, reception.with_page),
        *_account_routes(parts, key),
        *_process_routes(parts),
        *_meeting_routes(parts, lobby, reception),
        stored.routes(),
        *watching.routes(parts.access, parts.addresses.base_url),
        shells.routes(built),
    )
    http = FastAPI(
        # Routes added by `include_router` are compiled twice, and searched twice at each request.
        routes=[route for router in routers for route in router.routes],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=partial(_lifespan, parts, watching),
    )
    http_errors.install(http)
    check_routes(http)
    return App(http, socket, built, parts)


def _account_routes(parts: Parts, key: bytes) -> Iterator[APIRouter]:
    """Who somebody is, and what belongs to a company."""
    access = parts.access
    yield from people.routes(
        database=parts.database,
        clock=parts.clock,
        accounts=parts.accounts,
        access=access,
        cookie=parts.cookie,
        leaving=parts.leaving(),
        base_url=parts.addresses.base_url,
        mailing=parts.mailing,
    )
    yield signing_on.routes(
        parts.settings, parts.database, parts.clock, key, parts.accounts, access, parts.cookie
    )
    yield from branding.routes(parts)
    yield from parts.conversing.routes(access, parts.maker, parts.addresses.base_url)
    yield backup_routes(backups=parts.backups, access=access)


def _process_routes(parts: Parts) -> Iterator[APIRouter]:
    """Processes, their meetings as they are planned and rehearsed, and their exports."""
    access = parts.access
    own = OwnTemplates(parts.database, parts.rooms, parts.processes, registry)
    carrying = Carrying(parts.database, parts.clock, parts.rooms, parts.processes, registry)
    group = WorkingGroup(parts.database, parts.accounts)

    async def health(say: Words) -> list[HealthSeen]:
        found = await parts.findings()
        return [HealthSeen(id=one.id, level=one.level, text=one.said(say)) for one in found]

    yield process_routes(
        processes=parts.processes,
        own_templates=own,
        access=access,
        doors=parts.doors,
        screens=parts.screens,
        gatekeeper=parts.gatekeeper,
        addresses=parts.addresses,
        health=health,
    )
    yield deletion_routes(deletion=parts.deletion, access=access)
    yield template_routes(own=own, access=access)
    yield carrying_routes(carrying=carrying, access=access)
    yield rehearsal_routes(rehearsals=parts.rehearsals, agendas=own, access=access)
    yield cycle_routes(cycles=Cycles(parts.database, parts.rooms), access=access)
    yield group_routes(group=group, access=access, base_url=parts.addresses.base_url)
    yield from exporting.routes(
        access=access,
        source=SummarySource(parts.database, parts.rooms),
        ways=DoorSource(parts.doors, parts.rooms, parts.database, parts.base_url),
        calendars=CalendarAddresses(parts.database, parts.clock),
        links=parts.links,
        carried=carrying.taken,
        maker=parts.maker,
        clock=parts.clock,
        base_url=parts.addresses.base_url,
    )


def _meeting_routes(parts: Parts, lobby: Lobby, reception: Reception) -> Iterator[APIRouter]:
    """The entrances to a meeting, and its transports besides the socket."""
    yield live_routes(
        reception=reception,
        doors=parts.doors,
        screens=parts.screens,
        access=parts.access,
        clock=parts.clock,
        base_url=parts.base_url,
    )
    yield phrases.routes(access=parts.access, rooms=parts.rooms, clock=parts.clock)
    yield takeover.routes(access=parts.access, rooms=parts.rooms)
    yield fallback.routes(lobby, registry)
    yield named.routes(lobby)


@asynccontextmanager
async def _lifespan(parts: Parts, watching: Watching, _app: FastAPI) -> AsyncIterator[None]:
    async with running(parts), watching.running():
        yield

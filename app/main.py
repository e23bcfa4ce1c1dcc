"""The application: its services (`wiring/services.py`) behind their routes."""

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
from app.wiring.running import running
from app.wiring.services import Services, wire
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
    """The whole application, with its services for the command line and for tests."""

    def __init__(self, http: FastAPI, socket: Socket, built: shells.Pages, services: Services) -> None:
        files = shells.Files(built, http)
        super().__init__(
            _Switch(files, socket),
            services.addresses,
            services.settings.proxies,
            services.metrics.requests.one,
        )
        self.http = http
        self.services = services


def create_app(settings: Settings | None = None, clock: Callable[[], int] | None = None) -> App:
    """The ASGI application."""
    settings = settings or Settings()
    clock = clock or ServerClock()
    settings.data.mkdir(parents=True, exist_ok=True)
    key = server_key(settings.data, settings.secret)
    services = wire(settings, clock, key)
    lobby = Lobby(services.rooms, services.gatekeeper, services.doors.came_in)
    reception = Reception(services.doors, services.rooms, services.signer, clock)
    reaching = Reaching(clock, key, services.hints)
    services.hints.on("reached", lambda token, _value: reaching.came(token))
    watching = Watching(
        settings,
        services.metrics,
        services.database,
        services.rooms,
        services.backups,
        services.findings,
        reaching,
    )
    socket = Socket(lobby, registry, services.limits, clock, services.addresses.origin_allowed)
    built = shells.Pages(WEB, services.addresses.folder)
    routers = (
        shells.crowd_routes(built, reception.with_page),
        *_account_routes(services, key),
        *_process_routes(services),
        *_meeting_routes(services, lobby, reception),
        stored.routes(),
        *watching.routes(services.access, services.addresses.base_url),
        shells.routes(built),
    )
    http = FastAPI(
        # Routes added by `include_router` are compiled twice, and searched twice at each request.
        routes=[route for router in routers for route in router.routes],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=partial(_lifespan, services, watching),
    )
    http_errors.install(http)
    check_routes(http)
    return App(http, socket, built, services)


def _account_routes(services: Services, key: bytes) -> Iterator[APIRouter]:
    """Who somebody is, and what belongs to a company."""
    access = services.access
    yield from people.routes(
        database=services.database,
        clock=services.clock,
        accounts=services.accounts,
        access=access,
        cookie=services.cookie,
        leaving=services.leaving(),
        base_url=services.addresses.base_url,
        mailing=services.mailing,
    )
    yield signing_on.routes(
        services.settings, services.database, services.clock, key, services.accounts, access, services.cookie
    )
    yield from branding.routes(services)
    yield from services.conversing.routes(access, services.maker, services.addresses.base_url)
    yield backup_routes(backups=services.backups, access=access)


def _process_routes(services: Services) -> Iterator[APIRouter]:
    """Processes, their meetings as they are planned and rehearsed, and their exports."""
    access = services.access
    own = OwnTemplates(services.database, services.rooms, services.processes, registry)
    carrying = Carrying(services.database, services.clock, services.rooms, services.processes, registry)
    group = WorkingGroup(services.database, services.accounts)

    async def health(say: Words) -> list[HealthSeen]:
        found = await services.findings()
        return [HealthSeen(id=one.id, level=one.level, text=one.said(say)) for one in found]

    yield process_routes(
        processes=services.processes,
        own_templates=own,
        access=access,
        doors=services.doors,
        screens=services.screens,
        gatekeeper=services.gatekeeper,
        addresses=services.addresses,
        health=health,
    )
    yield deletion_routes(deletion=services.deletion, access=access)
    yield template_routes(own=own, access=access)
    yield carrying_routes(carrying=carrying, access=access)
    yield rehearsal_routes(rehearsals=services.rehearsals, agendas=own, access=access)
    yield cycle_routes(cycles=Cycles(services.database, services.rooms), access=access)
    yield group_routes(group=group, access=access, base_url=services.addresses.base_url)
    yield from exporting.routes(
        access=access,
        source=SummarySource(services.database, services.rooms),
        ways=DoorSource(services.doors, services.rooms, services.database, services.base_url),
        calendars=CalendarAddresses(services.database, services.clock),
        links=services.links,
        carried=carrying.taken,
        maker=services.maker,
        clock=services.clock,
        base_url=services.addresses.base_url,
    )


def _meeting_routes(services: Services, lobby: Lobby, reception: Reception) -> Iterator[APIRouter]:
    """The entrances to a meeting, and its transports besides the socket."""
    yield live_routes(
        reception=reception,
        doors=services.doors,
        screens=services.screens,
        access=services.access,
        clock=services.clock,
        base_url=services.base_url,
    )
    yield phrases.routes(access=services.access, rooms=services.rooms, clock=services.clock)
    yield takeover.routes(access=services.access, rooms=services.rooms)
    yield fallback.routes(lobby, registry)
    yield named.routes(lobby)


@asynccontextmanager
async def _lifespan(services: Services, watching: Watching, _app: FastAPI) -> AsyncIterator[None]:
    async with running(services), watching.running():
        yield

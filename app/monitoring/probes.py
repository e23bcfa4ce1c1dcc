"""Probes for load balancers and monitoring: is it alive, is it ready, what are its metrics."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest, start_http_server
from sqlalchemy import text

from app.access import Access
from app.http.errors import refusal
from app.live.rooms import Rooms
from app.monitoring.health import Finding, room
from app.monitoring.instance import routes as instance_routes
from app.monitoring.metrics import RENEWED, Metrics, Standing
from app.monitoring.reaching import Reaching, routes as reach_routes
from app.operations.backups import Backups
from app.settings import Settings
from app.storage.database import Database
from app.storage.trouble import STORAGE
from app.upkeep import every

#: The database's timeout, and how long its answer is cached, in seconds.
DATABASE_TIMEOUT = 2.0
ANSWER_KEPT = 1.0


class Ready:
    """Whether this process can serve: its database answers, and it is not about to stop."""

    def __init__(self, database: Database, stops: Callable[[], bool], now: Callable[[], float]) -> None:
        self._database = database
        self._stops = stops
        self._now = now
        self._asked: tuple[float, asyncio.Task[bool]] | None = None

    async def __call__(self) -> bool:
        """Asks the database at most once a second, however many ask."""
        if self._stops():
            return False
        if self._asked is None or self._now() - self._asked[0] >= ANSWER_KEPT:
            self._asked = (self._now(), asyncio.create_task(self._answers()))
        return await asyncio.shield(self._asked[1])

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(DATABASE_TIMEOUT), self._database.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (TimeoutError, *STORAGE):
            return False
        return True


class Watching:
    """What is monitored, and the routes that show it."""

    def __init__(
        self,
        settings: Settings,
        metrics: Metrics,
        database: Database,
        rooms: Rooms,
        backups: Backups,
        findings: Callable[[], Awaitable[Sequence[Finding]]],
        reaching: Reaching,
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._database = database
        self._rooms = rooms
        self._backups = backups
        self._findings = findings
        self._reaching = reaching
        self._ready = Ready(database, lambda: rooms.stopping, time.monotonic)

    def routes(self, access: Access, base_url: Callable[[], str]) -> tuple[APIRouter, ...]:
        """Open to everybody, except the metrics, which need the token, and the page."""
        router = APIRouter(include_in_schema=False)
        token = self._settings.metrics_token

        @router.api_route("/healthz", methods=["GET", "HEAD"])
        async def alive() -> Response:
            return JSONResponse({"ok": True}, headers={"Cache-Control": "no-store"})

        @router.api_route("/readyz", methods=["GET", "HEAD"])
        async def may_be_sent_people() -> Response:
            ok = await self._ready()
            return JSONResponse({"ok": ok}, 200 if ok else 503, {"Cache-Control": "no-store"})

        @router.get("/metrics")
        async def figures(request: Request) -> Response:
            kind, _, given = request.headers.get("authorization", "").partition(" ")
            known = kind.lower() == "bearer" and secrets.compare_digest(given.encode(), token.encode())
            if not token or not known:
                return refusal(request, "unknown", 404)
            body = generate_latest(self._metrics.registry)
            return Response(body, headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE_LATEST)

        reaching = reach_routes(reaching=self._reaching, base_url=base_url, access=access)
        return router, self._page(access), reaching

    def _page(self, access: Access) -> APIRouter:
        """The page of the installation on the desk."""
        return instance_routes(
            settings=self._settings,
            database=self._database,
            rooms=self._rooms,
            findings=self._findings,
            access=access,
        )

    async def renew(self) -> None:
        """Check once more, and show it."""
        here = self._rooms.here()
        copied = await asyncio.to_thread(self._backups.age)
        free = room(self._settings.data)
        self._metrics.renew(Standing(len(here), here.total(), await self._findings(), free, copied))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While this runs, metrics are updated and served on their own port, if configured."""
        if not self._settings.watched:
            yield
            return
        await self.renew()
        renewing = asyncio.create_task(every(RENEWED, self.renew))
        server = None
        if port := self._settings.metrics_port:
            server, _ = start_http_server(port, self._settings.metrics_host, self._metrics.registry)
        try:
            yield
        finally:
            renewing.cancel()
            if server is not None:
                await asyncio.to_thread(server.shutdown)
                server.server_close()

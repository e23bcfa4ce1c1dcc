"""Wires the conversations for two to companies and documents (D2)."""

from collections.abc import Callable
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response

from app.access import Access
from app.conversations.desk_routes import routes as desk_routes
from app.conversations.retention import Retention
from app.conversations.routes import Worn, routes as party_routes
from app.conversations.service import Conversations
from app.exports.asked import answered
from app.exports.look import Look, dressed
from app.exports.maker import Maker, Told
from app.exports.steps import Named
from app.limits import Clock
from app.processes.companies import Companies
from app.storage.database import Database

log = structlog.get_logger("conversations")


class Conversing:
    """Conversations with their routes and their retention."""

    def __init__(self, database: Database, clock: Clock, deleted: Callable[[], None]) -> None:
        self._clock = clock
        self._deleted = deleted
        self._companies = Companies(database)
        self.conversations = Conversations(database, clock, self._companies)
        self._retention = Retention(database, clock, self._companies, deleted)

    def routes(self, access: Access, maker: Maker, base_url: Callable[[], str]) -> tuple[APIRouter, ...]:
        """Those of the two parties, and those of the leader's list."""

        async def answering(
            request: Request,
            made: bytes | dict[str, Any],
            *,
            worn: Worn,
            name: str,
            media: str,
            steps: bool,
        ) -> Response:
            async def make(told: Told) -> bytes:
                if isinstance(made, bytes):
                    return made
                return await maker.ask(dressed(made, Look(worn.colour, worn.logo)), told)

            return await answered(request, make, lambda _: Named(name, media), steps)

        shared: dict[str, Any] = {
            "conversations": self.conversations,
            "companies": self._companies,
            "access": access,
            "clock": self._clock,
        }
        return (
            party_routes(**shared, answering=answering),
            desk_routes(**shared, base_url=base_url, deleted=self._deleted),
        )

    async def retain(self) -> None:
        """The periodic job."""
        if many := await self._retention.work():
            log.info("conversations deleted", pairs=many)

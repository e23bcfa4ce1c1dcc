"""The conversations for two, wired: they meet companies and papers here and nowhere else (D2)."""

from collections.abc import Callable
from typing import Any, Literal

import structlog
from fastapi import APIRouter

from app.access import Access
from app.conversations.desk_routes import routes as desk_routes
from app.conversations.retention import Retention
from app.conversations.routes import routes as party_routes
from app.conversations.service import Conversations
from app.exports.maker import NotMade
from app.exports.pdf import PdfMaker
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

    def routes(self, access: Access, pdfs: PdfMaker, base_url: Callable[[], str]) -> tuple[APIRouter, ...]:
        """Those of the two parties, and those of the leader's list."""

        async def papers(shape: Literal["pdf", "docx"], data: dict[str, Any], timestamp: int) -> bytes | None:
            try:
                if shape == "pdf":
                    return await pdfs.make("conversation.typ", data, timestamp)
                return await pdfs.ask({"to": shape, "data": data, "timestamp": timestamp})
            except NotMade:
                return None

        shared: dict[str, Any] = {
            "conversations": self.conversations,
            "companies": self._companies,
            "access": access,
            "clock": self._clock,
        }
        return (
            party_routes(**shared, papers=papers),
            desk_routes(**shared, base_url=base_url, deleted=self._deleted),
        )

    async def retain(self) -> None:
        """Whatever day it has become."""
        if many := await self._retention.work():
            log.info("conversations deleted", pairs=many)

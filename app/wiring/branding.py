"""Wires companies' pages and the overview to the worker (X26) and the kinds of activity."""

from fastapi import APIRouter

from app.activities.registry import registry
from app.exports.maker import Maker, NotMade
from app.http.errors import Problem
from app.processes.company_page import CompanyPages
from app.processes.company_routes import routes as page_routes
from app.processes.overview import Overview
from app.processes.overview_routes import routes as overview_routes
from app.wiring.services import Services

#: Status and code of a failed logo, by the worker's error.
REFUSED = {
    "UnknownFormat": (415, "logo_kind"),
    "TooLarge": (413, "logo_large"),
    "Broken": (422, "logo_broken"),
}
#: The signatures of the accepted formats; nothing else is even sent to the worker.
BEGIN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")


def routes(services: Services) -> tuple[APIRouter, ...]:
    """Those of companies' pages, and of the overview of what is in them."""
    pages = CompanyPages(services.database, services.processes, services.rooms)
    measures = [kind.measured for kind in registry.kinds.values() if kind.measured]
    overview = Overview(services.database, services.clock, services.rooms, measures)
    return (
        page_routes(pages=pages, access=services.access, takes_in=Logos(services.maker).taken_in),
        overview_routes(overview=overview, access=services.access),
    )


class Logos:
    """Makes a logo from an upload."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker

    async def taken_in(self, sent: bytes) -> bytes:
        """The logo as PNG; refuses anything else."""
        if not sent.startswith(BEGIN):
            raise Problem(*REFUSED["UnknownFormat"])
        try:
            return await self._maker.ask({"to": "logo", "picture": sent})
        except NotMade as why:
            # Too slow or too much memory is the picture's fault; a full queue is not.
            if str(why) == "waiting":
                raise Problem(503, "pdf_busy", retry_after=5) from None
            raise Problem(*REFUSED.get(str(why), REFUSED["Broken"])) from None

"""Companies' pages and the overview, wired: they meet the worker (X26) and the kinds here alone."""

import base64

from fastapi import APIRouter

from app.activities.registry import registry
from app.exports.maker import Maker, NotMade
from app.http.errors import Problem
from app.processes.company_page import CompanyPages
from app.processes.company_routes import routes as page_routes
from app.processes.overview import Overview
from app.processes.overview_routes import routes as overview_routes
from app.wiring.parts import Parts

#: Why no logo came of it, by what the worker says: our status and code.
REFUSED = {
    "UnknownFormat": (415, "logo_kind"),
    "TooLarge": (413, "logo_large"),
    "Broken": (422, "logo_broken"),
}
#: As no other formats begin: what is none of them does not even go to the worker.
BEGIN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")


def routes(parts: Parts) -> tuple[APIRouter, ...]:
    """Those of companies' pages, and of the overview of what is in them."""
    pages = CompanyPages(parts.database, parts.processes, parts.rooms)
    measures = [kind.measured for kind in registry.kinds.values() if kind.measured]
    overview = Overview(parts.database, parts.clock, parts.rooms, measures)
    return (
        page_routes(pages=pages, access=parts.access, takes_in=Logos(parts.pdfs).taken_in),
        overview_routes(overview=overview, access=parts.access),
    )


class Logos:
    """Makes a logo of what somebody sent."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker

    async def taken_in(self, sent: bytes) -> bytes:
        """The logo as PNG; refuses what is none."""
        if not sent.startswith(BEGIN):
            raise Problem(*REFUSED["UnknownFormat"])
        try:
            return await self._maker.ask({"to": "logo", "picture": base64.b64encode(sent).decode()})
        except NotMade as why:
            # Too long or too much memory is the picture's own fault, that many wait is not.
            if str(why) == "waiting":
                raise Problem(503, "pdf_busy", retry_after=5) from None
            raise Problem(*REFUSED.get(str(why), REFUSED["Broken"])) from None

"""Posters over HTTP, for whoever leads: which there are, and each as PDF, SVG or PNG (P2.8, P5.4, P1.6)."""

from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from app.access import Access
from app.engine.report import Words
from app.exports.asked import while_asked
from app.exports.collecting import summary_of
from app.exports.gather import Source
from app.exports.look import Look, dressed
from app.exports.maker import Maker, NotMade
from app.exports.posters import Poster, Shape, job, posters_of
from app.exports.sections import Kinds
from app.exports.summary import Heading, Summary
from app.http.errors import Problem, StrictRoute

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
#: A poster of several pages is several pictures, which come together.
TYPES = {
    b"%PDF": ("pdf", "application/pdf"),
    b"\x89PNG": ("png", "image/png"),
    b"PK\x03\x04": ("zip", "application/zip"),
}
SVG = "svg", "image/svg+xml"


class PosterSeen(BaseModel):
    """A poster that can be printed."""

    id: str
    name: str
    paper: str


def routes(*, access: Access, source: Source, kinds: Kinds, maker: Maker) -> APIRouter:
    """All routes of posters."""
    router = APIRouter(route_class=StrictRoute)
    read = Depends(access.allow("read_summary"))

    async def summed(process: str) -> tuple[tuple[Summary, Heading, Words], Look] | None:
        gathered = await source.process(process)
        if gathered is None:
            return None
        summary, say = summary_of(gathered, kinds)
        return (summary, gathered.heading, say), gathered.look

    @router.get("/api/processes/{process}/posters", dependencies=[read])
    async def posters(process: str) -> list[PosterSeen]:
        found = await summed(process)
        there = posters_of(*found[0]) if found else []
        return [PosterSeen(id=one.id, name=one.name, paper=one.paper) for one in there]

    @router.get(
        "/api/processes/{process}/posters/{poster}.{shape}", response_class=Response, dependencies=[read]
    )
    async def poster_file(process: str, poster: str, shape: Shape, request: Request) -> Response:
        found = await summed(process)
        known: dict[str, Poster] = {one.id: one for one in posters_of(*found[0])} if found else {}
        if found is None or poster not in known:
            raise Problem(404, "no_poster")
        (summary, _, say), look = found
        asked = dressed(job(known[poster], shape, summary, say), look)
        try:
            made = await while_asked(request, maker.ask(asked))
        except NotMade:
            raise Problem(503, "pdf_busy", retry_after=5) from None
        ending, media = TYPES.get(made[:4], SVG)
        day = summary.day.isoformat() if summary.day else datetime.now(UTC).date().isoformat()
        # Our own name (B37): the id is one of ours too.
        named = f'attachment; filename="{say("poster.filename")}-{known[poster].id}-{day}.{ending}"'
        return Response(made, media_type=media, headers=PRIVATE | {"Content-Disposition": named})

    return router

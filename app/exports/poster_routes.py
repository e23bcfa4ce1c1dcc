"""Posters over HTTP, for facilitators: the list, and each as PDF, SVG or PNG (P2.8, P5.4, P1.6, W11)."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from app.access import Access, Asker
from app.engine.agenda import meetings_of
from app.engine.report import Words
from app.exports import way_in
from app.exports.asked import Steps, answered
from app.exports.collecting import summary_of
from app.exports.gather import Gathered, Source
from app.exports.look import PLAIN, Look, dressed
from app.exports.maker import Maker, Told
from app.exports.off_loop import off_loop
from app.exports.posters import Poster, Shape, job, posters_of
from app.exports.sections import Kinds
from app.exports.steps import Named
from app.exports.summary import Summary
from app.exports.way_in import Paper, WaysIn
from app.http.errors import Problem, StrictRoute
from app.locales import words

#: A poster of several pages is several pictures, sent together in one file.
TYPES = {
    b"%PDF": ("pdf", "application/pdf"),
    b"\x89PNG": ("png", "image/png"),
    b"PK\x03\x04": ("zip", "application/zip"),
}
SVG = "svg", "image/svg+xml"


class Summed(NamedTuple):
    """A summary, the words it is said in, and the posters of it."""

    summary: Summary
    say: Words
    posters: list[Poster]


class PosterSeen(BaseModel):
    """A poster to print; `workshop`: the entrance to that meeting, which has a page of its own."""

    id: str
    name: str
    paper: str
    workshop: str | None = None


def routes(*, access: Access, source: Source, ways: WaysIn, kinds: Kinds, maker: Maker) -> APIRouter:
    """All routes of posters."""
    router = APIRouter(route_class=StrictRoute)
    read = Depends(access.allow("read_summary"))

    async def file(job: dict[str, Any], look: Look, request: Request, name: str, steps: bool) -> Response:
        async def make(told: Told) -> bytes:
            return await maker.ask(dressed(job, look), told)

        def named(made: bytes) -> Named:
            ending, media = TYPES.get(made[:4], SVG)
            return Named(f"{name}.{ending}", media)

        return await answered(request, make, named, steps)

    async def summed(gathered: Gathered) -> Summed:
        def put_together() -> Summed:
            summary, say = summary_of(gathered, kinds)
            return Summed(summary, say, posters_of(summary, gathered.heading, say))

        return await off_loop(put_together)

    @router.get("/api/processes/{process}/posters", dependencies=[read])
    async def posters(process: str) -> list[PosterSeen]:
        gathered = await source.process(process)
        if gathered is None:
            return []
        found = await summed(gathered)
        there = [PosterSeen(id=one.id, name=one.name, paper=one.paper) for one in found.posters]
        for meeting in await off_loop(lambda: meetings_of(gathered.board)):
            if way := await ways.of(meeting.id):
                named = way_in.name(way, found.say)
                there.append(PosterSeen(id="way-in", name=named, paper="a4", workshop=meeting.id))
        return there

    @router.get(
        "/api/processes/{process}/posters/{poster}.{shape}", response_class=Response, dependencies=[read]
    )
    async def poster_file(
        process: str, poster: str, shape: Shape, request: Request, steps: Steps = False
    ) -> Response:
        gathered = await source.process(process)
        found = await summed(gathered) if gathered else None
        one = next((one for one in found.posters if one.id == poster), None) if found else None
        if gathered is None or found is None or one is None:
            raise Problem(404, "no_poster")
        summary, say, _ = found
        day = summary.day.isoformat() if summary.day else datetime.now(UTC).date().isoformat()
        # Our own name (B37): the id is one of ours too.
        name = f"{say('poster.filename')}-{one.id}-{day}"
        asked = await off_loop(lambda: job(one, shape, summary, say))
        return await file(asked, gathered.look, request, name, steps)

    @router.get("/api/workshops/{workshop}/poster.{shape}", response_class=Response)
    async def way_in_file(
        shape: Shape,
        request: Request,
        asker: Annotated[Asker, Depends(access.allow("drive"))],
        paper: Annotated[Paper, Query()] = "a4",
        language: Annotated[Literal["da", "en"] | None, Query()] = None,
        steps: Steps = False,
    ) -> Response:
        """W11: the entrance to the meeting, while its door is open; in the meeting's language, or another."""
        way = await ways.of(asker.where.workshop)
        if way is None:
            raise Problem(409, "door_closed")
        say = words(language or way.language)
        name = f"{say('poster.filename')}-{say('poster.way.filename')}-{paper}-{way.until}"
        gathered = await source.workshop(asker.where.workshop)
        look = gathered.look if gathered else PLAIN
        asked = await off_loop(lambda: way_in.job(way, shape, paper, say))
        return await file(asked, look, request, name, steps)

    return router

"""The summary over HTTP: for facilitators, as page, PDF and JSON; for managers, through a link (X12)."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import time
from functools import partial
from hashlib import sha256
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field, StringConstraints

from app.access import GROUPS, Access, Asker
from app.clock import local_day
from app.engine.activity import Stages
from app.engine.dated import Dates
from app.engine.report import day_in_words
from app.exports.asked import PRIVATE, Steps, answered
from app.exports.collecting import summary_of
from app.exports.everything import Everything, itself
from app.exports.found import Found, found
from app.exports.gather import Gathered, Source
from app.exports.html import (
    STATIC,
    link_page,
    run_sheet_css,
    run_sheet_page,
    summary_css,
    summary_page,
)
from app.exports.left_out import PARTS, Part
from app.exports.links import DAYS, MOST_DAYS, Link, Links
from app.exports.look import sheet_of
from app.exports.maker import Maker, Told
from app.exports.off_loop import off_loop
from app.exports.pdf import Composed, MakeExtras
from app.exports.run_sheet import run_sheet
from app.exports.sections import Kinds
from app.exports.shapes import TYPES, Shape, ended, file_name
from app.exports.steps import Named
from app.http.errors import Body, Problem, StrictRoute, words_for
from app.limits import Clock, address_hash
from app.locales import words

#: X26: the style sheet of a company's colour, which says nothing but that colour.
OWN_COLOUR = re.compile(r"accent-([0-9a-f]{6})\.css")

LeftOut = Annotated[tuple[Part, ...], Query(max_length=len(PARTS))]


class MakeLink(Body):
    """For how long, whether a password is required, and what is left out."""

    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = DAYS
    password: Annotated[str, StringConstraints(max_length=128)] | None = None
    without: Annotated[tuple[Part, ...], Field(max_length=len(PARTS), strict=False)] = ()


class OpenLink(Body):
    """The body that a manager's page posts."""

    token: str
    password: Annotated[str, StringConstraints(max_length=128)] | None = None
    shape: Literal["html"] | Shape = Field("html", alias="as")
    #: Whether to report progress before the file.
    steps: bool = False


class LinkMade(BaseModel):
    """A new link; its address is shown only once."""

    id: str
    url: str
    expires_at: int


class LinkSeen(BaseModel):
    """A link in the list. `opened` counts openings; nobody knows whose."""

    id: str
    made_at: int
    expires_at: int
    locked: bool
    opened: int
    without: list[Part]


def routes(
    *,
    access: Access,
    source: Source,
    kinds: Kinds,
    stages: Mapping[str, Stages],
    links: Links,
    dates: Mapping[str, Dates],
    carried: Callable[[str], Awaitable[bytes]],
    maker: Maker,
    clock: Clock,
    base_url: Callable[[], str],
) -> APIRouter:
    """All routes of the summary. `kinds`, `stages`, `dates`: what each kind gives. `carried`: a process as a
    file, to continue elsewhere. `base_url`: where links lead.
    """
    router = APIRouter(route_class=StrictRoute)
    files = {
        "summary.css": (summary_css(), "text/css"),
        "run-sheet.css": (run_sheet_css(), "text/css"),
        "summary.js": ((STATIC / "summary.js").read_bytes(), "text/javascript"),
        "take.js": ((STATIC / "take.js").read_bytes(), "text/javascript"),
        "figtree.woff2": ((STATIC / "figtree.woff2").read_bytes(), "font/woff2"),
    }
    read, export = Depends(access.allow("read_summary")), Depends(access.allow("export"))
    drive = Depends(access.allow("drive"))

    async def shown(
        gathered: Gathered | None, file: str = "", without: Collection[str] = (), until: str = ""
    ) -> Response:
        """The page. `until` is the last day (ISO) of a link; pages by link do not link to files directly."""
        it = _there(gathered)

        def page() -> str:
            summary, say = summary_of(it, kinds, without)
            said = say("summary.until", day=day_in_words(until, say)) if until else ""
            asked = () if until else without
            return summary_page(summary, say, file=file, without=asked, until=said, look=it.look)

        return HTMLResponse(await off_loop(page), headers=PRIVATE)

    async def as_file(
        shape: Shape,
        gathered: Gathered | None,
        request: Request,
        make_extras: MakeExtras,
        without: Collection[str] = (),
        steps: bool = False,
    ) -> Response:
        it = _there(gathered)
        day = max(it.heading.days, default=None)
        named = Named(ended(file_name(day, words(it.language)), shape), TYPES[shape])
        composed = Composed(it, kinds, shape, tuple(without), make_extras)

        async def make(told: Told) -> bytes:
            return await maker.ask(composed, told)

        return await answered(request, make, lambda _: named, steps)

    def everything() -> Everything:
        return Everything(dates, kinds.phases, clock())

    # Not a declared model: its blocks share names with records in the generated types.
    @router.get("/api/workshops/{workshop}/summary", response_class=Response, dependencies=[read])
    async def summary(workshop: str) -> Response:
        gathered = _there(await source.workshop(workshop))

        def told() -> str:
            return summary_of(gathered, kinds)[0].model_dump_json()

        return Response(await off_loop(told), media_type="application/json", headers=PRIVATE)

    @router.get("/api/processes/{process}/found", dependencies=[read])
    async def found_so_far(
        process: str, language: Annotated[Literal["da", "en"], Query()] = "da"
    ) -> list[Found]:
        gathered = await source.process(process)
        return await off_loop(lambda: found(gathered, kinds, words(language))) if gathered else []

    @router.get("/api/workshops/{workshop}/summary.html", response_class=HTMLResponse, dependencies=[read])
    async def summary_html(workshop: str) -> Response:
        await maker.warm()
        return await shown(await source.workshop(workshop), file="summary.")

    @router.get("/api/processes/{process}/summary.html", response_class=HTMLResponse, dependencies=[read])
    async def process_html(process: str, without: LeftOut = ()) -> Response:
        """Everything, or what somebody with such a link would read."""
        await maker.warm()
        return await shown(await source.process(process), file="summary.", without=without)

    @router.get("/api/workshops/{workshop}/run-sheet.html", response_class=HTMLResponse, dependencies=[drive])
    async def sheet_html(workshop: str, at: Annotated[str, Query(max_length=5)] = "") -> Response:
        gathered = _there(await source.workshop(workshop))

        def page() -> str:
            say = words(gathered.language)
            return run_sheet_page(run_sheet(gathered.board, workshop, stages, say, _minute(at)), say)

        return HTMLResponse(await off_loop(page), headers=PRIVATE)

    @router.get("/api/workshops/{workshop}/summary.{shape}", response_class=Response, dependencies=[read])
    async def summary_file(workshop: str, shape: Shape, request: Request, steps: Steps = False) -> Response:
        gathered = await source.workshop(workshop)
        return await as_file(shape, gathered, request, everything().posters, steps=steps)

    @router.get("/api/processes/{process}/summary.{shape}", response_class=Response)
    async def process_file(
        process: str,
        shape: Shape,
        request: Request,
        asker: Annotated[Asker, Depends(access.allow("read_summary"))],
        without: LeftOut = (),
        steps: Steps = False,
    ) -> Response:
        """Everything, or what somebody with such a link gets; the process itself for facilitators only."""
        gathered = await source.process(process)
        leads = asker.where.role in (GROUPS["export"] or ()) and shape == "zip" and not without
        own = [itself(await carried(process))] if gathered and leads else []
        make_extras: MakeExtras = (
            partial(everything().by_link, process, without)
            if without
            else partial(everything().of_process, process, own)
        )
        return await as_file(shape, gathered, request, make_extras, without, steps)

    @router.post("/api/processes/{process}/links", status_code=201, dependencies=[export])
    async def make_link(process: str, body: MakeLink) -> LinkMade:
        if body.password is not None and len(body.password) < 8:
            raise Problem(422, "link_password_short")
        made = await links.make(process, body.days, body.password, sorted(set(body.without)))
        url = f"{base_url()}/summary#{made.token}"
        return LinkMade(id=made.link.id, url=url, expires_at=made.link.expires_at)

    @router.get("/api/processes/{process}/links", dependencies=[export])
    async def list_links(process: str) -> list[LinkSeen]:
        return [_seen(link) for link in await links.of(process)]

    @router.delete("/api/links/{link}", status_code=204)
    async def revoke_link(link: str, asker: Annotated[Asker, Depends(access.allow("account"))]) -> None:
        process = await links.process(link)
        if process is None:
            raise Problem(404, "unknown")
        await access.at(asker, "export", process=process)
        await links.revoke(link)

    @router.post("/api/summary", response_class=HTMLResponse, dependencies=[Depends(access.allow("join"))])
    async def open_link(body: OpenLink, request: Request) -> Response:
        address = address_hash(request.client.host if request.client else "")
        link = await links.open(body.token, body.password, address)
        gathered = await source.process(link.process)
        if gathered is None:
            # The process exists but has had no meeting yet: to the manager the link leads nowhere.
            raise Problem(410, "link_gone")
        if body.shape != "html":
            make_extras = partial(everything().by_link, link.process, link.left_out)
            return await as_file(body.shape, gathered, request, make_extras, link.left_out, body.steps)
        await maker.warm()
        return await shown(gathered, without=link.left_out, until=local_day(link.expires_at))

    @router.get("/summary", response_class=HTMLResponse, include_in_schema=False)
    async def page(request: Request) -> Response:
        return HTMLResponse(link_page(words_for(request.headers.get("accept-language"))), headers=PRIVATE)

    @router.get("/static/{name}", include_in_schema=False)
    async def static(name: str) -> Response:
        if own := OWN_COLOUR.fullmatch(name):
            content, media_type = sheet_of(own[1]), "text/css"
        elif name in files:
            content, media_type = files[name]
        else:
            raise Problem(404, "unknown")
        # Revalidated by its tag on each request, so that an update reaches everybody at once.
        headers = {"Cache-Control": "no-cache", "ETag": f'"{sha256(content).hexdigest()[:32]}"'}
        return Response(content, media_type=media_type, headers=headers)

    return router


def _there(gathered: Gathered | None) -> Gathered:
    if gathered is None:
        raise Problem(404, "unknown")
    return gathered


def _minute(clock: str) -> int | None:
    """The minute of the day, or None for what is no time of the day."""
    try:
        at = time.fromisoformat(clock)
    except ValueError:
        return None
    return at.hour * 60 + at.minute


def _seen(link: Link) -> LinkSeen:
    return LinkSeen(
        id=link.id,
        made_at=link.made_at,
        expires_at=link.expires_at,
        locked=link.locked,
        opened=link.opened,
        without=[part for part in PARTS if part in link.left_out],
    )

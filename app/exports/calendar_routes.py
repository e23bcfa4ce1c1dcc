"""P4.7: the days of a process as calendar files, and the address that calendar programs subscribe to."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BaseModel

from app.access import Access
from app.engine.dated import Dated, Dates
from app.exports.addresses import CalendarAddresses
from app.exports.calendar import DatedGroup, calendar, groups_of
from app.exports.gather import Gathered, Source
from app.exports.off_loop import off_loop
from app.http.errors import Problem, StrictRoute
from app.limits import Clock
from app.locales import words

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class CalendarMade(BaseModel):
    """A new private address, shown only once."""

    url: str


class CalendarSeen(BaseModel):
    """The dates of a process, by kind; `since`: when its address was created, if it has one."""

    groups: list[DatedGroup]
    since: int | None


def routes(
    *,
    access: Access,
    source: Source,
    dates: Mapping[str, Dates],
    addresses: CalendarAddresses,
    clock: Clock,
    base_url: Callable[[], str],
) -> APIRouter:
    """All routes of calendars. `dates`: by kind. `base_url`: where the private address leads."""
    router = APIRouter(route_class=StrictRoute)
    read, export = Depends(access.allow("read_summary")), Depends(access.allow("export"))

    async def groups(gathered: Gathered | None) -> list[DatedGroup]:
        """Each kind of what falls on a day; none without a meeting."""
        if gathered is None:
            return []
        return await off_loop(lambda: groups_of(gathered, dates, words(gathered.language)))

    async def file(
        process: str, language: str, found: list[Dated], name: str = "", begins: datetime | None = None
    ) -> Response:
        now = clock()
        body = await off_loop(
            lambda: calendar(found, process=process, now=now, language=language, name=name, begins=begins)
        )
        day = datetime.fromtimestamp(now // 1000, UTC).date().isoformat()
        named = f'attachment; filename="{words(language)("calendar.filename")}-{day}.ics"'
        return Response(
            body, media_type="text/calendar; charset=utf-8", headers=PRIVATE | {"Content-Disposition": named}
        )

    @router.get("/api/processes/{process}/calendar", dependencies=[read])
    async def days(process: str) -> CalendarSeen:
        there = await groups(await source.process(process))
        return CalendarSeen(groups=there, since=await addresses.made_at(process))

    @router.get("/api/processes/{process}/calendar.ics", response_class=Response, dependencies=[read])
    async def download(
        process: str,
        of: Annotated[str | None, Query(max_length=32)] = None,
        only: Annotated[str | None, Query(max_length=200)] = None,
        begins: Annotated[AwareDatetime | None, Query()] = None,
    ) -> Response:
        """Everything, one kind, or one entry, which may have a time of day."""
        gathered = await source.process(process)
        chosen = [group for group in await groups(gathered) if of in (None, group.of)]
        found = [one for group in chosen for one in group.dates if only in (None, one.key)]
        if gathered is None or not found:
            raise Problem(404, "unknown")
        if begins is not None and (only is None or not 2000 <= begins.year < 2100):
            raise Problem(422, "range")
        # A file of one entry has no name.
        name = _name(gathered, chosen[0].name if of else "") if len(found) > 1 else ""
        return await file(process, gathered.language, found, name, begins)

    @router.post("/api/processes/{process}/calendar", status_code=201, dependencies=[export])
    async def make(process: str) -> CalendarMade:
        return CalendarMade(url=f"{base_url()}/calendar/{await addresses.make(process)}.ics")

    @router.delete("/api/processes/{process}/calendar", status_code=204, dependencies=[export])
    async def revoke(process: str) -> None:
        await addresses.revoke(process)

    # Some programs send a HEAD request first.
    @router.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"], include_in_schema=False)
    async def subscribed(token: str) -> Response:
        process = await addresses.process(token)
        gathered = await source.process(process)
        if gathered is None:
            # Without a meeting there is no language, and there are no days either.
            raise Problem(410, "link_gone")
        found = [one for group in await groups(gathered) for one in group.dates]
        return await file(process, gathered.language, found, _name(gathered, ""))

    return router


def _name(gathered: Gathered, what: str) -> str:
    """*Handleplan: Montagen*"""
    say = words(gathered.language)
    return f"{what or say('calendar.name')}: {gathered.heading.group}"

"""Wires documents, posters and calendars to the kinds of activity."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter

from app.access import Access
from app.activities.registry import registry
from app.engine.dated import Dates
from app.exports.addresses import CalendarAddresses
from app.exports.calendar_routes import routes as calendar_routes
from app.exports.gather import Source
from app.exports.links import Links
from app.exports.maker import Maker
from app.exports.poster_routes import routes as poster_routes
from app.exports.routes import routes as summary_routes
from app.exports.sections import Kinds
from app.exports.way_in import WaysIn
from app.limits import Clock


def dates() -> dict[str, Dates]:
    """What each kind has on a day."""
    return {name: kind.dates for name, kind in registry.kinds.items() if kind.dates}


def kinds() -> Kinds:
    """What each kind gives a summary."""
    all_of_them = registry.kinds.items()
    return Kinds(
        reports={name: kind.report for name, kind in all_of_them},
        titles={name: kind.titled for name, kind in all_of_them if kind.titled},
        phases={name: kind.phase for name, kind in all_of_them if kind.phase},
    )


def maker(meeting: Callable[[], bool]) -> Maker:
    """Makes files, with the reports of all kinds loaded before the first; `meeting`: people are in rooms."""
    return Maker(sorted({report.__module__ for report in kinds().reports.values()}), meeting=meeting)


def routes(
    *,
    access: Access,
    source: Source,
    ways: WaysIn,
    calendars: CalendarAddresses,
    links: Links,
    carried: Callable[[str], Awaitable[bytes]],
    maker: Maker,
    clock: Clock,
    base_url: Callable[[], str],
) -> tuple[APIRouter, ...]:
    """Those of the summary with its links, of posters, and of the days of a process."""
    given = kinds()
    return (
        calendar_routes(
            access=access,
            source=source,
            dates=dates(),
            addresses=calendars,
            clock=clock,
            base_url=base_url,
        ),
        poster_routes(access=access, source=source, ways=ways, kinds=given, maker=maker),
        summary_routes(
            access=access,
            source=source,
            kinds=given,
            stages={name: kind.stages for name, kind in registry.kinds.items()},
            links=links,
            dates=dates(),
            carried=carried,
            maker=maker,
            clock=clock,
            base_url=base_url,
        ),
    )

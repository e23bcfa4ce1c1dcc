"""The overview over HTTP: for people who sign in; a personal link belongs to one process only."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from app.access import Access, Asker
from app.http.errors import StrictRoute
from app.locales import words
from app.processes.across import by_factor, course
from app.processes.across_pictures import PictureSeen, factors_picture, pulses_picture
from app.processes.overview import Line, Overview

#: What a pulse asks on a scale, in the order in which it is drawn: what became of it comes first.
PULSES = ("better", "needed")


class CompanyAcross(BaseModel):
    """What the groups of a company have in common; nothing if too few have enough answers."""

    id: str
    name: str
    threshold: int
    themes: PictureSeen | None
    pulses: PictureSeen | None


class OverviewSeen(BaseModel):
    """Processes by urgency, and their companies."""

    processes: list[Line]
    companies: list[CompanyAcross]


def routes(*, overview: Overview, access: Access) -> APIRouter:
    """The one route."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["overview"])

    @router.get("/overview")
    async def see(
        asker: Annotated[Asker, Depends(access.allow("begin"))],
        language: Annotated[Literal["da", "en"], Query()] = "da",
    ) -> OverviewSeen:
        seen, say = await overview.of(asker.who.account), words(language)
        companies = []
        for id, name in seen.companies.items():
            themes = by_factor(seen.groups[id])
            pulses = {of: course(seen.groups[id], of) for of in PULSES}
            companies.append(
                CompanyAcross(
                    id=id,
                    name=name,
                    threshold=seen.thresholds[id],
                    themes=factors_picture(themes, say) if themes else None,
                    pulses=pulses_picture(pulses, say),
                )
            )
        return OverviewSeen(processes=seen.lines, companies=companies)

    return router

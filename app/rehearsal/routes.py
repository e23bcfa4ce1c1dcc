"""Rehearsals over HTTP: begin one with the agenda of a template or of a meeting, and end one's own."""

from typing import Annotated, Literal, Protocol

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field, StringConstraints

from app.access import Access, Asker, Place
from app.http.errors import Body, Problem, StrictRoute
from app.method.arranged import Line, arranged
from app.method.templates import Template
from app.rehearsal.service import Full, Rehearsals

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Rehearse(Body):
    """Which agenda: that of a template, or with `workshop` the current one of that meeting.

    `agenda`: the indexes, from 0, of the template's items to keep, in their new order.
    """

    process: Id
    template: Id | None = None
    workshop: Id | None = None
    language: Literal["da", "en"]
    agenda: Annotated[list[Annotated[int, Field(ge=0, lt=100)]], Field(max_length=100)] | None = None


class Rehearsal(BaseModel):
    """The id of the meeting to open on the desk."""

    id: str


class Agendas(Protocol):
    """What the routes ask of the processes."""

    async def of_template(self, process: str, template: str) -> Template | None:
        """A template of the method, or the company's own."""

    async def of_meeting(self, place: Place) -> Template:
        """A meeting's agenda as it would begin again."""

    async def threshold(self, place: Place) -> int:
        """A12: how many answers it takes there before anything is shown."""


def routes(*, rehearsals: Rehearsals, agendas: Agendas, access: Access) -> APIRouter:
    """The routes of rehearsals."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["rehearsal"])

    @router.post("/rehearsals", status_code=201)
    async def begin(body: Rehearse, asker: Annotated[Asker, Depends(access.allow("account"))]) -> Rehearsal:
        there = await access.at(asker, "lead", process=body.process)
        plan = None
        if body.workshop is not None:
            there = await access.at(asker, "lead", workshop=body.workshop)
            plan = await agendas.of_meeting(there.where)
        elif body.template is not None:
            plan = await agendas.of_template(body.process, body.template)
        if plan is None:
            raise Problem(404, "unknown")
        if body.agenda is not None:
            try:
                plan = arranged(plan, [Line(n, plan.items[n].minutes) for n in body.agenda])
            except (ValueError, IndexError):
                raise Problem(422, "range") from None
        if not plan.items:
            raise Problem(409, "no_round")
        threshold = await agendas.threshold(there.where)
        try:
            return Rehearsal(id=await rehearsals.begin(there.who.account, plan, body.language, threshold))
        except Full:
            raise Problem(409, "rehearsals_full") from None

    @router.delete("/rehearsal", status_code=204)
    async def end(asker: Annotated[Asker, Depends(access.allow("account"))]) -> None:
        await rehearsals.end(asker.who.account)

    return router

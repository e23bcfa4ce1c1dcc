"""A company's own agendas over HTTP (P2.9)."""

from typing import Annotated

from fastapi import APIRouter, Depends

from app.access import Access, Asker
from app.engine.text import Line
from app.http.errors import Body, Problem, StrictRoute
from app.locales import words
from app.processes.own_templates import OwnTemplates, TooMany
from app.processes.routes import Id, Made, TemplateSeen, told
from app.processes.service import Missing


class NameTemplate(Body):
    """The name."""

    name: Line


def routes(*, own: OwnTemplates, access: Access) -> APIRouter:
    """The routes of the companies' own agendas."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["templates"])
    account = access.allow("account")

    @router.get("/processes/{process}/templates", dependencies=[Depends(access.allow("drive"))])
    async def templates(process: str) -> list[TemplateSeen]:
        # Their own templates have their texts already, in any language.
        return [told(one, words("da")) for one in await own.of(process)]

    @router.post("/workshops/{workshop}/template", status_code=201)
    async def save(body: NameTemplate, asker: Annotated[Asker, Depends(access.allow("lead"))]) -> Made:
        try:
            return Made(id=await own.save(asker.where, body.name))
        except Missing:
            raise Problem(404, "unknown") from None
        except TooMany:
            raise Problem(409, "too_many_templates") from None

    @router.put("/templates/{template}", status_code=204)
    async def rename(template: Id, body: NameTemplate, asker: Annotated[Asker, Depends(account)]) -> None:
        try:
            await own.rename(asker.who.account, template, body.name)
        except Missing:
            raise Problem(404, "unknown") from None

    @router.delete("/templates/{template}", status_code=204)
    async def remove(template: Id, asker: Annotated[Asker, Depends(account)]) -> None:
        try:
            await own.remove(asker.who.account, template)
        except Missing:
            raise Problem(404, "unknown") from None

    return router

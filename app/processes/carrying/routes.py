"""Exporting a process over HTTP, for its facilitators, and importing one into a company (B70)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from app.access import Access, Asker
from app.http.errors import Problem, StrictRoute
from app.processes.carrying.file import Wrong
from app.processes.carrying.service import Carrying
from app.processes.routes import Made
from app.processes.service import Missing

NAME = 'attachment; filename="trivselstavlen.json"'


def routes(*, carrying: Carrying, access: Access) -> APIRouter:
    """Out and in."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["carrying"])

    @router.get(
        "/processes/{process}/file", response_class=Response, dependencies=[Depends(access.allow("export"))]
    )
    async def take(process: str) -> Response:
        try:
            file = await carrying.taken(process)
        except Missing:
            raise Problem(404, "unknown") from None
        headers = {"Cache-Control": "no-store", "Content-Disposition": NAME}
        return Response(file, media_type="application/json", headers=headers)

    @router.post("/companies/{company}/file", status_code=201)
    async def lay(
        company: str, request: Request, asker: Annotated[Asker, Depends(access.allow("account"))]
    ) -> Made:
        try:
            id = await carrying.lay(asker.who.account, company, await request.body())
        except Missing:
            raise Problem(404, "unknown") from None
        except Wrong as why:
            raise Problem(422, str(why)) from None
        return Made(id=id)

    return router

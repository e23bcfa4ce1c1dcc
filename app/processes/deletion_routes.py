"""Deletion over HTTP (F4)."""

from typing import Annotated, NoReturn

from fastapi import APIRouter, Depends

from app.access import Access, Asker
from app.http.errors import Problem, StrictRoute
from app.processes.deletion import Deletion
from app.processes.service import Missing


def routes(*, deletion: Deletion, access: Access) -> APIRouter:
    """The routes that delete meetings, processes and companies."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["deletion"])

    async def own(asker: Asker, company: str) -> None:
        try:
            await deletion.must_own(asker.who.account, company)
        except Missing:
            _unknown()

    @router.delete("/workshops/{workshop}", status_code=204)
    async def delete_workshop(asker: Annotated[Asker, Depends(access.allow("lead"))]) -> None:
        access.proved(asker)
        await deletion.workshop(asker.where)

    @router.delete("/processes/{process}", status_code=204)
    async def delete_process(process: str, asker: Annotated[Asker, Depends(access.allow("lead"))]) -> None:
        access.proved(asker)
        await deletion.process(process)

    @router.delete("/companies/{company}", status_code=204)
    async def delete_company(company: str, asker: Annotated[Asker, Depends(access.allow("account"))]) -> None:
        await own(asker, company)
        access.proved(asker)
        await deletion.company(company)

    return router


def _unknown() -> NoReturn:
    raise Problem(404, "unknown") from None

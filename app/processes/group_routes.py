"""The working group over HTTP (F3, P1.5): its members, and their personal links."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Literal, NoReturn

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.access import Access
from app.engine.text import Line
from app.http.errors import Body, Problem, StrictRoute
from app.live.routes import Qr
from app.processes.routes import Id, Made
from app.processes.service import Missing
from app.processes.working_group import WorkingGroup
from app.qr import draw


class NameMember(Body):
    """The name of a member, and the duty in the working group, as free text."""

    name: Line
    duty: Line


class MemberSeen(BaseModel):
    """A member; `until` is when the link, or the session it opened, expires."""

    id: str
    name: str
    duty: str
    link: Literal["none", "waiting", "used", "account"]
    until: int | None


class PersonalLinkSeen(BaseModel):
    """A personal link; it is shown only once."""

    url: str
    qr: Qr
    expires_at: int


def routes(*, group: WorkingGroup, access: Access, base_url: Callable[[], str]) -> APIRouter:
    """The routes of the working group; `base_url` is where personal links lead."""
    router = APIRouter(
        prefix="/api/processes/{process}/members", route_class=StrictRoute, tags=["working group"]
    )
    see, lead = Depends(access.allow("drive")), Depends(access.allow("lead"))

    @router.get("", dependencies=[see])
    async def members(process: str) -> list[MemberSeen]:
        return [MemberSeen(**asdict(member)) for member in await group.of(process)]

    @router.post("", status_code=201, dependencies=[lead])
    async def add(process: str, body: NameMember) -> Made:
        return Made(id=await group.add(process, body.name, body.duty))

    @router.put("/{member}", status_code=204, dependencies=[lead])
    async def change(process: str, member: Id, body: NameMember) -> None:
        try:
            await group.change(process, member, body.name, body.duty)
        except Missing:
            _unknown()

    @router.delete("/{member}", status_code=204, dependencies=[lead])
    async def remove(process: str, member: Id) -> None:
        try:
            await group.remove(process, member)
        except Missing:
            _unknown()

    @router.post("/{member}/link", status_code=201, dependencies=[lead])
    async def give_link(process: str, member: Id) -> PersonalLinkSeen:
        try:
            made = await group.give_link(process, member)
        except Missing:
            _unknown()
        url = f"{base_url()}/invited#{made.token}"
        drawn = draw(url)
        return PersonalLinkSeen(url=url, qr=Qr(size=drawn.size, path=drawn.path), expires_at=made.expires_at)

    @router.delete("/{member}/link", status_code=204, dependencies=[lead])
    async def withdraw_link(process: str, member: Id) -> None:
        try:
            await group.withdraw_link(process, member)
        except Missing:
            _unknown()

    return router


def _unknown() -> NoReturn:
    raise Problem(404, "unknown") from None

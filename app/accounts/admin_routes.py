"""For administrators: the list of accounts, links to a new password, and removing a lost second factor."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.access import Access, Asker
from app.accounts.resetting import Resetting
from app.accounts.service import Refusal
from app.http.errors import Problem, StrictRoute


class ListedAccount(BaseModel):
    """An account's name; `second`: a second factor is required."""

    id: str
    name: str
    email: str
    admin: bool
    second: bool


class ResetLink(BaseModel):
    """A link for choosing a new password; it is shown only once."""

    url: str
    expires_at: int


def routes(*, resetting: Resetting, access: Access, base_url: Callable[[], str]) -> APIRouter:
    """X4: making a link that opens an account requires a password given within ten minutes."""
    router = APIRouter(prefix="/api/accounts", route_class=StrictRoute, tags=["accounts"])
    admin = Depends(access.allow("admin"))

    @router.get("", dependencies=[admin])
    async def listed() -> list[ListedAccount]:
        return [
            ListedAccount(id=one.id, name=one.name, email=one.email, admin=one.admin, second=one.second)
            for one in await resetting.accounts()
        ]

    @router.post("/{account}/reset", status_code=201)
    async def make(account: str, asker: Annotated[Asker, admin]) -> ResetLink:
        access.proved(asker)
        try:
            token, expires_at = await resetting.link(account)
        except LookupError:
            raise Problem(404, "unknown") from None
        return ResetLink(url=f"{base_url()}/password#{token}", expires_at=expires_at)

    @router.post("/{account}/reset/mail", status_code=204)
    async def send(account: str, asker: Annotated[Asker, admin]) -> None:
        access.proved(asker)
        try:
            await resetting.send(account)
        except LookupError:
            raise Problem(404, "unknown") from None
        except Refusal:
            raise Problem(409, "no_mail") from None

    @router.delete("/{account}/second", status_code=204)
    async def take_off(account: str, asker: Annotated[Asker, admin]) -> None:
        access.proved(asker)
        await resetting.take_second_off(account)

    return router

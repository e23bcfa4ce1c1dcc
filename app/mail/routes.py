"""Reminders over HTTP: asked for on the page of a process, ended from the mail."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from app.access import Access, Asker
from app.http.errors import Body, Problem, StrictRoute, asking_page, friendly_page, words_for
from app.mail.reminders import Reminders


class RemindMe(Body):
    """Whether one wants to be reminded."""

    on: bool


class ReminderSeen(BaseModel):
    """`possible`: mail is set up, and the account has an address."""

    on: bool
    possible: bool


def routes(*, reminders: Reminders, access: Access) -> tuple[APIRouter, ...]:
    """Per person. The link in the mail needs no sign-in."""
    router = APIRouter(route_class=StrictRoute, tags=["reminders"])
    read = Depends(access.allow("read_summary"))

    def possible(asker: Asker) -> bool:
        return reminders.possible and asker.who.email != ""

    @router.get("/api/processes/{process}/reminder")
    async def seen(process: str, asker: Annotated[Asker, read]) -> ReminderSeen:
        on = await reminders.wanted(asker.who.account, process)
        return ReminderSeen(on=on, possible=possible(asker))

    @router.put("/api/processes/{process}/reminder", status_code=204)
    async def switch(process: str, body: RemindMe, asker: Annotated[Asker, read]) -> None:
        if body.on and not possible(asker):
            raise Problem(409, "no_mail")
        await reminders.switch(asker.who.account, process, on=body.on)

    return router, _ending(reminders, access)


def _ending(reminders: Reminders, access: Access) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    def ours(token: str) -> None:
        if not reminders.is_ours(token):
            raise Problem(410, "link_gone")

    @router.api_route("/unsubscribe/{token}", methods=["GET", "HEAD"])
    async def ask(request: Request, token: str) -> Response:
        """X2: opening it ends nothing, since programs that look through mails open every link."""
        ours(token)
        say = words_for(request.headers.get("accept-language"))
        title, text, yes = (say(f"page.unsubscribe.{each}") for each in ("title", "text", "go"))
        return asking_page(say, title, text, yes, request.scope.get("root_path", ""))

    @router.post("/unsubscribe/{token}", dependencies=[Depends(access.allow("join"))])
    async def end(request: Request, token: str) -> Response:
        """Pressed by a person, or by the mail program in one tap (RFC 8058)."""
        ours(token)
        await reminders.end(token)
        say = words_for(request.headers.get("accept-language"))
        title, text = (say(f"page.unsubscribed.{each}") for each in ("title", "text"))
        return friendly_page(say, title, text, 200, request.scope.get("root_path", ""))

    return router

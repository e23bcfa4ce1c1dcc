"""A company's page over HTTP: its owner changes it, facilitators of its processes read it."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Annotated, NoReturn

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, StringConstraints

from app.access import Access, Asker
from app.colour import Tone, is_colour, look_of
from app.engine.agenda import Threshold
from app.engine.text import Line
from app.http.errors import Body, Problem, StrictRoute
from app.processes.company_page import CompanyPage, CompanyPages
from app.processes.retention import Months
from app.processes.service import Language, Missing

#: X26: bytes of the file that is sent.
MOST_LOGO = 2 * 1024 * 1024
#: Opened directly by its address, it must be a picture and nothing that runs (X26).
PICTURE = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}

#: Turns an upload into a PNG, or refuses.
TakesIn = Callable[[bytes], Awaitable[bytes]]


class ChangeCompany(Body):
    """The settings to change; others stay. An empty colour means the default."""

    name: Line | None = None
    language: Language | None = None
    colour: Annotated[str, StringConstraints(max_length=7)] | None = None
    keep_months: Months = 24
    threshold: Threshold | None = None


class SendLogo(Body):
    """The file's bytes, in base64."""

    file: Annotated[str, StringConstraints(max_length=MOST_LOGO * 3 // 2)]


class ToneSeen(BaseModel):
    """An accent colour, and the text colour on it."""

    accent: str
    on: str


class ColourSeen(BaseModel):
    """How a colour is used: in light mode, in dark mode, and whether it was darkened to be readable."""

    day: ToneSeen
    night: ToneSeen
    changed: bool


class CompanySeen(BaseModel):
    """A company's page. `logo` identifies its picture, which has a route of its own."""

    id: str
    name: str
    own: bool
    language: str
    colour: str
    used: ColourSeen | None
    keep_months: int
    conversations: bool
    threshold: int
    processes: int
    logo: int | None


def routes(*, pages: CompanyPages, access: Access, takes_in: TakesIn) -> APIRouter:
    """The routes of a company's page."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["company"])
    account = Depends(access.allow("account"))

    @router.get("/companies/{company}")
    async def find(company: str, asker: Annotated[Asker, account]) -> CompanySeen:
        try:
            return _seen(await pages.find(asker.who.account, company))
        except Missing:
            _unknown()

    @router.put("/companies/{company}", status_code=204)
    async def change(company: str, body: ChangeCompany, asker: Annotated[Asker, account]) -> None:
        if body.colour and not is_colour(body.colour):
            raise Problem(422, "colour")
        changed = body.model_dump(exclude_unset=True, exclude_none=True)
        try:
            await pages.change(asker.who.account, company, changed)
        except Missing:
            _unknown()

    @router.get("/companies/{company}/logo", response_class=Response)
    async def logo(company: str, asker: Annotated[Asker, account]) -> Response:
        try:
            png = await pages.logo(asker.who.account, company)
        except Missing:
            _unknown()
        return Response(png, media_type="image/png", headers=PICTURE)

    @router.put("/companies/{company}/logo", status_code=204)
    async def send_logo(company: str, body: SendLogo, asker: Annotated[Asker, account]) -> None:
        try:
            # Checked first: only an owner's picture is decoded.
            await pages.must_own(asker.who.account, company)
            await pages.set_logo(asker.who.account, company, await takes_in(_file(body.file)))
        except Missing:
            _unknown()

    @router.delete("/companies/{company}/logo", status_code=204)
    async def remove_logo(company: str, asker: Annotated[Asker, account]) -> None:
        try:
            await pages.set_logo(asker.who.account, company, None)
        except Missing:
            _unknown()

    return router


def _file(sent: str) -> bytes:
    try:
        file = base64.b64decode(sent, validate=True)
    except (binascii.Error, ValueError):
        raise Problem(422, "text") from None
    if len(file) > MOST_LOGO:
        raise Problem(413, "logo_large")
    return file


def _seen(page: CompanyPage) -> CompanySeen:
    used = _used(page.colour) if page.colour else None
    return CompanySeen(**vars(page), used=used)


def _used(colour: str) -> ColourSeen:
    look = look_of(colour)
    return ColourSeen(day=_tone(look.day), night=_tone(look.night), changed=look.changed)


def _tone(tone: Tone) -> ToneSeen:
    return ToneSeen(accent=f"#{tone.accent}", on=f"#{tone.on}")


def _unknown() -> NoReturn:
    raise Problem(404, "unknown") from None

"""The desk's front over HTTP: companies, processes, workshops, their doors, tickets and screens."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal, NoReturn, assert_never

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field, StringConstraints

from app.access import Access, Asker
from app.engine.agenda import Minutes
from app.engine.commands import Role
from app.engine.text import Line
from app.http.addresses import Addresses
from app.http.days import Day
from app.http.errors import Body, Problem, StrictRoute
from app.live.door import Door, Doors, TooManyMisses
from app.live.pairing import NoPairing, Screens
from app.live.routes import Qr, way_in_of
from app.live.tokens import Admission, Gatekeeper, session_ground
from app.locales import Words, words
from app.method.arranged import Line as Kept
from app.method.phases import MATERIALS, SITTINGS, Phase
from app.method.templates import TEMPLATES, Template, title
from app.parts.open_links import OpenLink
from app.processes.own_templates import OwnTemplates
from app.processes.service import CompanyRow, Language, Missing, NewWorkshop, NoRound, Processes

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class MakeCompany(Body):
    """A company's name, and the language of its meetings."""

    name: Line
    language: Language = "da"


class MakeProcess(Body):
    """F2: the group that a process is for."""

    company: Id
    group: Line


class AgendaLine(Body):
    """An item of the template to keep, by its index from 0."""

    item: Annotated[int, Field(ge=0, lt=100)]
    minutes: Minutes


class MakeWorkshop(Body):
    """A meeting made from a template, whose title and agenda are the defaults; without a date it is today."""

    process: Id
    template: Id
    language: Language
    title: Line | None = None
    day: Annotated[Day | None, Field(alias="date")] = None
    agenda: Annotated[list[AgendaLine], Field(min_length=1, max_length=100)] | None = None


class Rename(Body):
    """F2: the current names of the company and the group."""

    company: Line
    group: Line


class ChangeDoor(Body):
    """`open` lets people in, `close` keeps new ones out, `rotate` makes a new code for everybody."""

    action: Literal["open", "close", "rotate"]


class ChooseBaseUrl(Body):
    """One of the offered addresses."""

    url: Annotated[str, StringConstraints(max_length=200)]


class PairScreen(Body):
    """The code on the wall; without one a screen is opened from the desk itself."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=20)] | None = None


class Made(BaseModel):
    """The id of the created object."""

    id: str


class MadeOnBoard(Made):
    """The id of the created object, and its board."""

    board: str


class HomeSeen(BaseModel):
    """Everything the account belongs to."""

    companies: list[CompanyRow]


class TemplateItem(BaseModel):
    """One line of a template's agenda."""

    activity: str
    title: str
    minutes: int


class TemplateSeen(BaseModel):
    """An agenda that a workshop can be made from."""

    id: str
    title: str
    about: str
    minutes: int
    phase: int
    items: list[TemplateItem]


class PhaseSeen(BaseModel):
    """A phase with its time and materials (F4); `minutes` is its duration, `time` says how it is spent."""

    phase: int
    name: str
    minutes: int
    time: str
    have: list[str]


class DoorSeen(BaseModel):
    """The door as the desk shows it."""

    open: bool
    code: str
    join_url: str
    qr_path: Qr | None
    expires_at: int | None


class HealthSeen(BaseModel):
    """One finding, in the workshop's language."""

    id: str
    level: Literal["ok", "warn", "red"]
    text: str


class WorkshopSeen(BaseModel):
    """What the desk needs to open a workshop."""

    id: str
    process: str
    board: str
    title: str
    language: str
    role: Role
    door: DoorSeen
    base_urls: list[str]
    base_url: str
    encrypted: bool
    health: list[HealthSeen]
    by_link: OpenLink | None


class TicketSeen(BaseModel):
    """Valid for one hello within 30 s (X6)."""

    ticket: str


class ScreenLetIn(BaseModel):
    """The token of a screen opened from the desk; None when a wall's code was typed."""

    token: str | None = None


class ScreensSeen(BaseModel):
    """The screens paired with a workshop."""

    screens: list[str]


def routes(
    *,
    processes: Processes,
    own_templates: OwnTemplates,
    access: Access,
    doors: Doors,
    screens: Screens,
    gatekeeper: Gatekeeper,
    addresses: Addresses,
    health: Callable[[Words], Awaitable[list[HealthSeen]]],
) -> APIRouter:
    """The routes of the processes."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["processes"])

    @router.get("/home")
    async def home(asker: Annotated[Asker, Depends(access.allow("account"))]) -> HomeSeen:
        return HomeSeen(companies=await processes.home(asker.who.account))

    @router.post("/companies", status_code=201)
    async def make_company(
        body: MakeCompany, asker: Annotated[Asker, Depends(access.allow("begin"))]
    ) -> Made:
        return Made(id=await processes.make_company(asker.who.account, body.name, body.language))

    @router.post("/processes", status_code=201)
    async def make_process(
        body: MakeProcess, asker: Annotated[Asker, Depends(access.allow("own"))]
    ) -> MadeOnBoard:
        try:
            id, board = await processes.make_process(asker.who.account, body.company, body.group)
        except Missing:
            _unknown()
        return MadeOnBoard(id=id, board=board)

    @router.put("/processes/{process}", status_code=204, dependencies=[Depends(access.allow("lead"))])
    async def rename(process: str, body: Rename) -> None:
        await processes.rename(process, body.company, body.group)

    @router.get("/templates", dependencies=[Depends(access.allow("account"))])
    async def templates(language: Annotated[Language, Query()] = "da") -> list[TemplateSeen]:
        return [told(one, words(language)) for one in TEMPLATES]

    @router.get("/phases", dependencies=[Depends(access.allow("account"))])
    async def phases(language: Annotated[Language, Query()] = "da") -> list[PhaseSeen]:
        say = words(language)
        return [
            PhaseSeen(
                phase=phase,
                name=say(f"method.phase.{phase}"),
                minutes=sum(SITTINGS[phase]),
                time=say(f"method.phase.{phase}.time"),
                have=[say(f"method.phase.{phase}.have.{thing}") for thing in MATERIALS[phase]],
            )
            for phase in Phase
        ]

    @router.post("/workshops", status_code=201)
    async def make_workshop(
        body: MakeWorkshop, asker: Annotated[Asker, Depends(access.allow("account"))]
    ) -> MadeOnBoard:
        there = await access.at(asker, "lead", process=body.process)
        own = await own_templates.find(body.process, body.template)
        lines = None if body.agenda is None else [Kept(one.item, one.minutes) for one in body.agenda]
        new = NewWorkshop(body.process, body.template, body.language, body.title, body.day, own, lines)
        try:
            id = await processes.make_workshop(there.where, await processes.group_of(body.process), new)
        except Missing:
            _unknown()
        except ValueError:
            raise Problem(422, "range") from None
        except NoRound:
            raise Problem(409, "no_round") from None
        return MadeOnBoard(id=id, board=there.where.board)

    @router.get("/workshops/{workshop}")
    async def workshop(asker: Annotated[Asker, Depends(access.allow("drive"))]) -> WorkshopSeen:
        place = asker.where
        try:
            meeting = await processes.find(place.workshop, place.board)
        except Missing:
            _unknown()
        base_url = addresses.base_url(await processes.base_url(place.workshop))
        say = words(meeting.language)
        return WorkshopSeen(
            id=meeting.id,
            process=place.process,
            board=place.board,
            title=meeting.title,
            language=meeting.language,
            role=place.role,
            door=_door(await doors.find(place.workshop), base_url),
            base_urls=addresses.base_urls(),
            base_url=base_url,
            encrypted=addresses.https,
            health=await health(say),
            by_link=await processes.open_link(place.workshop, place.board),
        )

    @router.post("/workshops/{workshop}/door")
    async def change_door(
        body: ChangeDoor, asker: Annotated[Asker, Depends(access.allow("drive"))]
    ) -> DoorSeen:
        place = asker.where
        door: Door | None
        match body.action:
            case "open":
                door = await doors.open(place.workshop, place.board)
            case "close":
                door = await doors.close(place.workshop)
            case "rotate":
                asker.must("lead")
                door = await doors.rotate(place.workshop, place.board)
            case _:
                assert_never(body.action)
        return _door(door, addresses.base_url(await processes.base_url(place.workshop)))

    @router.post("/workshops/{workshop}/base-url")
    async def choose_base_url(
        body: ChooseBaseUrl, asker: Annotated[Asker, Depends(access.allow("lead"))]
    ) -> DoorSeen:
        if body.url not in addresses.base_urls():
            raise Problem(422, "range")
        place = asker.where
        await processes.choose_base_url(place.workshop, body.url)
        return _door(await doors.find(place.workshop), addresses.base_url(body.url))

    @router.post("/workshops/{workshop}/ticket")
    async def ticket(
        asker: Annotated[Asker, Depends(access.allow("drive"))],
        picture: Annotated[bool, Query()] = False,
        desk: Annotated[Id | None, Query()] = None,
    ) -> TicketSeen:
        """For the desk, or (U7) for its preview of the wall, which has the view of a screen.

        `desk`: a random id that identifies the page when it leads (R11).
        """
        who, place = asker.who, asker.where
        admission = Admission(
            role=Role.SCREEN if picture else place.role,
            board=place.board,
            workshop=place.workshop,
            ground=session_ground(who.session),
            expires_at=who.expires_at,
            account=who.account,
            picture=picture,
            desk="" if picture else desk or "",
            name=who.name,
        )
        return TicketSeen(ticket=gatekeeper.ticket(admission))

    @router.get("/workshops/{workshop}/screens")
    async def see_screens(asker: Annotated[Asker, Depends(access.allow("drive"))]) -> ScreensSeen:
        return ScreensSeen(screens=await screens.of(asker.where.workshop))

    @router.post("/workshops/{workshop}/screens")
    async def let_in_screen(
        body: PairScreen, asker: Annotated[Asker, Depends(access.allow("drive"))]
    ) -> ScreenLetIn:
        place = asker.where
        if body.code is None:
            return ScreenLetIn(token=await screens.let_in(place.workshop, place.board))
        try:
            await screens.pair(body.code, place.workshop, place.board, asker.who.account)
        except NoPairing:
            raise Problem(404, "no_screen") from None
        except TooManyMisses as misses:
            raise Problem(429, misses.code, misses.retry_after) from None
        return ScreenLetIn()

    @router.delete("/workshops/{workshop}/screens/{screen}", status_code=204)
    async def send_screen_away(screen: Id, asker: Annotated[Asker, Depends(access.allow("drive"))]) -> None:
        await screens.send_away(asker.where.workshop, screen)

    return router


def told(template: Template, say: Words) -> TemplateSeen:
    """A template as the desk offers it; a company's own has its name, and nothing more is known about it."""
    return TemplateSeen(
        id=template.id,
        title=template.name or say(f"method.template.{template.id}"),
        about="" if template.name else say(f"method.template.{template.id}.about"),
        minutes=template.minutes,
        phase=template.phase,
        items=[
            TemplateItem(activity=plan.kind, title=title(plan, say), minutes=plan.minutes)
            for plan in template.items
        ],
    )


def _door(door: Door | None, base_url: str) -> DoorSeen:
    if door is None or not door.open:
        return DoorSeen(open=False, code="", join_url="", qr_path=None, expires_at=None)
    way_in = way_in_of(door, base_url)
    return DoorSeen(
        open=True,
        code=way_in.code,
        join_url=way_in.join_url,
        qr_path=way_in.qr,
        expires_at=door.expires_at,
    )


def _unknown() -> NoReturn:
    raise Problem(404, "unknown") from None

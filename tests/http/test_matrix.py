"""X20 over HTTP: every route, called by everybody, against the table written by hand."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
import yaml
from fastapi import APIRouter, FastAPI
from sqlalchemy import insert

from app.access import RouteWithoutGroup, check_routes, group_of, routes_of
from app.accounts.tables import account
from app.clock import local_day
from app.contract.openapi import document
from app.main import App, create_app
from app.processes.tables import membership
from app.processes.working_group import WorkingGroup
from app.settings import Settings
from tests.support.clock import Clock
from tests.support.tables import lay

MATRIX: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "authz.yaml").read_text())
PATHS: dict[str, Any] = json.loads(document())["paths"]
ACCOUNTS = ("reader", "co_facilitator", "facilitator", "stranger", "administrator")
PEOPLE = ("nobody", "phone", "screen", "member", *ACCOUNTS)
HOST = "localhost:8000"
#: A PNG of one pixel.
LOGO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@dataclass
class World:
    """A running server with one workshop, its people, and a stranger who leads another process."""

    app: App
    accounts: dict[str, str]
    process: str
    workshop: str
    room: str
    screen: str
    member: str = ""
    company: str = ""
    host: str = HOST
    #: The stranger's own workshop.
    elsewhere: str = ""

    @property
    def group(self) -> WorkingGroup:
        """The working groups."""
        return WorkingGroup(self.app.services.database, self.app.services.accounts)

    async def invited(self) -> str:
        """F3: the cookie of a member who opens their personal link."""
        link = await self.app.services.accounts.give_link(self.member)
        return (await self.app.services.accounts.enter(link.token)).token

    async def as_(self, who: str) -> httpx2.AsyncClient:
        """A fresh browser, phone or screen of that person."""
        headers = {"Origin": f"http://{self.host}", **await self.shows(who)}
        transport = httpx2.ASGITransport(app=self.app)
        return httpx2.AsyncClient(
            transport=transport,
            base_url=f"http://{self.host}",
            headers=headers,
            event_hooks={"response": [is_declared]},
        )

    async def shows(self, who: str) -> dict[str, str]:
        """By what that person is known: a header, or none."""
        if who == "member":
            return {"Cookie": f"trivsel={await self.invited()}"}
        if who in self.accounts:
            return {"Cookie": f"trivsel={await sign_in(self.app, self.accounts[who])}"}
        if who == "nobody":
            return {}
        return {"Authorization": f"Bearer {self.room if who == 'phone' else self.screen}"}


async def is_declared(answer: httpx2.Response) -> None:
    """M6: an operation's answers are in its document, which lists all refusals as `default`."""
    path, method = answer.request.url.path, answer.request.method.lower()
    declared = [
        operations[method]["responses"]
        for template, operations in PATHS.items()
        if method in operations and re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path)
    ]
    told = answer.status_code >= 400 or any(str(answer.status_code) in each for each in declared)
    assert told or not declared, f"{method} {path} {answer.status_code}"


async def sign_in(app: App, id: str) -> str:
    accounts = app.services.accounts
    async with app.services.database.begin() as connection:
        row = (await connection.execute(account.select().where(account.c.id == id))).one()
        return (await accounts.sessions.begin(connection, row)).token


@pytest_asyncio.fixture
async def world(tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    """The real application, without a socket."""
    settings = Settings(data=tmp_path, base_url="", trusted_proxies="")
    lay(tmp_path)
    app = create_app(settings, clock.ms)
    yield await inhabited(app)
    services = app.services
    await services.rooms.idle()
    await services.maker.close()
    await services.database.close()


async def inhabited(app: App, host: str = HOST) -> World:
    """Everybody with their account; those who lead have a workshop whose door is open."""
    services = app.services
    people = {who: f"{who}-id" for who in ACCOUNTS}
    async with services.database.begin() as connection:
        for who, id in people.items():
            await connection.execute(
                insert(account).values(
                    id=id,
                    name=who,
                    email=f"{who}@x.dk",
                    password_hash="-",
                    admin=who == "administrator",
                    disabled=False,
                    may_begin=who != "reader",
                )
            )
    made = World(app, people, "", "", "", "", host=host)
    made.elsewhere = (await make_workshop(made, "stranger"))[-1]
    made.company, made.process, made.workshop = await make_workshop(made, "facilitator")
    async with services.database.begin() as connection:
        for who in ("reader", "co_facilitator"):
            await connection.execute(
                insert(membership).values(process_id=made.process, account_id=people[who], role=who)
            )
    made.member = await made.group.add(made.process, "Ole", "Tillid")
    place = await services.processes.workshop(people["facilitator"], made.workshop)
    assert place is not None
    door = await services.doors.open(made.workshop, place.board)
    async with await made.as_("nobody") as phone:
        made.room = (await phone.post("/api/join", json={"code": door.code})).json()["token"]
    made.screen = await services.screens.let_in(made.workshop, place.board)
    return made


async def make_workshop(world: World, who: str) -> tuple[str, str, str]:
    """Its company, its process and the workshop."""
    async with await world.as_(who) as desk:
        company = (await desk.post("/api/companies", json={"name": who})).json()["id"]
        process = (await desk.post("/api/processes", json={"company": company, "group": who})).json()["id"]
        body = {"process": process, "template": "choose", "language": "da"}
        return company, process, (await desk.post("/api/workshops", json=body)).json()["id"]


async def body_of(route: str, world: World) -> dict[str, object]:
    bodies: dict[str, dict[str, object]] = {
        "POST /api/companies": {"name": "Firma"},
        "POST /api/workshops": {"process": world.process, "template": "choose", "language": "da"},
        "POST /api/rehearsals": {"process": world.process, "template": "choose", "language": "da"},
        "POST /api/workshops/{workshop}/door": {"action": "open"},
        "POST /api/workshops/{workshop}/meaning": {"phrase": "om 14 dage"},
        "POST /api/processes/{process}/links": {"days": 1},
        "POST /api/workshops/{workshop}/template": {"name": "Vores møde"},
        "PUT /api/processes/{process}/reminder": {"on": False},
        "PUT /api/templates/{template}": {"name": "Vores møde"},
        "PUT /api/processes/{process}": {"company": "Firma", "group": "Montagen"},
        "POST /api/processes/{process}/members": {"name": "Ida", "duty": "Leder"},
        "PUT /api/processes/{process}/members/{member}": {"name": "Ida", "duty": "Leder"},
        "POST /api/session/link": {"token": "gone"},
        "POST /api/processes/{process}/invitations": {"name": "Ida", "role": "reader"},
        "POST /api/session/proof": {"password": "not it"},
        "PUT /api/companies/{company}": {"keep_months": 12},
        "PUT /api/companies/{company}/logo": {"file": LOGO},
        "DELETE /api/account": {"companies": []},
        "POST /api/conversations": two_who_talk(world),
        "PUT /api/companies/{company}/conversations": {"on": True},
    }
    return bodies.get(route, {})


async def process_to_leave(world: World) -> str:
    """Another one of the same company, with the same people; a person who has left is not in it."""
    async with await world.as_("facilitator") as desk:
        body = {"company": world.company, "group": "Lageret"}
        process = str((await desk.post("/api/processes", json=body)).json()["id"])
    people = {world.accounts[who]: who for who in ("reader", "co_facilitator")}
    async with world.app.services.database.begin() as connection:
        for id, role in (people | {world.member: "co_facilitator"}).items():
            await connection.execute(insert(membership).values(process_id=process, account_id=id, role=role))
    return process


async def link_of(world: World) -> str:
    async with await world.as_("facilitator") as desk:
        made = await desk.post(f"/api/processes/{world.process}/links", json={"days": 1})
        return str(made.json()["id"])


def two_who_talk(world: World) -> dict[str, object]:
    plan = {"day": local_day(world.app.services.clock()), "time": None, "rhythm": "week", "minutes": 30}
    return {"company": world.company, "employee": "Ida", "language": "da", **plan}


async def pair_of(world: World) -> str:
    async with await world.as_("facilitator") as desk:
        return str((await desk.post("/api/conversations", json=two_who_talk(world))).json()["id"])


async def template_of(world: World) -> str:
    async with await world.as_("facilitator") as desk:
        made = await desk.post(f"/api/workshops/{world.workshop}/template", json={"name": "Vores"})
        return str(made.json()["id"])


def test_X20_every_route_is_in_the_table_and_says_the_same_group(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, base_url=""))
    declared = {
        f"{method} {route.path}": group_of(route)
        for route in routes_of(app.http)
        for method in route.methods or ()
        if route.path.startswith("/api/")
    }
    expected = {
        route: "account" if route in MATRIX["inside"] else group for route, group in MATRIX["routes"].items()
    }
    assert declared == expected


def test_X20_what_is_outside_the_api_is_in_the_table_too(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, base_url=""))
    declared = {
        f"{method} {route.path}"
        for route in routes_of(app.http)
        for method in (route.methods or set()) - {"HEAD"}
        if not route.path.startswith("/api/")
    }
    assert declared == {*MATRIX["beside"]["pages"], *MATRIX["beside"]["own"]}


async def names_of(path: str, world: World) -> dict[str, str]:
    """The values of the names in a path; missing objects are created."""
    names = {"workshop": world.workshop, "process": world.process, "company": world.company}
    names |= dict.fromkeys(("screen", "session", "name"), "x") | {"shape": "pdf", "poster": "none"}
    if path.endswith("/membership"):
        names["process"] = await process_to_leave(world)
    if "accounts/{account}" in path:
        names["account"] = world.accounts["facilitator"]
    if "people/{account}" in path:
        names["account"] = await world.group.add(world.process, "Ida", "Leder")
    if "{invitation}" in path:
        async with await world.as_("facilitator") as desk:
            body = {"name": "Ida", "role": "reader"}
            made = await desk.post(f"/api/processes/{world.process}/invitations", json=body)
            names["invitation"] = made.json()["id"]
    if "{member}" in path:
        # Somebody else of the group: withdrawing one's own link would end the request.
        names["member"] = await world.group.add(world.process, "Ida", "Leder")
    if "{link}" in path:
        names["link"] = await link_of(world)
    if "backups/{name}" in path:
        names["name"] = (await world.app.services.backups.make()).name
    if "{template}" in path:
        names["template"] = await template_of(world)
    if "{pair}" in path:
        names["pair"] = await pair_of(world)
    return names


@pytest.mark.parametrize("who", PEOPLE)
async def test_X20_every_route_lets_in_whom_the_table_says(world: World, who: str) -> None:
    wrong = []
    for route, group in MATRIX["routes"].items():
        method, path = route.split(" ")
        names = await names_of(path, world)
        body = None if method == "GET" else await body_of(route, world)
        async with await world.as_(who) as client:
            answer = await client.request(method, path.format(**names), json=body)
        code = answer.json()["code"] if answer.status_code in (401, 403, 404) else "yes"
        # Admitted, but the ids in the body lead nowhere: that is not the gate's answer.
        elsewhere = ("wrong_password", "no_room", "no_screen", "no_poster", "no_sign_on", "proof")
        found = "yes" if code in elsewhere else code
        expected = MATRIX["people"][group][who]
        if found != ("yes" if expected is True else expected):
            wrong.append((route, found, expected))
    assert not wrong


def shapes_of(path: str) -> list[str]:
    """The formats that a file comes in."""
    asked = {one["name"]: one["schema"] for one in PATHS[path]["get"]["parameters"]}
    return list(asked["shape"]["enum"])


@pytest.mark.parametrize("who", PEOPLE)
async def test_X20_a_file_is_refused_in_every_shape_as_in_one(world: World, who: str) -> None:
    files = {route.removeprefix("GET "): g for route, g in MATRIX["routes"].items() if "{shape}" in route}
    assert {shape for path in files for shape in shapes_of(path)} > {
        "pdf",
        "docx",
        "xlsx",
        "csv",
        "zip",
        "svg",
    }
    wrong = []
    async with await world.as_(who) as client:
        for path, group in files.items():
            expected = MATRIX["people"][group][who]
            names = await names_of(path, world)
            for shape in () if expected is True else shapes_of(path):
                # However it is requested: at once, with its progress, or without some of it.
                for query in ("", "?steps=true", "?without=phase_2"):
                    answer = await client.get(path.format(**names | {"shape": shape}) + query)
                    if answer.json().get("code") != expected:
                        wrong.append((path, shape, query, answer.status_code))
    assert not wrong


@pytest.mark.parametrize(
    ("who", "status"), [("facilitator", 200), ("co_facilitator", 403), ("stranger", 404)]
)
async def test_X20_a_new_code_for_all_is_for_facilitators(world: World, who: str, status: int) -> None:
    async with await world.as_(who) as client:
        answer = await client.post(f"/api/workshops/{world.workshop}/door", json={"action": "rotate"})
    assert answer.status_code == status


def test_X20_a_route_without_a_group_stops_the_start() -> None:
    app, router = FastAPI(), APIRouter()

    @router.get("/api/secret")
    async def secret() -> None: ...

    app.include_router(router)
    with pytest.raises(RouteWithoutGroup):
        check_routes(app)


def test_X20_a_mounted_app_stops_the_start() -> None:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/beside", FastAPI())
    with pytest.raises(RouteWithoutGroup):
        check_routes(app)

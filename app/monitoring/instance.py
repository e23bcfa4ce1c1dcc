"""The page of the installation, for its administrators: its configuration and its state (A14).

It has names and numbers of companies and people that other pages show too, and nothing of any board.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from sqlalchemy import func, select

from app.access import Access, Asker
from app.accounts.tables import account
from app.http.errors import StrictRoute
from app.live.rooms import Rooms
from app.locales import words
from app.monitoring.health import Finding, room
from app.monitoring.news import news
from app.monitoring.settings_told import Came, told
from app.monitoring.version import VERSION
from app.processes.tables import company, process
from app.settings import Settings
from app.storage.database import Database
from app.words.order import by_words

#: How many people and companies are listed by name; the totals are given too.
NAMED = 500


class SettingSeen(BaseModel):
    """A setting and its source. The value of a secret is left out; it only says whether there is one."""

    variable: str
    value: str | None
    came: Came


class PersonSeen(BaseModel):
    """A person with an account; a member with a personal link has no e-mail."""

    name: str
    email: str
    admin: bool
    by_link: bool


class CompanyOnServer(BaseModel):
    """A company, its owners, and how many processes it has."""

    name: str
    owner: str
    processes: int


class LineSeen(BaseModel):
    """A line of the doctor."""

    id: str
    level: Literal["ok", "warn", "red"]
    text: str


class InstanceSeen(BaseModel):
    """Everything on the server page. Sizes are in bytes; meetings and screens are those of all processes."""

    version: str
    news_of: str
    news: list[str]
    lines: list[LineSeen]
    settings: list[SettingSeen]
    meetings: int
    screens: int
    used: int
    free: int | None
    people: list[PersonSeen]
    people_in_all: int
    companies: list[CompanyOnServer]
    companies_in_all: int


def routes(
    *,
    settings: Settings,
    database: Database,
    rooms: Rooms,
    findings: Callable[[], Awaitable[Sequence[Finding]]],
    access: Access,
) -> APIRouter:
    """One route, for administrators alone (X20)."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["instance"])

    @router.get("/instance")
    async def instance(
        _asker: Annotated[Asker, Depends(access.allow("admin"))],
        language: Annotated[Literal["da", "en"], Query()] = "da",
    ) -> InstanceSeen:
        say = words(language)
        people, companies, in_all = await _who(database, language)
        meetings, screens = rooms.elsewhere.in_use(rooms.here())
        news_of, points = news()
        return InstanceSeen(
            version=VERSION,
            news_of=news_of,
            news=list(points),
            lines=[LineSeen(id=one.id, level=one.level, text=one.said(say)) for one in await findings()],
            settings=[SettingSeen(variable=v, value=value, came=came) for v, value, came in told(settings)],
            meetings=meetings,
            screens=screens,
            used=await asyncio.to_thread(_used, settings.data),
            free=room(settings.data),
            people=people,
            people_in_all=in_all[0],
            companies=companies,
            companies_in_all=in_all[1],
        )

    return router


async def _who(
    database: Database, language: str
) -> tuple[list[PersonSeen], list[CompanyOnServer], tuple[int, int]]:
    """The first of each as people read them (G52), and how many there are."""
    key = by_words(language)
    own = select(func.count()).where(process.c.company_id == company.c.id).scalar_subquery()
    owned = select(company.c.name, account.c.name.label("owner"), own.label("processes"))
    owned = owned.join(account, account.c.id == company.c.owner_id)
    async with database.connect() as connection:
        known = (await connection.execute(select(account.c.name, account.c.email, account.c.admin))).all()
        held = (await connection.execute(owned)).all()
        in_all = await connection.scalar(select(func.count()).select_from(company)) or 0
    people = sorted(known, key=lambda row: (key(row.name), row.email))[:NAMED]
    companies = sorted(held, key=lambda row: (key(row.name), row.owner))[:NAMED]
    return (
        [_person(row.name, row.email, admin=row.admin) for row in people],
        [CompanyOnServer(name=row.name, owner=row.owner, processes=row.processes) for row in companies],
        (len(known), in_all),
    )


def _person(name: str, email: str, *, admin: bool) -> PersonSeen:
    by_link = "@" not in email
    return PersonSeen(name=name, email="" if by_link else email, admin=admin, by_link=by_link)


def _used(data: Path) -> int:
    """The size of the data folder; a file that vanishes meanwhile counts nothing."""
    size = 0
    for path in data.rglob("*"):
        try:
            size += path.lstat().st_size
        except OSError:
            continue
    return size

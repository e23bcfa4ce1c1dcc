"""An open workshop on a real server, and the people who join it with their browsers."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Unpack

from playwright.async_api import StorageState, StorageStateCookie

from tests.support.browsers import PHONE, PROJECTOR, Looks, People
from tests.support.desk import Desk
from tests.support.meeting import Meeting, signed_in
from tests.support.phone import Phone
from tests.support.server import SERVE, Server
from tests.support.wall import Wall
from tests.support.words import Words


def served(data: Path, *, command: Sequence[str] = SERVE, **env: str) -> Server:
    """A server, not started, whose QR codes lead to itself, as on its own network."""
    server = Server(data, env=env, command=command, laid=True)
    server.env.setdefault("TRIVSEL_BASE_URL", server.url)
    return server


@dataclass
class Workshop:
    """Its server, its door, and the people in it."""

    people: People
    server: Server
    meeting: Meeting
    state: StorageState
    words: Words = field(default_factory=Words)

    async def desk(self, **looks: Unpack[Looks]) -> Desk:
        """A laptop that is signed in, with the workshop open."""
        context = await self.people.sits_down(**(looks | {"state": self.state}))
        desk = Desk(await context.new_page(), self.words)
        await desk.opens(self.server.url, self.meeting.workshop)
        return desk

    async def wall(self, url: str | None = None, **looks: Unpack[Looks]) -> Wall:
        """A projector that the desk opened."""
        token = (await self.meeting.post(f"/api/workshops/{self.meeting.workshop}/screens"))["token"]
        context = await self.people.sits_down(**(PROJECTOR | looks))
        wall = Wall(await context.new_page(), self.words)
        await wall.page.goto(f"{url or self.server.url}/wall#{token}")
        return wall

    async def phone(self, url: str | None = None, **looks: Unpack[Looks]) -> Phone:
        """A phone that scanned the code, or came by another address."""
        # U18: a phone speaks its own language, whatever the meeting's.
        own: Looks = {"locale": "en-GB"} if self.words.language == "en" else {}
        context = await self.people.sits_down(**(PHONE | own | looks))
        phone = Phone(await context.new_page(), self.words)
        await phone.opens(url or self.meeting.join_url)
        return phone

    async def begins_writing(self) -> tuple[Desk, Phone]:
        """The first question is open, and somebody writes."""
        desk, phone = await self.desk(), await self.phone()
        await phone.is_in()
        await desk.starts("notes_draws")
        await desk.goes_on("notes.desk.start", minutes="fem")
        await phone.may_write()
        return desk, phone

    async def link(self, days: int = 14, password: str | None = None) -> tuple[str, str]:
        """A manager's link and its id."""
        path = f"/api/processes/{self.meeting.process}/links"
        made = await self.meeting.post(path, days=days, **({"password": password} if password else {}))
        return made["url"], made["id"]


@asynccontextmanager
async def workshop(
    people: People, server: Server, language: str = "da", template: str = "main_meeting"
) -> AsyncIterator[Workshop]:
    """A company, a process and a workshop with its door open."""
    async with signed_in(server) as http:
        meeting = await Meeting(server.url, http).make(template, language)
        cookies: list[StorageStateCookie] = [
            {
                "name": cookie.name,
                "value": cookie.value or "",
                "domain": cookie.domain,
                "path": "/",
                "expires": -1,
                "httpOnly": True,
                "secure": False,
                "sameSite": "Lax",
            }
            for cookie in http.cookies.jar
        ]
        state = StorageState(cookies=cookies, origins=[])
        yield Workshop(people, server, meeting, state, Words(language))

"""Two people in a conversation, on a fresh server."""

from dataclasses import dataclass
from typing import Any

import httpx2
import pytest_asyncio

from app.clock import local_day
from app.conversations.form import QUESTIONS
from tests.support.house import House, home

__all__ = ["home"]


@dataclass
class Party:
    """One of the two, in a browser of their own."""

    browser: httpx2.AsyncClient
    token: str

    async def asks(self, what: str, **body: object) -> httpx2.Response:
        return await self.browser.post(f"/api/conversation/{what}", json={"token": self.token, **body})

    async def sees(self, **body: object) -> dict[str, Any]:
        answer = await self.asks("open", **body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def writes(self, question: str, text: str, rev: int | None = None) -> httpx2.Response:
        """Write into the newest conversation, based on its current revision."""
        it = await self.sees()
        there = next(each["rev"] for each in it["mine"] if each["question"] == question)
        body = {"question": question, "text": text, "rev": there if rev is None else rev}
        return await self.asks("answer", conversation=it["id"], **body)

    async def shares(self, *, shared: bool = True) -> None:
        answer = await self.asks("share", conversation=(await self.sees())["id"], shared=shared)
        assert answer.status_code == 204, answer.text

    async def reads(self, side: str, **body: object) -> dict[str, str] | None:
        """The texts of "mine" or "theirs" by question."""
        found = (await self.sees(**body))[side]
        return None if found is None else {each["question"]: each["text"] for each in found}


@dataclass
class Two:
    """A leader at the desk, and both people with their links."""

    home: House
    desk: httpx2.AsyncClient
    company: str
    pair: str
    employee: Party
    leader: Party


async def begin(home: House, desk: httpx2.AsyncClient, company: str, **how: object) -> dict[str, Any]:
    body = {
        "company": company,
        "employee": "Ida Skov",
        "language": "da",
        "day": local_day(home.clock.ms()),
        "time": "09:30",
        "rhythm": "fortnight",
        "minutes": 45,
    }
    made = await desk.post("/api/conversations", json=body | how)
    assert made.status_code == 201, made.text
    return dict(made.json())


@pytest_asyncio.fixture
async def two(home: House) -> Two:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bakkedal Inventar"})).json()["id"]
    made = await begin(home, desk, company)
    employee, leader = (
        Party(home.client(address=address), made[side]["url"].partition("#")[2])
        for side, address in (("employee", "10.0.0.11"), ("leader", "10.0.0.12"))
    )
    return Two(home, desk, company, made["id"], employee, leader)


EMPTY = dict.fromkeys(QUESTIONS, "")

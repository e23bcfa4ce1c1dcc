"""The summary's routes with a fake caller: the basis of the tests of links and pages."""

from dataclasses import dataclass

import httpx2
from argon2 import PasswordHasher
from fastapi.routing import APIRoute

from app.access import Place, SignedIn
from app.engine.commands import Role
from app.engine.records import Board
from app.exports.gather import Gathered
from app.exports.way_in import WayIn
from app.limits import DAY
from tests.exports.making import FileMaker
from tests.exports.sample import HEADING, ITEMS

START = 1_800_000_000_000
PROCESS, OTHER = "process-1", "process-2"
#: argon2id all the same, but quick.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Now:
    """Server time in ms that a test moves."""

    def __init__(self) -> None:
        self.ms = START

    def __call__(self) -> int:
        return self.ms


@dataclass
class People:
    """The signed-in account, and its role in PROCESS only."""

    role: Role | None = Role.FACILITATOR

    async def find(self, request: object) -> SignedIn | None:
        return SignedIn("a", "Dorte", "d@example.com", False, "s", START, START + DAY) if self.role else None

    async def carried(self, process: str) -> bytes:
        return f'{{"format": "trivselstavlen.process", "of": "{process}"}}'.encode()

    async def alive(self, session: str, account: str) -> bool:
        return True

    async def workshop(self, account: str, workshop: str) -> Place | None:
        return (
            Place(self.role, PROCESS, "board", workshop) if self.role and workshop == "workshop-1" else None
        )

    async def process(self, account: str, process: str) -> Place | None:
        return Place(self.role, process, "board") if self.role and process == PROCESS else None


class OneBoard:
    """A source with the sample process."""

    def __init__(self) -> None:
        self.gathered: Gathered | None = Gathered(Board(), ITEMS, HEADING, "da")  # type: ignore[arg-type]

    async def workshop(self, workshop: str) -> Gathered | None:
        return self.gathered

    async def process(self, process: str) -> Gathered | None:
        return self.gathered


@dataclass
class OneDoor:
    """The entrance to every workshop, or none."""

    way: WayIn | None = None

    async def of(self, workshop: str) -> WayIn | None:
        return self.way


@dataclass
class Web:
    """The app around the routes, and a client of it."""

    app: object
    client: httpx2.AsyncClient
    people: People
    source: OneBoard
    maker: FileMaker
    ways: OneDoor
    #: All that can be asked for.
    routes: list[APIRoute]

    async def link(self, **how: object) -> tuple[str, str]:
        made = (await self.client.post(f"/api/processes/{PROCESS}/links", json=how)).json()
        return made["id"], made["url"].partition("#")[2]

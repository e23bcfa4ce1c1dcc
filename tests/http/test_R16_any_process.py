"""R16, E8: several processes on one database, and clients that connect to a different one each time."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest_asyncio
from sqlalchemy import select

from app.engine.commands import Role
from app.live.tables import pairing, screen
from app.sign_on.keeping import Errand, Errands
from app.storage.spent import Spent
from tests.support.clock import Clock
from tests.support.house import KEY, House, house
from tests.support.patience import PATIENCE


@dataclass
class Two:
    """Two processes, a workshop, and the desk's browser at each."""

    one: House
    two: House
    workshop: str
    desks: tuple[httpx2.AsyncClient, httpx2.AsyncClient]

    async def ticket(self, at: int) -> str:
        answer = await self.desks[at].post(f"/api/workshops/{self.workshop}/ticket", json={})
        return str(answer.json()["ticket"])


@pytest_asyncio.fixture
async def both(tmp_path: Path, clock: Clock, postgres_url: str) -> AsyncIterator[Two]:
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        folder.mkdir()
    async with (
        house(folders[0], clock, url=postgres_url) as one,
        house(folders[1], clock, url=postgres_url) as two,
    ):
        at_one, at_two = await one.signed_in(), two.client()
        made = await one.workshop(at_one)
        at_two.cookies.update(at_one.cookies)
        yield Two(one, two, made["id"], (at_one, at_two))


async def test_R16_a_ticket_and_a_key_open_whichever_process_they_are_shown_to(both: Two) -> None:
    admission = await both.two.gatekeeper.admit(await both.ticket(0))
    assert admission is not None and admission.role is Role.FACILITATOR
    key = both.two.gatekeeper.key(admission)
    assert await both.one.gatekeeper.admit_bearer(key) == admission


async def test_R16_B57_a_ticket_that_is_shown_to_both_at_once_opens_one(both: Two) -> None:
    for _ in range(5):
        ticket = await both.ticket(1)
        shown = await asyncio.gather(
            *(gate.admit(ticket) for gate in (both.one.gatekeeper, both.two.gatekeeper) * 2)
        )
        assert sum(admission is not None for admission in shown) == 1


async def test_R16_X6_a_session_that_ends_at_one_ends_tickets_and_keys_at_the_other(both: Two) -> None:
    admission = await both.two.gatekeeper.admit(await both.ticket(0))
    assert admission is not None
    key, ticket = both.two.gatekeeper.key(admission), await both.ticket(1)
    await both.desks[0].delete("/api/session")
    assert not await both.two.gatekeeper.still_admitted(admission)
    assert await both.two.gatekeeper.admit_bearer(key) is None
    assert await both.two.gatekeeper.admit(ticket) is None


async def test_R16_a_wall_is_let_in_though_desk_and_wall_use_different_processes(both: Two) -> None:
    walls = both.one.client(), both.two.client()
    shown = (await walls[0].post("/api/screens", json={})).json()
    claim = {"secret": shown["secret"]}
    assert (await walls[1].post("/api/screens/claim", json=claim)).status_code == 202
    typed = await both.desks[1].post(f"/api/workshops/{both.workshop}/screens", json={"code": shown["code"]})
    assert typed.status_code == 200
    # Requested from both at once it is handed out once, and only a hash of it is stored.
    answers = await asyncio.gather(*(wall.post("/api/screens/claim", json=claim) for wall in walls))
    assert sorted(answer.status_code for answer in answers) == [200, 410]
    token = next(answer.json()["token"] for answer in answers if answer.status_code == 200)
    for home in (both.one, both.two):
        admission = await home.gatekeeper.admit(token)
        assert admission is not None
        assert (admission.role, admission.workshop) == (Role.SCREEN, both.workshop)
    async with both.one.database.connect() as connection:
        rows = [*await connection.execute(select(screen)), *await connection.execute(select(pairing))]
    assert len(rows) == 1 and token not in str(rows) and shown["secret"] not in str(rows)


async def test_R16_a_code_that_is_typed_at_both_at_once_pairs_once(both: Two) -> None:
    shown = (await both.one.client().post("/api/screens", json={})).json()
    path, code = f"/api/workshops/{both.workshop}/screens", {"code": shown["code"]}
    typed = await asyncio.gather(*(desk.post(path, json=code) for desk in both.desks))
    assert sorted(answer.status_code for answer in typed) == [200, 404]


async def test_R16_B73_a_way_back_from_the_provider_is_taken_once_by_either(both: Two, clock: Clock) -> None:
    one, two = (Errands(KEY, clock.ms, Spent(home.database, clock.ms)) for home in (both.one, both.two))
    errand = Errand(state="s", nonce="n", verifier="v", purpose="enter", about="", until=one.until())
    cookie = one.keep(errand)
    assert [await each.take(cookie, "s") for each in (two, one, two)] == [errand, None, None]


async def test_R16_X6_what_is_revoked_at_one_is_told_to_the_other_at_once(both: Two) -> None:
    revoked: asyncio.Queue[str] = asyncio.Queue()
    both.two.app.services.hints.on("revoked", lambda ground, _value: revoked.put_nowait(ground))
    hints = [home.app.services.hints for home in (both.one, both.two)]
    running = [asyncio.create_task(each.run()) for each in hints]
    try:
        async with asyncio.timeout(PATIENCE):
            while not all(each.listening for each in hints):
                await asyncio.sleep(0.01)
            admission = await both.two.gatekeeper.admit(await both.ticket(0))
            assert admission is not None
            await both.desks[0].delete("/api/session")
            assert await revoked.get() == admission.ground
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def test_R16_G07_a_phone_that_tries_the_code_may_come_to_the_other(both: Two) -> None:
    told = [(await desk.get("/api/reach")).json() for desk in both.desks]
    assert told[0] == told[1] and not told[0]["came"]
    path = told[0]["url"].partition("/t/")[2]
    assert (await both.two.client().get(f"/t/{path}")).status_code == 200

"""A12: a company sets its threshold; running meetings may get a higher one, and never a lower one."""

import itertools
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import select, update

from app.engine.agenda import Workshop
from app.engine.store import Batch, Full
from app.processes.tables import company as companies
from tests.support.clock import Clock
from tests.support.house import House, house


async def sets(desk: httpx2.AsyncClient, company: str, threshold: int) -> int:
    """The answer to an owner who changes it."""
    path = f"/api/companies/{company}"
    return (await desk.put(path, json={"threshold": threshold})).status_code


async def holds(home: House, made: dict[str, str]) -> int:
    """The meeting's threshold."""
    return (await home.board(made["board"])).one(Workshop, made["id"]).threshold


async def again(desk: httpx2.AsyncClient, made: dict[str, str]) -> dict[str, str]:
    """One more meeting of the same process."""
    body = {"process": made["process"], "template": "main_meeting", "language": "da"}
    answer = await desk.post("/api/workshops", json=body)
    return {**made, **answer.json()}


async def test_A12_more_holds_at_once_and_less_only_in_what_is_made_afterwards(home: House) -> None:
    desk = await home.signed_in()
    first = await home.workshop(desk)
    company = first["company"]
    assert await holds(home, first) == 5
    assert await sets(desk, company, 8) == 204
    page = (await desk.get(f"/api/companies/{company}")).json()
    assert (page["threshold"], await holds(home, first)) == (8, 8)
    second = await again(desk, first)
    assert await sets(desk, company, 6) == 204
    third = await again(desk, first)
    assert [await holds(home, one) for one in (first, second, third)] == [8, 8, 6]
    (told,) = (await desk.get("/api/overview")).json()["companies"]
    assert told["threshold"] == 6


@pytest.mark.parametrize("threshold", [4, 0, -5, 21, 1000])
async def test_A12_five_at_least_and_twenty_at_most(home: House, threshold: int) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    assert await sets(desk, made["company"], threshold) == 422
    assert await holds(home, made) == 5


async def test_A12_a_process_from_a_file_is_held_to_its_new_company(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    file = (await desk.get(f"/api/processes/{made['process']}/file")).content
    other = (await desk.post("/api/companies", json={"name": "Vognmanden"})).json()["id"]
    assert await sets(desk, other, 9) == 204
    headers = {"Content-Type": "application/json"}
    laid = await desk.post(f"/api/companies/{other}/file", content=file, headers=headers)
    assert laid.status_code == 201, laid.text
    rows = [
        row
        for each in (await desk.get("/api/home")).json()["companies"]
        for row in each["processes"]
        if row["id"] == laid.json()["id"]
    ]
    meetings = (await home.board(rows[0]["board"])).every(Workshop).values()
    assert [one.threshold for one in meetings] == [9]


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "SQLite" else str(request.getfixturevalue("postgres_url"))


@pytest_asyncio.fixture
async def either(url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    """An empty server on either database."""
    async with house(tmp_path, clock, url=url) as made:
        yield made


class Breaking:
    """A store that asks before each commit."""

    def __init__(self, store: Any, before: Callable[[], None]) -> None:
        self._store = store
        self._before = before

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def commit(self, *asked: Any) -> Batch:
        self._before()
        batch: Batch = await self._store.commit(*asked)
        return batch


async def many(desk: httpx2.AsyncClient, home: House) -> list[dict[str, str]]:
    """Three processes of one company, each with a meeting."""
    made = [await home.workshop(desk)]
    for name in ("Lageret", "Kontoret"):
        body = {"company": made[0]["company"], "group": name}
        process = (await desk.post("/api/processes", json=body)).json()
        made.append(await again(desk, {**made[0], "process": process["id"], "board": process["board"]}))
    return made


async def says(home: House, company: str) -> int:
    """The company's threshold."""
    async with home.database.connect() as connection:
        query = select(companies.c.threshold).where(companies.c.id == company)
        return int(await connection.scalar(query) or 0)


@pytest.mark.parametrize("stored", [0, 1, 2])
async def test_A12_an_interrupted_raise_leaves_no_meeting_below_its_company(
    either: House, stored: int
) -> None:
    desk = await either.signed_in()
    made = await many(desk, either)
    rooms = either.app.services.rooms
    # All of them are unloaded; from now on the disk accepts this many more of them.
    await rooms.sweep()
    whole, left = rooms._store, itertools.count(stored, -1)

    def takes() -> None:
        if next(left) <= 0:
            raise Full

    rooms._store = Breaking(whole, takes)
    assert await sets(desk, made[0]["company"], 9) == 507
    assert await says(either, made[0]["company"]) == 5, "it is not said before it is so"
    assert sorted([await holds(either, one) for one in made]) == [5] * (3 - stored) + [9] * stored
    # There is space again, and the owner presses once more.
    rooms._store = whole
    await rooms.sweep()
    assert await sets(desk, made[0]["company"], 9) == 204
    assert await says(either, made[0]["company"]) == 9
    assert [await holds(either, one) for one in made] == [9] * 3


async def test_A12_what_is_made_while_it_is_raised_is_held_to_it(either: House) -> None:
    desk = await either.signed_in()
    first = await either.workshop(desk)
    rooms = either.app.services.rooms
    late: list[dict[str, str]] = []
    real = rooms.raise_threshold

    async def meanwhile(board_id: str, threshold: int) -> None:
        await real(board_id, threshold)
        if not late:
            late.append({})
            late[0] = await again(desk, first)

    rooms.raise_threshold = meanwhile  # type: ignore[method-assign]
    assert await sets(desk, first["company"], 9) == 204
    assert [await holds(either, one) for one in (first, late[0])] == [9, 9]
    # And the other way round: it is raised between reading the company and creating the meeting.
    seed = rooms.seed

    async def slow(*asked: Any, **how: Any) -> None:
        rooms.seed = seed  # type: ignore[method-assign]
        assert await sets(desk, first["company"], 12) == 204
        await seed(*asked, **how)

    rooms.seed = slow  # type: ignore[method-assign]
    assert await holds(either, await again(desk, first)) == 12


async def test_A12_B70_what_is_laid_from_a_file_while_it_is_raised_is_held_to_it(either: House) -> None:
    desk = await either.signed_in()
    made = await either.workshop(desk)
    file = (await desk.get(f"/api/processes/{made['process']}/file")).content
    rooms = either.app.services.rooms
    seed = rooms.seed

    async def slow(*asked: Any, **how: Any) -> None:
        # The company has been looked at, and there is no process of the file yet.
        rooms.seed = seed  # type: ignore[method-assign]
        assert await sets(desk, made["company"], 12) == 204
        await seed(*asked, **how)

    rooms.seed = slow  # type: ignore[method-assign]
    path, headers = f"/api/companies/{made['company']}/file", {"Content-Type": "application/json"}
    laid = (await desk.post(path, content=file, headers=headers)).json()["id"]
    (company,) = (await desk.get("/api/home")).json()["companies"]
    boards = {one["id"]: one["board"] for one in company["processes"]}
    meetings = (await either.board(boards[laid])).every(Workshop).values()
    assert [one.threshold for one in meetings] == [12]


async def test_A12_a_start_finds_what_a_power_cut_left_below(either: House) -> None:
    desk = await either.signed_in()
    made = await many(desk, either)
    await either.app.services.rooms.sweep()
    async with either.database.begin() as connection:
        await connection.execute(update(companies).values(threshold=9))

    async def at_once() -> None:
        """The minute is over."""

    assert [await holds(either, one) for one in made] == [5] * 3
    await either.app.services.rooms.sweep()
    await either.app.services.leftovers.work(at_once)
    assert [await holds(either, one) for one in made] == [9] * 3

"""A12: a company says how many answers it takes; meetings that run are held to more, and never to less."""

import httpx2
import pytest

from app.engine.agenda import Workshop
from tests.support.house import House


async def sets(desk: httpx2.AsyncClient, company: str, threshold: int) -> int:
    """The answer to an owner who changes it."""
    path = f"/api/companies/{company}"
    return (await desk.put(path, json={"threshold": threshold})).status_code


async def holds(home: House, made: dict[str, str]) -> int:
    """What holds in the meeting."""
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

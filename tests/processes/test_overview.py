"""The overview: forty processes at once, those that need attention first."""

from typing import Any

import httpx2

from app.engine.records import Record
from app.parts.plan import Action, ActionStatus
from tests.support.house import House

#: The day of the tests' clock is 2027-01-04.
BEFORE, AFTER = "2026-12-20", "2027-02-01"


def action(nth: int, day: str | None, status: ActionStatus = "not_started") -> Record:
    return Action(id=f"a{nth}", theme=None, text="Skilt på døren", day=day, status=status, position=nth)


async def made(home: House, desk: httpx2.AsyncClient, company: str, group: str, *records: Record) -> str:
    body = {"company": company, "group": group}
    process = (await desk.post("/api/processes", json=body)).json()
    if records:
        await home.app.services.rooms.seed(process["board"], records)
    return str(process["id"])


async def planned(desk: httpx2.AsyncClient, process: str, day: str) -> None:
    body = {"process": process, "template": "choose", "language": "da", "date": day}
    assert (await desk.post("/api/workshops", json=body)).status_code == 201


async def lines(desk: httpx2.AsyncClient) -> list[dict[str, Any]]:
    return list((await desk.get("/api/overview")).json()["processes"])


async def test_P4_7_what_needs_somebody_comes_first_and_what_is_overdue_is_counted(home: House) -> None:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bakkedal"})).json()["id"]
    late = [action(1, BEFORE), action(2, BEFORE, "under_way"), action(3, BEFORE, "done"), action(4, AFTER)]
    for group, records, day in (
        ("planned later", [], "2027-03-01"),
        ("planned soon", [action(1, None)], "2027-01-04"),
        ("nothing planned", [action(1, AFTER)], ""),
        ("one is late", [action(1, BEFORE)], AFTER),
        ("two are late", late, AFTER),
    ):
        process = await made(home, desk, company, group, *records)
        if day:
            await planned(desk, process, day)
    found = await lines(desk)
    told = [(one["group"], one["needs"], one["open"], one["overdue"], one["day"]) for one in found]
    assert told == [
        ("two are late", "overdue", 3, 2, AFTER),
        ("one is late", "overdue", 1, 1, AFTER),
        ("nothing planned", "unplanned", 1, 0, None),
        ("planned soon", "nothing", 1, 0, "2027-01-04"),
        ("planned later", "nothing", 0, 0, "2027-03-01"),
    ]


async def test_F2_forty_processes_of_a_consultancy_are_one_answer(home: House) -> None:
    desk = await home.signed_in()
    names = ("Bakkedal", "Ørsted", "Aarhus Tømrer", "Nordhavn")
    companies = [(await desk.post("/api/companies", json={"name": name})).json()["id"] for name in names]
    for nth in range(40):
        await made(home, desk, companies[nth % 4], f"Gruppe {nth:02}")
    answer = (await desk.get("/api/overview")).json()
    assert [len(answer["processes"]), len({one["id"] for one in answer["processes"]})] == [40, 40]
    # By the language: aa is an å.
    assert [one["name"] for one in answer["companies"]] == ["Bakkedal", "Nordhavn", "Ørsted", "Aarhus Tømrer"]
    assert all(one["themes"] is None and one["pulses"] is None for one in answer["companies"])

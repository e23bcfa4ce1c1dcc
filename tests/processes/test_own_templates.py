"""P2.9: a company's own agendas: saved from a meeting, used in any process of the company."""

from typing import Any

import pytest

from app.engine.agenda import Item, items_of
from app.parts.themes import Theme
from tests.support.house import House


async def saved(home: House, desk: Any, made: dict[str, str], name: str = "Vores møde") -> str:
    answer = await desk.post(f"/api/workshops/{made['id']}/template", json={"name": name})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def agenda_of(home: House, made: dict[str, str]) -> list[Item]:
    return items_of(await home.board(made["board"]), made["id"])


async def test_P2_9_an_agenda_is_saved_and_made_again_in_another_process(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk, "main_meeting")
    id = await saved(home, desk, made)
    other = (await desk.post("/api/processes", json={"company": made["company"], "group": "Kontoret"})).json()
    (seen,) = (await desk.get(f"/api/processes/{other['id']}/templates")).json()
    first = await agenda_of(home, made)
    assert (seen["id"], seen["title"], seen["phase"]) == (id, "Vores møde", 2)
    assert [line["title"] for line in seen["items"]] == [item.title for item in first]
    body = {"process": other["id"], "template": id, "language": "en"}
    again = (await desk.post("/api/workshops", json=body)).json()
    second = await agenda_of(home, again)
    assert [(i.activity, i.title, i.minutes) for i in second] == [
        (i.activity, i.title, i.minutes) for i in first
    ]
    # An item that continues another in the agenda continues the new one.
    draws, hard = second[1].id, second[3].id
    assert [item.settings.get("of") for item in second[:5]] == [None, None, draws, None, hard]
    assert second[1].settings["question"] == first[1].settings["question"]


async def test_P2_9_what_belongs_to_one_meeting_alone_is_not_kept(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk, "work")
    theme = Theme(id="t1", name="Støj", paper="mos", of="q", position=1)
    posters = next(one for one in await agenda_of(home, made) if one.activity == "stop_more_new")
    headed = posters.with_(settings={**posters.settings, "theme": "t1", "name": "Støj"})
    pulse = Item(
        id="p1", workshop=made["id"], activity="pulse", title="Puls", minutes=5, position=8,
        settings={"theme": "t1", "name": "Støj", "open_until": "2027-02-01"},
    )  # fmt: skip
    elsewhere = Item(
        id="c9", workshop=made["id"], activity="clustering", title="Saml", minutes=5, position=9,
        settings={"of": posters.id + "x"},
    )  # fmt: skip
    earlier = posters.with_(id=posters.id + "x", workshop="earlier")
    await home.lay(made["board"], theme, headed, pulse, earlier, elsewhere)
    id = await saved(home, desk, made)
    body = {"process": made["process"], "template": id, "language": "da"}
    again = await agenda_of(home, (await desk.post("/api/workshops", json=body)).json())
    assert [item.activity for item in again] == ["stop_more_new", "action_plan", "pulse"]
    assert "t1" not in str([item.settings for item in again]) and "Støj" not in str(again)


async def test_P2_9_it_is_renamed_and_removed_and_meetings_made_from_it_stay(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk, "choose")
    id = await saved(home, desk, made)
    path = f"/api/processes/{made['process']}/templates"
    assert (await desk.put(f"/api/templates/{id}", json={"name": "Æbleskivemøde"})).status_code == 204
    assert [own["title"] for own in (await desk.get(path)).json()] == ["Æbleskivemøde"]
    body = {"process": made["process"], "template": id, "language": "da"}
    again = (await desk.post("/api/workshops", json=body)).json()
    assert (await desk.request("DELETE", f"/api/templates/{id}", json={})).status_code == 204
    assert (await desk.get(path)).json() == []
    assert len(await agenda_of(home, again)) == 2
    answer = await desk.post("/api/workshops", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


async def test_X20_another_company_neither_sees_nor_uses_it(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk, "choose")
    id = await saved(home, desk, made)
    elsewhere = await home.workshop(desk, "choose")
    assert (await desk.get(f"/api/processes/{elsewhere['process']}/templates")).json() == []
    body = {"process": elsewhere["process"], "template": id, "language": "da"}
    assert (await desk.post("/api/workshops", json=body)).status_code == 404


@pytest.mark.parametrize("name", ["", " ", "x" * 500, 7, None])
async def test_B20_an_invalid_name_is_refused(home: House, name: object) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk, "choose")
    answer = await desk.post(f"/api/workshops/{made['id']}/template", json={"name": name})
    assert answer.status_code == 422

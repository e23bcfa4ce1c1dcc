"""P5.5 over HTTP: the next cycle is started, undone while it is empty, and opens with open actions."""

import httpx2
import pytest

from app.engine.agenda import Workshop, items_of
from app.parts.plan import Action
from app.parts.themes import Chosen, Influence, Theme
from tests.support.house import House


async def process_of(client: httpx2.AsyncClient) -> tuple[str, str]:
    """A process with one meeting; returns its id and the board's."""
    company = (await client.post("/api/companies", json={"name": "Montagen ApS"})).json()["id"]
    made = (await client.post("/api/processes", json={"company": company, "group": "Hallen"})).json()
    await meets(client, made["id"], "choose")
    return made["id"], made["board"]


async def meets(client: httpx2.AsyncClient, process: str, template: str) -> str:
    """One more meeting; returns its id."""
    body = {"process": process, "template": template, "language": "da"}
    answer = await client.post("/api/workshops", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def lies(home: House, board: str) -> None:
    """Three themes: one was chosen, one cannot be influenced."""
    papers = {"tone": "mos", "news": "hyben", "cold": "korn"}
    themes = [Theme(id=id, name=id, paper=paper, of="q", position=1) for id, paper in papers.items()]
    cold = Influence(id="influence:cold", theme="cold", field="cannot")
    await home.lay(board, *themes, Chosen(id="chosen:news", theme="news"), cold)


async def test_P5_5_a_process_goes_round_with_what_is_left_over(home: House) -> None:
    client = await home.signed_in()
    process, board = await process_of(client)
    await lies(home, board)
    before = (await client.get(f"/api/processes/{process}/cycle")).json()
    assert (before["cycle"], before["meetings"]) == (1, 1)
    assert [theme["name"] for theme in before["worked"]] == ["news"]
    answer = await client.post(f"/api/processes/{process}/cycle", json={})
    assert answer.status_code == 201
    now = answer.json()
    assert (now["cycle"], now["meetings"]) == (2, 0)
    assert [theme["name"] for theme in now["left"]] == ["tone"]
    assert [theme["name"] for theme in now["before"]] == ["news"] and now["worked"] == []
    (row,) = (await client.get("/api/home")).json()["companies"][0]["processes"]
    assert (row["cycle"], row["phase"]) == (2, 3)
    # Meetings of one day are in the order of creation.
    home.forward(minutes=1)
    workshop = await meets(client, process, "choose")
    assert (await home.board(board)).one(Workshop, workshop).cycle == 2
    (row,) = (await client.get("/api/home")).json()["companies"][0]["processes"]
    assert [meeting["cycle"] for meeting in row["workshops"]] == [1, 2]


async def test_P5_5_begun_by_mistake_is_taken_back_until_there_is_a_meeting(home: House) -> None:
    client = await home.signed_in()
    process, _ = await process_of(client)
    path = f"/api/processes/{process}/cycle"
    for turn, status, cycle in (("POST", 201, 2), ("DELETE", 200, 1), ("POST", 201, 2)):
        answer = await client.request(turn, path, json={} if turn == "POST" else None)
        assert (answer.status_code, answer.json()["cycle"]) == (status, cycle)
    # An empty one cannot be followed by another.
    answer = await client.post(path, json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_meeting")
    await meets(client, process, "choose")
    answer = await client.delete(path)
    assert (answer.status_code, answer.json()["code"]) == (409, "has_meetings")
    assert (await client.get(path)).json()["cycle"] == 2


@pytest.mark.parametrize(
    ("status", "template", "first"),
    [
        ("under_way", "choose", "action_plan"),
        ("not_started", "results", "action_plan"),
        ("done", "choose", "influence"),
        ("dropped", "choose", "influence"),
        # Independent of open meetings: it is answered by link, or by the working group alone.
        ("under_way", "pulse", "pulse"),
        # The plan is on its agenda already.
        ("under_way", "plan", "action_plan"),
    ],
)
async def test_P5_5_P4_7_the_next_meeting_opens_with_the_open_actions_of_the_last_plan(
    home: House, status: str, template: str, first: str
) -> None:
    client = await home.signed_in()
    process, board = await process_of(client)
    about = {"id": "a", "theme": None, "text": "Tavlen", "position": 1, "status": status}
    await home.lay(board, Action.model_validate(about))
    workshop = await meets(client, process, template)
    agenda = items_of(await home.board(board), workshop)
    assert agenda[0].activity == first
    assert sum(item.activity == "action_plan" for item in agenda) == (first == "action_plan")

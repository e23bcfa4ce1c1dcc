"""Companies, processes, workshops, and the agendas they are made from."""

from typing import Any

import pytest

from app.activities.registry import registry
from app.engine.agenda import Item, Workshop, items_of
from app.locales import languages, words
from app.method.phases import SITTINGS, Phase
from app.method.templates import TEMPLATES, Template, items, template as template_of
from app.parts.ballots import Balloting, balloting_id
from app.parts.notes.messages import Writing
from app.parts.notes.records import Note
from app.parts.notes.waiting import writing_id
from tests.support.house import House

FIRST_QUESTION = {
    "da": "Hvad giver dig lyst til at gå på arbejde?",
    "en": "What makes you want to go to work?",
}


#: P2.6: what an earlier meeting asked on each paper.
ROUNDS = {"korn": "q1", "fjord": "q2"}


async def test_F2_a_company_runs_several_processes_each_on_its_board(home: House) -> None:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bakkedal Inventar"})).json()["id"]
    groups = ["Montagen", "Kontoret", "Chauffører"]
    made = [
        (await desk.post("/api/processes", json={"company": company, "group": group})).json()
        for group in groups
    ]
    assert len({process["board"] for process in made}) == 3
    [seen] = (await desk.get("/api/home")).json()["companies"]
    assert seen["name"] == "Bakkedal Inventar"
    assert sorted(process["group"] for process in seen["processes"]) == sorted(groups)
    assert {process["cycle"] for process in seen["processes"]} == {1}


async def test_B29_danish_letters_are_right_everywhere(home: House) -> None:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bæk & Søn Ålborg"})).json()["id"]
    await desk.post("/api/processes", json={"company": company, "group": "Chauffører æøå"})
    [seen] = (await desk.get("/api/home")).json()["companies"]
    assert (seen["name"], seen["processes"][0]["group"]) == ("Bæk & Søn Ålborg", "Chauffører æøå")


@pytest.mark.parametrize("template", [template.id for template in TEMPLATES])
@pytest.mark.parametrize("language", ["da", "en"])
async def test_P2_9_a_workshop_is_made_from_every_template(
    standing: House, template: str, language: str
) -> None:
    desk = await standing.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Firma"})).json()["id"]
    process = (await desk.post("/api/processes", json={"company": company, "group": "Montagen"})).json()
    await standing.lay(process["board"], *earlier("q1", "korn"), *earlier("q2", "fjord"))
    body = {"process": process["id"], "template": template, "language": language}
    made = (await desk.post("/api/workshops", json=body)).json()
    board = await standing.board(made["board"])
    (workshop,) = board.every(Workshop).values()
    agenda = items_of(board, workshop.id)
    assert (workshop.id, workshop.group, workshop.state) == (made["id"], "Montagen", "draft")
    assert (workshop.date, workshop.language) == ("2027-01-04", language)
    assert agenda and len(agenda) == len(board.every(Item)) - 2
    # The phones' view of it needs nothing else.
    companies = (await desk.get("/api/home")).json()["companies"]
    [seen] = [one["processes"] for one in companies if one["id"] == company]
    assert seen[0]["workshops"] == [
        {
            "id": made["id"],
            "title": workshop.title,
            "date": "2027-01-04",
            "state": "draft",
            "language": language,
            "phase": next(int(one.phase) for one in TEMPLATES if one.id == template),
            "cycle": 1,
            "people": None,
            "by_link": None,
        }
    ]


@pytest.mark.parametrize(("template", "kind"), [("pulse_by_link", "pulse"), ("notes_by_link", "notes")])
async def test_U10_W11_a_meeting_by_link_has_a_week_and_says_what_was_told(
    home: House, template: str, kind: str
) -> None:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Firma"})).json()["id"]
    process = (await desk.post("/api/processes", json={"company": company, "group": "Montagen"})).json()
    body = {"process": process["id"], "template": template, "language": "da"}
    made = (await desk.post("/api/workshops", json=body)).json()["id"]
    board = await home.board(process["board"])
    item = items_of(board, made)[0]
    assert (item.activity, item.settings["open_until"]) == (kind, "2027-01-11")
    opened = board.one(Workshop, made).with_(state="live", live=item.id)
    asked: list[Any] = [
        Writing(id=writing_id(item.id), activity=item.id, cards=6),
        Balloting(id=balloting_id(item.id), activity=item.id, count=6),
    ]
    await home.lay(process["board"], opened, asked[kind == "pulse"])
    about = item.settings.get("question", "")
    told = {"activity": kind, "about": about, "until": "2027-01-11", "told": 6, "open": True, "least": 5}
    assert (await desk.get(f"/api/workshops/{made}")).json()["by_link"] == told
    row = (await desk.get("/api/home")).json()["companies"][0]["processes"][0]["workshops"][0]
    assert row["by_link"] == told


def earlier(id: str, paper: str, started: int = 1) -> list[Any]:
    """A round of notes that an earlier meeting held, with a note in it."""
    settings: dict[str, Any] = {"question": "?", "paper": paper}
    about = {"workshop": "earlier", "activity": "notes", "title": "Sedler", "minutes": 20, "position": 1}
    return [
        Item(id=id, state="done", started_at=started, settings=settings, **about),
        Note(id=f"n-{id}", activity=id, text="x", secret_hash=None, face="up"),
    ]


async def test_P2_6_processing_between_meetings_gathers_the_latest_round_of_each_question(
    home: House,
) -> None:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Firma"})).json()["id"]
    process = (await desk.post("/api/processes", json={"company": company, "group": "Montagen"})).json()
    body = {"process": process["id"], "template": "gathering", "language": "da"}
    answer = await desk.post("/api/workshops", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_round")
    # A question nobody has answered yet is not grouped.
    asked = earlier("asked", "fjord")[0]
    await home.lay(process["board"], *earlier("old", "korn", 1), *earlier("new", "korn", 9), asked)
    made = await desk.post("/api/workshops", json=body)
    assert made.status_code == 201
    agenda = items_of(await home.board(process["board"]), made.json()["id"])
    assert [(item.activity, item.settings) for item in agenda] == [("clustering", {"of": "new"})]


def named(id: str) -> Template:
    found = template_of(id)
    assert found
    return found


def ids() -> Any:
    names = (f"{n:022d}" for n in range(100))
    return lambda: next(names)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_P2_9_every_agenda_holds_what_its_activities_ask_for(template: Any) -> None:
    agenda = items(template, "w", words("da"), ids(), ROUNDS)
    for item in agenda:
        registry.settings_of(item.activity).model_validate(item.settings)
    assert sum(item.minutes for item in agenda) == template.minutes
    assert [item.position for item in agenda] == sorted(item.position for item in agenda)


@pytest.mark.parametrize("language", languages())
def test_P2_1_P2_4_two_questions_each_on_its_paper(language: str) -> None:
    agenda = items(named("well_being"), "w", words(language), ids())
    why, first, gathered, second, gathered_too = agenda
    assert (why.activity, why.minutes) == ("why", 5)
    assert first.settings["question"] == FIRST_QUESTION[language]
    assert (first.settings["paper"], second.settings["paper"]) == ("korn", "fjord")
    assert gathered.settings == {"of": first.id}
    assert gathered_too.settings == {"of": second.id}


@pytest.mark.parametrize("id", ["choose", "group_choose", "main_meeting"])
def test_W5_phase_3_opens_with_what_people_stand_on(id: str) -> None:
    agenda = items(named(id), "w", words("da"), ids(), ROUNDS)
    at = next(n for n, item in enumerate(agenda) if item.activity == "influence")
    assert (agenda[at - 1].activity, agenda[at - 1].settings) == ("presentation", {"show": "stand"})
    # All themes that are demands, whatever was asked elsewhere: the board leaves out the rest itself.
    assert agenda[at].settings == {}


def test_W5_without_a_first_question_there_is_nothing_to_open_with() -> None:
    agenda = items(named("choose"), "w", words("da"), ids())
    assert [item.activity for item in agenda] == ["influence", "priority"]


def test_W3_every_agenda_of_a_first_meeting_opens_with_the_why() -> None:
    for one in TEMPLATES:
        kinds = [plan.kind for plan in one.items]
        # W11: a round by link has no audience to tell it to; its meeting comes later.
        by_link = any("open_until" in plan.settings for plan in one.items)
        if not by_link and any(plan.settings.get("about") == "draws" for plan in one.items):
            assert kinds[0] == "why", one.id


def test_W8_the_three_half_hours_of_the_method_come_first() -> None:
    offered = [one for one in TEMPLATES if one.phase == Phase.WELL_BEING]
    assert [one.id for one in offered[:4]] == ["step_1", "step_2", "gathering", "results"]
    assert [one.minutes for one in offered if one.id in ("step_1", "step_2", "results")] == [30, 30, 30]
    # An afternoon gets a pause.
    long = [one for one in TEMPLATES if one.minutes > 120]
    assert long and all("free" in [plan.kind for plan in one.items] for one in long)


def test_W8_minutes_agree_between_the_page_of_a_phase_and_its_agendas() -> None:
    assert named("follow_up").minutes == sum(SITTINGS[Phase.FOLLOW_UP])
    assert named("work").minutes == sum(SITTINGS[Phase.WORK])
    assert named("group_choose").minutes - 5 == named("choose").minutes - 5 == sum(SITTINGS[Phase.CHOOSE])
    assert named("why").minutes == sum(SITTINGS[Phase.WHY])


def test_F1_every_phase_has_a_name_in_every_language() -> None:
    for language in languages():
        names = {words(language)(f"method.phase.{phase}") for phase in Phase}
        assert len(names) == 5


@pytest.mark.parametrize("language", languages())
async def test_F4_each_phase_has_its_time_and_what_to_have_ready(home: House, language: str) -> None:
    desk = await home.signed_in()
    seen = (await desk.get(f"/api/phases?language={language}")).json()
    # Half an hour each, unless the method differs: three times in phase 2, an hour for the plan.
    assert {one["phase"]: one["minutes"] for one in seen} == {1: 30, 2: 90, 3: 60, 4: 90, 5: 30}
    assert all(one["time"] and len(one["have"]) >= 2 and all(one["have"]) for one in seen)


async def test_templates_are_told_in_the_language_asked_for(home: House) -> None:
    desk = await home.signed_in()
    danish = (await desk.get("/api/templates?language=da")).json()
    english = (await desk.get("/api/templates?language=en")).json()
    assert [one["id"] for one in danish] == [one["id"] for one in english]
    assert all(
        a["title"] != b["title"] and a["about"] != b["about"] for a, b in zip(danish, english, strict=True)
    )
    assert (await desk.get("/api/templates?language=xx")).status_code == 422


@pytest.mark.parametrize("date", ["2027-02-31", "2027-02-29", "9999-01-01", "1999-12-31", "2027-13-01"])
async def test_B68_a_day_that_is_not_in_the_calendar_is_refused(home: House, date: str) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    body = {"process": made["process"], "template": "choose", "language": "da", "date": date}
    answer = await desk.post("/api/workshops", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "range")
    fine = await desk.post("/api/workshops", json=body | {"date": "2028-02-29", "title": "Fredagsmøde"})
    assert fine.status_code == 201


async def test_B56_ids_of_another_process_are_unknown(home: House) -> None:
    karen = await home.signed_in()
    made = await home.workshop(karen)
    await _account(home, "emil@bakkedal.dk")
    emil = await home.signed_in("emil@bakkedal.dk")
    refused = [
        await emil.post("/api/processes", json={"company": made["company"], "group": "Min"}),
        await emil.post(
            "/api/workshops", json={"process": made["process"], "template": "choose", "language": "da"}
        ),
        await emil.get(f"/api/workshops/{made['id']}"),
        await emil.post(f"/api/workshops/{made['id']}/ticket", json={}),
    ]
    nowhere = await emil.get("/api/workshops/nowhere")
    for answer in refused:
        assert answer.status_code == 404
        assert answer.json() | {"id": ""} == nowhere.json() | {"id": ""}
    assert (await emil.get("/api/home")).json() == {"companies": []}


async def test_A14_the_desk_is_told_how_the_installation_stands(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    seen = (await desk.get(f"/api/workshops/{made['id']}")).json()
    assert seen["encrypted"] is False
    levels = {one["id"]: one["level"] for one in seen["health"]}
    assert levels == {
        "encrypted": "warn",
        "reachable": "ok",
        "log": "ok",
        "traces": "ok",
        "secure_delete": "ok",
        "journal": "ok",
        "backup": "warn",
        "disk": levels["disk"],
        "modes": levels["modes"],
    }
    assert all(one["text"] for one in seen["health"])


async def test_X10_the_base_url_is_the_machines_own_and_can_be_chosen(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    path = f"/api/workshops/{made['id']}"
    seen = (await desk.get(path)).json()
    assert seen["base_urls"] == ["http://192.168.7.20:8000", "http://10.9.9.9:8000"]
    assert seen["base_url"] == "http://192.168.7.20:8000"
    await desk.post(f"{path}/door", json={"action": "open"})
    chosen = await desk.post(f"{path}/base-url", json={"url": "http://10.9.9.9:8000"})
    assert chosen.json()["join_url"].startswith("HTTP://10.9.9.9:8000/J/")
    assert (await desk.get(path)).json()["base_url"] == "http://10.9.9.9:8000"
    foreign = await desk.post(f"{path}/base-url", json={"url": "http://evil.example"})
    assert foreign.status_code == 422


async def _account(home: House, email: str) -> None:
    """One more account with the same password."""
    from sqlalchemy import insert, select

    from app.accounts.tables import account

    async with home.database.begin() as connection:
        kept = await connection.scalar(select(account.c.password_hash))
        await connection.execute(
            insert(account).values(
                id="emil-id", name=email, email=email, password_hash=kept, admin=False, disabled=False
            )
        )

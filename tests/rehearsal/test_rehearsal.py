"""Rehearsal: the agenda tried alone, with simulated phones, in a meeting of which nothing is kept."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import select

from app.accounts.tables import account as accounts
from app.activities.registry import registry
from app.engine.agenda import Add, ChangeItem, Go, Item, Workshop, items_of
from app.engine.commands import Command, Role, new_id
from app.engine.records import Board, Held
from app.engine.room import Answer, Asker
from app.live.rooms import OpenRoom
from app.method.templates import TEMPLATES, Template, template
from app.parts.ballots import Ballot
from app.parts.notes.records import Note
from app.parts.placing import DONE, OpenPlacing
from app.parts.plan import SignUp
from app.parts.themes import Influence, influence_id, themes_of
from app.rehearsal.invented import invented
from app.rehearsal.phones import PHONES, Phones
from app.rehearsal.service import LONGEST, MOST_REHEARSALS, Full, Rehearsals
from tests.support.boards import ask
from tests.support.house import House


async def never(_seconds: float) -> None:
    """The phones act when the test says so."""
    await asyncio.Event().wait()


@dataclass
class Stage:
    """A rehearsal that a test controls."""

    house: House
    rehearsals: Rehearsals
    opened: OpenRoom
    workshop: str
    phones: Phones

    @property
    def board(self) -> Board:
        return self.opened.room.board

    @property
    def items(self) -> list[Item]:
        return items_of(self.board, self.workshop)

    async def drives(self, command: Command) -> None:
        answer = await self.opened.room.submit(Asker(Role.FACILITATOR, self.workshop), command)
        assert answer.code is None, answer

    async def goes(self, activity: str) -> Item:
        """Go to the first item of that kind."""
        item = next(each for each in self.items if each.activity == activity)
        await self.drives(ask(Go, item=item.id))
        return item

    async def act(self, times: int = 3) -> list[Answer]:
        """Each phone does its next step, this many times."""
        answers = [await self.phones.acts(phone) for _ in range(times) for phone in self.phones.phones]
        return [answer for answer in answers if answer is not None]


@pytest_asyncio.fixture
async def stage(standing: House) -> AsyncIterator[Any]:
    """Starts rehearsals of a template."""
    services = standing.app.services
    phones = partial(Phones, sleep=never, rng=random.Random(1))
    rehearsals = Rehearsals(
        clock=standing.clock.ms,
        rooms=services.rooms,
        boards=services.rooms._store,  # type: ignore[arg-type]
        doors=services.doors,
        ways_in=(services.doors, services.screens),
        registry=registry,
        phones=phones,
    )

    async def begin(plan: Template | str, language: Literal["da", "en"] = "da") -> Stage:
        found = template(plan) if isinstance(plan, str) else plan
        assert found is not None
        workshop = await rehearsals.begin("karen", found, language)
        one = rehearsals._all["karen"]
        opened = await services.rooms.open(one.board)
        assert opened is not None
        return Stage(standing, rehearsals, opened, workshop, one.phones)

    yield begin
    await rehearsals.end("karen")


# -- what the phones do --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("plan", TEMPLATES, ids=lambda plan: plan.id)
async def test_every_agenda_can_be_rehearsed_and_nothing_that_the_phones_do_is_refused(
    stage: Any, plan: Template, language: Literal["da", "en"]
) -> None:
    on = await stage(plan, language)
    assert on.items
    for item in on.items:
        await on.drives(ask(Go, item=item.id))
        assert [answer.code for answer in await on.act() if answer.code] == []


async def test_a_dozen_phones_write_in_the_language_of_the_meeting_and_nobody_reads_it_before_it_is_turned(
    stage: Any,
) -> None:
    on = await stage("main_meeting", "en")
    question = await on.goes("notes")
    assert on.opened.hub.count("phone", on.workshop) == PHONES
    await on.act(5)
    notes = on.board.of(Note, question.id).values()
    assert {note.text for note in notes} <= set(invented("en").says("draws"))
    assert len({note.text for note in notes}) == len(notes) > PHONES
    # Phones' promises hold: it is face down like any other note, and only its hash proves whose it is.
    assert {note.face for note in notes} == {"down"} and all(note.secret_hash for note in notes)
    assert not any(b"colleagues" in body for _, body in on.opened.hub._role_view("desk", "").shown.values())


async def test_they_place_the_themes_once_each(stage: Any) -> None:
    on = await stage("choose")
    for theme in themes_of(on.board):
        can = Influence(id=influence_id(theme.id), theme=theme.id, field="can")
        on.board.apply([Held(on.board.seq, can)])
    priority = await on.goes("priority")
    assert await on.act() == []
    await on.drives(ask(OpenPlacing, activity=priority.id))
    await on.act(len(themes_of(on.board)) + 4)
    ballots = on.board.of(Ballot, priority.id).values()
    # U14: and each reports once that it is done.
    assert len([one for one in ballots if one.of == DONE]) == PHONES
    assert len(ballots) == PHONES * (len(themes_of(on.board)) + 1)


@pytest.mark.parametrize(("activity", "each"), [("dots", 1), ("pulse", 2)])
async def test_they_answer_what_is_asked_by_tap(stage: Any, activity: str, each: int) -> None:
    on = await stage("follow_up" if activity == "pulse" else "choose")
    settings = {"theme": themes_of(on.board)[0].id} if activity == "pulse" else {"which": "all"}
    full = registry.settings_of(activity).model_validate(settings).model_dump(mode="json")
    item = new_id()
    about = {"item": item, "activity": activity, "title": "x", "minutes": 5, "before": None}
    await on.drives(ask(Add, workshop=on.workshop, settings=full, **about))
    await on.drives(ask(Go, item=item))
    assert [answer.code for answer in await on.act(5) if answer.code] == []
    ballots = on.board.of(Ballot, item).values()
    assert len(ballots) >= each * PHONES


async def test_some_sign_up_under_names_that_nobody_has(stage: Any) -> None:
    on = await stage("status")
    await on.goes("action_plan")
    await on.act()
    names = {one.name for one in on.board.every(SignUp).values()}
    assert names and names <= set(invented("da").says("names"))


# -- nothing of it is kept -----------------------------------------------------------------------------------


async def rehearsing(home: House) -> tuple[httpx2.AsyncClient, dict[str, str], str]:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    body = {"process": made["process"], "template": "main_meeting", "language": "da"}
    answer = await desk.post("/api/rehearsals", json=body)
    assert answer.status_code == 201, answer.text
    return desk, made, answer.json()["id"]


async def test_a_rehearsal_is_in_no_table_no_file_no_list_no_summary_and_no_copy(home: House) -> None:
    desk, made, id = await rehearsing(home)
    place = home.app.services.rehearsals.place(await account(desk, home), id)
    assert place is not None
    assert (await desk.get(f"/api/workshops/{id}")).json()["role"] == "facilitator"
    listed = (await desk.get("/api/home")).text
    assert id not in listed and made["id"] in listed
    assert place.board not in await home.app.services.store.boards()
    for path in (f"/api/workshops/{id}/summary", f"/api/workshops/{id}/summary.pdf"):
        assert (await desk.get(path)).status_code == 404
    kept = await desk.post(f"/api/workshops/{id}/template", json={"name": "Prøven"})
    assert kept.status_code == 404
    assert (await home.app.services.retention.work()) == 0
    copy = await home.app.services.backups.make()
    assert id.encode() not in (home.app.services.settings.backups / copy.name).read_bytes()
    assert (await desk.delete("/api/rehearsal")).status_code == 204
    assert (await desk.get(f"/api/workshops/{id}")).status_code == 404
    assert await home.doors.find(id) is None
    assert await home.app.services.rooms.open(place.board) is None


async def account(desk: httpx2.AsyncClient, home: House) -> str:
    return next(iter(home.app.services.rehearsals._all))


async def test_an_account_has_one_rehearsal_at_a_time_and_nobody_else_is_let_in(home: House) -> None:
    desk, made, first = await rehearsing(home)
    body = {"process": made["process"], "template": "why", "language": "en"}
    second = (await desk.post("/api/rehearsals", json=body)).json()["id"]
    assert (await desk.get(f"/api/workshops/{first}")).status_code == 404
    assert (await desk.get(f"/api/workshops/{second}")).status_code == 200
    assert (await home.client().get(f"/api/workshops/{second}")).status_code == 401
    assert home.app.services.rehearsals.place("somebody else", second) is None
    await desk.delete("/api/rehearsal")


async def test_a_meeting_that_was_arranged_is_rehearsed_as_it_stands(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk, "results")
    place = await home.app.services.processes.workshop(await owner(home), made["id"])
    assert place is not None
    opened = await home.app.services.rooms.open(place.board)
    assert opened is not None
    first = items_of(opened.room.board, made["id"])[0]
    about = {"title": "Vores egen", "minutes": 7, "settings": first.settings, "base": 0}
    seq = opened.room.board.held(first.id)
    assert seq is not None

    change = ask(ChangeItem, item=first.id, **(about | {"base": seq.seq}))
    assert (await opened.room.submit(Asker(Role.FACILITATOR, made["id"]), change)).code is None
    body = {"process": made["process"], "workshop": made["id"], "language": "da"}
    id = (await desk.post("/api/rehearsals", json=body)).json()["id"]
    there = home.app.services.rehearsals.place(await account(desk, home), id)
    assert there is not None
    board = await home.board(there.board)
    assert next((item.title, item.minutes) for item in items_of(board, id)) == ("Vores egen", 7)
    assert board.one(Workshop, id).rehearsal
    # What the agenda builds on is invented: the real board is not even read.
    assert themes_of(board) and not themes_of(opened.room.board)
    await desk.delete("/api/rehearsal")


async def owner(home: House) -> str:
    async with home.database.connect() as connection:
        return str(await connection.scalar(select(accounts.c.id)))


async def test_a_rehearsal_that_nobody_ends_is_over_after_some_hours_and_its_phones_are_gone(
    stage: Any,
) -> None:
    on = await stage("why")
    on.house.clock.forward(LONGEST / 1000 - 1)
    await on.rehearsals.tidy()
    assert on.rehearsals.place("karen", on.workshop) is not None
    on.house.clock.forward(1)
    await on.rehearsals.tidy()
    assert on.rehearsals.place("karen", on.workshop) is None
    assert on.opened.hub.empty and on.phones._tasks == []


async def test_the_number_of_rehearsals_on_a_server_is_limited(stage: Any) -> None:
    on = await stage("why")
    plan = template("why")
    assert plan is not None
    for n in range(MOST_REHEARSALS - 1):
        await on.rehearsals.begin(f"a{n}", plan, "da")
    with pytest.raises(Full):
        await on.rehearsals.begin("one more", plan, "da")
    # Somebody who has one may start another instead.
    await on.rehearsals.begin("a1", plan, "da")
    for n in range(MOST_REHEARSALS - 1):
        await on.rehearsals.end(f"a{n}")


async def test_when_the_line_of_a_phone_is_closed_no_phone_stays(stage: Any) -> None:
    on = await stage("why")
    for member in list(on.opened.hub.everybody()):
        member.line.close(1012)
    assert on.opened.hub.empty


@pytest.mark.parametrize("way", ["template", "workshop"])
async def test_A12_a_rehearsal_is_held_to_the_companys_threshold_and_reaches_it(
    home: House, way: str
) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk)
    company = (await desk.get("/api/home")).json()["companies"][0]["id"]
    assert (await desk.put(f"/api/companies/{company}", json={"threshold": 16})).status_code == 204
    what = {"template": "main_meeting"} if way == "template" else {"workshop": made["id"]}
    body = {"process": made["process"], "language": "da", **what}
    id = (await desk.post("/api/rehearsals", json=body)).json()["id"]
    there = home.app.services.rehearsals.place(await account(desk, home), id)
    assert there is not None
    opened = await home.app.services.rooms.open(there.board)
    assert opened is not None
    assert opened.room.board.one(Workshop, id).threshold == 16
    assert opened.hub.count("phone", id) >= 16
    await desk.delete("/api/rehearsal")

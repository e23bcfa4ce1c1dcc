"""F4: permanent deletion over HTTP: who may, what is deleted, and that no byte of it is left in the files."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import func, insert, select, update

from app.accounts.passwords import Passwords
from app.accounts.tables import account, one_time_link, session
from app.engine.agenda import End, Go, Item, Workshop
from app.engine.commands import Role
from app.engine.room import Asker
from app.exports.tables import summary_link
from app.limits import DAY, MINUTE
from app.live.tables import door, screen
from app.operations.migrate import all_tables
from app.parts.notes.messages import TurnAll
from app.parts.notes.records import Note
from app.processes.retention import CHOICES, deleted_on
from app.processes.tables import company, membership, own_template, process, workshop
from tests.http.test_matrix import World, sign_in, world
from tests.support.boards import ask, note
from tests.support.clock import Clock

__all__ = ["world"]

PASSWORD = "kø hat lampe 42"
#: Where which word is written; each occurs nowhere else.
MARKS = ("xenon", "zirkon", "quartz", "wolfram", "yttrium", "jaspis")


@pytest_asyncio.fixture
async def desk(world: World) -> AsyncIterator[httpx2.AsyncClient]:
    """A facilitator of the process, just signed in."""
    async with await world.as_("facilitator") as client:
        yield client


def on_disk(world: World) -> bytes:
    """Everything in the data folder."""
    files = [path for path in Path(world.app.services.settings.data).rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files)


def marks_on_disk(world: World) -> set[str]:
    held = on_disk(world)
    return {mark for mark in MARKS if mark.encode() in held}


async def count(world: World, table: Any) -> int:
    async with world.app.services.database.connect() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def write_everywhere(world: World, desk: httpx2.AsyncClient) -> str:
    """The six words: company, group, member, template, a note turned over and one late; the question's id."""
    await desk.put(f"/api/processes/{world.process}", json={"company": "xenon", "group": "zirkon"})
    await desk.post(f"/api/processes/{world.process}/members", json={"name": "quartz", "duty": "Leder"})
    await desk.post(f"/api/workshops/{world.workshop}/template", json={"name": "wolfram"})
    await desk.post(f"/api/processes/{world.process}/links", json={"days": 14})
    opened = await world.app.services.rooms.open(await board_of(world))
    assert opened is not None
    room = opened.room
    question = next(one.id for one in room.board.every(Item).values() if one.activity == "notes")

    async def do(command: Any, role: Role) -> None:
        answer = await room.submit(Asker(role, world.workshop), command)
        assert answer.code is None, answer.code

    await do(ask(Go, item=question), Role.FACILITATOR)
    await do(note("a", "yttrium", activity=question), Role.PHONE)
    await do(ask(TurnAll, activity=question), Role.FACILITATOR)
    await do(note("b", "jaspis", activity=question), Role.PHONE)
    return question


async def board_of(world: World) -> str:
    async with world.app.services.database.connect() as connection:
        query = select(process.c.board_id).where(process.c.id == world.process)
        return str(await connection.scalar(query))


@pytest_asyncio.fixture
async def written(world: World, desk: httpx2.AsyncClient) -> World:
    """A main meeting with something in every place."""
    body = {"process": world.process, "template": "main_meeting", "language": "da"}
    world.workshop = (await desk.post("/api/workshops", json=body)).json()["id"]
    place = await world.app.services.processes.workshop(world.accounts["facilitator"], world.workshop)
    assert place is not None
    await world.app.services.doors.open(world.workshop, place.board)
    await world.app.services.screens.let_in(world.workshop, place.board)
    await write_everywhere(world, desk)
    assert marks_on_disk(world) == set(MARKS)
    return world


async def test_F4_a_deleted_process_is_in_no_row_and_in_no_byte(
    written: World, desk: httpx2.AsyncClient
) -> None:
    board = await board_of(written)
    answer = await desk.delete(f"/api/processes/{written.process}")
    assert answer.status_code == 204, answer.text
    assert board not in await written.app.services.store.boards()
    # The stranger's are left.
    assert [await count(written, table) for table in (process, workshop, summary_link)] == [1, 1, 0]
    assert [await count(written, table) for table in (door, screen)] == [0, 0]
    assert (await desk.get(f"/api/processes/{written.process}/links")).status_code == 404
    # Its company is still there, with its own agenda.
    assert await written.app.services.store.scrub()
    assert marks_on_disk(written) == {"xenon", "wolfram"}
    # A member with a personal link belonged to that process.
    async with written.app.services.database.connect() as connection:
        by_link = select(func.count()).select_from(account).where(account.c.password_hash == "")
        assert await connection.scalar(by_link) == 0


async def test_F4_a_deleted_company_takes_everything_with_it(
    written: World, desk: httpx2.AsyncClient
) -> None:
    assert (await desk.delete(f"/api/companies/{written.company}")).status_code == 204
    assert await written.app.services.store.scrub()
    assert marks_on_disk(written) == set()
    assert [await count(written, table) for table in (company, process, own_template)] == [1, 1, 0]
    assert (await desk.get("/api/home")).json() == {"companies": []}


async def test_F4_a_deleted_meeting_goes_with_its_notes_and_the_process_stays(
    written: World, desk: httpx2.AsyncClient
) -> None:
    answer = await desk.delete(f"/api/workshops/{written.workshop}")
    assert answer.status_code == 204, answer.text
    assert await written.app.services.store.scrub()
    assert marks_on_disk(written) == set(MARKS) - {"yttrium", "jaspis"}
    board = await written.app.services.rooms.board(await board_of(written))
    assert board is not None and not board.every(Note)
    assert written.workshop not in board.every(Workshop)
    assert (await desk.get(f"/api/workshops/{written.workshop}")).status_code == 404
    assert [await count(written, table) for table in (door, screen)] == [1, 1]
    (home,) = (await desk.get("/api/home")).json()["companies"]
    assert [len(one["workshops"]) for one in home["processes"]] == [1]


@pytest.mark.parametrize("what", ["workshops", "processes", "companies"])
async def test_F4_X4_the_password_is_asked_again_before_anything_is_deleted(world: World, what: str) -> None:
    hashed = await Passwords().hash(PASSWORD)
    async with world.app.services.database.begin() as connection:
        await connection.execute(
            update(account).where(account.c.name == "facilitator").values(password_hash=hashed)
        )
    id = {"workshops": world.workshop, "processes": world.process, "companies": world.company}[what]
    cookie = await sign_in(world.app, world.accounts["facilitator"])
    async with await world.as_("nobody") as desk:
        desk.headers["Cookie"] = f"trivsel={cookie}"
        async with world.app.services.database.begin() as connection:
            old = world.app.services.clock() - 11 * MINUTE
            await connection.execute(update(session).values(proved_at=old))
        refused = await desk.delete(f"/api/{what}/{id}")
        assert (refused.status_code, refused.json()["code"]) == (403, "prove_again")
        wrong = await desk.post("/api/session/proof", json={"password": "another one"})
        assert (wrong.status_code, wrong.json()["code"]) == (403, "proof")
        assert (await desk.delete(f"/api/{what}/{id}")).status_code == 403
        assert (await desk.post("/api/session/proof", json={"password": PASSWORD})).status_code == 204
        assert (await desk.delete(f"/api/{what}/{id}")).status_code == 204


async def test_F4_X3_a_proof_cannot_be_tried_again_and_again(world: World) -> None:
    async with await world.as_("facilitator") as desk:
        answers = [await desk.post("/api/session/proof", json={"password": "no"}) for _ in range(7)]
    assert [one.status_code for one in answers] == [403] * 5 + [429] * 2


async def test_F4_ones_own_account_goes_with_its_companies_only_after_being_told(
    written: World, desk: httpx2.AsyncClient
) -> None:
    told = (await desk.get("/api/account/leaving")).json()["companies"]
    assert told == [{"id": written.company, "name": "xenon", "processes": 1, "meetings": 2}]
    refused = await desk.request("DELETE", "/api/account", json={"companies": []})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_told")
    assert await count(written, company) == 2
    gone = await desk.request("DELETE", "/api/account", json={"companies": [written.company]})
    assert gone.status_code == 204
    assert (await desk.get("/api/session")).status_code == 401
    assert await written.app.services.store.scrub()
    held = on_disk(written)
    assert not marks_on_disk(written) and b"facilitator@x.dk" not in held.replace(b"co_facilitator@x.dk", b"")
    assert await count(written, one_time_link) == 0


async def test_F4_a_process_led_in_somebody_elses_company_is_left_to_its_owner(world: World) -> None:
    async with world.app.services.database.begin() as connection:
        await connection.execute(
            insert(membership).values(process_id=world.process, account_id="stranger-id", role="facilitator")
        )
        mine = (membership.c.process_id == world.process) & (membership.c.account_id == "facilitator-id")
        await connection.execute(membership.delete().where(mine))
    async with await world.as_("stranger") as stranger:
        (own,) = (await stranger.get("/api/account/leaving")).json()["companies"]
        answer = await stranger.request("DELETE", "/api/account", json={"companies": [own["id"]]})
        assert answer.status_code == 204
    async with await world.as_("facilitator") as desk:
        (home,) = (await desk.get("/api/home")).json()["companies"]
    assert [one["role"] for one in home["processes"]] == ["facilitator"]


# -- retention ---------------------------------------------------------------------------------------------


def test_F4_months_are_counted_to_the_day_and_none_is_forever() -> None:
    assert deleted_on("2027-01-31", 3) == "2027-04-30"
    assert deleted_on("2027-01-04", 24) == "2029-01-04"
    assert max(CHOICES) == 36


async def test_F4_the_day_is_said_on_the_process_and_in_the_summary(
    world: World, desk: httpx2.AsyncClient
) -> None:
    async def said() -> tuple[int, str, bool]:
        (home,) = (await desk.get("/api/home")).json()["companies"]
        return home["keep_months"], home["processes"][0]["deleted_on"], home["own"]

    assert await said() == (24, "2029-01-04", True)
    assert (await desk.put(f"/api/companies/{world.company}", json={"keep_months": 3})).status_code == 204
    assert await said() == (3, "2027-04-04", True)
    rows = (await desk.get(f"/api/workshops/{world.workshop}/summary")).json()["rows"]
    assert any("4. april 2027" in row["value"] for row in rows)
    for months in (0, 1, 240, None):
        answer = await desk.put(f"/api/companies/{world.company}", json={"keep_months": months})
        assert answer.status_code == 422


async def test_F4_what_was_finished_long_ago_is_deleted_by_the_daily_job(
    written: World, clock: Clock
) -> None:
    services = written.app.services
    assert await services.retention.work() == 0
    clock.forward(89 * DAY / 1000)
    async with services.database.begin() as connection:
        mine = update(company).where(company.c.id == written.company)
        await connection.execute(mine.values(keep_months=3))
    assert await services.retention.work() == 0
    # A meeting held at that time is not cut off: its end counts as the last event.
    clock.forward(2 * DAY / 1000)
    assert await services.retention.work() == 0
    opened = await services.rooms.open(await board_of(written))
    assert opened is not None
    live = opened.room.board.one(Workshop, written.workshop)
    assert live.state == "live"
    await end(written)
    await services.retention.happened(written.workshop)
    assert await services.retention.work() == 0
    clock.forward(92 * DAY / 1000)
    assert await services.retention.work() == 1
    assert [await count(written, table) for table in (process, company)] == [1, 2]
    assert await services.store.scrub()
    assert not {"zirkon", "quartz", "yttrium", "jaspis"} & marks_on_disk(written)


async def end(world: World) -> None:
    opened = await world.app.services.rooms.open(await board_of(world))
    assert opened is not None
    answer = await opened.room.submit(
        Asker(Role.FACILITATOR, world.workshop), ask(End, workshop=world.workshop)
    )
    assert answer.code is None


def test_F4_every_table_that_names_a_person_or_a_process_goes_with_it() -> None:
    """A new table must decide: what the database does not delete itself is deleted by hand."""
    by_itself = {"membership", "workshop", "summary_link", "own_template", "session", "one_time_link"}
    by_itself |= {"company_logo", "invitation", "second_factor", "recovery_code"}
    by_itself |= {"calendar_address", *(f"conversation{part}" for part in ("", "_answer", "_link", "_pair"))}
    by_itself |= {"mail", "reminder", "sign_on"}
    by_hand = {"door", "screen", "pairing", "board", "record", "box", "process", "company", "account"}
    # Six characters that lead nowhere any more, so that nobody gets them again too soon.
    stays = {"used_code"}
    # Hashes of random ids for half a minute: nobody can know whose they were.
    stays |= {"spent"}
    tables = {name: table for one in all_tables("postgresql") for name, table in one.tables.items()}
    assert set(tables) == by_itself | by_hand | stays
    for name in by_itself:
        keys = [key for column in tables[name].columns for key in column.foreign_keys]
        assert keys and all(key.ondelete == "CASCADE" for key in keys), name

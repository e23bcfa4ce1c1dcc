"""F4: leftovers of a power cut are found after the next start: unended meetings, partial deletions."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from app.accounts.tables import account
from app.engine.agenda import Go, Item, Workshop
from app.engine.commands import Role
from app.engine.ending import alone_id
from app.engine.room import Asker
from app.limits import DAY
from app.live.tables import door
from app.main import App, create_app
from app.operations.leftovers import Found
from app.parts.notes.messages import TurnAll
from app.parts.notes.records import Note
from app.processes.tables import process, workshop
from tests.http.test_F4_deletion import board_of, count, on_disk
from tests.http.test_matrix import World, world
from tests.support.boards import ask, note
from tests.support.clock import Clock

__all__ = ["world"]


async def wrote(world: World, *more: Any) -> str:
    """A question of the workshop is live, and a phone has answered it; returns its board."""
    async with await world.as_("facilitator") as desk:
        body = {"process": world.process, "template": "main_meeting", "language": "da"}
        world.workshop = (await desk.post("/api/workshops", json=body)).json()["id"]
    board = await board_of(world)
    opened = await world.app.services.rooms.open(board)
    assert opened is not None
    items = opened.room.board.every(Item).values()
    question = next(one.id for one in items if one.activity == "notes" and one.workshop == world.workshop)
    told = [
        (ask(Go, item=question), Role.FACILITATOR),
        (note("a", "jaspis", activity=question), Role.PHONE),
        *((command(question), Role.FACILITATOR) for command in more),
    ]
    for command, role in told:
        answer = await opened.room.submit(Asker(role, world.workshop), command)
        assert answer.code is None, answer.code
    return board


def started_again(world: World, clock: Clock) -> App:
    """Another process on the same folder; the previous one was killed."""
    return create_app(world.app.services.settings, clock.ms)


async def waited() -> None:
    """The minute is over."""


async def test_F4_a_meeting_that_nobody_ended_is_over_after_a_crash_and_a_night(
    world: World, clock: Clock
) -> None:
    board = await wrote(world)
    await world.app.services.database.close()
    clock.forward(13 * 3600)
    app = started_again(world, clock)
    await app.services.rooms.sweep()
    for _ in range(50):
        await asyncio.sleep(0)
        await app.services.rooms.idle()
    found = await app.services.rooms.board(board)
    assert found is not None and found.one(Workshop, world.workshop).state == "ended"
    assert not found.every(Note)
    assert await app.services.store.scrub()
    assert b"jaspis" not in on_disk(world)
    await app.services.rooms.idle()
    await app.services.database.close()


@pytest.mark.parametrize("half", ["row", "process", "door", "person"])
async def test_F4_half_of_a_deletion_is_finished_at_the_next_start(
    world: World, clock: Clock, half: str
) -> None:
    board = await wrote(world)
    services = world.app.services
    async with services.database.begin() as connection:
        match half:
            case "row" | "door":
                await connection.execute(workshop.delete().where(workshop.c.id == world.workshop))
            case "process":
                await connection.execute(process.delete().where(process.c.id == world.process))
            case "person":
                values = {"id": "p", "name": "quartz", "email": "p", "password_hash": ""}
                await connection.execute(insert(account).values(**values, admin=False, disabled=False))
        if half == "door":
            door_of = update(door).where(door.c.board_id == board)
            await connection.execute(door_of.values(workshop_id="gone"))
    await services.database.close()
    app = started_again(world, clock)
    first = await app.services.leftovers.look()
    assert any(first.counts.values()), first
    await app.services.leftovers.work(waited)
    assert await app.services.leftovers.look() == Found()
    assert await app.services.store.scrub()
    held = on_disk(world)
    assert (b"jaspis" in held) is (half == "person") and b"quartz" not in held
    await app.services.rooms.idle()
    await app.services.database.close()


async def test_F4_a_process_whose_board_is_lost_continues_with_an_empty_one(world: World) -> None:
    board = await board_of(world)
    services = world.app.services
    await services.rooms.delete(board)
    await services.leftovers.work(waited)
    assert board in await services.store.boards()
    assert await count(world, process) == 2
    async with services.database.connect() as connection:
        left = select(workshop.c.id).where(workshop.c.process_id == world.process)
        assert list(await connection.scalars(left)) == []


async def test_F4_what_is_made_meanwhile_is_no_leftover(world: World) -> None:
    """Between the two looks a process is created: the first look saw its board without it."""
    services = world.app.services
    await services.store.create("half-made")

    async def meanwhile() -> None:
        async with services.database.begin() as connection:
            row = (await connection.execute(select(process))).first()
            assert row is not None
            values = row._asdict() | {"id": "made", "board_id": "half-made"}
            await connection.execute(insert(process).values(**values))

    await services.leftovers.work(meanwhile)
    assert "half-made" in await services.store.boards()


@contextmanager
def in_file(world: World, board: str) -> Iterator[sqlite3.Connection]:
    """A board's file, as another version may have left it."""
    with (
        closing(sqlite3.connect(world.app.services.settings.data / "boards" / f"{board}.sqlite3")) as file,
        file,
    ):
        yield file


async def test_F4_meetings_of_an_older_version_are_held_to_what_holds_now(world: World, clock: Clock) -> None:
    """It left proofs and late notes after the end, and stored no end time for the meeting."""
    board = await wrote(world, lambda question: ask(TurnAll, activity=question))
    rooms = world.app.services.rooms
    opened = await rooms.open(board)
    assert opened is not None
    live = opened.room.board.one(Workshop, world.workshop)
    ended = live.with_(state="ended", live=None).model_dump_json()
    await rooms.idle()
    await world.app.services.store.close()
    await world.app.services.database.close()
    with in_file(world, board) as file:
        file.execute("UPDATE record SET body = ? WHERE id = ?", (ended, live.id))
        file.execute("DELETE FROM record WHERE id = ?", (alone_id(live.id),))
    app = started_again(world, clock)
    await app.services.leftovers.work(waited)
    found = await app.services.rooms.board(board)
    assert found is not None
    assert [one.secret_hash for one in found.every(Note).values()] == [None]
    assert await app.services.rooms.tidy(board, 5) == 0
    # A meeting that is live there gets twelve more hours.
    again = found.one(Workshop, world.workshop).with_(state="live").model_dump_json()
    await app.services.store.close()
    await app.services.database.close()
    with in_file(world, board) as file:
        file.execute("UPDATE record SET body = ? WHERE id = ?", (again, live.id))
    later = started_again(world, clock)
    await later.services.leftovers.work(waited)
    due = await later.services.store.due(clock.ms() + DAY)
    assert board in due
    await later.services.rooms.idle()
    await later.services.database.close()


async def test_F4_leftovers_are_told_as_counts(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    await world.app.services.store.create("board-of-nobody")
    await world.app.services.leftovers.work(waited)
    said = capsys.readouterr().out
    assert "leftovers taken away" in said and "boards" in said and "board-of-nobody" not in said

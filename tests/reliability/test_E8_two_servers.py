"""E8, R14, R15: two server processes on one PostgreSQL; hints are cut off, and the database fails."""

import asyncio
import json
import time
from typing import Any

from sqlalchemy import make_url

from tests.reliability.going import Going
from tests.reliability.pair import Pair, in_order, pair
from tests.reliability.phones import checked, crowd, of, opened
from tests.support.meeting import Meeting, Wire, meeting as a_meeting
from tests.support.patience import PATIENCE
from tests.support.server import Server

__all__ = ["pair"]

#: Connections that carry hints: their last statement was LISTEN or NOTIFY.
HINTS = "(query LIKE 'LISTEN%' OR query LIKE '%pg_notify%') AND pid <> pg_backend_pid()"


async def wall_at(server: Server, meeting: Meeting) -> Wire:
    screen = await meeting.post(f"/api/workshops/{meeting.workshop}/screens")
    return await Wire(server.url, screen["token"]).open()


async def test_E8_R14_notes_continue_while_no_hint_gets_through(pair: Pair) -> None:
    async with a_meeting(pair.one) as meeting, pair.sql() as sql:
        desk, question = await opened(meeting)
        wall = await wall_at(pair.two, meeting)
        phones = await crowd(meeting, 20, 8)
        token = await meeting.room_token()
        elsewhere = [Wire(pair.two.url, token) for _ in range(5)]
        for wire in elsewhere:
            await wire.open()
        going = Going(phones, question, desk, meeting.workshop, every=0.1)
        await wall.until(lambda: wall.one("wall")["page"] > 5)
        # Cut, and cut again on every reconnect: for four seconds no hint gets through.
        cut, end = 0, time.monotonic() + 4
        while time.monotonic() < end:
            cut += len(await sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {HINTS}"))
            await asyncio.sleep(0.1)
        assert cut >= 4
        assert wall.one("wall")["page"] > 10, "R14: the slow poll keeps it going"
        last = await going.over()
        await desk.do("notes.stop_writing", activity=question)
        await desk.do("notes.turn_all", activity=question)
        began = time.monotonic()
        wanted = of(phones)
        await wall.until(lambda: {note["id"]: note["text"] for note in wall.all("note")} == wanted)
        assert wall.one("wall")["page"] in (last, 0)
        took = time.monotonic() - began
        print(f"{len(wanted)} notes, {cut} connections cut, complete after {took:.2f} s")
        assert took < 3
        for wire in (wall, *elsewhere):
            in_order(wire)
        pages = [record["page"] for record in told(wall, "wall") if record["page"]]
        assert pages == sorted(pages), "nothing comes out of order"
        await asyncio.gather(
            *(wire.until(lambda wire=wire: len(wire.all("note_state")) == len(wanted)) for wire in elsewhere)
        )
        # And back: hints get through again, sooner than the poll would.
        began = time.monotonic()
        await desk.do("wall.change", workshop=meeting.workshop, page=7)
        await wall.until(lambda: wall.one("wall")["page"] == 7)
        for wire in (wall, desk, *elsewhere):
            await wire.close()
        for phone in phones:
            await phone.leave()


def told(wire: Wire, kind: str) -> list[dict[str, Any]]:
    """Every state of a record that a screen was sent."""
    messages = [json.loads(frame) for frame in wire.frames]
    return [
        place["record"]
        for message in messages
        if message["type"] == "changes"
        for place in message["records"]
        if place["record"]["kind"] == kind
    ]


async def test_E8_one_process_dies_and_its_phones_continue_at_the_other(pair: Pair) -> None:
    async with a_meeting(pair.one) as meeting:
        desk, question = await opened(meeting)
        token = await meeting.room_token()
        phones = await crowd(meeting, 10, 9)
        await asyncio.gather(*(phone.write(question, "hos den første") for phone in phones))
        pair.two.kill()
        await asyncio.to_thread(pair.two.start)
        pair.one.kill()
        for phone in phones:
            phone.wire = await Wire(pair.two.url, token).open()
            # The same note, changed with its own secret at the other process.
            await phone.send(phone.notes[0], "hos den anden")
            await phone.write(question, "og en til")
        await asyncio.to_thread(pair.one.start)
        await checked(meeting, phones, question)
        for phone in phones:
            await phone.leave()
        await desk.close()


async def test_R11_R16_a_meeting_is_taken_over_from_a_desk_at_another_process(pair: Pair) -> None:
    async with a_meeting(pair.one) as meeting:
        laptop = await meeting.desk("laptop")
        await laptop.until(lambda: laptop.leading == ("laptop", "Anna"))
        ticket = await meeting.post(f"/api/workshops/{meeting.workshop}/ticket?desk=tablet")
        tablet = await Wire(pair.two.url, ticket["ticket"]).open()
        await tablet.until(lambda: tablet.leading == ("laptop", "Anna"))
        began = time.monotonic()
        # The press reaches the process to which the tablet is not connected.
        await meeting.post(f"/api/workshops/{meeting.workshop}/take-over", desk="tablet")
        for desk in (laptop, tablet):
            await desk.until(lambda desk=desk: desk.leading == ("tablet", "Anna"))
        assert time.monotonic() - began < 5
        # Its process dies, and it reconnects to the other one.
        pair.two.kill()
        ticket = await meeting.post(f"/api/workshops/{meeting.workshop}/ticket?desk=tablet")
        tablet = await Wire(pair.one.url, ticket["ticket"]).open()
        for desk in (laptop, tablet):
            await desk.until(lambda desk=desk: desk.leading == ("tablet", "Anna"))
            await desk.close()


async def test_R15_the_database_is_away_for_a_while(pair: Pair) -> None:
    async with a_meeting(pair.one) as meeting, pair.sql("postgres") as sql:
        desk, question = await opened(meeting)
        wall = await wall_at(pair.two, meeting)
        phones = await crowd(meeting, 20, 15)
        await asyncio.gather(*(phone.write(question, "før") for phone in phones))
        name = make_url(pair.url).database
        await sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        end_all = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        assert await sql(end_all)
        writing = [asyncio.create_task(phone.write(question, "mens den er væk")) for phone in phones]
        async with asyncio.timeout(PATIENCE):
            while not all(phone.refused["busy"] for phone in phones):
                await asyncio.sleep(0.05)
        await sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        await asyncio.gather(*writing)
        # Nobody had to do anything: the pools, the hints and the clean-up recovered automatically.
        await desk.do("notes.stop_writing", activity=question)
        await desk.do("notes.turn_all", activity=question)
        await wall.until(lambda: {n["id"]: n["text"] for n in wall.all("note")} == of(phones))
        async with pair.sql() as there:
            async with asyncio.timeout(PATIENCE):
                while (await there("SELECT max(traces) FROM board")) != [0]:
                    await asyncio.sleep(0.2)
                while len(await there(f"SELECT pid FROM pg_stat_activity WHERE {HINTS}")) < 2:
                    await asyncio.sleep(0.2)
        for wire in (wall, desk):
            await wire.close()
        for phone in phones:
            await phone.leave()

"""E8, R14: two servers on one PostgreSQL; phones at one, the wall at the other, and the hints cut off."""

import asyncio
import json
import random
import secrets
from collections.abc import Callable

import asyncpg

from tests.reliability.phones import LIMITS, checked, crowd, of, opened
from tests.support.meeting import Wire, meeting as a_meeting
from tests.support.server import Server

PHONES, NOTES = 20, 10
#: Who listens or has just told; a process's own connections to the tables have other last words.
CUT = """SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND (query ILIKE 'LISTEN%' OR query ILIKE '%pg_notify%')"""


async def cut_hints(url: str) -> int:
    """Cut every connection on which a process listens; how many those were."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return int(await connection.fetchval(CUT))
    finally:
        await connection.close()


async def test_E8_R14_a_wall_at_the_other_process_misses_nothing_when_hints_are_cut(
    new_server: Callable[..., Server], postgres_url: str
) -> None:
    env = LIMITS | {"TRIVSEL_DATABASE_URL": postgres_url, "TRIVSEL_SECRET": secrets.token_urlsafe(32)}
    one = new_server(env=env).start()
    async with a_meeting(one) as meeting:
        other = await asyncio.to_thread(new_server(env=env).start)
        desk, question = await opened(meeting)
        token = (await meeting.post(f"/api/workshops/{meeting.workshop}/screens"))["token"]
        wall = await Wire(other.url, token).open()
        await wall.until(lambda: wall.held.get(question, {}).get("state") == "live")
        phones = await crowd(meeting, PHONES, seed=8)

        async def write(number: int) -> None:
            rng = random.Random(number)
            for note in range(NOTES):
                await phones[number].write(question, f"{number}.{note}")
                await asyncio.sleep(rng.uniform(0, 0.2))

        writing = [asyncio.create_task(write(number)) for number in range(PHONES)]
        await desk.do("wall.change", workshop=meeting.workshop, page=1)
        async with asyncio.timeout(5):
            await wall.until(lambda: wall.one("wall")["page"] == 1)
        assert await cut_hints(postgres_url) == 2, "both processes must have been listening"
        assert not all(task.done() for task in writing), "notes must still be coming"
        await desk.do("wall.change", workshop=meeting.workshop, page=2)
        async with asyncio.timeout(5):
            await wall.until(lambda: wall.one("wall")["page"] == 2)
        await asyncio.gather(*writing)
        assert len(of(phones)) == PHONES * NOTES
        await checked(meeting, phones, question)
        await desk.do("notes.turn_all", activity=question)
        async with asyncio.timeout(5):
            await wall.until(
                lambda: {n["id"]: n["text"] for n in wall.all("note") if n["face"] == "up"} == of(phones)
            )
        messages = [json.loads(frame) for frame in wall.frames]
        seqs = [message["seq"] for message in messages if message["type"] == "changes"]
        assert seqs == sorted(seqs)
        for wire in (wall, desk, *(phone.wire for phone in phones)):
            await wire.close()

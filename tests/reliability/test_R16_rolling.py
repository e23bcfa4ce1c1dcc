"""R16: two processes are restarted one after the other in a live workshop; clients use either at random."""

import asyncio
import itertools
import os
import random
from contextlib import suppress
from typing import Any

import httpx2 as httpx

from tests.reliability.going import Going
from tests.reliability.pair import Pair, in_order, pair
from tests.reliability.phones import LOST, Phone, checked, crowd, of, opened
from tests.support.meeting import Meeting, Wire, meeting as a_meeting, new_id
from tests.support.patience import PATIENCE

__all__ = ["pair"]

PHONES = 20
ROUNDS = 10 if os.environ.get("TRIVSEL_SOAK") else 1


async def ticket(meeting: Meeting, at: str) -> str:
    """For a desk, from the process at this address."""
    path = f"{at}/api/workshops/{meeting.workshop}/ticket"
    answer = await meeting.http.post(path, json={}, headers={"Origin": at})
    return str(answer.raise_for_status().json()["ticket"])


class Staying:
    """A desk or a wall that reconnects to either process, and sends a command until it is answered."""

    def __init__(self, wire: Wire, pair: Pair, meeting: Meeting, rng: random.Random) -> None:
        self.wire = wire
        self.back = 0
        self.cuts: set[int] = set()
        self._pair, self._meeting, self._rng = pair, meeting, rng
        self._stays = True

    def _any(self) -> str:
        return self._rng.choice((self._pair.one.url, self._pair.two.url))

    async def stay(self) -> None:
        """Reconnect whenever it was disconnected, until it is told to stop."""
        while self._stays:
            with suppress(TimeoutError):
                await self.wire.until(lambda: self.wire.closed is not None)
            if self.wire.closed is not None and self._stays:
                self.cuts.add(self.wire.closed)
                await self._come()
                await asyncio.sleep(self._rng.uniform(0.02, 0.2))

    async def _come(self) -> None:
        try:
            if self.wire.token.startswith("t."):
                self.wire.token = await ticket(self._meeting, self._any())
            self.wire.url = self._any()
            async with asyncio.timeout(10):
                await self.wire.open()
            self.back += 1
        except (*LOST, httpx.HTTPError):
            return

    async def do(self, type: str, **fields: Any) -> None:
        """One command with one id, sent until it is answered."""
        command = {"type": type, "id": new_id(), **fields}
        while True:
            try:
                answer = await self.wire.ask(command)
            except LOST:
                await asyncio.sleep(0.05)
                continue
            if answer["type"] == "stored":
                return
            assert answer["code"] in {"busy", "slow_down"}, answer

    async def go(self) -> None:
        self._stays = False
        await self.wire.close()


async def settled(pair: Pair, phones: list[Phone], many: int) -> None:
    """This many more notes are stored, and every phone has written since."""
    wanted = len(of(phones)) + many
    counts = [len(of([phone])) for phone in phones]
    async with asyncio.timeout(PATIENCE):
        while len(of(phones)) < wanted or any(
            len(of([phone])) <= before for phone, before in zip(phones, counts, strict=True)
        ):
            await asyncio.sleep(0.02)


async def test_R16_a_rolling_restart_loses_nothing_and_doubles_nothing(pair: Pair) -> None:
    async with a_meeting(pair.one) as meeting:
        desk, question = await opened(meeting)
        await desk.do("timer.start", activity=question, seconds=1800)
        await desk.until(lambda: desk.all("timer"))
        clock = desk.one("timer")
        wall = await meeting.screen()
        rng = random.Random(16)
        staying = [Staying(wire, pair, meeting, rng) for wire in (desk, wall)]
        phones = await crowd(meeting, PHONES, 16, others=[pair.two.url])
        here = [asyncio.create_task(each.stay()) for each in staying]
        going = Going(phones, question, staying[0], meeting.workshop, every=0.05)
        for _ in range(ROUNDS):
            for gone in (pair.one, pair.two):
                await settled(pair, phones, 60)
                await asyncio.to_thread(gone.stop)
                # All continue at the remaining one.
                await settled(pair, phones, 60)
                await asyncio.to_thread(gone.start)
                # A client with a ticket of one process is admitted by the other, including the new one.
                for asked, other in itertools.permutations((pair.one.url, pair.two.url)):
                    late = await Wire(other, await ticket(meeting, asked)).open()
                    await late.until(lambda late=late: late.items)
                    await late.close()
        await settled(pair, phones, 60)
        last = await going.over()
        assert {code for phone in phones for code in phone.cuts} <= {1012, None}
        assert sum(each.back for each in staying) >= 2 * ROUNDS
        # Told to reconnect, and never refused.
        assert {code for each in staying for code in each.cuts} == {1012}
        await wall.until(lambda: wall.one("wall")["page"] == last)
        in_order(wall)
        await desk.until(lambda: desk.all("timer"))
        assert desk.one("timer") == clock
        # Wherever they connect, all of them are counted, and none that has left.
        for phone in phones:
            await phone.wire.close()
            await phone.come()
        assert {phone.wire.url for phone in phones} == {pair.one.url, pair.two.url}
        await desk.until(lambda: desk.presence and desk.presence["phones"] == PHONES)
        await wall.until(lambda: wall.presence and wall.presence["phones"] == PHONES)
        for each in staying:
            await each.go()
        await asyncio.gather(*here)
        await checked(meeting, phones, question)
        for phone in phones:
            await phone.leave()
    for server in (pair.one, pair.two):
        server.stop()
        assert "Traceback" not in server.output()

"""A room at work: phones write and a driver turns the wall's pages, until it is over."""

import asyncio
import itertools
from collections.abc import Iterable
from typing import Any, Protocol

from tests.reliability.phones import Phone


class Driver(Protocol):
    """A desk, or anything that repeats its commands until they are answered."""

    async def do(self, type: str, **fields: Any) -> object:
        """One command."""


class Going:
    """Starts at once; `over` ends it."""

    def __init__(
        self, phones: Iterable[Phone], question: str, driver: Driver, workshop: str, *, every: float
    ) -> None:
        self._going = True
        self._writing = [asyncio.create_task(self._write(phone, question, every)) for phone in phones]
        self._driving = asyncio.create_task(self._drive(driver, workshop, every))

    async def over(self) -> int:
        """The page that the wall shows at the end, when everything sent is answered."""
        self._going = False
        last = await self._driving
        await asyncio.gather(*self._writing)
        return last

    async def _write(self, phone: Phone, question: str, every: float) -> None:
        for number in itertools.count():
            if not self._going:
                return
            await phone.write(question, f"seddel {number}")
            await asyncio.sleep(every)

    async def _drive(self, driver: Driver, workshop: str, every: float) -> int:
        for page in itertools.count(1):
            await driver.do("wall.change", workshop=workshop, page=page)
            if not self._going:
                return page
            await asyncio.sleep(every)
        raise AssertionError

"""Simulated phones in one room: those of `make demo`, and of a rehearsal."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from app.engine.agenda import items_of
from app.engine.commands import Role
from app.engine.registry import Registry
from app.engine.room import Answer, Asker
from app.engine.simulated import Says, SimulatedPhone
from app.live.member import Member
from app.live.rooms import OpenRoom

PHONES = 12
#: How long a phone thinks before it acts, in seconds: together they send less than two commands a second, and
#: a room accepts sixty.
THINKS = 3.0, 14.0


class _Silent:
    """The line of a phone that is counted but reads nothing; when it is closed, the phone is gone."""

    kind = "silent"
    waiting = 0

    def __init__(self, gone: Callable[[], None]) -> None:
        self._gone = gone

    def write(self, frame: bytes) -> None:
        """Nobody reads."""

    def frame(self, message: bytes) -> bytes:
        """As it is."""
        return message

    def close(self, code: int) -> None:  # noqa: ARG002 - a phone that reads nothing does not need the code
        """The line is closed."""
        self._gone()


class Phones:
    """Phones that join a workshop and act as each kind of activity defines, until they are sent away."""

    def __init__(
        self,
        opened: OpenRoom,
        workshop: str,
        says: Says,
        registry: Registry,
        *,
        many: int = PHONES,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        rng: random.Random | None = None,
    ) -> None:
        self._opened = opened
        self._workshop = workshop
        self._registry = registry
        self._sleep = sleep
        self._rng = rng or random.Random()  # noqa: S311 - nothing is guarded by it
        self.phones = [SimulatedPhone(nth, many, says, self._rng) for nth in range(many)]
        self._members: list[Member] = []
        self._tasks: list[asyncio.Task[None]] = []

    def come(self) -> None:
        """They are in, and begin."""
        for phone in self.phones:
            member = Member(Role.PHONE, self._workshop, _Silent(self.go))
            self._opened.hub.join(member, 0, "", None)
            self._members.append(member)
            self._tasks.append(asyncio.create_task(self._lives(phone)))

    def go(self) -> None:
        """They are gone."""
        for task in self._tasks:
            task.cancel()
        for member in self._members:
            self._opened.hub.leave(member)
        self._tasks, self._members = [], []

    async def _lives(self, phone: SimulatedPhone) -> None:
        while True:
            await self._sleep(self._rng.uniform(*THINKS))
            await self.acts(phone)

    async def acts(self, phone: SimulatedPhone) -> Answer | None:
        """Let one of them act in the live item, if it has something to do; returns the answer."""
        room = self._opened.room
        live = next((i for i in items_of(room.board, self._workshop) if i.state == "live"), None)
        simulate = self._registry.kinds[live.activity].simulated if live else None
        command = simulate(room.board, live, phone) if simulate else None
        # A refusal does not matter: the phone thinks again, and then does what comes next.
        return await room.submit(Asker(Role.PHONE, self._workshop), command) if command else None

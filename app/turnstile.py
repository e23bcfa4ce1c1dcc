"""So many requests begin in one turn of the event loop: a crowd of them holds up nobody's note (F11)."""

import asyncio
from collections import deque

EACH_TURN = 1


class Turnstile:
    """Whoever comes waits for the turns of those before; nothing is held meanwhile."""

    def __init__(self) -> None:
        self._left = EACH_TURN
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._turning = False

    async def enter(self) -> None:
        """Go on at once when there is room in this turn."""
        if self._left and not self._waiting:
            self._left -= 1
            self._turn()
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._turn()
        await turn

    def _turn(self) -> None:
        if not self._turning:
            self._turning = True
            asyncio.get_running_loop().call_soon(self._next)

    def _next(self) -> None:
        self._turning = False
        self._left = EACH_TURN
        while self._left and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                self._left -= 1
        if self._left < EACH_TURN:
            self._turn()

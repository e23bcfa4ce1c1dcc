"""Fair turns (F11): in one turn of the event loop so much begins, address by address.

A crowd from one address holds up nobody at another, however much of it arrives at once.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable


class Turnstile:
    """Lets `each_turn` pieces of work begin in one turn of the loop, of waiting addresses one each."""

    def __init__(self, each_turn: int) -> None:
        self._each_turn = each_turn
        self._left = each_turn
        #: What waits, by address; the address whose turn is next is first.
        self._waiting: dict[str, deque[Callable[[], None]]] = {}
        self._turning = False

    def free(self) -> bool:
        """Take a place in this turn; False when there is none, and `wait` is the way in."""
        if self._left and not self._waiting:
            self._left -= 1
            self._turn()
            return True
        return False

    def wait(self, address: str, begin: Callable[[], None]) -> None:
        """Begin in a later turn, after what waits from the same address."""
        self._waiting.setdefault(address, deque()).append(begin)
        self._turn()

    async def enter(self, address: str) -> None:
        """Go on at once when there is a place in this turn, else when it is our turn."""
        if self.free():
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.wait(address, lambda: None if turn.done() else turn.set_result(None))
        await turn

    def _turn(self) -> None:
        if not self._turning:
            self._turning = True
            asyncio.get_running_loop().call_soon(self._next)

    def _next(self) -> None:
        self._turning = False
        self._left = self._each_turn
        if self._waiting:
            # The thread that stores notes wants the interpreter; a busy loop keeps it for milliseconds.
            time.sleep(0)
        while self._left and self._waiting:
            self._left -= 1
            address = next(iter(self._waiting))
            waiting = self._waiting.pop(address)
            begin = waiting.popleft()
            if waiting:
                # Behind the other addresses.
                self._waiting[address] = waiting
            asyncio.get_running_loop().call_soon(begin)
        if self._left < self._each_turn:
            self._turn()

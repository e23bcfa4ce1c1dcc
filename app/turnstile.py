"""Fair turns (F11): limits how much begins in one turn of the event loop, alternating between addresses.

A crowd from one address does not hold up others, however much arrives at once.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable


class Turnstile:
    """Lets `each_turn` pieces of work begin in one turn of the loop, one for each waiting address in turn."""

    def __init__(self, each_turn: int) -> None:
        self._each_turn = each_turn
        self._left = each_turn
        #: Waiting work by address; the next address is first.
        self._waiting: dict[str, deque[Callable[[], None]]] = {}
        self._turning = False

    def free(self) -> bool:
        """Take a place in this turn; False if there is none, and the caller must `wait`."""
        if self._left and not self._waiting:
            self._left -= 1
            self._turn()
            return True
        return False

    def wait(self, address: str, begin: Callable[[], None]) -> None:
        """Begin in a later turn, after what is waiting from the same address."""
        self._waiting.setdefault(address, deque()).append(begin)
        self._turn()

    async def enter(self, address: str) -> None:
        """Return at once if there is a place in this turn, else when it is our turn."""
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
            # The thread that stores notes needs the interpreter lock, which a busy loop holds for
            # milliseconds.
            time.sleep(0)
        while self._left and self._waiting:
            self._left -= 1
            address = next(iter(self._waiting))
            waiting = self._waiting.pop(address)
            begin = waiting.popleft()
            if waiting:
                # Queue behind the other addresses.
                self._waiting[address] = waiting
            asyncio.get_running_loop().call_soon(begin)
        if self._left < self._each_turn:
            self._turn()

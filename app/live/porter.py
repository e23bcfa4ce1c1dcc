"""All connections of one server: how many per address are unidentified, and whether they make progress (F11).

A whole company may share one address, so no connection is refused because of its neighbours. When too many
are unidentified, the longest idle ones are dropped.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from app.limits import address_hash
from app.memory import Comings
from app.turnstile import Turnstile

#: Open files reserved for other uses: the database, the log, programs that make a PDF.
RESERVE = 100
#: How many connections of a server are read in one turn of the event loop (F11).
EACH_TURN = 3


@dataclass(frozen=True)
class Patience:
    """How long to wait for whom, in seconds, and for how many."""

    #: How often all connections are checked.
    look: float = 2.5
    #: A client that takes less than `step` bytes of its backlog in this time is not reading.
    stall: float = 10.0
    step: int = 16 * 1024
    #: A line may be in a lift for this long; it reconnects and catches up.
    stalled_line: float = 30.0
    #: For clients that were told to leave and have not.
    farewell: float = 5.0
    #: Unidentified connections from one address. Five hundred phones open two or three each at once.
    nobodies: int = 1000


class Guest(Protocol):
    """A connection, of either protocol."""

    transport: Any

    @property
    def idle(self) -> bool:
        """Whether nothing is being done for it."""

    @property
    def drained(self) -> int:
        """How often it has read enough of its backlog for more to be written."""


@dataclass(eq=False)
class _Seen:
    address: str
    line: bool = False
    #: Its backlog when it last took some, and when that was.
    owed: int = 0
    owed_at: float = 0.0
    drained: int = 0
    closing_at: float | None = None


def open_files() -> int:
    """How many files this process may have open. On Windows sockets are no files."""
    if sys.platform == "win32":
        return 65_536
    import resource

    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def raise_open_files() -> int:
    """Take as many open files as the system lets us; how many that is."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != soft:
            most = 65_536 if hard == resource.RLIM_INFINITY else hard
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
    return open_files()


class Porter:
    """Knows every connection of one server by the hash of its address."""

    def __init__(self, patience: Patience, trusted: Callable[[str], bool], files: int) -> None:
        self._patience = patience
        self._trusted = trusted
        self._most = max(1, files - RESERVE)
        self._guests: dict[Guest, _Seen] = {}
        #: By address, the earliest first. Proxies we were told of stand for many addresses.
        self._nobodies: dict[str, dict[Guest, None]] = {}
        self._lines: Counter[str] = Counter()
        self._looking: asyncio.TimerHandle | None = None
        #: Where lines take turns to be read, by address.
        self.turnstile = Turnstile(EACH_TURN)
        self._comings = Comings()

    def came(self, guest: Guest, host: str | None) -> str:
        """A new connection; the hash of its address, "" for a proxy's."""
        self._comings.one()
        address = "" if host is None or self._trusted(host) else address_hash(host)
        self._guests[guest] = _Seen(address)
        self._nobody(guest, address)
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(self._patience.look, self._look)
        return address

    def went(self, guest: Guest) -> None:
        """The connection has ended, or continues as another."""
        seen = self._guests.pop(guest, None)
        if seen is None:
            return
        if seen.line:
            self._lines[seen.address] -= 1
        else:
            self._forget(guest, seen.address)

    def let_in(self, guest: Guest) -> bool:
        """It has identified itself. False if one address would have more than half of the capacity."""
        seen = self._guests.get(guest)
        if seen is None or (seen.address and self._lines[seen.address] >= self._most // 2):
            return False
        if not seen.line:
            self._forget(guest, seen.address)
            seen.line = True
            self._lines[seen.address] += 1
        return True

    def let_out(self, guest: Guest) -> None:
        """The stream is over; the connection may be used for the next request."""
        seen = self._guests.get(guest)
        if seen is not None and seen.line:
            seen.line = False
            self._lines[seen.address] -= 1
            self._nobody(guest, seen.address)

    def _nobody(self, guest: Guest, address: str) -> None:
        self._nobodies.setdefault(address, {})[guest] = None
        if address and len(self._nobodies[address]) > self._patience.nobodies:
            self._make_room(address, guest)
        if len(self._guests) > self._most:
            self._make_room(max(self._nobodies, key=lambda each: len(self._nobodies[each])), guest)

    def _make_room(self, address: str, newcomer: Guest) -> None:
        here = self._nobodies[address]
        out = next((each for each in here if each.idle and each is not newcomer), next(iter(here)))
        # At once, since a new connection is waiting for the place.
        self.went(out)
        out.transport.abort()

    def _forget(self, guest: Guest, address: str) -> None:
        here = self._nobodies[address]
        del here[guest]
        if not here:
            del self._nobodies[address]

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        for guest, seen in list(self._guests.items()):
            if self._is_stuck(guest, seen, now):
                # Closing many at once would hold up the clients that do read.
                self.turnstile.wait(seen.address, guest.transport.abort)
        self._looking = None
        if self._guests:
            self._looking = asyncio.get_running_loop().call_later(self._patience.look, self._look)

    def _is_stuck(self, guest: Guest, seen: _Seen, now: float) -> bool:
        """Asked to leave and still there, or not reading what it requested."""
        if guest.transport.is_closing():
            seen.closing_at = now if seen.closing_at is None else seen.closing_at
            return now - seen.closing_at >= self._patience.farewell
        owed = guest.transport.get_write_buffer_size()
        reads = guest.drained != seen.drained or owed <= seen.owed - self._patience.step
        if reads or owed == 0 or seen.owed == 0:
            seen.owed, seen.owed_at, seen.drained = owed, now, guest.drained
            return False
        return now - seen.owed_at >= (self._patience.stalled_line if seen.line else self._patience.stall)

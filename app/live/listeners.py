"""Who hears of a room's changes apart from its hub: its doors, and the other processes (E8)."""

from collections.abc import Callable
from typing import Any, Literal, Protocol

from app.engine.agenda import Item, Workshop
from app.engine.records import Record
from app.engine.room import Told

#: How long the others may wait to hear of what nobody sees, in seconds. A commit of theirs takes it in anyway
#: (E8), so most notes that are written at several processes need no query of their own, and several need one
#: hint.
UNSEEN = 0.5


class Ends:
    """Says when a workshop has ended, so that its door can be closed."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def tell(self, told: Told, own: bool) -> None:
        """Only the process in which it ended closes the door."""
        for (_, record), before in told.rows:
            ended = isinstance(record, Workshop) and record.state == "ended"
            if own and ended and isinstance(before, Workshop) and before.state != "ended":
                self._say(record.id)


class Keeps:
    """Keeps a workshop's door open as long as needed, whenever that may have changed (P5.1)."""

    def __init__(self, needed: Callable[[str], int], say: Callable[[str, int], None]) -> None:
        self._needed = needed
        self._say = say

    def tell(self, told: Told, own: bool) -> None:
        """Only the process in which it changed sees to the door."""
        records = [record for (_, record), _ in told.rows if own]
        workshops = {record.workshop for record in records if isinstance(record, Item)}
        for workshop in workshops | {record.id for record in records if isinstance(record, Workshop)}:
            if until := self._needed(workshop):
                self._say(workshop, until)


class Others(Protocol):
    """The other processes: what is told may be lost."""

    def tell(self, topic: Literal["board"], about: str, value: Any = None) -> None:
        """A board has this seq."""


class Timer(Protocol):
    """What calls back later, and can be told not to."""

    def cancel(self) -> None:
        """Do not call back."""


#: Calls back after so many seconds, as `asyncio.loop.call_later` does.
Later = Callable[[float, Callable[[], None]], Timer]


class Announces:
    """Notifies the other processes of changes: of visible ones at once, of the rest a little later."""

    def __init__(
        self, board_id: str, visible: Callable[[Record], bool], others: Others, later: Later
    ) -> None:
        self._board_id = board_id
        self._visible = visible
        self._others = others
        self._later = later
        self._seq = 0
        self._timer: Timer | None = None

    def tell(self, told: Told, own: bool) -> None:
        """Only what this process stored is news to the others."""
        if not own or not told.rows:
            return
        self._seq = told.seq
        if any(self._visible(held.record) for held, _ in told.rows):
            self._say()
        elif self._timer is None:
            self._timer = self._later(UNSEEN, self._say)

    def _say(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._others.tell("board", self._board_id, self._seq)

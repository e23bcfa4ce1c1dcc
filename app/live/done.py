"""U24, R16: a phone that says it is done counts at the process at which it said so last.

A phone that wakes opens its line again, at another process perhaps, and says there what it said before. Each
process tells the others now and then which marks came to it, by their ends alone and sorted, so that reading
along says no mark and no moment; they let go of those.
"""

import asyncio
import secrets
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from app.engine.agenda import Item
from app.engine.commands import Role
from app.engine.pace import SayDone
from app.engine.records import Done, Id
from app.engine.room import Asker, Room

#: So much of a mark is told: enough to tell those of a room apart.
END = 8
#: So many at once: what tells it takes 7000 bytes. The others go with the next word.
MOST = 500


class Came(BaseModel):
    """The ends of marks that came to a process."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str
    ends: Annotated[
        frozenset[Annotated[str, StringConstraints(min_length=END, max_length=END)]], Field(max_length=MOST)
    ]


class Others(Protocol):
    """The other processes: what is told may be lost."""

    def tell(self, topic: Literal["done"], about: str, value: dict[str, Any]) -> None:
        """Whose word of being done with an item came here."""


class Marks:
    """What came to this process and has not been told; `rooms`: those that it has open."""

    def __init__(self, others: Others, rooms: Callable[[], Iterable[Room]]) -> None:
        self._others = others
        self._rooms = rooms
        self._me = secrets.token_urlsafe(8)
        self._new: dict[Id, set[str]] = {}
        self._letting_go: set[asyncio.Task[Any]] = set()

    def said(self, command: SayDone) -> None:
        """A phone has said so here."""
        self._new.setdefault(command.activity, set()).add(command.mark[-END:])

    def tell(self) -> None:
        """Now and then: tell the other processes."""
        new, self._new = self._new, {}
        for item, ends in new.items():
            now, later = sorted(ends)[:MOST], sorted(ends)[MOST:]
            self._others.tell("done", item, {"by": self._me, "ends": now})
            if later:
                self._new[item] = set(later)

    def hear(self, item: str, value: Any) -> None:
        """What came to another process does not count here any more, unless it has come back meanwhile."""
        try:
            came = Came.model_validate(value)
        except ValidationError:
            # Of another version.
            return
        if came.by == self._me:
            return
        gone = came.ends - self._new.get(item, set())
        for room in self._rooms():
            found = room.board.find(Item, item)
            for mark in room.board.done.get(item, Done()).marks if found else ():
                if found and mark[-END:] in gone:
                    off = SayDone(type="pace.done", activity=item, mark=mark, done=False)
                    task = asyncio.ensure_future(room.submit(Asker(Role.PHONE, found.workshop), off))
                    self._letting_go.add(task)
                    task.add_done_callback(self._letting_go.discard)

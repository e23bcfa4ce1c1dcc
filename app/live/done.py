"""U24, R16: a phone that is done counts only at the process that it told last.

A phone that wakes may reconnect to another process and say again that it is done. So each process announces
from time to time which marks it received, and the others drop those. Only the ends of marks are announced,
sorted, so that an eavesdropper learns neither a mark nor a moment.
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

#: How many characters of a mark are announced: enough to tell the marks of a room apart.
END = 8
#: The most in one announcement, which may have 7000 bytes. The rest goes with the next one.
MOST = 500


class Came(BaseModel):
    """The ends of the marks that a process received."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str
    ends: Annotated[
        frozenset[Annotated[str, StringConstraints(min_length=END, max_length=END)]], Field(max_length=MOST)
    ]


class Others(Protocol):
    """The other processes; an announcement may be lost."""

    def tell(self, topic: Literal["done"], about: str, value: dict[str, Any]) -> None:
        """Announce the marks received here for an item."""


class Marks:
    """The marks received here and not announced yet; `rooms` gives the rooms open here."""

    def __init__(self, others: Others, rooms: Callable[[], Iterable[Room]]) -> None:
        self._others = others
        self._rooms = rooms
        self._me = secrets.token_urlsafe(8)
        self._new: dict[Id, set[str]] = {}
        self._letting_go: set[asyncio.Task[Any]] = set()

    def said(self, command: SayDone) -> None:
        """A phone has reported here that it is done."""
        self._new.setdefault(command.activity, set()).add(command.mark[-END:])

    def tell(self) -> None:
        """Announce what is new to the other processes; called periodically."""
        new, self._new = self._new, {}
        for item, ends in new.items():
            now, later = sorted(ends)[:MOST], sorted(ends)[MOST:]
            self._others.tell("done", item, {"by": self._me, "ends": now})
            if later:
                self._new[item] = set(later)

    def hear(self, item: str, value: Any) -> None:
        """Drop marks that another process received, unless the phone has returned here since."""
        try:
            came = Came.model_validate(value)
        except ValidationError:
            # Sent by another version.
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

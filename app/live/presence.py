"""How many people are connected, as told to desks and walls (R10, F14).

While people join, changes are sent at once. Once a workshop is live they are sent only at fixed times,
counted from when the room was opened: a number that moved with a single connection would reveal when
somebody's phone woke up to write. What a desk is dragging and which page a wall shows is always sent at once,
with the numbers that were sent last.

The numbers cover all processes. News from another process also takes effect only at our own times.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping

from app.engine.agenda import Workshop
from app.engine.pace import told
from app.engine.records import Board, Viewer
from app.live.elsewhere import NOBODY, Elsewhere, Lead, Numbers
from app.live.member import Line, Member
from app.live.messages import Leaf, Presence

#: The viewers that get more than the number of phones.
TOLD: tuple[Viewer, ...] = ("screen", "desk")
#: Joins within this many seconds are sent together.
SOON = 0.25
#: F14: how far apart the fixed times are. Seconds.
GRID = 10.0
#: The most sizes of walls that are reported.
MOST_LEAVES = 8


class Here:
    """The numbers of one room. `groups` are the hub's own: members by viewer and workshop."""

    def __init__(
        self,
        board: Board,
        loop: asyncio.AbstractEventLoop,
        groups: Mapping[tuple[Viewer, str], Collection[Member]],
        elsewhere: Elsewhere,
        lead: Callable[[str], Lead | None] = lambda _workshop: None,
    ) -> None:
        self._board = board
        self._loop = loop
        self._groups = groups
        self._elsewhere = elsewhere
        self._lead = lead
        self._opened = loop.time()
        #: Phones and screens by workshop, as last told.
        self._numbers: dict[str, tuple[int, int]] = {}
        #: What was being dragged at other processes, as last told.
        self._hands: dict[str, Numbers] = {}
        self._soon: set[str] = set()
        self._prompt: asyncio.TimerHandle | None = None
        self._next: asyncio.TimerHandle | None = None

    def came(self, member: Member) -> None:
        """Somebody has come."""
        self._moved(member.workshop)
        if member.viewer in TOLD and self._settled(member.workshop) and member.workshop in self._numbers:
            # A page that has just connected need not wait for the next fixed time to learn what the others
            # know.
            member.line.write(self._frame(member.line, member.workshop))

    def went(self, member: Member) -> None:
        """Somebody has gone."""
        if member.workshop not in self._workshops():
            self._elsewhere.tell(member.workshop, NOBODY)
        if not self._groups:
            # An empty room may be closed; nothing may keep a reference to it.
            self._stop()
            return
        self._moved(member.workshop)
        if member.holds is not None or member.shows is not None or member.broken:
            self.hand_moved()

    def hand_moved(self) -> None:
        """A desk has picked something up or put it down, or a wall shows another page."""
        for workshop in self._workshops():
            self._tell_soon(workshop)

    def say(self, workshop: str) -> None:
        """Announce presence and leaders to the other processes, whether new or not."""
        here = self._own(workshop) if workshop in self._workshops() else NOBODY
        self._elsewhere.tell(workshop, here, self._lead(workshop), again=True)

    def heard(self, workshop: str) -> None:
        """The numbers at another process may have changed."""
        if workshop not in self._workshops():
            return
        if self._numbers.get(workshop) != self._counted(workshop):
            self._moved(workshop)
        if self._hands.get(workshop, NOBODY) != _hands(self._elsewhere.at(workshop)):
            self._tell_soon(workshop)

    def _moved(self, workshop: str) -> None:
        if not self._settled(workshop):
            self._tell_soon(workshop)
        elif self._next is None:
            until = GRID - (self._loop.time() - self._opened) % GRID
            self._next = self._loop.call_later(until, self._tick)

    def _stop(self) -> None:
        for handle in (self._prompt, self._next):
            if handle is not None:
                handle.cancel()
        self._prompt = self._next = None
        self._soon.clear()

    def _settled(self, workshop: str) -> bool:
        """Whether the workshop has begun, so that its numbers change at fixed times."""
        found = self._board.find(Workshop, workshop)
        return found is not None and found.state != "draft"

    def _tell_soon(self, workshop: str) -> None:
        if self._prompt is None:
            # On a tick: a join is never announced to everybody at once.
            self._prompt = self._loop.call_later(SOON, self._tell_waiting)
        self._soon.add(workshop)

    def _tell_waiting(self) -> None:
        self._prompt = None
        waiting, self._soon = self._soon, set()
        for workshop in waiting & self._workshops():
            if not self._settled(workshop):
                self._numbers[workshop] = self._counted(workshop)
            elif self._numbers.get(workshop) != self._counted(workshop):
                # The workshop has begun since.
                self._moved(workshop)
            self._tell(workshop)

    def _tick(self) -> None:
        self._next = None
        for workshop in self._workshops():
            if self._settled(workshop) and self._numbers.get(workshop) != self._counted(workshop):
                self._numbers[workshop] = self._counted(workshop)
                self._tell(workshop)

    def _tell(self, workshop: str) -> None:
        self._elsewhere.tell(workshop, self._own(workshop), self._lead(workshop))
        self._hands[workshop] = _hands(self._elsewhere.at(workshop))
        framed: dict[str, bytes] = {}
        if workshop not in self._numbers:
            return
        for viewer in TOLD:
            for member in self._groups.get((viewer, workshop), ()):
                line = member.line
                if line.kind not in framed:
                    framed[line.kind] = self._frame(line, workshop)
                line.write(framed[line.kind])

    def _frame(self, line: Line, workshop: str) -> bytes:
        phones, screens = self._numbers[workshop]
        now = self._own(workshop) + self._elsewhere.at(workshop)
        presence = Presence(
            phones=phones,
            screens=screens,
            broken=now.broken,
            done=now.done,
            held=sorted(now.held),
            leaves=sorted(now.leaves, key=_by_page)[:MOST_LEAVES],
        )
        return line.frame(presence.model_dump_json().encode())

    def _own(self, workshop: str) -> Numbers:
        """The numbers of this process; U8: walls of one size show the same, and are reported once."""
        walls = self._groups.get(("screen", workshop), ())
        desks = self._groups.get(("desk", workshop), ())
        shown = [member.shows for member in walls if member.shows is not None and member.counted]
        return Numbers(
            phones=len(self._groups.get(("phone", workshop), ())),
            screens=sum(one.counted for one in walls),
            broken=sum(member.broken for member in walls),
            done=told(self._board, workshop),
            held=frozenset(self._held()),
            desks=frozenset(desk.desk for desk in desks if desk.desk),
            leaves=frozenset(sorted(shown, key=_by_page)[:MOST_LEAVES]),
        )

    def _held(self) -> Iterator[str]:
        for (viewer, _), members in self._groups.items():
            if viewer == "desk":
                yield from (member.holds for member in members if member.holds)

    def _workshops(self) -> set[str]:
        return {workshop for _, workshop in self._groups}

    def _counted(self, workshop: str) -> tuple[int, int]:
        now = self._own(workshop) + self._elsewhere.at(workshop)
        return now.phones, now.screens


def _hands(numbers: Numbers) -> Numbers:
    """What is sent at once."""
    return numbers.model_copy(update={"phones": 0, "screens": 0, "desks": frozenset()})


def _by_page(leaf: Leaf) -> tuple[str, int, int, int]:
    return leaf.item, leaf.pages, leaf.page, leaf.to

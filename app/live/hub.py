"""Who is connected to a room, and what each of them is told.

The fan-out never awaits a socket (E9): a change is turned into JSON once per role, framed once, and written
to each transport. For every role the hub keeps what it sees as bytes, to read first load and catch-up from.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

import orjson

from app.board.activity import Registry
from app.board.agenda import Workshop
from app.board.commands import Role
from app.board.records import VIEWERS, Board, Gone, Held, Id, Viewer
from app.board.room import Told
from app.live.messages import Presence

#: Above so many changes a second a room is busy, and changes are gathered for a tick (E9). Seconds.
BUSY = 50
TICK = 0.05
#: A socket with more than this waiting is skipped and caught up when it drains. Bytes.
BEHIND = 256 * 1024
#: So long it may stay behind. Seconds.
PATIENCE = 10.0


def viewer_of(role: Role) -> Viewer:
    """The view a role looks through."""
    return "phone" if role is Role.PHONE else "screen" if role is Role.SCREEN else "desk"


class Line(Protocol):
    """The way to one screen: a WebSocket or an event stream."""

    def write(self, frame: bytes) -> None:
        """Send a framed message; never waits."""

    def frame(self, message: bytes) -> bytes:
        """A message as this kind of line carries it; lines of one `kind` frame alike."""

    @property
    def kind(self) -> str:
        """Lines of the same kind can share a framed message."""

    @property
    def waiting(self) -> int:
        """Bytes that the other side has not taken yet."""

    def close(self, code: int) -> None:
        """Hang up."""


@dataclass(eq=False)
class Member:
    """One connected screen. It has no id and no name."""

    role: Role
    workshop: str
    line: Line
    holds: Id | None = None
    #: Since when it is too far behind to be written to, in loop time.
    stale_since: float | None = None
    #: The last it was sent: the seq, and for phones the live activity that went with it.
    has_seq: int = 0
    has_live: Id | None = None

    @property
    def viewer(self) -> Viewer:
        """The view it looks through."""
        return viewer_of(self.role)


@dataclass
class Sight:
    """What one role sees of the board just now: each record as JSON, with the seq of its last change."""

    seq: int = 0
    shown: dict[Id, tuple[int, bytes]] = field(default_factory=dict)
    gone: dict[Id, int] = field(default_factory=dict)

    def since(self, since: int) -> tuple[list[bytes], list[str]]:
        """Records and removals after `since`, in the order of their ids (A15)."""
        records = [body for _, (seq, body) in sorted(self.shown.items()) if seq > since]
        return records, sorted(id for id, seq in self.gone.items() if seq > since)


class Hub:
    """The screens of one room. It is told by the room, synchronously, after every stored change."""

    def __init__(
        self, board: Board, registry: Registry, loop: asyncio.AbstractEventLoop | None = None
    ) -> None:
        self._board = board
        self._registry = registry
        self._loop = loop or asyncio.get_running_loop()
        self.members: dict[Viewer, set[Member]] = {viewer: set() for viewer in VIEWERS}
        self._here: Counter[tuple[Viewer, str]] = Counter()
        #: Sights by viewer and, for phones, by workshop: phones see only the live activity of theirs.
        self._sights: dict[tuple[Viewer, str], Sight] = {}
        self._lives: dict[str, Id | None] = self._live_now()
        self._pending: dict[Id, Held] = {}
        #: Workshops whose phones, or (with "") everybody, must forget what they have.
        self._restarted: set[str] = set()
        self._flush_set = False
        self._recent: list[float] = []
        self._presence_set = False

    # -- coming and going --------------------------------------------------------------------------------

    def join(self, member: Member, since: int, epoch: str, activity: Id | None) -> None:
        """Tell a screen what it has missed and add it. Never await in between (E3)."""
        sight = self._sight(member.viewer, member.workshop)
        live = self._lives.get(member.workshop)
        fresh = (
            epoch == self._board.epoch
            and self._board.pruned_seq <= since <= sight.seq
            and (member.viewer != "phone" or activity == live)
        )
        # Answered even when nothing was missed: only then does the screen know that it is up to date (E3).
        records, gone = sight.since(since if fresh else 0)
        self._bring(member, sight, records, gone, everything=not fresh)
        self.members[member.viewer].add(member)
        self._here[member.viewer, member.workshop] += 1
        self._say_presence()

    def first_load(self, viewer: Viewer, workshop: str) -> bytes:
        """Everything such a screen sees just now, as the message it would get for `since: 0`."""
        sight = self._sight(viewer, workshop)
        records, gone = sight.since(0)
        return self._changes(sight, workshop, records, gone, everything=True)

    def leave(self, member: Member) -> None:
        """The screen has gone."""
        if member in self.members[member.viewer]:
            self.members[member.viewer].remove(member)
            self._here[member.viewer, member.workshop] -= 1
        self._say_presence()

    def hold(self, member: Member, record: Id | None) -> None:
        """What a desk has in its hand; a hint, never stored."""
        member.holds = record
        self._say_presence()

    def everybody(self) -> Iterable[Member]:
        """All who are here."""
        for members in self.members.values():
            yield from members

    def count(self, viewer: Viewer, workshop: str) -> int:
        """How many of a kind are here."""
        return self._here[viewer, workshop]

    @property
    def empty(self) -> bool:
        """Whether nobody is here."""
        return not any(self.members.values())

    # -- being told ----------------------------------------------------------------------------------------

    def tell(self, told: Told, own: bool) -> None:  # noqa: ARG002 - whose change it was is the same here
        """A change is stored: bring the sights up to date, and send it with the next fan-out."""
        lives = self._live_now()
        for workshop, live in lives.items():
            if live != self._lives.get(workshop):
                self._sights.pop(("phone", workshop), None)
                self._restarted.add(workshop)
        self._lives = lives
        if told.pruned:
            self._sights.clear()
            self._restarted.add("")
        else:
            for (viewer, workshop), sight in self._sights.items():
                for held, _ in told.rows:
                    self._look(sight, viewer, workshop, held)
        for held, _ in told.rows:
            self._pending[held.record.id] = held
        self._set_flush()

    def _set_flush(self) -> None:
        now = self._loop.time()
        self._recent = [*(at for at in self._recent[-BUSY:] if at > now - 1), now]
        if self._flush_set:
            return
        self._flush_set = True
        if len(self._recent) > BUSY:
            self._loop.call_later(TICK, self._flush)
        else:
            # What else is ready in this turn of the loop goes along.
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flush_set = False
        pending, self._pending = self._pending, {}
        restarted, self._restarted = self._restarted, set()
        for viewer, members in self.members.items():
            for workshop in {member.workshop for member in members}:
                group = [member for member in members if member.workshop == workshop]
                again = "" in restarted or (viewer == "phone" and workshop in restarted)
                self._tell_group(viewer, workshop, group, pending, everything=again)

    def _tell_group(
        self, viewer: Viewer, workshop: str, group: list[Member], pending: dict[Id, Held], *, everything: bool
    ) -> None:
        sight = self._sight(viewer, workshop)
        if everything:
            records, gone = sight.since(0)
        else:
            records = [sight.shown[id][1] for id in sorted(pending) if id in sight.shown]
            gone = [id for id in sorted(pending) if id in sight.gone]
            if not records and not gone:
                return
        message = self._changes(sight, workshop, records, gone, everything=everything)
        framed: dict[str, bytes] = {}
        for member in group:
            self._send(member, message, framed, sight)

    def _send(self, member: Member, message: bytes, framed: dict[str, bytes], sight: Sight) -> None:
        if member.stale_since is not None or member.line.waiting > BEHIND:
            self._left_behind(member)
            return
        line = member.line
        frame = framed.get(line.kind)
        if frame is None:
            frame = framed[line.kind] = line.frame(message)
        line.write(frame)
        self._has(member, sight)

    def _left_behind(self, member: Member) -> None:
        now = self._loop.time()
        if member.stale_since is None:
            member.stale_since = now
            self._loop.call_later(0.25, self._look_after, member)

    def _look_after(self, member: Member) -> None:
        """R7: a socket that drains is caught up by `since`; one that does not is closed."""
        if member not in self.members[member.viewer] or member.stale_since is None:
            return
        if member.line.waiting <= BEHIND // 4:
            member.stale_since = None
            moved_on = member.viewer == "phone" and member.has_live != self._lives.get(member.workshop)
            self._catch_up(member, everything=moved_on or member.has_seq < self._board.pruned_seq)
        elif self._loop.time() - member.stale_since > PATIENCE:
            self.leave(member)
            member.line.close(4008)
        else:
            self._loop.call_later(0.25, self._look_after, member)

    # -- seeing --------------------------------------------------------------------------------------------

    def seen(self, held: Held, role: Role) -> bytes | None:
        """A record as a role sees it, as JSON of `SeenAt`; None if it may not."""
        if isinstance(held.record, Gone):
            return None
        seen = self._registry.view(held.record, viewer_of(role))
        return None if seen is None else _seen_at(held.seq, seen.model_dump_json().encode())

    def _sight(self, viewer: Viewer, workshop: str) -> Sight:
        # Walls and desks of one board see the same, whichever workshop let them in.
        key = (viewer, workshop if viewer == "phone" else "")
        sight = self._sights.get(key)
        if sight is None:
            sight = self._sights[key] = Sight()
            for held in self._board:
                self._look(sight, viewer, workshop, held)
        return sight

    def _look(self, sight: Sight, viewer: Viewer, workshop: str, held: Held) -> None:
        seq, record = held
        if isinstance(record, Gone):
            told = viewer in record.seen_by and (viewer != "phone" or self._in_scope(record.scope, workshop))
            if told or record.id in sight.shown:
                sight.shown.pop(record.id, None)
                sight.gone[record.id] = seq
                sight.seq = max(sight.seq, seq)
            return
        if viewer == "phone" and not self._in_scope(record.scope, workshop):
            return
        seen = self._registry.view(record, viewer)
        if seen is None:
            return
        sight.gone.pop(record.id, None)
        sight.shown[record.id] = (seq, _seen_at(seq, seen.model_dump_json().encode()))
        sight.seq = max(sight.seq, seq)

    def _in_scope(self, scope: str, workshop: str) -> bool:
        return scope in ("", workshop, self._lives.get(workshop))

    def _live_now(self) -> dict[str, Id | None]:
        return {workshop.id: workshop.live for workshop in self._board.every(Workshop).values()}

    def _catch_up(self, member: Member, *, everything: bool) -> None:
        sight = self._sight(member.viewer, member.workshop)
        records, gone = sight.since(0 if everything else member.has_seq)
        self._bring(member, sight, records, gone, everything=everything)

    def _bring(
        self, member: Member, sight: Sight, records: list[bytes], gone: list[str], *, everything: bool
    ) -> None:
        message = self._changes(sight, member.workshop, records, gone, everything=everything)
        member.line.write(member.line.frame(message))
        self._has(member, sight)

    def _has(self, member: Member, sight: Sight) -> None:
        member.has_seq = sight.seq
        member.has_live = self._lives.get(member.workshop)

    def _changes(
        self,
        sight: Sight,
        workshop: str,
        records: list[bytes],
        gone: list[str],
        *,
        everything: bool,
    ) -> bytes:
        head = {"type": "changes", "epoch": self._board.epoch, "seq": sight.seq, "all": everything}
        head["activity"] = self._lives.get(workshop)
        head["gone"] = [] if everything else gone
        return orjson.dumps(head)[:-1] + b',"records":[' + b",".join(records) + b"]}"

    # -- presence ------------------------------------------------------------------------------------------

    def _say_presence(self) -> None:
        if not self._presence_set:
            self._presence_set = True
            # On a tick: a join is never announced to everybody at once.
            self._loop.call_later(TICK * 5, self._tell_presence)

    def _tell_presence(self) -> None:
        self._presence_set = False
        held = sorted({member.holds for member in self.members["desk"] if member.holds})
        for viewer in ("screen", "desk"):
            for member in self.members[viewer]:
                presence = Presence(
                    phones=self.count("phone", member.workshop),
                    screens=self.count("screen", member.workshop),
                    held=held,
                )
                member.line.write(member.line.frame(presence.model_dump_json().encode()))


def _seen_at(seq: int, record: bytes) -> bytes:
    return b'{"seq":%d,"record":%b}' % (seq, record)

"""Who is connected to a room, and what each client is sent.

The fan-out never awaits a socket (E9): a change is turned into JSON once per role, framed once, and written
to each transport. For every role the hub keeps what it sees as bytes, to read first load and catch-up from.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson
import structlog

from app.engine.agenda import Workshop
from app.engine.commands import Command, Role
from app.engine.records import Board, Gone, Held, Id, Viewer
from app.engine.registry import Registry
from app.engine.room import Told
from app.live.elsewhere import Elsewhere, alone
from app.live.leading import Leaders
from app.live.member import Line, Member, viewer_of
from app.live.messages import Leaf
from app.live.presence import Here
from app.live.stepping import Makers

log = structlog.get_logger("hub")

#: A room with more changes a second than this is busy (E9); then they are batched for this many seconds.
BUSY_PER_SECOND = 50
BUSY_FLUSH = 0.05
#: A socket with more than this waiting is skipped and caught up when it drains. Bytes.
MOST_UNREAD = 256 * 1024
#: How long a socket may stay behind, in seconds.
SLOW_CLIENT_TIMEOUT = 10.0
#: How long a framed first load is cached for the next client, in seconds; any change drops it.
FIRST_LOAD_KEPT = 1.0


@dataclass
class RoleView:
    """What one role currently sees of the board: each record as JSON, with the seq of its last change."""

    seq: int = 0
    shown: dict[Id, tuple[int, bytes]] = field(default_factory=dict)
    gone: dict[Id, int] = field(default_factory=dict)
    #: What has changed in it since the last fan-out.
    pending: set[Id] = field(default_factory=set)
    #: First loads ready to write, by workshop and kind of line.
    ready: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def since(self, since: int) -> tuple[list[bytes], list[str]]:
        """Records and removals after `since`, in the order of their ids (A15)."""
        if since == self.seq:
            return [], []
        records = sorted((id, body) for id, (seq, body) in self.shown.items() if seq > since)
        return [body for _, body in records], sorted(id for id, seq in self.gone.items() if seq > since)

    def take(self) -> list[Id]:
        """What has changed since this was last asked, in the order of the ids (A15)."""
        changed, self.pending = sorted(self.pending), set()
        return changed


class Hub:
    """The screens of one room. The room calls it, synchronously, after every stored change."""

    def __init__(
        self,
        board: Board,
        registry: Registry,
        loop: asyncio.AbstractEventLoop | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._board = board
        self._registry = registry
        self._loop = loop or asyncio.get_running_loop()
        #: Members by viewer and by the workshop whose door admitted them; no group is empty.
        self._groups: dict[tuple[Viewer, str], set[Member]] = {}
        #: Role views by viewer and, for phones, by workshop: phones see only the live activity of theirs.
        self._role_views: dict[tuple[Viewer, str], RoleView] = {}
        self._lives: dict[str, Id | None] = self._live_now()
        #: Workshops whose phones, or (with "") everybody, must forget what they have.
        self._restarted: set[str] = set()
        self._flush_set = False
        #: The times of the last visible changes, in loop time.
        self._recent: deque[float] = deque(maxlen=BUSY_PER_SECOND + 1)
        elsewhere = elsewhere or alone()
        self._leaders = Leaders(self._groups, elsewhere)
        self._makers = Makers(board, self._groups, elsewhere)
        #: The presence that desks and walls are sent.
        self._here = Here(board, self._loop, self._groups, elsewhere, self._leaders.of)

    # -- coming and going --------------------------------------------------------------------------------

    def join(self, member: Member, since: int, epoch: str, activity: Id | None) -> None:
        """Send a screen what it has missed and add it. Never await in between (E3)."""
        view = self._role_view(member.viewer, member.workshop)
        live = self._lives.get(member.workshop)
        fresh = (
            epoch == self._board.epoch
            and self._board.pruned_seq <= since <= view.seq
            and (member.viewer != "phone" or activity == live)
        )
        # Answered even when nothing was missed: only then does the screen know that it is up to date (E3).
        self._catch_up(member, view, since if fresh else None)
        self._groups.setdefault((member.viewer, member.workshop), set()).add(member)
        self._here.came(member)
        if member.desk:
            self._leaders.came(member)
            self._here.say(member.workshop)

    def first_load(self, viewer: Viewer, workshop: str) -> bytes:
        """Everything such a screen sees just now, as the message it would get for `since: 0`."""
        view = self._role_view(viewer, workshop)
        return self._changes(view, workshop, None)

    def leave(self, member: Member) -> None:
        """The screen has gone."""
        key = member.viewer, member.workshop
        group = self._groups.get(key, set())
        if member in group:
            group.remove(member)
            if not group:
                del self._groups[key]
            self._here.went(member)
            if member.desk:
                self._leaders.heard(member.workshop)
                self._here.say(member.workshop)

    def take_over(self, workshop: str, desk: str, name: str) -> None:
        """R11: this desk leads from now on, at whichever process it is."""
        self._leaders.take(workshop, desk, name)
        self._here.say(workshop)

    def asked(self, workshop: str, command: Command, name: str) -> None:
        """G40: a desk asks for this; `name` is its account's."""
        self._makers.asked(workshop, command, name)

    def heard_step(self, workshop: str, value: object) -> None:
        """G40: another process has announced who undoes or redoes a step."""
        self._makers.heard(workshop, value)

    def heard(self, workshop: str) -> None:
        """Another process has announced its presence and leaders."""
        self._here.heard(workshop)
        self._leaders.heard(workshop)

    def say_again(self) -> None:
        """Periodically: announce presence to the other processes, and check whether they are still there."""
        for workshop in {member.workshop for member in self.everybody()} | self._leaders.workshops:
            self._here.say(workshop)
            self.heard(workshop)

    def hold(self, member: Member, record: Id | None) -> None:
        """What a desk is dragging; a hint, never stored."""
        member.holds = record
        self._here.hand_moved()

    def broke(self, member: Member, broken: bool) -> None:
        """G23: whether a screen cannot show its picture; desks are told at once, never stored."""
        member.broken = broken
        self._here.hand_moved()

    def show(self, member: Member, leaf: Leaf | None) -> None:
        """The page a wall shows; a hint, never stored."""
        if member.shows != leaf:
            member.shows = leaf
            self._here.hand_moved()

    def everybody(self) -> Iterable[Member]:
        """All who are here."""
        for members in self._groups.values():
            yield from members

    def count(self, viewer: Viewer, workshop: str) -> int:
        """How many of a kind are here."""
        return len(self._groups.get((viewer, workshop), ()))

    @property
    def empty(self) -> bool:
        """Whether nobody is here."""
        return not self._groups

    # -- being told ----------------------------------------------------------------------------------------

    def tell(self, told: Told, own: bool) -> None:  # noqa: ARG002 - whose change it was is the same here
        """A change is stored: update the role views, and send what somebody sees of it.

        What nobody sees is not even pending: face-down notes must neither delay a driver's command to the
        next batch nor make the board count as busy.
        """
        if told.paced:
            self._here.hand_moved()
        # A meeting that was deleted has no live activity either.
        if any(
            isinstance(held.record, Workshop) or isinstance(before, Workshop) for held, before in told.rows
        ):
            self._move_on()
        if told.pruned:
            self._role_views.clear()
            self._restarted.add("")
        seen = bool(self._restarted)
        for (viewer, workshop), view in self._role_views.items():
            for held, _ in told.rows:
                if self._refresh(view, viewer, workshop, held):
                    view.pending.add(held.record.id)
                    view.ready.clear()
                    seen = True
        if seen:
            self._set_flush()

    def _move_on(self) -> None:
        """Another activity may be live, whose phones start again from nothing."""
        lives = self._live_now()
        for workshop in self._lives | lives:
            if lives.get(workshop) != self._lives.get(workshop):
                self._role_views.pop(("phone", workshop), None)
                self._restarted.add(workshop)
        for view in self._role_views.values():
            view.ready.clear()
        self._lives = lives

    def _set_flush(self) -> None:
        now = self._loop.time()
        self._recent.append(now)
        if self._flush_set:
            return
        self._flush_set = True
        if len(self._recent) > BUSY_PER_SECOND and self._recent[0] > now - 1:
            self._loop.call_later(BUSY_FLUSH, self._flush)
        else:
            # Includes whatever else becomes ready in this turn of the loop.
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flush_set = False
        restarted, self._restarted = self._restarted, set()
        changed = {key: view.take() for key, view in self._role_views.items()}
        for (viewer, workshop), group in self._groups.items():
            again = "" in restarted or (viewer == "phone" and workshop in restarted)
            ids = changed.get(_role_view_key(viewer, workshop), ())
            if again or ids:
                self._tell_group(viewer, workshop, group, None if again else ids)

    def _tell_group(
        self, viewer: Viewer, workshop: str, group: Iterable[Member], ids: Iterable[Id] | None
    ) -> None:
        """Send the group these records as they see them; everything for None."""
        view = self._role_view(viewer, workshop)
        if ids is None:
            message = self._changes(view, workshop, None)
        else:
            records = [view.shown[id][1] for id in ids if id in view.shown]
            gone = [id for id in ids if id in view.gone]
            message = self._changes(view, workshop, (records, gone))
        framed: dict[str, bytes] = {}
        for member in group:
            self._send(member, message, framed, view)

    def _send(self, member: Member, message: bytes, framed: dict[str, bytes], view: RoleView) -> None:
        if member.stale_since is not None or member.line.waiting > MOST_UNREAD:
            self._fall_behind(member)
            return
        line = member.line
        frame = framed.get(line.kind)
        if frame is None:
            frame = framed[line.kind] = line.frame(message)
        line.write(frame)
        self._was_sent(member, view)

    def _fall_behind(self, member: Member) -> None:
        now = self._loop.time()
        if member.stale_since is None:
            member.stale_since = now
            self._loop.call_later(0.25, self._check_slow, member)

    def _check_slow(self, member: Member) -> None:
        """R7: a socket that drains is caught up by `since`; one that does not is closed."""
        group = self._groups.get((member.viewer, member.workshop), ())
        if member not in group or member.stale_since is None:
            return
        if member.line.waiting <= MOST_UNREAD // 4:
            member.stale_since = None
            moved_on = member.viewer == "phone" and member.has_live != self._lives.get(member.workshop)
            reload = moved_on or member.has_seq < self._board.pruned_seq
            view = self._role_view(member.viewer, member.workshop)
            self._catch_up(member, view, None if reload else member.has_seq)
        elif self._loop.time() - member.stale_since > SLOW_CLIENT_TIMEOUT:
            log.info("a screen that does not read is shown out")
            self.leave(member)
            member.line.close(4008)
        else:
            self._loop.call_later(0.25, self._check_slow, member)

    # -- seeing --------------------------------------------------------------------------------------------

    def seen(self, held: Held, role: Role) -> bytes | None:
        """A record as a role sees it, as JSON of `SeenAt`; None if it may not."""
        if isinstance(held.record, Gone):
            return None
        seen = self._registry.view(held.record, viewer_of(role))
        return None if seen is None else _seen_at(held.seq, seen.model_dump_json().encode())

    def _role_view(self, viewer: Viewer, workshop: str) -> RoleView:
        key = _role_view_key(viewer, workshop)
        view = self._role_views.get(key)
        if view is None:
            view = self._role_views[key] = RoleView()
            for held in self._board:
                self._refresh(view, viewer, workshop, held)
        return view

    def _refresh(self, view: RoleView, viewer: Viewer, workshop: str, held: Held) -> bool:
        """Bring a role view up to date with a record; whether that changed anything in it."""
        seq, record = held
        if isinstance(record, Gone):
            told = viewer in record.seen_by and (viewer != "phone" or self._in_scope(record.scope, workshop))
            if not told and record.id not in view.shown:
                return False
            view.shown.pop(record.id, None)
            view.gone[record.id] = seq
            view.seq = max(view.seq, seq)
            return True
        if viewer == "phone" and not self._in_scope(record.scope, workshop):
            return False
        seen = self._registry.view(record, viewer)
        if seen is None:
            return False
        view.gone.pop(record.id, None)
        view.shown[record.id] = (seq, _seen_at(seq, seen.model_dump_json().encode()))
        view.seq = max(view.seq, seq)
        return True

    def _in_scope(self, scope: str, workshop: str) -> bool:
        return scope in ("", workshop, self._lives.get(workshop))

    def _live_now(self) -> dict[str, Id | None]:
        return {workshop.id: workshop.live for workshop in self._board.every(Workshop).values()}

    def _catch_up(self, member: Member, view: RoleView, since: int | None) -> None:
        """Write what a screen has missed, or for None everything."""
        line = member.line
        if since is None:
            line.write(self._ready(view, member.workshop, line))
        else:
            line.write(line.frame(self._changes(view, member.workshop, view.since(since))))
        self._was_sent(member, view)

    def _ready(self, view: RoleView, workshop: str, line: Line) -> bytes:
        """A first load, framed once for clients that connect in quick succession."""
        key = workshop, line.kind
        frame = view.ready.get(key)
        if frame is None:
            frame = view.ready[key] = line.frame(self._changes(view, workshop, None))
            self._loop.call_later(FIRST_LOAD_KEPT, view.ready.clear)
        return frame

    def _was_sent(self, member: Member, view: RoleView) -> None:
        member.has_seq = view.seq
        member.has_live = self._lives.get(member.workshop)

    def _changes(self, view: RoleView, workshop: str, missed: tuple[list[bytes], list[str]] | None) -> bytes:
        """Records and removals as a message; for None everything there is to see."""
        records, gone = (view.since(0)[0], []) if missed is None else missed
        head = {"type": "changes", "epoch": self._board.epoch, "seq": view.seq, "all": missed is None}
        head["activity"] = self._lives.get(workshop)
        head["gone"] = gone
        return orjson.dumps(head)[:-1] + b',"records":[' + b",".join(records) + b"]}"


def _role_view_key(viewer: Viewer, workshop: str) -> tuple[Viewer, str]:
    # All walls of a board see the same, and so do all desks, whichever workshop let them in.
    return viewer, workshop if viewer == "phone" else ""


def _seen_at(seq: int, record: bytes) -> bytes:
    return b'{"seq":%d,"record":%b}' % (seq, record)

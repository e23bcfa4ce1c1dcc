"""F1, A11: the law of ticks: no driver's command shows what a phone did sooner or more exactly than they do.

Every command is sent in every state, every 100 ms, by two drivers. Two worlds run side by side in which only
the phones differ; whatever any screen, desk, refusal or summary shows must be the same, to the byte. Four
events show deliberately what waits, once each: the stop, turning over, the first close of ballots (and one
that releases), and the end. Putting up notes in turn and signing up by name are public, and are not done in
these worlds.
"""

import asyncio
import json
import os
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import pytest

from app.activities.dots.messages import CloseVote, OpenVote
from app.activities.me_too.messages import CloseMeToo, OpenMeToo
from app.activities.notes.messages import PassWord
from app.activities.pulse.messages import ClosePulse, ReopenPulse
from app.activities.registry import registry
from app.engine import timer
from app.engine.agenda import Become, End, Go, Item, Workshop
from app.engine.commands import Command, DriverCommand, Role
from app.engine.pace import SayDone
from app.engine.records import Board, Held
from app.engine.room import Answer
from app.engine.ticks import TICK
from app.engine.undo import RedoCommand, UndoCommand
from app.locales import words
from app.parts.ballots import Balloting, Cast
from app.parts.notes.messages import (
    AddPaper,
    DeleteNote,
    LetInLate,
    MaskNote,
    StopWriting,
    TurnAll,
    TurnOne,
    WriteNote,
    WriteOn,
    Writing,
)
from app.parts.notes.records import Note
from app.parts.placing import ClosePlacing, OpenPlacing
from tests.support.boards import (
    IN_TURN,
    INFLUENCE,
    PRIORITY,
    PULSE,
    Q2,
    TURN,
    WRITES,
    Meeting,
    MemoryStore,
    Screen,
    Time,
    W,
    ask,
    done,
    edit,
    new_id,
    note,
    placed,
    secret,
)
from tests.support.commands import made, rich_meeting

DOTS, ME_TOO = "dots-1", "me_too-1"
DRIVERS = (Role.FACILITATOR, Role.CO_FACILITATOR)
#: Every command of drivers except the end, which shows everything, once.
RULED = [ruled for ruled in registry.commands if ruled.group in ("drive", "lead")]
DRIVEN = [ruled.command for ruled in RULED if ruled.command is not End]
#: The commands that reveal most about what phones are doing.
ASKED_OFTEN = [Become, LetInLate, Go, CloseVote, ClosePlacing, OpenPlacing, ClosePulse, ReopenPulse]
ASKED_OFTEN += [CloseMeToo]
STEP = 100
SEEDS = range(20 if os.environ.get("TRIVSEL_SOAK") else 1)
#: Brings a meeting into a state; returns the item that it is about.
State = Callable[[Meeting], Awaitable[str]]
#: Which commands are left out, by the live item.
Skips = Callable[[Command, str | None], bool]
#: How long drivers press keys, in steps of 100 ms: longer than a tick in any case.
LONG = 160


class Act(NamedTuple):
    """What a phone does, and when, in ms from the start. Its author's acts keep their order."""

    at: int
    author: str
    command: Command


# -- the states --------------------------------------------------------------------------------------------

WRITERS = tuple(f"w{n}" for n in range(8))
#: This many answered before it was reopened: two more do not make the five at which closing reveals something
#: (A12).
FEW = 2


async def _writes(meeting: Meeting, item: str) -> None:
    poster = WRITES[meeting.board.one(Item, item).activity][0]
    await meeting.do(*(note(f"{item} {name}", activity=item, poster=poster) for name in WRITERS))
    await meeting.forward(10)


async def _dotted(meeting: Meeting, names: Iterable[str]) -> None:
    theme = new_id("theme tema 1")
    for name in names:
        own = {"ballot": new_id(f"dot {name}"), "secret": secret(f"dot {name}")}
        await meeting.do(ask(Cast, activity=DOTS, of="dots", value=(theme,), rev=1, **own))


def _tap(name: str, n: int = 1, rev: int = 1, value: int | str = 1) -> Command:
    own = {"ballot": new_id(f"tap {name}"), "secret": secret(f"tap {name}")}
    theme = new_id(f"theme tema {n}")
    cast: Command = ask(Cast, activity=ME_TOO, of=theme, value=value, rev=rev, **own)
    return cast


async def _tapped(meeting: Meeting, names: Iterable[str]) -> None:
    await meeting.do(*(_tap(name) for name in names))


async def empty(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=Q2))
    return Q2


async def writing(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=Q2))
    await _writes(meeting, Q2)
    return Q2


async def stopped(meeting: Meeting) -> str:
    await meeting.do(ask(StopWriting, activity=await writing(meeting)))
    return Q2


async def letting_in(meeting: Meeting) -> str:
    await meeting.do(ask(LetInLate, activity=await stopped(meeting)))
    return Q2


async def writing_on(meeting: Meeting) -> str:
    await meeting.do(ask(WriteOn, activity=await stopped(meeting)))
    return Q2


async def one_by_one(meeting: Meeting) -> str:
    await meeting.do(ask(TurnOne, activity=await letting_in(meeting)), ask(TurnOne, activity=Q2))
    return Q2


async def turned(meeting: Meeting) -> str:
    await meeting.do(ask(TurnAll, activity=await letting_in(meeting)))
    return Q2


async def posters(meeting: Meeting) -> str:
    await meeting.headed(TURN, new_id("theme tema 1"), "turn_up_turn_down")
    await meeting.do(ask(Go, item=TURN))
    return TURN


async def posters_turned(meeting: Meeting) -> str:
    await _writes(meeting, await posters(meeting))
    await meeting.do(ask(TurnAll, activity=TURN), ask(LetInLate, activity=TURN))
    return TURN


async def telling(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=IN_TURN))
    await _writes(meeting, IN_TURN)
    await meeting.do(ask(PassWord, activity=IN_TURN))
    return IN_TURN


async def voting(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=DOTS))
    await _dotted(meeting, WRITERS[:3])
    await meeting.forward(10)
    return DOTS


async def voting_again(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=DOTS))
    await _dotted(meeting, WRITERS[:FEW])
    await meeting.forward(10)
    await meeting.do(ask(CloseVote, activity=DOTS), ask(OpenVote, activity=DOTS))
    return DOTS


async def tapping(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=ME_TOO))
    await _tapped(meeting, WRITERS[:3])
    await meeting.forward(10)
    return ME_TOO


async def tapping_again(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=ME_TOO))
    await _tapped(meeting, WRITERS[:FEW])
    await meeting.forward(10)
    await meeting.do(ask(CloseMeToo, activity=ME_TOO), ask(OpenMeToo, activity=ME_TOO))
    return ME_TOO


async def placing_again(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=PRIORITY), ask(OpenPlacing, activity=PRIORITY))
    more = (placed(name, new_id("theme tema 1"), 3) for name in WRITERS[:FEW])
    await meeting.do(*more)
    await meeting.forward(10)
    return PRIORITY


async def influencing_again(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=INFLUENCE), ask(OpenPlacing, activity=INFLUENCE))
    theme = new_id("theme tema 1")
    await meeting.do(*(placed(name, theme, 1, INFLUENCE) for name in WRITERS[:FEW]))
    # Enough for a release, though being done must release nothing. A tick shows all of them, so none waits.
    await meeting.do(*(done(name, INFLUENCE) for name in WRITERS[:5]))
    await meeting.forward(10)
    return INFLUENCE


async def asking_again(meeting: Meeting) -> str:
    await meeting.do(ask(Go, item=PULSE), ask(ReopenPulse, activity=PULSE))
    return PULSE


STATES: list[State] = [
    empty,
    writing,
    stopped,
    letting_in,
    writing_on,
    one_by_one,
    turned,
    posters,
    posters_turned,
    telling,
    voting,
    voting_again,
    tapping,
    tapping_again,
    placing_again,
    influencing_again,
    asking_again,
]


def tells_all(command: Command, state: str, item: str, live: str | None) -> bool:
    """Whether it is one of the few that deliberately show what waits, once, in this state of this item."""
    at = getattr(command, "activity", None)
    if state in ("empty", "posters") and at == item and isinstance(command, AddPaper):
        # Not that; but if all know of a note, "is there any?" is no question.
        return True
    if state in ("empty", "writing", "posters"):
        stops = (StopWriting, TurnOne, TurnAll, PassWord, timer.Start, timer.Finish)
        leaves = isinstance(command, Go) and command.item != live
        return leaves or (at == item and isinstance(command, stops))
    if state in ("stopped", "letting_in", "writing_on", "one_by_one"):
        return at == item and isinstance(command, TurnOne | TurnAll)
    if state in ("voting", "tapping"):
        return isinstance(command, Go | CloseVote | CloseMeToo)
    return False


# -- a world -----------------------------------------------------------------------------------------------


def in_some_order(rng: random.Random) -> list[type[Command]]:
    """Every command once; those that need another right before them directly after it."""
    order = rng.sample(DRIVEN, len(DRIVEN))
    for first, second in ((UndoCommand, RedoCommand), (CloseVote, OpenVote), (CloseMeToo, OpenMeToo)):
        order.remove(second)
        order.insert(order.index(first) + 1, second)
    return order


def aimed(command: Command, board: Board, item: str) -> Command:
    """Back to the item, or `TURN` for the other tool on its theme: only a note prevents that."""
    if isinstance(command, Go):
        return command.model_copy(update={"item": item})
    poster = board.find(Item, TURN)
    held = board.held(TURN)
    if not isinstance(command, Become) or poster is None or held is None:
        return command
    other = "stop_more_new" if poster.activity == "turn_up_turn_down" else "turn_up_turn_down"
    of_it = {"item": TURN, "base": held.seq, "activity": other, "settings": poster.settings}
    return command.model_copy(update=of_it)


class Glass:
    """A meeting as a desk sees it: drivers' commands are made of nothing else."""

    def __init__(self, meeting: Meeting) -> None:
        self._meeting = meeting
        self.board = Board()
        #: Up to which seq each record was looked at, and whether a desk sees it.
        self._looked: dict[str, tuple[int, bool]] = {}

    def look(self) -> None:
        """See the meeting as it is now."""
        if self.board.seq == self._meeting.board.seq:
            return
        seen = (held for held in self._meeting.board if held.record.kind != "step")
        self.board = Board()
        self.board.apply(held for held in seen if self._sees(held))
        self.board.seq = self._meeting.board.seq

    def seq(self, id: str) -> int:
        return self._meeting.seq(id) if self.board.held(id) else 0

    def _sees(self, held: Held) -> bool:
        at, sees = self._looked.get(held.record.id, (0, False))
        if at != held.seq:
            sees = held.record.kind != "gone" and registry.view(held.record, "desk") is not None
            self._looked[held.record.id] = held.seq, sees
        return sees


@dataclass
class World:
    """One of the worlds: what was shown and answered, and when waiting changes were shown deliberately."""

    meeting: Meeting
    shown: list[str] = field(default_factory=list)
    told_at: list[int] = field(default_factory=list)
    accepted: set[type[Command]] = field(default_factory=set)

    async def run(self, item: str, acts: Iterable[Act], seed: int, skips: Skips) -> None:
        """Drivers press keys, and phones do this, in one item."""
        rng = random.Random(seed)
        screens = [self.meeting.join(viewer) for viewer in ("phone", "screen", "desk")]
        glass = Glass(self.meeting)
        start = self.meeting.time.ms
        waiting = sorted(acts, key=lambda act: act.at)
        turns: list[type[Command]] = []
        # U2: stopping and reopening in turn would reveal most about notes.
        often = ASKED_OFTEN if item in (DOTS, PRIORITY, PULSE) else [*ASKED_OFTEN, WriteOn, StopWriting]
        for step in range(LONG):
            while waiting and waiting[0].at < step * STEP:
                act = waiting.pop(0)
                await self._until(start + act.at)
                await self.meeting.ask(self._now(act.command))
            await self._until(start + step * STEP)
            glass.look()
            for nth, role in enumerate(DRIVERS):
                turns = turns or in_some_order(rng)
                # One goes through all commands, the other asks about what the phones are doing.
                kind = turns.pop(0) if nth or step % 2 else rng.choice(often)
                command = made(kind, glass, rng)  # type: ignore[arg-type]
                if rng.random() < 0.8:
                    command = aimed(command, glass.board, item)
                if skips(command, self.meeting.board.one(Workshop, W).live):
                    continue
                command = command.model_copy(update={"id": new_id(f"{step} of {nth}")})
                await self._drive(command, role)
            self._look(screens)
            if step % 10 == 0:
                self.shown.append(summaries(self.meeting.board))

    def _now(self, command: Command) -> Command:
        """Phones write on the posters that they see."""
        item = self.meeting.board.find(Item, getattr(command, "activity", ""))
        if not isinstance(command, WriteNote) or item is None:
            return command
        return command.model_copy(update={"poster": WRITES[item.activity][-1]})

    async def _until(self, at: int) -> None:
        await self.meeting.forward((at - self.meeting.time.ms) / 1000)

    async def _drive(self, command: Command, role: Role) -> None:
        before = decided(self.meeting.board, command)
        answer = await self.meeting.ask(command, role)
        assert answer.code != "broken", command
        if answer.code is None:
            self.accepted.add(type(command))
        if decided(self.meeting.board, command) != before:
            self.told_at.append(self.meeting.time.ms)
        self.shown.append(f"{command.type} {self._answered(answer, role)}")

    def _answered(self, answer: Answer, role: Role) -> str:
        fresh = self.meeting.hub.seen(answer.fresh, role) if answer.fresh else None
        return f"{answer.code} {answer.told} {answer.retry_after} {without_seqs(json.loads(fresh or 'null'))}"

    def _look(self, screens: list[Screen]) -> None:
        self.meeting.loop.run()
        for screen in screens:
            for message in screen.read():
                self.shown.append(f"{screen.role} {without_seqs(message)}")
            # U24: sent with presence, which is the same in all worlds.
            self.shown.append(f"{screen.role} {screen.presence}")


def without_seqs(message: Any) -> str:
    """They do not count changes, which is tested elsewhere (`test_A11_seqs_do_not_count_…`)."""
    if isinstance(message, dict):
        message = {name: value for name, value in message.items() if name not in ("seq", "epoch")}
        if isinstance(message.get("records"), list):
            message["records"] = [held["record"] for held in message["records"]]
    return json.dumps(message, sort_keys=True)


def summaries(board: Board) -> str:
    """The summary's text on every item."""
    said = []
    for item in sorted(board.every(Item).values(), key=lambda item: item.id):
        report = registry.kinds[item.activity].report
        if report is not None:
            said.append([block.model_dump() for block in report(board, item, words("en"))])
    return json.dumps(said)


def decided(board: Board, command: Command) -> object:
    """What a command changes that may show what waits, or drop it; no other may change the notes at all."""
    shows = isinstance(command, TurnOne | TurnAll | MaskNote | DeleteNote)
    up = (note for note in board.every(Note).values() if shows and note.face != "down")
    notes = {note.id: (note.face, note.text) for note in up}
    states = {one.id: one.state for one in board.every(Writing).values()}
    asked = {one.id: one.state for one in board.every(Balloting).values()}
    kinds = {item.id: (item.activity, item.settings) for item in board.every(Item).values()}
    return notes, states, asked, kinds


@cache
def prepared(state: State) -> tuple[MemoryStore, int, str]:
    """The store, the time and the item of a meeting in this state."""

    async def prepare() -> tuple[MemoryStore, int, str]:
        meeting = await rich_meeting()
        item = await state(meeting)
        store: MemoryStore = meeting.store
        return store, meeting.time.ms, item

    return asyncio.run(prepare())


@cache
def quiet_in(state: State, seed: int) -> World:
    """A world in this state in which no phone does anything, and no driver shows anything deliberately."""
    return world_of(state, [], seed, skips_in(state))


def skips_in(state: State) -> Skips:
    item = prepared(state)[2]
    return lambda command, live: tells_all(command, state.__name__, item, live)


def world_of(
    state: State,
    acts: Iterable[Act],
    seed: int,
    skips: Skips = lambda _command, _live: False,
) -> World:
    store, ms, item = prepared(state)

    async def lead() -> World:
        time = Time()
        time.ms = ms
        world = World(await Meeting.at(store.copy(), time, seed=seed))
        await world.run(item, acts, seed, skips)
        return world

    return asyncio.run(lead())


# -- what phones do ----------------------------------------------------------------------------------------


def acts_in(state: State, rng: random.Random, many: int) -> list[Act]:
    """This many acts of as many phones, at random moments, in this state."""
    store, _, item = prepared(state)
    times = sorted(rng.sample(range(STEP, LONG * STEP - TICK // 2), many))
    authors = rng.sample(WRITERS, min(many, len(WRITERS)))
    makers = _answers if item in (DOTS, ME_TOO, PRIORITY, INFLUENCE, PULSE) else _written
    return [
        Act(at, author, makers(item, author, n, rng, store))
        for n, (at, author) in enumerate(zip(times, authors, strict=False))
    ]


def _written(item: str, author: str, n: int, rng: random.Random, store: MemoryStore) -> Command:
    name = f"{item} {author}"
    if rng.random() < 0.3:
        # U24: whether that is accepted depends on drivers, and reveals nobody.
        return _done(author, item, yes=rng.random() < 0.8)
    how = rng.choice(["write", "change", "take away"])
    if how == "write" or new_id(name) not in store.boards["board"].rows:
        return note(f"new {n}", "marked new", activity=item)
    return edit(name, "marked change" if how == "change" else None, activity=item)


def _done(author: str, item: str, *, yes: bool = True) -> Command:
    said: Command = ask(SayDone, activity=item, mark=new_id(f"mark {author}"), done=yes)
    return said


def _answers(item: str, author: str, n: int, rng: random.Random, _store: MemoryStore) -> Command:
    theme = new_id(f"theme tema {rng.choice([0, 1])}")
    if item == ME_TOO:
        fresh = rng.random() < 0.7
        return _tap(f"new {n}", rng.choice([0, 1])) if fresh else _tap(WRITERS[n], rev=2, value="")
    if item == INFLUENCE and rng.random() < 0.4:
        return done(f"new {n}", item)
    if item == INFLUENCE:
        return placed(f"new {n}", theme, rng.choice([0, 1]), INFLUENCE)
    if item == PRIORITY:
        return placed(f"new {n}", theme, rng.choice([0, 3]))
    if item == PULSE:
        of, value = rng.choice([("better", 2), ("needed", 5), ("more", "marked words")])
        own = {"ballot": new_id(f"{of} new {n}"), "secret": secret(f"{of} new {n}")}
        cast: Command = ask(Cast, activity=PULSE, of=of, value=value, rev=1, **own)
        return cast
    # New dots, or dots that are moved.
    name, rev = (f"dot new {n}", 1) if rng.random() < 0.7 else (f"dot {WRITERS[n]}", 2)
    own = {"ballot": new_id(name), "secret": secret(name)}
    laid: Command = ask(Cast, activity=DOTS, of="dots", value=(theme,), rev=rev, **own)
    return laid


# -- the law -----------------------------------------------------------------------------------------------


def same(one: World, other: World) -> None:
    """Nothing they show distinguishes one world from the other."""
    for nth, (here, there) in enumerate(zip(one.shown, other.shown, strict=False)):
        assert here == there, f"after {nth} things that were shown"
    assert len(one.shown) == len(other.shown)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_F1_whether_fewer_than_three_did_anything_shows_nowhere(state: State, seed: int) -> None:
    rng = random.Random(f"{state.__name__} {seed}")
    acts = acts_in(state, rng, 2)
    same(quiet_in(state, seed), world_of(state, acts, seed, skips_in(state)))


def moved(acts: list[Act], world: World, start: int, opened_at: int, rng: random.Random) -> list[Act]:
    """The same acts at other moments: none beyond a tick of the item, or beyond what a driver has shown."""
    again = []
    for act in acts:
        at = start + act.at
        tick = at - (at - opened_at) % TICK
        after = max([tick, start, *(told for told in world.told_at if told < at)])
        before = min([tick + TICK, *(told for told in world.told_at if told >= at)])
        # Never on the boundary itself.
        other = rng.randint(after + 1, max(after + 1, before - 1))
        again.append(act._replace(at=other - start))
    return again


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_F1_when_within_a_tick_somebody_did_something_shows_nowhere(state: State, seed: int) -> None:
    rng = random.Random(f"when {state.__name__} {seed}")
    store, start, item = prepared(state)
    rows = store.boards["board"].rows
    opened_at = next(
        held.record.opened_at
        for held in rows.values()
        if isinstance(held.record, Writing | Balloting) and held.record.activity == item
    )
    acts = acts_in(state, rng, 7)
    one = world_of(state, acts, seed)
    same(one, world_of(state, moved(acts, one, start, opened_at, rng), seed))


def test_F1_the_drivers_of_the_law_send_every_command_and_most_are_accepted() -> None:
    """A law over commands that are all refused would be true whatever they do."""
    # In one world only a kind's only item may be removed from the agenda before its commands come.
    worlds = [quiet_in(state, seed) for state in STATES for seed in {*SEEDS, 1}]
    accepted = {command for world in worlds for command in world.accepted}
    never = {command.__name__ for command in DRIVEN if command not in accepted}
    # Commands that show everything are left out of these worlds; the other law leaves out nothing.
    assert never <= {"TurnOne", "TurnAll", "CloseVote", "OpenVote", "CloseMeToo", "OpenMeToo", "Finish"}
    assert all(issubclass(command, DriverCommand) for command in DRIVEN)


def test_F1_a_tick_tells_three() -> None:
    """The control: the law would notice a difference."""
    acts = [Act(150 + n, f"x{n}", note(f"x{n}", activity=Q2)) for n in range(3)]
    assert quiet_in(turned, 0).shown != world_of(turned, acts, 0, skips_in(turned)).shown

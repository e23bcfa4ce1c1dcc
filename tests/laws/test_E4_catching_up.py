"""E4: an old client's records plus the changes it is sent equal a fresh load, for every role; and A16."""

import asyncio
import os
import random

from hypothesis import given, settings, strategies as st

from app.activities.registry import registry
from app.engine.agenda import End, Go
from app.engine.commands import Role
from app.parts.notes.records import Note
from app.parts.themes import Theme
from tests.support.boards import Q1, Meeting, Screen, agenda, ask, note
from tests.support.commands import NAMES, made

ROLES = (Role.PHONE, Role.SCREEN, Role.FACILITATOR)
COMMANDS = [ruled.command for ruled in registry.commands if ruled.command is not End]

#: Events: a command, time passing, a screen leaving or connecting, another process taking over, the end.
EVENTS = st.tuples(
    st.one_of(
        st.sampled_from(COMMANDS),
        st.sampled_from(COMMANDS),
        st.sampled_from(COMMANDS),
        st.sampled_from(["wait", "wait", "away", "away", "restart", "send", "end"]),
    ),
    st.integers(0, 2**16),
)
EXAMPLES = 2000 if os.environ.get("TRIVSEL_SOAK") else 60


class World:
    """One board, screens that stay and screens that come and go."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.screens = [meeting.join(role) for role in ROLES for _ in range(2)]
        self.screens += [meeting.join(Screen(role, "workshop-2")) for role in ROLES]

    async def happen(self, what: object, seed: int) -> None:
        rng = random.Random(seed)
        if what == "wait":
            await self.meeting.forward(rng.choice([0.1, 4, 16, 60]))
        elif what == "away":
            screen = rng.choice(self.screens)
            if screen in self.meeting.screens:
                self.meeting.leave(screen)
            else:
                self.meeting.join(screen)
        elif what == "restart":
            await self.restart()
        elif what == "send":
            self.meeting.run()
        elif what == "end":
            await self.meeting.ask(ask(End, workshop=rng.choice(["workshop-1", "workshop-2"])))
        else:
            assert isinstance(what, type)
            workshop = rng.choice(["workshop-1"] * 5 + ["workshop-2"])
            command = made(what, self.meeting, rng, workshop)
            assert await self.meeting.code(command, workshop=workshop) != "broken", command

    async def restart(self) -> None:
        """Another process opens the board; connected screens move there with what they have."""
        connected = list(self.meeting.screens)
        other = await self.meeting.another()
        for screen in connected:
            screen.read()
            screen.line.frames.clear()
            screen._read = 0
            other.join(screen)
        self.meeting = other

    def check(self) -> None:
        self.meeting.run()
        for screen in self.screens:
            if screen not in self.meeting.screens:
                self.meeting.join(screen)
            fresh = self.meeting.fresh(screen)
            assert screen.held == fresh.held, screen.role
            assert screen.activity == fresh.activity
            assert screen.line.closed is None

    def check_board(self) -> None:
        """What must be true of every board, whatever was done to it."""
        board = self.meeting.board
        for note_ in board.every(Note).values():
            assert note_.theme is None or board.find(Theme, note_.theme), (
                "a note lies in a theme that is gone"
            )
        stored = self.meeting.store.boards["board"]
        assert {id: held.seq for id, held in stored.rows.items()} == {h.record.id: h.seq for h in board}

    def check_secrets(self, written: dict[str, str]) -> None:
        for screen in self.screens:
            for id, text in written.items():
                found = self.meeting.board.find(Note, id)
                if found is not None and found.face == "down":
                    assert text.encode() not in screen.bytes and id.encode() not in screen.bytes


@settings(max_examples=EXAMPLES)
@given(st.lists(EVENTS, max_size=40), st.booleans())
def test_E4_old_records_and_changes_equal_a_fresh_load(events: list[tuple[object, int]], begun: bool) -> None:
    async def run() -> None:
        meeting = await Meeting.open([*agenda(), *agenda("workshop-2", "-next")])
        if begun:
            await meeting.turned(*NAMES[:4])
            await meeting.theme("one", *NAMES[:2])
        world = World(meeting)
        for what, seed in events:
            await world.happen(what, seed)
            world.check_board()
        world.check()

    asyncio.run(run())


@settings(max_examples=EXAMPLES // 2)
@given(st.lists(EVENTS, max_size=30))
def test_A16_whatever_is_done_a_face_down_note_reaches_nobody(events: list[tuple[object, int]]) -> None:
    async def run() -> None:
        meeting = await Meeting.open([*agenda(), *agenda("workshop-2", "-next")])
        await meeting.do(ask(Go, item=Q1))
        world = World(meeting)
        written = {}
        for n, name in enumerate(NAMES[:4]):
            command = note(f"hidden {n}", f"marked hidden text {n} {name}")
            await meeting.do(command)
            written[command.note] = command.text
        for what, seed in events:
            await world.happen(what, seed)
            world.meeting.run()
            world.check_secrets(written)

    asyncio.run(run())

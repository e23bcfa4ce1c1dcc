"""E5 for every command: `inverse` can be undone and redone, and nothing of a participant is kept."""

import asyncio
import os
import random
from typing import get_args

import pytest
from hypothesis import given, settings, strategies as st

from app.activities.registry import registry
from app.engine.activity import Ruled
from app.engine.agenda import End
from app.engine.commands import DriverCommand
from app.engine.ending import EndByItself, ForgetMeeting
from app.engine.records import Board
from app.engine.undo import RedoCommand, Step, UndoCommand
from tests.support.boards import Meeting, W, ask
from tests.support.commands import made, rich_meeting

INVERSE = [ruled for ruled in registry.commands if ruled.undo is not None and ruled.undo.possible]
#: U2: commands with their own undo rules.
RULED = [ruled for ruled in registry.commands if ruled.undo is not None and ruled.undo.by]
NEVER = [r for r in registry.commands if issubclass(r.command, DriverCommand) and r not in [*INVERSE, *RULED]]
#: After these there is nothing left to undo.
LAST = (End, EndByItself, ForgetMeeting)
OTHERS = [ruled for ruled in registry.commands if ruled.command not in LAST]


def type_of(ruled: Ruled) -> str:
    return str(get_args(ruled.command.model_fields["type"].annotation)[0])


def content(board: Board) -> dict[str, object]:
    """The board, without what the engine sets itself."""
    return {
        held.record.id: held.record.model_dump(exclude=set(held.record.stamped))
        for held in board
        if held.record.kind not in ("step", "gone")
    }


def guarded_kept(board: Board) -> list[str]:
    """Guarded fields in a step."""
    return [
        f"{step.did}: {fields['kind']}.{name}"
        for step in board.every(Step).values()
        for fields in [*step.before.values(), *step.after.values()]
        if fields is not None
        for name in registry.record_kind(str(fields["kind"])).guarded & set(fields)
    ]


async def back_and_forth(meeting: Meeting, before: dict[str, object]) -> None:
    after = content(meeting.board)
    await meeting.do(ask(UndoCommand, workshop=W))
    assert content(meeting.board) == before
    await meeting.do(ask(RedoCommand, workshop=W))
    assert content(meeting.board) == after


@pytest.mark.parametrize("ruled", INVERSE, ids=type_of)
async def test_E5_undo_restores_the_board_and_redo_does_it_again(ruled: Ruled) -> None:
    changed = 0
    for seed in range(8):
        meeting = await rich_meeting()
        before = content(meeting.board)
        code = await meeting.code(made(ruled.command, meeting, random.Random(seed)))
        if code is None and content(meeting.board) != before:
            changed += 1
            await back_and_forth(meeting, before)
            assert not guarded_kept(meeting.board)
    assert changed, "no command of this type changed anything: the maker does not fit"


@pytest.mark.parametrize("ruled", INVERSE, ids=type_of)
async def test_E5_what_can_be_undone_removes_nothing_that_a_participant_wrote(ruled: Ruled) -> None:
    for seed in range(4):
        meeting = await rich_meeting()
        wrote = {held.record.id for held in meeting.board if type(held.record).guarded}
        await meeting.ask(made(ruled.command, meeting, random.Random(seed)))
        assert wrote <= {held.record.id for held in meeting.board if type(held.record).guarded}


@pytest.mark.parametrize("ruled", NEVER, ids=type_of)
async def test_E5_what_is_final_leaves_nothing_to_undo(ruled: Ruled) -> None:
    meeting = await rich_meeting()
    done = [step.id for step in meeting.board.every(Step).values() if step.state == "done"]
    await meeting.ask(made(ruled.command, meeting, random.Random(1)))
    now = [step.id for step in meeting.board.every(Step).values() if step.state == "done"]
    assert set(now) <= set(done)


acts = st.tuples(st.sampled_from(OTHERS), st.integers(0, 2**16))


@settings(max_examples=1000 if os.environ.get("TRIVSEL_SOAK") else 30)
@given(st.lists(acts, max_size=25))
def test_E5_whatever_came_before(acts: list[tuple[Ruled, int]]) -> None:
    async def run() -> None:
        meeting = await rich_meeting()
        for ruled, seed in acts:
            before = content(meeting.board)
            refused = await meeting.code(made(ruled.command, meeting, random.Random(seed)))
            if ruled in INVERSE and refused is None and content(meeting.board) != before:
                await back_and_forth(meeting, before)
        assert not guarded_kept(meeting.board)
        # And all the way back: no step gets stuck, none fails.
        code: str | None = None
        for _ in range(200):
            code = await meeting.code(ask(UndoCommand, workshop=W))
            assert code in (None, "changed_since", "nothing_to_undo")
            if code == "nothing_to_undo":
                break
        assert code == "nothing_to_undo"

    asyncio.run(run())

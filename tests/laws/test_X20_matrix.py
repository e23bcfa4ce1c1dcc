"""X20: every command, as every role, in every state of its activity, against the table written by hand."""

import random
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from app.activities.registry import registry
from app.engine.activity import Ruled
from app.engine.agenda import End, Go
from app.engine.commands import MATRIX, Role
from app.parts.notes.messages import StopWriting, TurnAll
from tests.support.boards import Q1, Meeting, MemoryStore, Time, W, agenda, ask, note
from tests.support.commands import NAMES, made, rich_meeting

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "authz.yaml").read_text())["commands"]
GROUP_OF = {type_: group for group, row in TABLE.items() for type_ in row["types"]}
RULES = list(registry.commands)
STATES = ("draft", "open", "stopped", "revealed", "closed")


def type_of(ruled: Ruled) -> str:
    return str(get_args(ruled.command.model_fields["type"].annotation)[0])


def test_X20_the_table_and_the_rules_name_the_same_commands() -> None:
    assert {type_of(ruled): ruled.group for ruled in RULES} == GROUP_OF


def test_X20_the_table_and_the_matrix_name_the_same_roles() -> None:
    assert {group: {Role(role) for role in row["roles"]} for group, row in TABLE.items()} == MATRIX


async def in_state(state: str) -> MemoryStore:
    if state == "revealed":
        meeting = await rich_meeting()
    else:
        meeting = await Meeting.open()
    if state in ("open", "stopped", "closed"):
        await meeting.do(ask(Go, item=Q1), *(note(name) for name in NAMES))
    if state == "stopped":
        await meeting.do(ask(StopWriting, activity=Q1))
    if state == "closed":
        await meeting.do(ask(TurnAll, activity=Q1), ask(End, workshop=W))
    store: MemoryStore = meeting.store
    return store


@pytest.mark.parametrize("state", STATES)
async def test_X20_a_role_without_permission_is_refused_and_one_with_it_is_not(state: str) -> None:
    store = await in_state(state)
    wrong = []
    for ruled in RULES:
        allowed = set(TABLE[GROUP_OF[type_of(ruled)]]["roles"])
        for role in Role:
            # The effect of one accepted command must not be there for the next.
            meeting = await Meeting.at(store.copy(), Time())
            seq = meeting.board.seq
            code = await meeting.code(made(ruled.command, meeting, random.Random(1)), role)
            if (code == "role") is (role.value in allowed) or (code == "broken"):
                wrong.append((type_of(ruled), role.value, code))
            if code == "role":
                assert meeting.board.seq == seq
            if state == "closed" and role is not Role.SERVER and code not in ("role", "closed"):
                wrong.append((type_of(ruled), role.value, f"{code} in a workshop that has ended"))
    assert not wrong


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.CO_FACILITATOR, Role.PHONE])
async def test_X20_B56_what_belongs_to_another_process_is_unknown(role: Role) -> None:
    """Every command made for one board, sent to another by somebody with the role."""
    here = await rich_meeting()
    there = await Meeting.open(agenda("workshop-9", "-there"))
    await there.do(ask(Go, item="q1-there"), workshop="workshop-9")
    before = {held.record.id for held in there.board}
    for ruled in RULES:
        if role in MATRIX[ruled.group]:
            code = await there.code(made(ruled.command, here, random.Random(3)), role, "workshop-9")
            assert code == "unknown", f"{type_of(ruled)}: {code}"
    assert {held.record.id for held in there.board} == before


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PHONE])
async def test_X20_B48_a_command_is_taken_only_from_its_own_workshop(role: Role) -> None:
    """The token of another workshop of the same process gives no access here, if a command names one."""
    meeting = await Meeting.open([*agenda(), *agenda("workshop-2", "-next")])
    await meeting.turned(*NAMES[:3])
    for ruled in RULES:
        command = made(ruled.command, meeting, random.Random(5))
        named = command.within or getattr(command, "workshop", None) or getattr(command, "item", None)
        if role in MATRIX[ruled.group] and named is not None:
            assert await meeting.code(command, role, "workshop-2") == "unknown", type_of(ruled)

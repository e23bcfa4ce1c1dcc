"""P4.6, F5, A3: people sign up for an action by name, voluntarily, and can withdraw."""

from app.activities.action_plan.messages import (
    AddAction,
    OpenSignUp,
    RemoveAction,
    SetStatus,
    SignMeUp,
    StrikeName,
    Withdraw,
)
from app.activities.action_plan.report import report
from app.activities.action_plan.rules import MOST_SIGNED
from app.blocks.table import Table
from app.engine.agenda import End, Item
from app.engine.edits import Traces
from app.engine.records import Gone
from app.engine.undo import Step
from app.locales import words
from app.parts.plan import SeenSignUp, SignUp, sign_up_view, signed_up
from tests.support.boards import PLAN, Meeting, W, ask, new_id, secret


async def with_action() -> Meeting:
    meeting = await Meeting.open()
    await meeting.do(ask(AddAction, activity=PLAN, action=new_id("a"), theme=None, text="Ti minutter"))
    return meeting


def sign(who: str, **fields: object) -> SignMeUp:
    fields = {"sign_up": new_id(who), "secret": secret(who), "action": new_id("a"), "name": who} | fields
    command: SignMeUp = ask(SignMeUp, **fields)
    return command


def take_back(name: str, key: str | None = None) -> Withdraw:
    command: Withdraw = ask(Withdraw, sign_up=new_id(name), secret=secret(key or name))
    return command


async def test_P4_6_F5_somebody_signs_up_by_name_and_all_see_it() -> None:
    meeting = await with_action()
    await meeting.do(sign("Yusuf"), sign("Anna"))
    assert signed_up(meeting.board, new_id("a")) == ["Anna", "Yusuf"]
    record = meeting.board.one(SignUp, new_id("Yusuf"))
    seen = SeenSignUp(id=record.id, action=new_id("a"), name="Yusuf")
    assert {sign_up_view(record, viewer) for viewer in ("phone", "screen", "desk")} == {seen}


async def test_P4_6_the_name_is_taken_back_with_the_secret_and_leaves_no_trace() -> None:
    meeting = await with_action()
    await meeting.do(sign("Yusuf"))
    assert await meeting.code(take_back("Yusuf", "another")) == "not_yours"
    await meeting.do(take_back("Yusuf"))
    assert signed_up(meeting.board, new_id("a")) == []
    assert meeting.board.find(Gone, new_id("Yusuf")) is not None
    assert meeting.store.commits[-1].traces == Traces.LOG
    assert not [held for held in meeting.board if "Yusuf" in held.record.model_dump_json()]


async def test_P4_6_E2_a_repeat_is_the_same_sign_up_and_a_late_one_raises_nobody_again() -> None:
    meeting = await with_action()
    await meeting.do(sign("Yusuf"), sign("Yusuf"))
    assert signed_up(meeting.board, new_id("a")) == ["Yusuf"]
    assert await meeting.code(sign("Yusuf", name="Josef")) == "stale"
    assert await meeting.code(sign("Yusuf", secret=secret("another"))) == "taken"
    await meeting.do(take_back("Yusuf"))
    assert await meeting.code(sign("Yusuf")) == "gone"
    assert await meeting.code(take_back("Yusuf")) == "gone"


async def test_P4_6_nobody_signs_up_where_it_is_closed_or_over() -> None:
    meeting = await with_action()
    a = new_id("a")
    await meeting.do(ask(OpenSignUp, activity=PLAN, action=a, base=meeting.seq(a), open=False))
    assert await meeting.code(sign("Yusuf")) == "sign_up_closed"
    await meeting.do(ask(OpenSignUp, activity=PLAN, action=a, base=meeting.seq(a), open=True))
    await meeting.do(ask(SetStatus, activity=PLAN, action=a, base=meeting.seq(a), status="done"))
    assert await meeting.code(sign("Yusuf")) == "sign_up_closed"


async def test_P4_6_X11_an_action_has_a_limited_number_of_sign_ups() -> None:
    meeting = await with_action()
    for n in range(MOST_SIGNED):
        await meeting.do(sign(f"navn {n}"))
    assert await meeting.code(sign("en til")) == "too_many"


async def test_P4_6_an_action_that_people_signed_up_for_does_not_vanish() -> None:
    meeting = await with_action()
    a = new_id("a")
    await meeting.do(sign("Yusuf"))
    remove = ask(RemoveAction, activity=PLAN, action=a, base=meeting.seq(a))
    assert await meeting.code(remove) == "signed_up"


async def test_P4_6_the_desk_strikes_a_name_for_good() -> None:
    meeting = await with_action()
    await meeting.do(sign("Yusuf"))
    await meeting.do(ask(StrikeName, activity=PLAN, sign_up=new_id("Yusuf")))
    assert signed_up(meeting.board, new_id("a")) == []
    # E5: a step that could restore the name must not exist.
    assert "Yusuf" not in "".join(step.model_dump_json() for step in meeting.board.every(Step).values())


async def test_A3_a_sign_up_leads_to_an_action_and_to_nothing_else() -> None:
    assert set(SignUp.model_fields) == {"kind", "id", "action", "name", "secret_hash"}
    assert set(SignMeUp.model_fields) == {"type", "sign_up", "secret", "action", "name"}
    meeting = await with_action()
    await meeting.turned("n")
    await meeting.do(sign("Yusuf"))
    record = meeting.board.one(SignUp, new_id("Yusuf"))
    others = {held.record.id for held in meeting.board if held.record.kind not in ("action", "sign_up")}
    assert not others & set(record.model_dump().values())
    pointing = [h.record.kind for h in meeting.board if record.id in h.record.model_dump_json()]
    assert pointing == ["sign_up"]


async def test_A1_afterwards_nobody_can_prove_whose_sign_up_it_was() -> None:
    meeting = await with_action()
    await meeting.do(sign("Yusuf"), ask(End, workshop=W))
    assert meeting.board.one(SignUp, new_id("Yusuf")).secret_hash is None
    assert await meeting.code(take_back("Yusuf")) == "closed"


async def test_P4_6_the_summary_says_who_takes_part() -> None:
    meeting = await with_action()
    await meeting.do(sign("Yusuf"), sign("Anna"))
    (table,) = report(meeting.board, meeting.board.one(Item, PLAN), words("da"))
    assert isinstance(table, Table)
    assert table.rows[0].cells[3] == "Anna, Yusuf"

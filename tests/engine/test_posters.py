"""P4.1-P4.3: posters with a theme as heading, one tool per theme, proposals written in silence."""

import pytest

from app.engine.agenda import Become, ChangeItem, Go, Item
from app.engine.records import Board
from app.parts.notes.messages import AddPaper, LateNote, LetInLate, StopWriting, TurnAll, Writing
from app.parts.notes.records import Note
from app.parts.proposals import proposals_on
from tests.support.boards import Q1, STOP, TURN, WRITES, Meeting, ask, new_id, note

TOOLS = [kind for kind in WRITES if WRITES[kind] != (None,)]
every_tool = pytest.mark.parametrize("tool", TOOLS)


def become(meeting: Meeting, item: str, tool: str, theme: str | None) -> Become:
    base = meeting.seq(item)
    command: Become = ask(
        Become, item=item, base=base, activity=tool, title="Plakater", settings={"theme": theme}
    )
    return command


async def with_themes() -> tuple[Meeting, str, str]:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    return meeting, await meeting.theme("Tonen", "a"), await meeting.theme("Pauser", "b")


def item(board: Board, id: str) -> Item:
    return board.one(Item, id)


@every_tool
async def test_P4_1_P4_2_proposals_hang_on_the_poster_they_were_written_to(tool: str) -> None:
    meeting = await Meeting.open()
    at = await meeting.opened_for_writing(tool)
    for n, poster in enumerate(WRITES[tool]):
        await meeting.do(note(f"n{n}", activity=at, poster=poster))
    await meeting.do(ask(TurnAll, activity=at))
    for n, poster in enumerate(WRITES[tool]):
        assert [p.id for p in proposals_on(meeting.board, at, str(poster))] == [new_id(f"n{n}")]


@every_tool
async def test_P4_1_P4_2_there_is_no_other_poster_and_none_without(tool: str) -> None:
    meeting = await Meeting.open()
    at = await meeting.opened_for_writing(tool)
    for poster in (None, "sideways"):
        assert await meeting.code(note("a", activity=at, poster=poster)) == "unknown"
        assert await meeting.code(ask(AddPaper, activity=at, texts=["p"], poster=poster)) == "unknown"
    await meeting.do(ask(Go, item=Q1))
    assert await meeting.code(note("b", activity=Q1, poster=WRITES[tool][0])) == "unknown"


@every_tool
async def test_E2_P4_1_the_same_note_on_another_poster_is_another_note(tool: str) -> None:
    meeting = await Meeting.open()
    at = await meeting.opened_for_writing(tool)
    first, second = WRITES[tool][:2]
    await meeting.do(note("a", activity=at, poster=first), note("a", activity=at, poster=first))
    assert await meeting.code(note("a", activity=at, poster=second)) == "stale"
    assert meeting.board.one(Note, new_id("a")).poster == first


@every_tool
async def test_R13_P4_1_late_and_paper_notes_keep_their_poster(tool: str) -> None:
    meeting = await Meeting.open()
    at = await meeting.opened_for_writing(tool)
    first, second = WRITES[tool][:2]
    await meeting.do(ask(StopWriting, activity=at), note("late", activity=at, poster=second))
    assert meeting.board.one(LateNote, new_id("late")).poster == second
    await meeting.do(ask(LetInLate, activity=at), ask(AddPaper, activity=at, texts=["p", "q"], poster=first))
    assert meeting.board.one(Writing, f"writing:{at}").posters == {first: 2}
    await meeting.do(ask(TurnAll, activity=at))
    assert meeting.board.one(Writing, f"writing:{at}").posters == {first: 2, second: 1}


async def test_P4_3_without_a_theme_nobody_writes_yet() -> None:
    meeting, tone, _ = await with_themes()
    await meeting.do(ask(Go, item=STOP))
    assert await meeting.code(note("x", activity=STOP, poster="stop")) == "not_open"
    await meeting.do(become(meeting, STOP, "stop_more_new", tone))
    await meeting.do(note("x", activity=STOP, poster="stop"))
    assert item(meeting.board, STOP).settings["name"] == "Tonen"


async def test_P4_3_the_tool_can_be_exchanged_until_the_first_note_is_there() -> None:
    meeting, tone, pauses = await with_themes()
    await meeting.do(ask(Go, item=STOP))
    await meeting.do(become(meeting, STOP, "stop_more_new", tone))
    await meeting.do(become(meeting, STOP, "turn_up_turn_down", tone))
    await meeting.do(become(meeting, STOP, "turn_up_turn_down", pauses))
    assert item(meeting.board, STOP).activity == "turn_up_turn_down"
    await meeting.do(*(note(name, activity=STOP, poster="up") for name in "xyz"))
    await meeting.forward(10)
    assert await meeting.code(become(meeting, STOP, "stop_more_new", pauses)) == "written"
    assert await meeting.code(become(meeting, STOP, "turn_up_turn_down", tone)) == "written"


async def test_P4_3_one_tool_for_a_theme_not_both() -> None:
    meeting, tone, pauses = await with_themes()
    await meeting.do(become(meeting, STOP, "stop_more_new", tone))
    assert await meeting.code(become(meeting, TURN, "turn_up_turn_down", tone)) == "other_tool"
    change = {"title": "x", "minutes": 30, "settings": {"theme": tone}}
    base = meeting.seq(TURN)
    assert await meeting.code(ask(ChangeItem, item=TURN, base=base, **change)) == "other_tool"
    # The same tool again, or the other one for another theme.
    await meeting.do(become(meeting, TURN, "stop_more_new", tone))
    await meeting.do(become(meeting, TURN, "turn_up_turn_down", pauses))


async def test_P4_3_a_tool_that_was_left_without_a_proposal_was_no_choice() -> None:
    meeting, tone, _ = await with_themes()
    await meeting.do(become(meeting, STOP, "stop_more_new", tone), ask(Go, item=STOP), ask(Go, item=TURN))
    await meeting.do(become(meeting, TURN, "turn_up_turn_down", tone))


async def test_P4_3_the_heading_of_posters_cannot_be_changed_as_a_setting_once_they_are_live() -> None:
    meeting, tone, pauses = await with_themes()
    await meeting.do(become(meeting, STOP, "stop_more_new", tone), ask(Go, item=STOP))
    change = {"item": STOP, "title": "Ny titel", "minutes": 25}
    base = meeting.seq(STOP)
    assert await meeting.code(ask(ChangeItem, base=base, settings={"theme": pauses}, **change)) == "begun"
    await meeting.do(ask(ChangeItem, base=base, settings={"theme": tone}, **change))
    assert (item(meeting.board, STOP).title, item(meeting.board, STOP).minutes) == ("Ny titel", 25)

"""F1, F3, F8: what one phone did is not shown at a moment that its act or a driver's command chooses."""

from collections.abc import Callable

import pytest

from app.activities.pulse.messages import ClosePulse, ReopenPulse
from app.engine.agenda import Become, Go, Item
from app.engine.commands import Command
from app.engine.report import Block
from app.locales import words
from app.parts.ballots import Cast
from app.parts.notes.messages import (
    AddPaper,
    DeleteNote,
    HideNote,
    LetInLate,
    MaskNote,
    StopWriting,
    TurnAll,
    TurnOne,
    Writing,
)
from app.parts.notes.phones import MOST_NOTES
from app.parts.notes.records import Note
from tests.support.boards import (
    C1,
    NINE,
    PULSE,
    Q1,
    STOP,
    TURN,
    Meeting,
    Screen,
    ask,
    edit,
    new_id,
    note,
    secret,
)

TICK = 10


async def writing_open(*names: object) -> Meeting:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), *(note(name) for name in names))
    return meeting


async def again_and_again(meeting: Meeting, seconds: float, *make: Callable[[], Command]) -> list[str | None]:
    """Submit these commands every 100 ms; return the answers. The clock stops at the end."""
    codes: list[str | None] = []
    for _ in range(round(seconds * 10)):
        codes += [await meeting.code(one()) for one in make]
        await meeting.forward(0.1)
    meeting.run()
    meeting.time.ms -= 300
    return codes


def let_in() -> Command:
    command: Command = ask(LetInLate, activity=Q1)
    return command


def turn_all() -> Command:
    command: Command = ask(TurnAll, activity=Q1)
    return command


def turn_one() -> Command:
    command: Command = ask(TurnOne, activity=Q1)
    return command


def told(screen: Screen) -> dict[str, object]:
    return dict(screen.one("writing"))


def texts(screen: Screen) -> set[str]:
    return {one["text"] for one in screen.kinds("note")}


# -- F1: no driver's command opens a single act --------------------------------------------------------------


async def test_F1_letting_in_again_and_again_opens_no_single_late_note() -> None:
    meeting = await writing_open("a")
    desk = meeting.join("desk")
    await meeting.do(ask(StopWriting, activity=Q1))
    await again_and_again(meeting, 1, let_in)
    for nth, name in enumerate(("late 1", "late 2")):
        await meeting.do(note(name))
        before = desk.heard
        await again_and_again(meeting, 30, let_in)
        assert texts(desk) == {"note a"}, nth
        assert desk.heard == before
    await meeting.do(note("late 3"))
    await meeting.forward(TICK)
    meeting.run()
    assert texts(desk) == {"note a", "note late 1", "note late 2", "note late 3"}


async def test_F1_letting_in_answers_the_same_whether_any_wait_or_not() -> None:
    answers = []
    for late in ((), ("b",)):
        meeting = await writing_open("a")
        desk = meeting.join("desk")
        await meeting.do(ask(StopWriting, activity=Q1), *(note(name) for name in late))
        answers.append((await again_and_again(meeting, 1, let_in), told(desk)))
    assert answers[0] == answers[1]


async def test_F1_turning_over_again_and_again_merges_no_single_edit() -> None:
    meeting = await writing_open("a", "b", "c")
    wall = meeting.join("screen")
    await meeting.do(turn_all())
    await meeting.do(edit("a", "changed"))
    codes = await again_and_again(meeting, 30, turn_all, turn_one)
    assert set(codes) == {"nothing_to_turn"}
    assert texts(wall) == {"note a", "note b", "note c"}
    await meeting.do(edit("b", None))
    await again_and_again(meeting, 30, turn_all, turn_one)
    assert texts(wall) == {"note a", "note b", "note c"}


async def test_F1_one_by_one_a_note_takes_its_own_edit_along_and_no_other() -> None:
    meeting = await writing_open(*range(6))
    desk = meeting.join("desk")
    await meeting.do(ask(StopWriting, activity=Q1), turn_one())
    up, *down = sorted(meeting.board.of(Note, Q1).values(), key=lambda one: (one.face != "up", one.text))
    # One that is already face up, and one that is still face down.
    await meeting.do(edit(up.text[-1], "hangs, changed"), edit(down[0].text[-1], "lies, changed"))
    code: str | None = None
    for _ in range(6):
        code = await meeting.code(turn_one())
        meeting.run()
        one = next(n for n in desk.kinds("note") if n["id"] == down[0].id)
        assert (one["text"] == "lies, changed") == (one["face"] == "up")
        assert up.text in texts(desk) and "hangs, changed" not in texts(desk)
    assert code == "nothing_to_turn"


async def test_F1_one_by_one_a_note_that_was_taken_away_is_not_read_and_goes_with_the_last() -> None:
    for seed in range(8):
        meeting = await Meeting.open(seed=seed)
        await meeting.do(ask(Go, item=Q1), *(note(name) for name in "abc"))
        await meeting.do(ask(StopWriting, activity=Q1), edit("a", None))
        wall = meeting.join("screen")
        await meeting.do(turn_one())
        assert meeting.board.find(Note, new_id("a")) is not None
        await meeting.do(turn_one())
        meeting.run()
        assert texts(wall) == {"note b", "note c"}
        assert b"note a" not in wall.bytes


async def test_F1_going_and_coming_back_opens_no_single_act() -> None:
    meeting = await writing_open("a", "b", "c")
    desk = meeting.join("desk")
    await meeting.do(turn_all(), let_in(), edit("a", "changed"), note("late"))
    await again_and_again(meeting, 30, lambda: ask(Go, item=C1), lambda: ask(Go, item=Q1))
    assert texts(desk) == {"note a", "note b", "note c"}


async def test_F1_nor_does_it_say_when_the_third_came() -> None:
    """With three changes it waits for the tick all the same."""
    meeting = await writing_open("a", "b", "c")
    desk = meeting.join("desk")
    await meeting.do(turn_all(), edit("a", "A"), edit("b", "B"), edit("c", "C"))
    await again_and_again(meeting, 9, lambda: ask(Go, item=C1), lambda: ask(Go, item=Q1), turn_all)
    assert texts(desk) == {"note a", "note b", "note c"}
    # Its ticks continue whichever item the room is at.
    await meeting.do(ask(Go, item=C1))
    await meeting.forward(1)
    meeting.run()
    assert texts(desk) == {"A", "B", "C"}


async def test_F1_turning_over_before_anybody_has_written_reveals_nothing() -> None:
    """If it were refused until there is a note, it would stop at, and show, the very first one."""
    meeting = await writing_open()
    desk = meeting.join("desk")
    await again_and_again(meeting, 1, turn_one)
    await meeting.do(note("first"))
    await again_and_again(meeting, 30, turn_one)
    assert not desk.kinds("note") and told(desk)["cards"] == 0


@pytest.mark.parametrize("how", ["mask", "delete"])
async def test_F1_what_is_dropped_with_a_note_is_dropped_silently(how: str) -> None:
    """No answer reveals whether an edit was waiting, not even to a client that computes its id."""
    answers = []
    for waits in (False, True):
        meeting = await writing_open("a", "b")
        await meeting.do(turn_all())
        if waits:
            await meeting.do(edit("a", "changed"))
        base = meeting.seq(new_id("a"))
        mask = ask(MaskNote, note=new_id("a"), base=base, text="masked")
        await meeting.do(mask if how == "mask" else ask(DeleteNote, note=new_id("a")))
        probe = ask(HideNote, note=f"pending:{new_id('a')}", base=0)
        answers.append(await meeting.code(probe))
    assert answers == ["unknown", "unknown"]


async def test_F1_A13_an_edit_dropped_by_masking_is_not_brought_back_by_its_phone() -> None:
    meeting = await writing_open("a", "b", "c")
    await meeting.do(turn_all(), edit("a", "Bente again"))
    await meeting.do(ask(MaskNote, note=new_id("a"), base=meeting.seq(new_id("a")), text="somebody"))
    # Its answer was lost, so the phone sends it again.
    assert await meeting.code(edit("a", "Bente again")) == "stale"
    await meeting.do(edit("b", "B"), edit("c", "C"))
    await meeting.forward(60)
    assert meeting.board.one(Note, new_id("a")).text == "somebody"


async def test_F1_X11_a_full_activity_tells_nobody_how_many_notes_there_are() -> None:
    answers = []
    for untold in ((), ("a",)):
        meeting = await writing_open()
        for _ in range(MOST_NOTES // 100 - 1):
            await meeting.do(ask(AddPaper, activity=Q1, texts=["x"] * 100))
        await meeting.do(*(note(name) for name in untold))
        codes = [await meeting.code(ask(AddPaper, activity=Q1, texts=["x"] * n)) for n in (100, 1)]
        answers.append((codes, await meeting.code(note("one more"))))
    assert answers == [([None, "too_many"], "too_many")] * 2


# -- F3: nothing is told alone -------------------------------------------------------------------------------


async def test_F3_a_note_alone_moves_nothing_however_long_it_waits() -> None:
    meeting = await writing_open()
    screens = [meeting.join(who) for who in ("phone", "screen", "desk")]
    meeting.run()
    before = [screen.heard for screen in screens]
    await meeting.do(note("a"))
    await meeting.forward(3600)
    meeting.run()
    assert [screen.heard for screen in screens] == before


async def test_F3_the_stop_tells_all() -> None:
    meeting = await writing_open("a")
    desk = meeting.join("desk")
    await meeting.do(ask(StopWriting, activity=Q1))
    meeting.run()
    assert told(desk)["cards"] == 1 and texts(desk) == {"note a"}


async def test_F3_paper_notes_are_told_at_once_and_hide_nobodys_tap() -> None:
    meeting = await writing_open()
    desk = meeting.join("desk")
    await meeting.do(ask(AddPaper, activity=Q1, texts=["paper", "more"]))
    meeting.run()
    assert told(desk)["cards"] == 2
    await meeting.do(note("a"))
    await meeting.forward(60)
    meeting.run()
    assert told(desk)["cards"] == 2
    await meeting.do(ask(AddPaper, activity=Q1, texts=["third"]), note("b"))
    await meeting.forward(60)
    meeting.run()
    assert told(desk)["cards"] == 3
    await meeting.do(note("c"))
    await meeting.forward(TICK)
    meeting.run()
    assert told(desk)["cards"] == 6


@pytest.mark.parametrize("acts", [(0.05, 0.05, 0.05), (0.4, 3.9, 9.85), (9.7, 9.8, 9.9)])
async def test_F3_when_it_moves_follows_from_when_it_opened(acts: tuple[float, ...]) -> None:
    meeting = await writing_open()
    desk = meeting.join("desk")
    moved: list[int] = []
    at = 0.0
    for n, act in enumerate(acts):
        await meeting.forward(act - at)
        at = act
        await meeting.do(note(n))
    while not moved:
        await meeting.forward(0.05)
        if any(b'"cards":3' in frame for frame in desk.line.frames):
            moved.append(meeting.time.ms)
    assert moved == [NINE + 1000 * TICK]


async def test_F3_an_edit_alone_shows_nowhere_however_long_it_waits() -> None:
    meeting = await writing_open("a", "b", "c")
    screens = [meeting.join(who) for who in ("phone", "screen", "desk")]
    await meeting.do(turn_all())
    meeting.run()
    before = [screen.heard for screen in screens]
    await meeting.do(edit("a", "changed"), edit("b", None))
    await meeting.forward(3600)
    meeting.run()
    assert [screen.heard for screen in screens] == before


async def pulse() -> Meeting:
    meeting = await Meeting.open()
    await meeting.turned("a")
    theme = await meeting.theme("Tone", "a")
    about = {"activity": "pulse", "title": "Puls", "settings": {"theme": theme}}
    await meeting.do(ask(Go, item=PULSE))
    await meeting.do(ask(Become, item=PULSE, base=meeting.seq(PULSE), **about))
    return meeting


def says(name: object) -> Cast:
    own = f"better {name}"
    cast: Cast = ask(
        Cast, activity=PULSE, of="better", value=4, rev=1, ballot=new_id(own), secret=secret(own)
    )
    return cast


async def test_F3_an_answer_alone_moves_no_count_and_releases_nothing() -> None:
    meeting = await pulse()
    desk = meeting.join("desk")
    await meeting.do(*(says(n) for n in range(4)), ask(ClosePulse, activity=PULSE))
    answers = []
    for late in range(2):
        if late:
            await meeting.do(ask(ReopenPulse, activity=PULSE), says("fifth"), ask(ClosePulse, activity=PULSE))
        # Opened and closed as fast as possible.
        codes = await again_and_again(
            meeting, 30, lambda: ask(ReopenPulse, activity=PULSE), lambda: ask(ClosePulse, activity=PULSE)
        )
        answers.append((codes, desk.one("balloting"), desk.one("pulse"), desk.kinds("pulse_result")))
    assert answers[0] == answers[1]


# -- F8: refusals and summaries know what was told -----------------------------------------------------------


def becomes(meeting: Meeting, kind: str, id: str, **settings: object) -> Command:
    about = {"activity": kind, "title": "x", "settings": settings}
    command: Command = ask(Become, item=id, base=meeting.seq(id), **about)
    return command


async def posters_open() -> tuple[Meeting, str]:
    meeting = await Meeting.open()
    item = await meeting.opened_for_writing("stop_more_new")
    theme = str(meeting.board.one(Item, item).settings["theme"])
    return meeting, theme


@pytest.mark.parametrize("written", [0, 1, 2])
async def test_F8_become_answers_the_same_whether_a_note_waits_or_not(written: int) -> None:
    meeting, theme = await posters_open()
    await meeting.do(*(note(n, activity=STOP, poster="more") for n in range(written)))
    assert await meeting.code(becomes(meeting, "presentation", STOP)) == "begun"
    assert await meeting.code(becomes(meeting, "turn_up_turn_down", STOP, theme=theme)) is None


async def test_F8_notes_that_wait_are_carried_over_and_hang_on_the_first_poster() -> None:
    meeting, theme = await posters_open()
    await meeting.do(note("a", activity=STOP, poster="more"), note("b", activity=STOP, poster="stop"))
    await meeting.do(becomes(meeting, "turn_up_turn_down", STOP, theme=theme))
    # A repeat is the same note; its author may still change it.
    assert (await meeting.do(note("a", activity=STOP, poster="more"))).told == ()
    await meeting.do(edit("a", "better", activity=STOP), note("c", activity=STOP, poster="down"))
    await meeting.do(ask(TurnAll, activity=STOP))
    hung = {(one.text, one.poster) for one in meeting.board.of(Note, STOP).values()}
    assert hung == {("better", "up"), ("note b", "up"), ("note c", "down")}
    assert meeting.board.one(Writing, f"writing:{STOP}").posters == {"up": 2, "down": 1}


async def test_F8_once_the_room_is_told_it_is_settled() -> None:
    meeting, theme = await posters_open()
    await meeting.do(*(note(n, activity=STOP, poster="more") for n in range(3)))
    await meeting.forward(TICK)
    assert await meeting.code(becomes(meeting, "turn_up_turn_down", STOP, theme=theme)) == "written"


async def test_F8_what_came_late_is_carried_over_too() -> None:
    meeting, theme = await posters_open()
    await meeting.do(ask(StopWriting, activity=STOP), note("a", activity=STOP, poster="new"))
    await meeting.do(becomes(meeting, "turn_up_turn_down", STOP, theme=theme))
    await meeting.do(ask(LetInLate, activity=STOP), ask(TurnAll, activity=STOP))
    assert [(one.text, one.poster) for one in meeting.board.of(Note, STOP).values()] == [("note a", "up")]


async def test_F8_a_tool_is_taken_by_what_was_told_of_the_other() -> None:
    answers = []
    for late in ((), ("a",)):
        meeting, theme = await posters_open()
        await meeting.do(ask(Go, item=TURN), *(note(n, activity=STOP, poster="new") for n in late))
        answers.append(await meeting.code(becomes(meeting, "turn_up_turn_down", TURN, theme=theme)))
    assert answers == [None, None]


def reports(meeting: Meeting) -> list[list[Block]]:
    items = sorted(meeting.board.every(Item).values(), key=lambda item: item.position)
    made = ((meeting.registry.kinds[item.activity].report, item) for item in items)
    return [report(meeting.board, item, words("da")) for report, item in made]


@pytest.mark.parametrize("item", [Q1, STOP])
async def test_F8_the_summary_is_the_same_whether_a_note_waits_or_not(item: str) -> None:
    meeting, _ = await posters_open()
    await meeting.do(ask(Go, item=item))
    before = reports(meeting)
    poster = "more" if item == STOP else None
    await meeting.do(note("a", activity=item, poster=poster), note("b", activity=item, poster=poster))
    assert reports(meeting) == before
    await meeting.do(ask(StopWriting, activity=item))
    assert reports(meeting) != before

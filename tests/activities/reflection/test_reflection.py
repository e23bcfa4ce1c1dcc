"""P5.3: the group reflects and chooses what comes next. P5.4: the progress of a theme."""

import pytest
from pydantic import ValidationError

from app.activities.influence.messages import PlaceInfluence
from app.activities.reflection.messages import (
    PARTS,
    ChooseNext,
    Forget,
    Mark,
    MarkProgress,
    NameEnds,
    NextTheme,
    Progress,
    Reflection,
    ReflectionPart,
    Remind,
    Reminder,
    WriteReflection,
    next_theme_id,
    progress_id,
    reflection_id,
)
from app.activities.reflection.report import report
from app.activities.why.messages import WriteWhy
from app.blocks.answers import QuestionAnswers
from app.blocks.course import Course, CoursePoint
from app.blocks.table import Table
from app.engine.agenda import Item
from app.engine.commands import Role
from app.engine.undo import UndoCommand
from app.locales import languages, texts_of, words
from app.method.templates import template
from tests.support.boards import REFLECTION, WHY, Meeting, W, ask, new_id

DAY = 24 * 3600
DA = words("da")


def write(part: ReflectionPart, text: str, base: int = 0, activity: str = REFLECTION) -> WriteReflection:
    command: WriteReflection = ask(WriteReflection, activity=activity, part=part, base=base, text=text)
    return command


def choose(meeting: Meeting, theme: str | None) -> ChooseNext:
    base = meeting.seq(next_theme_id(REFLECTION))
    command: ChooseNext = ask(ChooseNext, activity=REFLECTION, base=base, theme=theme)
    return command


def mark(meeting: Meeting, theme: str, value: int | None, want: int | None = 8) -> MarkProgress:
    base = meeting.seq(progress_id(theme))
    command: MarkProgress = ask(
        MarkProgress, activity=REFLECTION, theme=theme, base=base, value=value, want=want
    )
    return command


def ends(meeting: Meeting, theme: str, by: str | None) -> NameEnds:
    fields = {"theme": theme, "base": meeting.seq(progress_id(theme)), "low": "Tavshed", "high": "Vi taler"}
    command: NameEnds = ask(NameEnds, activity=REFLECTION, by=by, **fields)
    return command


async def with_themes() -> tuple[Meeting, str, str]:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    return meeting, await meeting.theme("Tone", "a"), await meeting.theme("Ro", "b")


async def test_P5_3_each_answer_is_written_changed_and_taken_away() -> None:
    meeting = await Meeting.open()
    id = reflection_id(REFLECTION, "well")
    await meeting.do(write("well", "Vi talte sammen"))
    seq = meeting.seq(id)
    answer = await meeting.ask(write("well", "Noget andet"))
    assert answer.code == "stale" and answer.fresh == meeting.board.held(id)
    await meeting.do(write("well", "Alle sagde noget", seq))
    assert meeting.board.one(Reflection, id).text == "Alle sagde noget"
    await meeting.do(write("well", "", meeting.seq(id)), write("far", ""))
    assert not meeting.board.every(Reflection)


async def test_P5_3_it_is_written_in_its_own_activity_by_drivers() -> None:
    meeting = await Meeting.open()
    assert await meeting.code(write("far", "Langt", activity=WHY)) == "unknown"
    assert await meeting.code(write("far", "Langt"), role=Role.PHONE) == "role"


async def test_P5_3_the_next_theme_is_one_that_can_be_influenced() -> None:
    meeting, tone, calm = await with_themes()
    await meeting.do(ask(PlaceInfluence, theme=calm, base=0, field="cannot"))
    assert await meeting.code(choose(meeting, calm)) == "not_influenceable"
    assert await meeting.code(choose(meeting, "never")) == "unknown"
    await meeting.do(choose(meeting, tone))
    assert meeting.board.one(NextTheme, next_theme_id(REFLECTION)).theme == tone
    await meeting.do(choose(meeting, None))
    await meeting.do(choose(meeting, None))
    assert not meeting.board.every(NextTheme)


async def test_P5_4_the_same_day_is_set_again_and_an_earlier_day_stays() -> None:
    meeting, tone, _ = await with_themes()
    await meeting.do(mark(meeting, tone, 2))
    await meeting.do(mark(meeting, tone, 3))
    meeting.time.ms += 60 * DAY * 1000
    await meeting.do(mark(meeting, tone, 5, want=9))
    found = meeting.board.one(Progress, progress_id(tone)).marks
    assert found == (
        Mark(day="2027-01-04", value=3, want=8),
        Mark(day="2027-03-05", value=5, want=9),
    )
    await meeting.do(mark(meeting, tone, None, want=None))
    assert [one.value for one in meeting.board.one(Progress, progress_id(tone)).marks] == [3]


async def test_P5_4_a_mark_is_undone_and_of_two_who_set_it_the_second_sees_the_first() -> None:
    meeting, tone, _ = await with_themes()
    first, second = mark(meeting, tone, 2), mark(meeting, tone, 9)
    await meeting.do(first)
    assert await meeting.code(second) == "stale"
    await meeting.do(ask(UndoCommand, workshop=W))
    assert not meeting.board.every(Progress)


async def test_P5_4_the_scale_goes_from_0_to_10_and_the_day_is_in_the_calendar() -> None:
    meeting, tone, _ = await with_themes()
    for value in (-1, 11, 2.5, "5", True):
        with pytest.raises(ValidationError):
            ask(MarkProgress, activity=REFLECTION, theme=tone, base=0, value=value, want=None)
    assert await meeting.code(ends(meeting, tone, "2027-02-31")) == "range"
    await meeting.do(ends(meeting, tone, "2027-06-01"))
    found = meeting.board.one(Progress, progress_id(tone))
    assert (found.low, found.high, found.by) == ("Tavshed", "Vi taler", "2027-06-01")


async def test_P5_3_P5_4_the_summary_has_the_answers_in_their_order_and_the_way_of_each_theme() -> None:
    meeting, tone, calm = await with_themes()
    item = meeting.board.one(Item, REFLECTION)
    say = words("da")
    assert report(meeting.board, item, say) == []
    for part in reversed(PARTS):
        await meeting.do(write(part, f"Om {part}"))
    await meeting.do(choose(meeting, calm), mark(meeting, tone, 3))
    await meeting.do(ends(meeting, tone, "2027-06-01"))
    answers, course = report(meeting.board, item, say)
    assert isinstance(answers, QuestionAnswers)
    assert [one.answer for one in answers.answers] == ["Om far", "Om well", "Om less", "Ro", "Om plan"]
    assert isinstance(course, Course)
    assert course.points == (CoursePoint(label="4. januar 2027", value=3),)
    assert course.aim == CoursePoint(label="1. juni 2027", value=8)
    assert all(part in course.alt for part in ("Tone", "Tavshed", "Vi taler", "3 (4. januar 2027)", "8"))


def test_P5_3_every_question_is_asked_and_the_template_opens_with_the_plan() -> None:
    for language in languages():
        texts = texts_of(language)
        assert all(texts.get(f"reflection.desk.part.{part}") for part in PARTS)
        assert all(texts.get(f"reflection.report.{part}") for part in (*PARTS, "next"))
        assert len([key for key in texts if key.startswith("reflection.desk.say.")]) >= 6
    follow_up = template("follow_up")
    assert follow_up and [plan.kind for plan in follow_up.items] == ["action_plan", "reflection"]


def remind(at: Meeting, theme: str, when: str = "", name: str = "pot", **more: str) -> Remind:
    reminder = new_id(name)
    fields = {"meeting": "Personalemødet", "who": "Dorte"} | more
    command: Remind = ask(
        Remind,
        activity=REFLECTION,
        reminder=reminder,
        base=at.seq(reminder),
        theme=theme,
        when=when,
        **fields,
    )
    return command


async def test_P5_4_a_theme_is_taken_up_at_a_given_meeting_and_the_day_is_never_guessed() -> None:
    meeting, a, _ = await with_themes()
    await meeting.do(remind(meeting, a, "om 14 dage"))
    planned = meeting.board.one(Reminder, new_id("pot"))
    assert (planned.meeting, planned.day, planned.who) == ("Personalemødet", "2027-01-18", "Dorte")
    await meeting.do(remind(meeting, a, "når vi kan", meeting="Tavlemødet"))
    planned = meeting.board.one(Reminder, new_id("pot"))
    assert (planned.meeting, planned.when, planned.day) == ("Tavlemødet", "når vi kan", None)


async def test_P5_4_a_driver_chooses_between_two_readings() -> None:
    meeting, a, _ = await with_themes()
    await meeting.do(remind(meeting, a, "næste fredag"))
    either = meeting.board.one(Reminder, new_id("pot")).either
    assert len(either) == 2 and meeting.board.one(Reminder, new_id("pot")).day is None
    assert await meeting.code(remind(meeting, a, "næste fredag", day="2027-03-01")) == "range"
    await meeting.do(remind(meeting, a, "næste fredag", day=either[1]))
    assert meeting.board.one(Reminder, new_id("pot")).day == either[1]


async def test_P5_4_a_reminder_is_taken_out_undone_and_told_in_the_summary() -> None:
    meeting, a, b = await with_themes()
    await meeting.do(remind(meeting, b, "når vi kan", "lid", who=""), remind(meeting, a, "om 14 dage"))
    assert await meeting.code(remind(meeting, "never", name="none")) == "unknown"
    (table,) = (
        x for x in report(meeting.board, meeting.board.one(Item, REFLECTION), DA) if isinstance(x, Table)
    )
    assert [row.cells[1:] for row in table.rows] == [
        ("Personalemødet", "18. januar 2027 (om 14 dage)", "Dorte"),
        ("Personalemødet", "når vi kan", ""),
    ]
    await meeting.do(ask(Forget, reminder=new_id("lid"), base=meeting.seq(new_id("lid"))))
    assert meeting.board.find(Reminder, new_id("lid")) is None
    await meeting.do(ask(UndoCommand, workshop=W))
    assert meeting.board.find(Reminder, new_id("lid")) is not None


async def test_P5_4_G52_reminders_of_one_day_stand_by_their_meetings_as_on_the_desk() -> None:
    meeting, a, _ = await with_themes()
    for name, at in (("a", "Ølbodsmøde"), ("b", "zonemøde"), ("c", "Zenitmøde"), ("d", "ærmemøde")):
        await meeting.do(remind(meeting, a, "om 14 dage", name, meeting=at))
    tables = report(meeting.board, meeting.board.one(Item, REFLECTION), DA)
    (table,) = (each for each in tables if isinstance(each, Table))
    assert [row.cells[1] for row in table.rows] == ["Zenitmøde", "zonemøde", "ærmemøde", "Ølbodsmøde"]


async def test_W13_what_success_should_look_like_comes_before_how_far_it_came() -> None:
    meeting, *_ = await with_themes()
    item = meeting.board.one(Item, REFLECTION)
    aim = ask(WriteWhy, activity=WHY, part="success", base=0, text="Ingen bliver glemt")
    await meeting.do(aim)
    # Without an answer there is nothing to compare it with.
    assert report(meeting.board, item, words("da")) == []
    await meeting.do(write("far", "Halvvejs"))
    (answers,) = report(meeting.board, item, words("da"))
    assert isinstance(answers, QuestionAnswers)
    assert [one.answer for one in answers.answers] == ["Ingen bliver glemt", "Halvvejs"]

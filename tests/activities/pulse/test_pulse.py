"""P5.1, P5.2: three questions on one theme; nothing is shown below five answers, and nothing links them."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.activities.pulse.messages import (
    SCALES,
    ClosePulse,
    DeleteAnswer,
    Distribution,
    HideAnswer,
    Pulse,
    PulseAnswer,
    PulseResult,
    PulseSettings,
    ReopenPulse,
    ShowAnswer,
)
from app.activities.pulse.report import report
from app.activities.why.messages import WriteWhy
from app.blocks.answers import QuestionAnswers
from app.blocks.bars import Bars
from app.blocks.open_answers import OpenAnswers
from app.blocks.paragraph import Paragraph
from app.blocks.trend import Trend
from app.engine.agenda import Become, ChangeItem, End, Go, Item
from app.engine.commands import Role
from app.engine.undo import UndoCommand
from app.locales import languages, words
from app.parts.ballots import Ballot, Balloting, Cast
from tests.support.boards import PULSE, Q1, WHY, Meeting, W, ask, new_id, secret


def says(name: object, of: str, value: int | str, rev: int = 1, activity: str = PULSE) -> Cast:
    """The phone with that name answers one of the three; each answer has an id and a secret of its own."""
    own = f"{of} {name}"
    fields = {"ballot": new_id(own), "secret": secret(own), "rev": rev, "value": value}
    cast: Cast = ask(Cast, activity=activity, of=of, **fields)
    return cast


async def answered(meeting: Meeting, *names: object, activity: str = PULSE) -> None:
    """Each of these phones answers 4, 2 and a few words."""
    for name in names:
        answers = (("better", 4), ("needed", 2), ("more", f"svar {name}"))
        await meeting.do(*(says(name, of, value, activity=activity) for of, value in answers))


async def open_pulse(**settings: Any) -> Meeting:
    """The pulse is live, on the theme *Tone*."""
    meeting = await Meeting.open()
    await meeting.turned("a")
    theme = await meeting.theme("Tone", "a")
    await headed(meeting, theme, **settings)
    return meeting


async def headed(meeting: Meeting, theme: str, activity: str = PULSE, **settings: Any) -> None:
    about = {"activity": "pulse", "title": "Puls", "settings": {"theme": theme} | settings}
    await meeting.do(ask(Go, item=activity))
    await meeting.do(ask(Become, item=activity, base=meeting.seq(activity), **about))


async def close(meeting: Meeting, activity: str = PULSE) -> tuple[str, ...]:
    return (await meeting.do(ask(ClosePulse, activity=activity))).told


async def reopen(meeting: Meeting) -> None:
    await meeting.do(ask(ReopenPulse, activity=PULSE))


def state(meeting: Meeting) -> str:
    return meeting.board.one(Pulse, f"pulse:{PULSE}").state


def result(meeting: Meeting, activity: str = PULSE) -> PulseResult:
    return meeting.board.one(PulseResult, f"pulse_result:{activity}")


def texts(meeting: Meeting) -> list[str]:
    return sorted(one.text for one in meeting.board.of(PulseAnswer, PULSE).values())


async def test_P5_1_it_opens_with_its_theme_and_takes_three_answers_apart() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    theme = await meeting.theme("Tone", "a")
    await meeting.do(ask(Go, item=PULSE))
    assert await meeting.code(says("p", "better", 4)) == "not_asked"
    assert await meeting.code(ask(ClosePulse, activity=PULSE)) == "not_asked"
    await headed(meeting, theme)
    assert meeting.board.one(Item, PULSE).settings["name"] == "Tone"
    await answered(meeting, "p")
    for of, value in (("better", 0), ("better", 6), ("needed", "fem"), ("more", 3), ("other", 3)):
        assert await meeting.code(says("q", of, value)) == "unknown"
    assert await meeting.code(says("q", "more", "x" * 281)) == "too_long"


async def test_P5_1_an_answer_can_be_changed_by_its_phone_and_repeated_without_harm() -> None:
    meeting = await open_pulse()
    await meeting.do(says("p", "better", 2), says("p", "better", 2), says("p", "better", 5, rev=2))
    assert await meeting.code(says("p", "better", 1, rev=2)) == "stale"
    stolen = says("p", "better", 1, rev=3).model_copy(update={"secret": secret("thief")})
    assert await meeting.code(stolen) == "taken"
    await meeting.do(says("p", "more", "  “Mere”  "), says("p", "more", "", rev=2))
    values = {one.of: one.value for one in meeting.board.every(Ballot).values()}
    assert values == {"better": 5, "more": ""}


async def test_P5_2_A16_nobody_sees_an_answer_and_the_count_comes_at_ticks() -> None:
    meeting = await open_pulse()
    screens = [meeting.join(who) for who in ("desk", "screen", "phone")]
    meeting.run()
    sent = [len(screen.bytes) for screen in screens]
    await answered(meeting, 1, 2)
    meeting.run()
    assert [len(screen.bytes) for screen in screens] == sent
    await answered(meeting, 3)
    await meeting.forward(10)
    meeting.run()
    for screen in screens:
        assert screen.one("balloting")["count"] == 3
        assert not {"ballot", "pulse_result", "pulse_answer"} & {
            one["record"]["kind"] for one in screen.held.values()
        }


async def test_P5_2_A12_four_answers_show_nothing_and_no_figure_is_told() -> None:
    meeting = await open_pulse()
    await answered(meeting, 1, 2, 3, 4)
    await meeting.forward(16)
    assert await close(meeting) == ("few",)
    assert state(meeting) == "few"
    assert meeting.board.one(Balloting, f"balloting:{PULSE}").count == 0
    assert not meeting.board.every(PulseResult) and not meeting.board.every(PulseAnswer)
    assert await meeting.code(ask(ClosePulse, activity=PULSE)) == "too_few"
    assert await meeting.code(says("e", "better", 1)) == "not_asked"
    assert report(meeting.board, meeting.board.one(Item, PULSE), words("da")) == [
        Paragraph(text=words("da")("pulse.report.few"), tone="quiet")
    ]


async def test_P5_1_F8_once_phones_are_asked_its_theme_cannot_be_changed() -> None:
    """Whether anybody has answered decides nothing: otherwise it could be probed every 100 ms."""
    meeting = await open_pulse()
    other = {"activity": "pulse", "title": "Puls", "settings": {"theme": None}}
    assert await meeting.code(ask(Become, item=PULSE, base=meeting.seq(PULSE), **other)) == "begun"
    await answered(meeting, "p")
    assert await meeting.code(ask(Become, item=PULSE, base=meeting.seq(PULSE), **other)) == "begun"


async def test_P5_2_A11_reopened_it_goes_by_what_was_there_at_a_tick() -> None:
    meeting = await open_pulse()
    await answered(meeting, 1, 2, 3, 4)
    await close(meeting)
    await reopen(meeting)
    assert meeting.board.one(Balloting, f"balloting:{PULSE}").count == 4
    await answered(meeting, 5)
    assert await close(meeting) == ("few",)
    assert not meeting.board.every(PulseResult)
    await reopen(meeting)
    await meeting.forward(10)
    assert meeting.board.one(Balloting, f"balloting:{PULSE}").count == 4
    assert await close(meeting) == ()
    assert result(meeting).better == Distribution(counts=(0, 0, 0, 5, 0))


async def test_P5_2_A12_the_fifth_shows_nothing_until_it_is_closed() -> None:
    meeting = await open_pulse()
    await answered(meeting, 1, 2, 3, 4, 5)
    await meeting.forward(60)
    assert not meeting.board.every(PulseResult)
    assert await close(meeting) == ()
    assert result(meeting).better == Distribution(counts=(0, 0, 0, 5, 0))
    assert result(meeting).needed == Distribution(counts=(0, 5, 0, 0, 0))
    assert (result(meeting).more, texts(meeting)) == (5, [f"svar {n}" for n in range(1, 6)])
    assert await meeting.code(ask(ClosePulse, activity=PULSE)) == "released"


async def test_P5_2_A12_each_of_the_three_needs_answers_enough_itself() -> None:
    meeting = await open_pulse()
    for n in range(6):
        await meeting.do(says(n, "better", 3))
    for n in range(4):
        await meeting.do(says(n, "needed", 1), says(n, "more", f"svar {n}"))
    await meeting.do(says(5, "more", "x"), says(5, "more", "", rev=2))
    await close(meeting)
    assert (result(meeting).better, result(meeting).needed) == (Distribution(counts=(0, 0, 6, 0, 0)), None)
    assert (result(meeting).more, texts(meeting)) == (0, [])


async def test_P5_2_B75_reopened_one_more_shows_nothing_new_and_five_more_do() -> None:
    meeting = await open_pulse()
    await answered(meeting, *range(5))
    await close(meeting)
    frozen, hung = result(meeting), dict(meeting.board.of(PulseAnswer, PULSE))
    await reopen(meeting)
    # Released results stay, whatever happens to the ballots.
    await meeting.do(says(0, "better", 1, rev=2), says(0, "more", "", rev=2), says(1, "more", "andet", rev=2))
    await answered(meeting, 5)
    assert await close(meeting) == ("few",)
    assert state(meeting) == "shown"
    assert result(meeting) == frozen and meeting.board.of(PulseAnswer, PULSE) == hung
    await reopen(meeting)
    await answered(meeting, *range(6, 10))
    await meeting.forward(10)
    assert await close(meeting) == ()
    assert result(meeting).better == Distribution(counts=(1, 0, 0, 9, 0))
    # One text was withdrawn, so there are only four further ones.
    assert texts(meeting) == sorted(answer.text for answer in hung.values())


async def test_P5_2_A12_the_threshold_can_be_raised_and_never_lowered() -> None:
    for wrong in (4, 0, 101):
        with pytest.raises(ValidationError):
            PulseSettings(threshold=wrong)
    meeting = await open_pulse(threshold=6)
    await answered(meeting, *range(5))

    async def change(threshold: int) -> str | None:
        settings = meeting.board.one(Item, PULSE).settings | {"threshold": threshold}
        about = {"title": "Puls", "minutes": 5, "settings": settings}
        return await meeting.code(ask(ChangeItem, item=PULSE, base=meeting.seq(PULSE), **about))

    assert await change(5) == "threshold"
    assert await change(7) is None
    assert await close(meeting) == ("few",)


async def test_P5_2_A4_in_the_database_nothing_links_the_answers_of_one_phone() -> None:
    meeting = await open_pulse()
    for n in range(6):
        await meeting.do(
            says(n, "better", 1 + n % 5), says(n, "needed", 1 + n % 5), says(n, "more", f"svar {n}")
        )
    await close(meeting)
    rows = list(meeting.store.boards["board"].rows.values())
    ballots = sorted((row for row in rows if row.record.kind == "ballot"), key=lambda row: row.record.id)
    answers = [row for row in rows if row.record.kind == "pulse_answer"]
    # No order: all of a kind have the same seq. They have no field in common except the item.
    assert len({row.seq for row in ballots}) == 1 and len({row.seq for row in answers}) == 1
    fields = [json.loads(row.record.model_dump_json()) for row in ballots + answers]
    for name in ("id", "secret_hash"):
        seen = [one[name] for one in fields if name in one]
        assert len(set(seen)) == len(seen)
    for one in fields:
        assert set(one) - {"kind", "activity", "audience"} in (
            {"id", "of", "value", "secret_hash", "rev"},
            {"id", "text", "hidden"},
        )
    # The wall shows a copy under an id that no phone has.
    assert not {row.record.id for row in ballots} & {row.record.id for row in answers}
    await meeting.do(ask(End, workshop=W))
    assert not meeting.board.every(Ballot)


async def test_P5_2_A13_an_answer_that_names_somebody_is_hidden_or_deleted_for_good() -> None:
    meeting = await open_pulse()
    await answered(meeting, *range(5))
    await close(meeting)
    wall, desk = meeting.join("screen"), meeting.join("desk")
    meeting.run()
    first, second, *_ = sorted(meeting.board.of(PulseAnswer, PULSE))
    words_of = meeting.board.one(PulseAnswer, first).text
    await meeting.do(ask(HideAnswer, answer=first, base=meeting.seq(first)))
    meeting.run()
    wall.read()
    desk.read()
    assert wall.held[first]["record"]["text"] == "" and desk.held[first]["record"]["text"] == words_of
    await meeting.do(ask(UndoCommand, workshop=W))
    assert not meeting.board.one(PulseAnswer, first).hidden
    await meeting.do(ask(HideAnswer, answer=first, base=meeting.seq(first)))
    await meeting.do(ask(ShowAnswer, answer=first, base=meeting.seq(first)))
    gone = meeting.board.one(PulseAnswer, second).text
    assert await meeting.code(ask(DeleteAnswer, answer=second), role=Role.CO_FACILITATOR) == "role"
    await meeting.do(ask(DeleteAnswer, answer=second))
    stored = "".join(row.record.model_dump_json() for row in meeting.store.boards["board"].rows.values())
    assert gone not in stored


async def test_P5_1_leaving_ends_a_pulse_of_the_meeting_and_coming_back_changes_nothing() -> None:
    meeting = await open_pulse()
    await answered(meeting, *range(5))
    await meeting.do(ask(Go, item=Q1))
    assert (state(meeting), await meeting.code(says("late", "better", 1))) == ("ended", "not_asked")
    assert await meeting.code(ask(ReopenPulse, activity=PULSE)) == "not_live"
    await meeting.do(ask(Go, item=PULSE))
    assert state(meeting) == "ended" and not meeting.board.every(PulseResult)
    assert await close(meeting) == ()
    assert state(meeting) == "shown"


async def test_P5_2_a_phone_sees_the_result_only_where_the_board_is_shown_on_it() -> None:
    meeting = await open_pulse()
    await answered(meeting, *range(5))
    await close(meeting)
    assert not meeting.fresh("phone").kinds("pulse_result") + meeting.fresh("phone").kinds("pulse_answer")
    assert meeting.fresh("screen").one("pulse_result")["better"]["counts"] == [0, 0, 0, 5, 0]


@pytest.mark.parametrize("language", languages())
async def test_P5_2_the_summary_has_both_distributions_next_to_the_previous_and_the_open_answers(
    language: str,
) -> None:
    meeting = await open_pulse()
    await answered(meeting, *range(5))
    await meeting.do(says(0, "better", 5, rev=2))
    await close(meeting)
    item, say = meeting.board.one(Item, PULSE), words(language)
    about, needed, better, more = report(meeting.board, item, say)
    assert isinstance(about, Paragraph) and "Tone" in about.text
    assert isinstance(better, Bars) and isinstance(needed, Bars) and isinstance(more, OpenAnswers)
    assert (better.counts, better.earlier, len(better.said)) == ((0, 0, 0, 4, 1), (), 1)
    assert ("4,2" if language == "da" else "4.2") in better.said[0]
    assert "4: 4, 5: 1" in better.alt
    assert len(more.answers) == 5


async def test_P5_2_two_pulses_on_the_same_theme_are_compared_over_time() -> None:
    meeting = await open_pulse()
    await answered(meeting, *range(5))
    await close(meeting)
    now = result(meeting)
    half_a_year_ago = now.with_(
        id="pulse_result:then", activity="then", day="2026-07-03", better=Distribution(counts=(5, 1, 0, 0, 0))
    )
    for other in (half_a_year_ago, half_a_year_ago.with_(id="pulse_result:other", theme="another")):
        meeting.board.apply([meeting.board.held(now.id)._replace(record=other)])  # type: ignore[union-attr]
    _, trend, needed, better, _ = report(meeting.board, meeting.board.one(Item, PULSE), words("da"))
    assert isinstance(trend, Trend) and isinstance(better, Bars) and isinstance(needed, Bars)
    assert trend.times[0].label == "juli 2026" and len(trend.lines) == 2
    assert better.earlier == (5, 1, 0, 0, 0)
    assert better.said[1] == "juli 2026: 1,2, 6 svar"


def test_W7_P5_1_how_far_more_is_needed_is_asked_before_how_far_it_became_better() -> None:
    assert SCALES == ("needed", "better")


@pytest.mark.parametrize(
    ("language", "span"), [("da", "de sidste tre måneder"), ("en", "in the last three months")]
)
async def test_W7_P5_1_each_question_names_the_theme_and_the_time_that_was_set(
    language: str, span: str
) -> None:
    meeting = await open_pulse(span=3)
    await answered(meeting, *range(5))
    await close(meeting)
    _, needed, better, more = report(meeting.board, meeting.board.one(Item, PULSE), words(language))
    assert isinstance(needed, Bars) and isinstance(better, Bars) and isinstance(more, OpenAnswers)
    for question in (needed.question, better.question, more.question):
        assert "Tone" in question
    assert span in better.question and span not in needed.question


async def test_W7_once_phones_were_asked_the_time_that_was_asked_about_stays() -> None:
    meeting = await open_pulse(span=3)
    settings = meeting.board.one(Item, PULSE).settings
    about = {"item": PULSE, "base": meeting.seq(PULSE), "title": "Puls", "minutes": 5}
    assert await meeting.code(ask(ChangeItem, settings=settings | {"span": 6}, **about)) == "begun"
    assert await meeting.code(ask(ChangeItem, settings=settings, **about)) is None


async def test_W7_a_pulse_that_was_stored_before_the_time_could_be_set_asks_about_half_a_year() -> None:
    meeting = await open_pulse()
    item = meeting.board.one(Item, PULSE)
    before = {name: value for name, value in item.settings.items() if name != "span"}
    old = item.with_(settings=before)
    meeting.board.apply([meeting.board.held(PULSE)._replace(record=old)])  # type: ignore[union-attr]
    await answered(meeting, *range(5))
    about = {"item": PULSE, "base": meeting.seq(PULSE), "title": "Ny titel", "minutes": 5}
    await meeting.do(ask(ChangeItem, settings=before, **about))
    await close(meeting)
    better = report(meeting.board, old, words("da"))[2]
    assert isinstance(better, Bars) and "det sidste halve år" in better.question


async def test_W13_what_success_should_look_like_is_next_to_the_results() -> None:
    meeting = await open_pulse()
    await meeting.do(ask(WriteWhy, activity=WHY, part="success", base=0, text="Ingen bliver glemt"))
    await answered(meeting, *range(5))
    await close(meeting)
    blocks = report(meeting.board, meeting.board.one(Item, PULSE), words("da"))
    (aim,) = (block for block in blocks if isinstance(block, QuestionAnswers))
    assert [(one.question, one.answer) for one in aim.answers] == [
        (words("da")("pulse.report.aim"), "Ingen bliver glemt")
    ]

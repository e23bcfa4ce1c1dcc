"""P1.1, P1.3, P1.6: the leader's why, part by part; it belongs to the process and opens the summary."""

from app.activities.why.messages import WriteWhy
from app.activities.why.report import report
from app.blocks.answers import QuestionAnswers
from app.blocks.paragraph import Paragraph
from app.engine.agenda import Item
from app.engine.commands import Role
from app.exports.summary import Heading, collect
from app.locales import languages, texts_of, words
from app.parts.why import PARTS, Why, WhyPart, why_id
from tests.support.boards import Q1, WHY, Meeting, ask


def write(part: WhyPart, text: str, base: int = 0, activity: str = WHY) -> WriteWhy:
    command: WriteWhy = ask(WriteWhy, activity=activity, part=part, base=base, text=text)
    return command


async def test_P1_1_each_part_is_written_changed_and_taken_away() -> None:
    meeting = await Meeting.open()
    await meeting.do(write("seen", "Tre er rejst"))
    seq = meeting.seq(why_id("seen"))
    assert await meeting.code(write("seen", "Fire er rejst")) == "stale"
    await meeting.do(write("seen", "Fire er rejst", seq))
    assert meeting.board.one(Why, why_id("seen")).text == "Fire er rejst"
    await meeting.do(write("seen", "", meeting.seq(why_id("seen"))))
    assert meeting.board.find(Why, why_id("seen")) is None
    await meeting.do(write("seen", "", meeting.seq(why_id("seen"))))


async def test_P1_1_it_is_written_in_its_own_activity_by_drivers() -> None:
    meeting = await Meeting.open()
    assert await meeting.code(write("seen", "Tre er rejst", activity=Q1)) == "unknown"
    assert await meeting.code(write("seen", "Tre er rejst"), role=Role.PHONE) == "role"


async def test_P1_3_the_headline_heads_the_summary_and_the_parts_follow_in_their_order() -> None:
    meeting = await Meeting.open()
    for part in reversed(PARTS):
        await meeting.do(write(part, f"Om {part}"))
    say = words("da")
    item = meeting.board.one(Item, WHY)
    lead, parts = report(meeting.board, item, say)
    assert lead == Paragraph(text="Om headline", tone="lead")
    assert isinstance(parts, QuestionAnswers)
    assert [each.answer for each in parts.answers] == [f"Om {part}" for part in PARTS[1:]]
    summary = collect(meeting.board, [item], {"why": report}, Heading(company="A", group="B"), say)
    assert summary.why == "Om headline"
    assert [block for section in summary.sections for block in section.blocks] == [parts]


async def test_P1_3_nothing_written_says_nothing() -> None:
    meeting = await Meeting.open()
    assert report(meeting.board, meeting.board.one(Item, WHY), words("da")) == []


def test_P1_1_P1_4_P1_6_every_part_is_asked_for_and_three_examples_are_there() -> None:
    for language in languages():
        texts = texts_of(language)
        assert all(texts.get(f"why.desk.part.{part}") and texts.get(f"why.report.{part}") for part in PARTS)
        assert all(texts.get(f"why.desk.example.{n}") for n in (1, 2, 3))

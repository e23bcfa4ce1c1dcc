"""P2.7, W5, W9: the results with the four answers, or only the strengths, on one screen."""

from app.activities.clustering.messages import ActAtOnce, AnswerQuestion, answer_id
from app.activities.presentation.messages import PresentationSettings
from app.activities.presentation.report import report
from app.activities.registry import registry
from app.blocks.answers import QuestionAnswers
from app.blocks.themes import Themes
from app.engine.agenda import Add, Go, Item
from app.engine.report import Section
from app.engine.undo import UndoCommand
from app.engine.wall import ChangeWall, wall_of
from app.exports.summary import Heading, collect
from app.locales import words
from app.parts.plan import actions_of
from tests.support.boards import C1, Q1, Meeting, W, ask, new_id


async def test_P2_7_a_presentation_shows_one_theme_and_leaves_a_clear_wall() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    theme = await meeting.theme("Tone", "a")
    settings = PresentationSettings(of=(Q1,)).model_dump(mode="json")
    item = new_id("presentation")
    added = {"item": item, "workshop": W, "title": "Resultater", "minutes": 15, "before": None}
    await meeting.do(ask(Add, activity="presentation", settings=settings, **added), ask(Go, item=item))
    await meeting.do(ask(ChangeWall, workshop=W, forward=theme))
    assert wall_of(meeting.board, W).forward == theme
    await meeting.do(ask(Go, item=Q1))
    assert wall_of(meeting.board, W).forward is None


async def presented(**settings: object) -> tuple[Meeting, Item]:
    """A theme with a note, two of the four answers, and a presentation of them."""
    meeting = await Meeting.open()
    await meeting.turned("a")
    await meeting.theme("Tone", "a")
    for question, text in ((1, "At vi griner"), (3, "- Telefonen\n\nDøren")):
        about = {"activity": C1, "question": question, "base": 0, "text": text}
        await meeting.do(ask(AnswerQuestion, **about))
    item = new_id("presentation")
    added = {"item": item, "workshop": W, "title": "Resultater", "minutes": 15, "before": None}
    await meeting.do(ask(Add, activity="presentation", settings=settings, **added), ask(Go, item=item))
    return meeting, meeting.board.one(Item, item)


async def test_W9_the_four_answers_are_part_of_the_results() -> None:
    meeting, item = await presented()
    (section,) = report(meeting.board, item, words("da"))
    assert isinstance(section, Section)
    themes, answers = section.blocks
    assert isinstance(themes, Themes) and [one.name for one in themes.themes] == ["Tone"]
    assert isinstance(answers, QuestionAnswers)
    assert [one.answer for one in answers.answers] == ["At vi griner", "- Telefonen\n\nDøren"]


async def test_W9_a_summary_of_all_meetings_tells_the_results_once() -> None:
    meeting, item = await presented()
    reports = {name: kind.report for name, kind in registry.kinds.items()}
    told = collect(
        meeting.board,
        [meeting.board.one(Item, C1), item],
        reports,
        Heading(company="A", group="B"),
        words("da"),
    )
    assert [type(block) for one in told.sections for block in one.blocks] == [Themes, QuestionAnswers]


async def test_W5_what_people_stand_on_is_told_where_it_was_gathered() -> None:
    meeting, item = await presented(show="stand")
    assert report(meeting.board, item, words("da")) == []


async def test_W9_what_we_would_act_on_at_once_goes_into_the_plan_with_one_press() -> None:
    meeting, _ = await presented()
    answer = answer_id(C1, 3)

    def act(id: str = answer) -> ActAtOnce:
        command: ActAtOnce = ask(ActAtOnce, answer=id, base=meeting.seq(id))
        return command

    assert await meeting.code(act(answer_id(C1, 1))) == "unknown"
    await meeting.do(act())
    assert [row.text for row in actions_of(meeting.board)] == ["Telefonen", "Døren"]
    assert {row.made_from for row in actions_of(meeting.board)} == {answer}
    # Pressing again adds nothing but what was added to the answer since.
    assert await meeting.code(act()) == "in_plan"
    more = {"activity": C1, "question": 3, "base": meeting.seq(answer), "text": "Telefonen\nPorten"}
    await meeting.do(ask(AnswerQuestion, **more))
    await meeting.do(act())
    assert [row.text for row in actions_of(meeting.board)] == ["Telefonen", "Døren", "Porten"]
    await meeting.do(ask(UndoCommand, workshop=W))
    assert [row.text for row in actions_of(meeting.board)] == ["Telefonen", "Døren"]

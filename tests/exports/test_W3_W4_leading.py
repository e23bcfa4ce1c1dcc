"""W3, W4: the why comes first if there is one; a meeting shows what it made, wherever it was gathered."""

from app.blocks.notes import Notes
from app.blocks.themes import Themes
from app.engine.agenda import Item
from app.engine.records import Record
from app.exports.gather import gather
from app.exports.summary import Summary, collect
from app.parts.themes import Theme
from app.parts.why import Why
from tests.exports.test_from_the_board import DA, REPORTS, board_of, item, note, workshop

WHY = (
    Why(id="why:headline", part="headline", text="Vi vil blive sammen"),
    Why(id="why:stake", part="stake", text="Tre er rejst"),
)
#: The leader writes the why in a meeting whose id comes last, on the day of the first meeting.
WRITTEN = (workshop("z", title="Hvorfor"), item("y", "why", 1).with_(workshop="z"))
STEP_1 = (
    workshop("a", title="Trin 1"),
    item("q", "notes", 1, question="Hvad gør det svært?", paper="fjord").with_(workshop="a"),
)
GATHERING = (
    workshop("b", date="2027-01-11", title="Saml"),
    item("c", "clustering", 1, of="q").with_(workshop="b"),
)
MADE = (Theme(id="t1", name="Kulde", paper="mos", of="q", position=1), note("Porten", "t1"), note("Støj"))


def told(*records: Record, of: str | None = None) -> Summary:
    gathered = gather(board_of(*records), company="Bakkedal", group="Montagen", workshop=of)
    assert gathered
    whys = [one for one in gathered.others if one.activity == "why"]
    return collect(gathered.board, gathered.items, REPORTS, gathered.heading, DA, whys)


def texts(summary: Summary) -> str:
    return summary.model_dump_json()


def test_W3_the_why_leads_the_summary_of_the_process_whenever_it_was_said() -> None:
    summary = told(*STEP_1, *WRITTEN, *MADE, *WHY)
    assert summary.why == "Vi vil blive sammen"
    assert [section.title for section in summary.sections] == ["Punkt y", "Punkt q"]


def test_W3_it_leads_a_meeting_that_never_showed_it_without_its_parts() -> None:
    summary = told(*STEP_1, *WRITTEN, *MADE, *WHY, of="a")
    assert summary.why == "Vi vil blive sammen"
    assert "Tre er rejst" not in texts(summary)


def test_W3_without_a_why_no_question_takes_its_place() -> None:
    summary = told(*STEP_1, *MADE)
    assert summary.why == ""
    assert "Hvad gør det svært?" in texts(summary)


def test_W4_a_meeting_shows_its_notes_though_another_gathered_them() -> None:
    summary = told(*STEP_1, *GATHERING, *MADE, of="a")
    (section,) = summary.sections
    assert [type(block) for block in section.blocks][-2:] == [Themes, Notes]
    assert "Porten" in texts(summary) and "Støj" in texts(summary)


def test_W4_the_meeting_that_gathered_them_shows_them_too() -> None:
    assert "Porten" in texts(told(*STEP_1, *GATHERING, *MADE, of="b"))


def test_W4_the_whole_process_tells_them_once() -> None:
    summary = told(*STEP_1, *GATHERING, *MADE)
    assert texts(summary).count("Porten") == texts(summary).count("Støj") == 1
    assert [section.title for section in summary.sections] == ["Punkt q"]


def test_W4_what_a_meeting_gathers_itself_is_told_where_it_gathers() -> None:
    here: Item = item("c", "clustering", 2, of="q").with_(workshop="a")
    summary = told(*STEP_1, here, *MADE, of="a")
    assert texts(summary).count("Porten") == 1
    question, gathering = summary.sections
    assert not any(isinstance(block, Themes) for block in question.blocks)
    assert any(isinstance(block, Themes) for block in gathering.blocks)

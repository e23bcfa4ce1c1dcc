"""The summary as a value: what it adds to the reports."""

from dataclasses import replace
from datetime import date

import pytest

from app.blocks.chosen import Chosen
from app.blocks.fields import FieldBlock, Fields
from app.blocks.notes import Notes
from app.blocks.paragraph import Paragraph
from app.blocks.quadrants import Quadrants
from app.blocks.themes import ThemeBlock, Themes
from app.engine.report import Block, Card, Report, Section, day_in_words
from app.exports.summary import (
    Heading,
    Meeting,
    Member,
    Summary,
    collect,
    days_in_words,
    names_in_words,
)
from app.locales import languages, words
from tests.exports.sample import HEADING, ITEMS, REPORTS, Item, sample

DA, EN = words("da"), words("en")


def summary_of(*blocks: Block, heading: Heading = HEADING) -> Summary:
    return collect(
        None, [Item("one", "Punktet")], {"one": lambda board, item, say: list(blocks)}, heading, DA
    )


def test_P2_6_it_says_in_short_what_became_of_the_notes() -> None:
    assert sample().short[0] == Paragraph(
        text="I skrev 60 sedler. De blev til ti temaer. I valgte tre at arbejde med nu: "
        "”\u2068Besked om ændringer\u2069”, ”\u2068Afbrydelser\u2069” og ”\u2068Travlt før levering\u2069”."
    )


def test_P3_2_the_picture_stands_first_and_only_there() -> None:
    summary = sample()
    assert isinstance(summary.short[1], Quadrants)
    assert not any(isinstance(block, Quadrants) for section in summary.sections for block in section.blocks)


def test_P3_3_what_was_chosen_later_is_marked_everywhere() -> None:
    theme, card = ThemeBlock(name="Ro", paper="mos"), Card(name="Ro", paper="mos")
    field = Fields(fields=(FieldBlock(title="Kan", cards=(card, Card(name="Ro", paper="lyng"))),))
    blocks = summary_of(Themes(themes=(theme,)), field, Chosen(themes=(card,))).sections[0].blocks
    assert isinstance(blocks[0], Themes) and blocks[0].themes[0].chosen
    assert isinstance(blocks[1], Fields)
    assert [it.chosen for it in blocks[1].fields[0].cards] == [True, False]


def test_P1_3_what_several_meetings_have_shown_is_told_once() -> None:
    why = (Paragraph(text="Derfor.", tone="lead"), Paragraph(text="Flere er rejst."))
    items = [Item("why", "Hvorfor"), Item("notes", "Sedler"), Item("why", "Hvorfor igen")]
    reports: dict[str, Report] = {
        "why": lambda *_: list(why),
        "notes": lambda *_: [Notes(notes=("Sol",))],
    }
    told = collect(None, items, reports, HEADING, words("da"))
    assert told.why == "Derfor." and [section.title for section in told.sections] == ["Hvorfor", "Sedler"]


def test_P5_5_each_cycle_is_told_separately() -> None:
    items = [Item("notes", "Sedler", "a"), Item("notes", "Sedler", "b")]
    reports: dict[str, Report] = {"notes": lambda _board, item, _words: [Notes(notes=(item.workshop,))]}
    heading = HEADING.model_copy(update={"cycle": 2, "cycles": {"a": 1, "b": 2}})
    told = collect(None, items, reports, heading, words("da"))
    assert [section.title for section in told.sections] == ["Sedler", "Sedler · runde 2"]


def test_P1_5_F3_the_working_group_is_named_with_its_roles() -> None:
    members = (Member(name="Ida Ørum", duty="Leder"), Member(name="Ole", duty="Tillidsrepræsentant"))
    rows = summary_of(heading=HEADING.model_copy(update={"members": members})).rows
    (row,) = (row for row in rows if row.name == "Arbejdsgruppe")
    assert row.value == "\u2068Ida Ørum (Leder)\u2069, \u2068Ole (Tillidsrepræsentant)\u2069"
    assert not any(row.name == "Arbejdsgruppe" for row in sample().rows)


def test_notes_after_themes_are_said_to_have_none() -> None:
    blocks = summary_of(Themes(themes=(ThemeBlock(name="Ro"),)), Notes(notes=("Sol",))).sections[0].blocks
    assert isinstance(blocks[1], Notes) and blocks[1].title == "Uden tema"


def test_a_report_may_head_its_own_sections() -> None:
    own = Section(title="For sig", blocks=(Paragraph(text="b"),))
    summary = summary_of(Paragraph(text="a"), own, Paragraph(text="c"))
    assert [section.title for section in summary.sections] == ["Punktet", "For sig", "Punktet"]


def test_X12_a_question_that_is_the_heading_is_not_said_under_it() -> None:
    asked, other = Paragraph(text="Punktet", tone="question"), Paragraph(text="Et andet", tone="question")
    assert summary_of(asked, other).sections[0].blocks == (other,)


def test_what_says_nothing_gets_no_heading() -> None:
    summary = summary_of(Notes(notes=()), Themes(themes=()), Chosen(themes=()), Paragraph(text=""))
    assert summary.is_empty and "vendt de første sedler" in summary.empty


def test_A15_A10_lists_stay_as_the_report_gave_them_and_there_is_no_time_but_the_day() -> None:
    given = ("c", "a", "b")
    blocks = summary_of(Notes(notes=given)).sections[0].blocks
    assert isinstance(blocks[0], Notes) and blocks[0].notes == given
    assert "T" not in summary_of().model_dump(mode="json")["day"]


def test_people_are_phones_at_most_and_unknown_is_not_said() -> None:
    def people(*counts: int | None) -> list[str]:
        meetings = tuple(Meeting(title="", people=count) for count in counts)
        rows = summary_of(heading=Heading(company="", group="", meetings=meetings)).rows
        return [row.value for row in rows if row.name == "Deltagere"]

    assert people(24, 21, 22) == ["op til 24, 21 og 22"]
    assert people(None, 0) == []


def test_dates_are_told_by_day_in_both_languages() -> None:
    days = [date(2026, 12, 3), date(2026, 11, 26), date(2026, 11, 12), date(2027, 1, 4)]
    assert days_in_words(days, DA) == "12. og 26. november, 3. december 2026, 4. januar 2027"
    assert days_in_words(days, EN) == "12 and 26 November, 3 December 2026, 4 January 2027"
    assert day_in_words(days[0], DA) == "3. december 2026"


@pytest.mark.parametrize("names", [(), ("{last}",), ("{first}", "b"), ("{names}", "{n}", "c")])
def test_B32_names_with_braces_are_only_names(names: tuple[str, ...]) -> None:
    said = names_in_words(names, DA)
    assert all(name in said for name in names)
    summary = summary_of(Chosen(themes=tuple(Card(name=name) for name in names)))
    assert all(name in str(summary.short) for name in names)


def test_every_language_says_it() -> None:
    for language in languages():
        summary = collect(None, ITEMS, REPORTS, HEADING, words(language))
        assert summary.language == language and summary.short and len(summary.rows) == 4


def test_a_later_round_is_named() -> None:
    rows = summary_of(heading=HEADING.model_copy(update={"cycle": 2})).rows
    assert [row.value for row in rows if row.name == "Runde"] == ["2"]


def test_the_same_board_gives_the_same_summary() -> None:
    assert sample() == sample()
    assert sample() != collect(None, [replace(item, title="x") for item in ITEMS], REPORTS, HEADING, DA)

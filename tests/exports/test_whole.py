"""A process of two rounds, read by somebody who was not there: headings, order, nothing twice."""

from collections import Counter
from datetime import date

import pytest

from app.activities.registry import registry
from app.blocks.chosen import Chosen
from app.blocks.trend import Trend
from app.engine.report import Block, Card
from app.exports.gather import gather
from app.exports.html import summary_page
from app.exports.left_out import PARTS, WORDS, without_phases, without_words
from app.exports.sections import Kinds
from app.exports.summary import Summary, collect
from app.locales import words
from tests.exports.reading import page
from tests.exports.sample import HARD, JOYS
from tests.exports.whole import SAID, whole

DA = words("da")
KINDS = Kinds(
    reports={name: kind.report for name, kind in registry.kinds.items()},
    titles={name: kind.titled for name, kind in registry.kinds.items() if kind.titled},
    phases={name: kind.phase for name, kind in registry.kinds.items() if kind.phase},
)


def summed(workshop: str | None = None, planned: bool = False) -> Summary:
    gathered = gather(whole(planned), company="Bakkedal", group="Montagen", workshop=workshop)
    assert gathered is not None
    whys = [item for item in gathered.others if item.activity == "why"]
    return collect(gathered.board, gathered.items, KINDS, gathered.heading, DA, whys)


def blocks(summary: Summary) -> list[Block]:
    return [*summary.short, *(block for section in summary.sections for block in section.blocks)]


def cards(block: Block) -> list[Card]:
    return [card for card in block.cards if card.chosen]


def test_X12_headings_are_for_a_reader_who_was_not_there() -> None:
    assert [section.title for section in summed().sections] == [
        "Hvorfor vi gør det",
        "Det, der giver lyst til at gå på arbejde",
        "Det, der kan gøre hverdagen svær",
        "Hvad vi kan påvirke, og hvad vi ikke kan",
        "De valgte temaer",
        "Forslag til ”Besked om ændringer”",
        "Forslag til ”Afbrydelser”",
        "Handleplan",
        "Pulsen på ”Besked om ændringer”",
        "Sådan gik det, og det næste skridt",
        "Hvad vi kan påvirke, og hvad vi ikke kan · runde 2",
    ]
    # A presentation has its own section headings.
    untitled = {name for name, kind in registry.kinds.items() if kind.phase and not kind.titled}
    assert untitled == {"presentation"}


def test_X12_the_plan_closes_the_work_and_pulses_stand_together() -> None:
    pulse = next(section for section in summed().sections if section.title.startswith("Pulsen"))
    kinds = [block.kind for block in pulse.blocks]
    assert kinds.count("bars") == 4
    told = pulse.model_dump_json()
    assert told.index("20. maj 2027") < told.index("2. december 2027")


def test_X12_no_block_and_no_chip_of_what_was_chosen_stands_twice() -> None:
    summary = summed()
    said = Counter(block.model_dump_json() for block in blocks(summary))
    assert not [one for one, many in said.items() if many > 1]
    assert not any(isinstance(block, Chosen) for block in blocks(summary))
    # The first page shows the latest choice, and each picture marks that of its own round.
    assert (
        "I valgte to at arbejde med nu: ”\u2068Travlt før levering\u2069”"
        in summary.short[0].model_dump_json()
    )
    pictures = [cards(block) for block in blocks(summary) if block.kind == "quadrants"]
    assert [[card.name for card in each] for each in pictures] == [
        ["Travlt før levering", "Oplæring af nye"],
        ["Besked om ændringer", "Afbrydelser"],
    ]


def test_W13_the_words_of_success_are_told_once_and_pointed_to_where_they_belong_too() -> None:
    said = SAID["success"]
    assert summed().model_dump_json().count(said) == 1
    told = {one.title: one.model_dump_json() for one in summed().sections}
    assert said in told["Hvorfor vi gør det"]
    pointer = "Se ”\u2068Hvorfor vi gør det\u2069”."
    for title in ("Pulsen på ”Besked om ændringer”", "Sådan gik det, og det næste skridt"):
        assert told[title].count(pointer) == 1
    # A meeting without the why shows them itself; what has no other place refers to nothing.
    assert said in summed("w6").model_dump_json() and pointer not in summed("w6").model_dump_json()


def test_P5_2_pulses_over_time_are_lines_with_the_latest_of_them() -> None:
    assert not [block for block in blocks(summed("w6")) if isinstance(block, Trend)]
    (trend,) = (block for block in blocks(summed()) if isinstance(block, Trend))
    assert [(one.label, one.days) for one in trend.times] == [("maj 2027", 0), ("december 2027", 196)]
    assert [[one.said for one in line.places] for line in trend.lines] == [["3,6", "2,3"], ["2,7", "3,8"]]
    assert "3,6 (maj 2027), 2,3 (december 2027)" in trend.alt


def test_P4_7_the_state_of_the_plan_and_what_comes_next_are_told_next_to_it() -> None:
    summary = summed(planned=True)
    assert [(row.name, row.value) for row in summary.standing] == [
        ("Gjort", "1"), ("I gang", "2"), ("Ikke begyndt", "1"), ("Droppet", "1"),
    ]  # fmt: skip
    assert [(row.name, row.value) for row in summary.next] == [
        ("Næste møde", "13. januar 2028: Statusmøde"),
        ("Næste i handleplanen", "14. december 2026: Den, der ændrer en ordre, ringer til hallen"),
    ]
    html = page(summary_page(summary, DA, file="summary."))
    beside = html.text[html.text.index("Handlinger") :]
    assert all(row.value in beside for row in (*summary.standing, *summary.next))
    # A meeting that made no plan says nothing about it.
    assert not summed("w0").standing and not summed("w0").next


def test_X12_a_meeting_has_the_same_headings() -> None:
    assert [section.title for section in summed("w3").sections] == [
        "Hvad vi kan påvirke, og hvad vi ikke kan",
        "De valgte temaer",
    ]
    # A question is not repeated below itself.
    (asked,) = (section for section in summed("w0").sections if section.title.startswith("Det, der kan"))
    assert asked.blocks[0].asked == "Hvad kan gøre hverdagen svær, når du løser dine opgaver?"


def test_X12_what_is_only_planned_is_no_part_of_it_but_said_to_come() -> None:
    summary = summed(planned=True)
    assert summary.day == date(2027, 12, 2)
    rows = {row.name: row.value for row in summary.rows}
    assert rows["Næste møde"] == "13. januar 2028: Statusmøde" and "2028" not in rows["Datoer"]
    assert "Næste møde" not in {row.name for row in summed().rows}


def left(*without: str) -> Summary:
    gathered = gather(whole(), company="Bakkedal", group="Montagen")
    assert gathered is not None
    fewer = without_phases(gathered, KINDS.phases, without)
    summary = collect(fewer.board, fewer.items, KINDS, fewer.heading, DA)
    return without_words(summary) if WORDS in without else summary


@pytest.mark.parametrize("part", [part for part in PARTS if part != WORDS])
def test_X12_a_link_shows_the_same_document_but_for_what_was_left_out(part: str) -> None:
    phase = int(part[-1])
    whole_, fewer = summed(), left(part)
    told = {section.title for section in whole_.sections}
    gone = told - {section.title for section in fewer.sections}
    first = {
        1: "Hvorfor vi gør det",
        2: "Det, der giver lyst til at gå på arbejde",
        3: "De valgte temaer",
        4: "Handleplan",
        5: "Sådan gik det, og det næste skridt",
    }[phase]
    assert first in gone and gone < told
    # The rest reads as before, except the marks of an omitted choice, and references to it.
    pointing = {one.title for one in whole_.sections if phase == 1 and "Se ”" in one.model_dump_json()}
    for section in fewer.sections:
        if phase not in (3, 4) and section.title not in pointing:
            assert section in whole_.sections
    assert (fewer.why == "") is (phase == 1)
    assert any(block.kind == "quadrants" for block in fewer.short) is (phase != 3)


def test_X12_left_without_words_it_tells_what_became_of_them_and_how_much_it_was() -> None:
    summary = left(WORDS)
    told = summary.model_dump_json()
    for notes in (*JOYS.values(), *HARD.values(), ["Mere af tavlemøderne"]):
        assert not [note for note in notes if note in told]
    assert "Besked om ændringer" in told and "I skrev 60 sedler" in told
    shown = summary.shown(DA)
    counts = [
        theme["count"]
        for section in shown["sections"]
        for block in section["blocks"]
        if block["kind"] == "themes"
        for theme in block["themes"]
    ]
    assert counts[:2] == ["7 sedler", "7 sedler"]

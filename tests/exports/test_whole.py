"""A process of two rounds as somebody reads it who was not there: headings, order, nothing twice."""

from collections import Counter
from datetime import date

import pytest

from app.activities.registry import registry
from app.blocks.chosen import Chosen
from app.engine.report import Block, Card
from app.exports.gather import gather
from app.exports.left_out import PARTS, WORDS, without_phases, without_words
from app.exports.sections import Kinds
from app.exports.summary import Summary, collect
from app.locales import words
from tests.exports.sample import HARD, JOYS
from tests.exports.whole import whole

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
        "Hvad vi kan påvirke, og hvad vi ikke kan, runde 2",
    ]
    # A presentation heads its sections itself.
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
    # It is the latest choice that the first page tells, and each picture marks its own round's.
    assert (
        "I valgte to at arbejde med nu: ”\u2068Travlt før levering\u2069”"
        in summary.short[0].model_dump_json()
    )
    pictures = [cards(block) for block in blocks(summary) if block.kind == "quadrants"]
    assert [[card.name for card in each] for each in pictures] == [
        ["Travlt før levering", "Oplæring af nye"],
        ["Besked om ændringer", "Afbrydelser"],
    ]


def test_X12_a_meeting_has_the_same_headings() -> None:
    assert [section.title for section in summed("w3").sections] == [
        "Hvad vi kan påvirke, og hvad vi ikke kan",
        "De valgte temaer",
    ]
    # What is asked is not said again under itself.
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
    # What is left reads as before, but for the marks of a choice that is not told.
    for section in fewer.sections:
        if phase not in (3, 4):
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

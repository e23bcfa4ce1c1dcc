"""The page of a process by phase (F1): the reports in short, and nothing that they do not contain."""

import pytest

from app.activities.pulse.messages import Distribution, PulseResult
from app.activities.reflection.messages import NextTheme
from app.activities.registry import ACTIVITIES, registry
from app.engine.agenda import Item
from app.engine.records import Board, Record
from app.engine.report import FoundCard
from app.exports.found import Found, found
from app.exports.gather import gather
from app.exports.sections import Kinds
from app.locales import languages, words
from app.parts.plan import Action
from app.parts.themes import Chosen, Influence, Theme
from app.parts.why import Why
from tests.exports.test_from_the_board import AGENDA, REPORTS, board_of, item, note, workshop

PHASES = {name: kind.phase for name, kind in registry.kinds.items()}
TITLES = {name: kind.titled for name, kind in registry.kinds.items() if kind.titled}
THEMES = (
    Theme(id="t1", name="Afbrydelser", paper="hyben", of="q", position=1),
    Theme(id="t2", name="Kulde", paper="mos", of="q", position=2),
)


def told(board: Board, language: str = "da") -> list[Found]:
    gathered = gather(board, company="Bakkedal", group="Montagen")
    phases = {name: phase for name, phase in PHASES.items() if phase}
    return found(gathered, Kinds(REPORTS, TITLES, phases), words(language)) if gathered else []


def of(phase: int, *records: Record) -> list[Found]:
    return [one for one in told(board_of(*records)) if one.phase == phase]


def test_F1_every_kind_says_in_which_phase_it_is_told() -> None:
    assert {kind.name for kind in ACTIVITIES} == PHASES.keys()
    # W8: a pause has no results.
    assert set(PHASES.values()) == {1, 2, 3, 4, 5, None}
    assert [name for name, phase in PHASES.items() if phase is None] == ["free"]


def test_F1_the_why_is_told_once_where_it_was_said_last() -> None:
    why = Why(id="why:headline", part="headline", text="Vi vil blive sammen")
    (one,) = of(1, workshop(), item("one", "why", 1), item("two", "why", 2), why)
    assert (one.title, one.lines[0].text, one.lines[0].lead) == (
        "Hvorfor vi gør det",
        "Vi vil blive sammen",
        True,
    )


def test_F1_themes_are_told_by_name_with_the_number_of_their_notes() -> None:
    notes = (note("Telefonen", "t1"), note("Døren", "t1"), note("Porten", "t2"))
    (found,) = of(2, *AGENDA, *THEMES, *notes)
    assert found.title == "Det, der kan gøre hverdagen svær"
    assert [line.text for line in found.lines] == ["Hvad gør det svært?", "3 sedler", ""]
    assert found.lines[-1].cards == (
        FoundCard(name="Afbrydelser", paper="hyben", said="2 sedler"),
        FoundCard(name="Kulde", paper="mos", said="1 seddel"),
    )


def test_F1_A16_no_note_itself_is_told_and_a_hidden_one_is_not_counted() -> None:
    notes = (
        note("Telefonen ringer", "t1"),
        note("Om en kollega", "t1", hidden=True),
        note("Ned", face="down"),
    )
    seen = of(2, *AGENDA, *THEMES, *notes)
    said = "".join(one.model_dump_json() for one in seen)
    assert not any(text in said for text in ("Telefonen", "kollega", "Ned"))
    assert seen[0].lines[-1].cards[0].said == "1 seddel"


def test_F1_what_can_be_influenced_and_what_was_chosen() -> None:
    fields, chosen = of(
        3,
        *AGENDA,
        *THEMES,
        Influence(id="influence:t1", theme="t1", field="can"),
        Influence(id="influence:t2", theme="t2", field="cannot"),
        Chosen(id="chosen:t1", theme="t1"),
    )
    assert [(line.label, [card.name for card in line.cards]) for line in (*fields.lines, *chosen.lines)] == [
        ("Kan påvirkes", ["Afbrydelser"]), ("Kan ikke påvirkes", ["Kulde"]), ("Valgt", ["Afbrydelser"]),
    ]  # fmt: skip


def test_F1_P4_7_actions_are_told_with_their_status() -> None:
    action = Action(id="a", theme="t1", text="Lukket dør fra 9 til 11", status="under_way", position=1)
    (plan,) = of(4, workshop(), *THEMES, item("plan", "action_plan", 1), action)
    (card,) = plan.lines[0].cards
    assert (card.name, card.paper, card.said) == ("Lukket dør fra 9 til 11", "hyben", "I gang")


def test_F1_P5_2_the_pulse_is_told_by_its_means_and_only_what_was_released() -> None:
    result = PulseResult(
        id="pulse_result:p",
        activity="p",
        theme="t1",
        name="Afbrydelser",
        day="2027-01-04",
        needed=None,
        better=Distribution(counts=(0, 1, 1, 2, 1)),
        more=0,
    )
    pulse = item("p", "pulse", 1, theme="t1", open_until=None, threshold=5)
    (one,) = of(5, workshop(), *THEMES, pulse, result)
    assert any("3,6" in line.text for line in one.lines)
    assert not any(words("da")("pulse.report.needed") == line.label for line in one.lines)
    assert of(5, workshop(), *THEMES, pulse) == []


def test_F1_P5_3_the_next_theme_is_told() -> None:
    chosen = NextTheme(id="next_theme:r", activity="r", theme="t2")
    (one,) = of(5, workshop(), *THEMES, item("r", "reflection", 1), chosen)
    assert one.lines[-1].text == "Kulde"


def test_F1_P5_5_what_was_found_says_in_which_cycle() -> None:
    why = Why(id="why:headline", part="headline", text="Vi vil blive sammen")
    (one,) = of(1, workshop().with_(cycle=2), item("one", "why", 1), why)
    assert one.cycle == 2


@pytest.mark.parametrize("language", languages())
def test_F1_what_was_only_planned_has_found_nothing(language: str) -> None:
    planned = (one.with_(state="planned") if isinstance(one, Item) else one for one in AGENDA)
    assert told(board_of(*planned, *THEMES), language) == []
    assert told(board_of(), language) == []

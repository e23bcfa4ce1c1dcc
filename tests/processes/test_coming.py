"""W1: the next agenda is suggested from what is on the board."""

from typing import Any

import pytest

from app.engine.agenda import Item, Workshop
from app.engine.records import Board, Draft, Held, Record
from app.method.templates import template
from app.parts.notes.records import Note
from app.parts.plan import Action
from app.parts.themes import Chosen, Theme, chosen_id
from app.processes.coming import next_template
from tests.support.house import House


def item(id: str, kind: str, workshop: str = "w1", held: bool = True, **settings: Any) -> Item:
    started = 1 if held else None
    about = {"title": id, "minutes": 5, "position": 1, "state": "done" if held else "planned"}
    return Item(id=id, workshop=workshop, activity=kind, settings=settings, started_at=started, **about)


def question(id: str, paper: str, **more: Any) -> Item:
    return item(id, "notes", question="?", paper=paper, **more)


def note(of: str) -> Note:
    return Note(id=f"n-{of}", activity=of, text="x", secret_hash=None, face="up")


def theme(id: str, of: str) -> Theme:
    return Theme(id=id, name=id, paper="mos", of=of, position=1)


WHY = item("why", "why")
STEP_1 = (question("q1", "korn"), note("q1"))
STEP_2 = (question("q2", "fjord"), note("q2"))
GATHERED = (theme("t1", "q1"), theme("t2", "q2"))
RESULTS = item("p", "presentation", show="results")
CHOICE = (
    item("pr", "priority"),
    *(Chosen(id=chosen_id(f"t{n}", 1), theme=f"t{n}") for n in (2, 3)),
    theme("t3", "q2"),
)
POSTERS = item("s1", "stop_more_new", theme="t2")
PLANNED = Action(id="a", theme=None, text="Ring", position=1)

COURSE: tuple[tuple[str, tuple[Record, ...]], ...] = (
    ("why", ()),
    ("step_1", (WHY,)),
    ("step_2", STEP_1),
    ("gathering", STEP_2),
    ("results", GATHERED),
    ("choose", (RESULTS,)),
    ("work", CHOICE),
    ("further_theme", (POSTERS, PLANNED)),
    ("follow_up", (item("s2", "turn_up_turn_down", theme="t3"),)),
)


def board_of(*records: Record, cycle: int = 1, state: Any = "ended") -> Board:
    meeting = Workshop(
        id="w1", title="", group="", language="da", date="2027-01-04", state=state, cycle=cycle
    )
    board = Draft(Board())
    board.apply(Held(1, record) for record in (meeting, *records))
    return board


@pytest.mark.parametrize("at", range(len(COURSE)), ids=[name for name, _ in COURSE])
def test_W1_one_step_after_the_other(at: int) -> None:
    there = [record for _, records in COURSE[: at + 1] for record in records]
    assert next_template(board_of(*there), 1) == COURSE[at][0]
    assert template(COURSE[at][0]) is not None


def test_W1_a_question_nobody_answered_is_still_to_be_asked() -> None:
    assert next_template(board_of(WHY, STEP_1[0]), 1) == "step_1"


def test_W1_what_a_meeting_is_planned_for_is_on_its_way() -> None:
    planned = question("q1", "korn", held=False)
    assert next_template(board_of(planned, state="draft"), 1) == "step_2"
    assert next_template(board_of(planned, state="ended"), 1) == "why"


def test_W1_both_at_once_lead_to_the_gathering_and_a_gathering_of_one_is_half_of_it() -> None:
    assert next_template(board_of(WHY, *STEP_1, *STEP_2, GATHERED[0]), 1) == "gathering"


def test_W1_a_group_that_has_chosen_is_not_sent_back_to_the_results() -> None:
    assert next_template(board_of(WHY, *STEP_1, *STEP_2, *GATHERED, *CHOICE), 1) == "work"


def test_W1_a_look_back_that_came_early_does_not_pass_the_work_by() -> None:
    early = item("r", "reflection")
    assert next_template(board_of(WHY, *STEP_1, *STEP_2, *GATHERED, *CHOICE, early), 1) == "work"
    assert next_template(board_of(WHY, STEP_1[0], early), 1) == "step_1"


def test_W1_P5_5_a_further_cycle_begins_with_choosing() -> None:
    assert next_template(board_of(*STEP_1, *GATHERED), 2) == "choose"


async def test_W1_the_front_page_knows_it(home: House) -> None:
    desk = await home.signed_in()
    made = await home.workshop(desk, "why")
    (company,) = (await desk.get("/api/home")).json()["companies"]
    assert company["processes"][0]["next"] == "step_1"
    body = {"process": made["process"], "template": "step_1", "language": "da"}
    assert (await desk.post("/api/workshops", json=body)).status_code == 201
    (company,) = (await desk.get("/api/home")).json()["companies"]
    assert company["processes"][0]["next"] == "step_2"

"""U16: the agenda is arranged before the meeting is made."""

import pytest

from app.method.arranged import Line, arranged
from app.method.phases import Phase
from app.method.templates import Earlier, Plan, Template

ASK, GATHER, LOOK = (
    Plan("notes", 20, "ask"),
    Plan("clustering", 10, "gather", {"of": Earlier("ask")}),
    Plan("why", 5, "look"),
)
AGENDA = Template("t", Phase.WELL_BEING, (LOOK, ASK, GATHER))


def names(*lines: Line) -> list[str]:
    return [plan.name for plan in arranged(AGENDA, lines).items]


def test_U16_items_come_in_the_order_and_with_the_minutes_that_were_set() -> None:
    made = arranged(AGENDA, [Line(1, 25), Line(0, 3)])
    assert [(plan.name, plan.minutes) for plan in made.items] == [("ask", 25), ("look", 3)]
    assert made.minutes == 28


def test_U16_items_that_build_on_one_left_out_or_moved_later_are_left_out_too() -> None:
    assert names(Line(0, 5), Line(2, 10)) == ["look"]
    assert names(Line(2, 10), Line(1, 20)) == ["ask"]
    assert names(Line(1, 20), Line(2, 10)) == ["ask", "gather"]


@pytest.mark.parametrize("lines", [[Line(3, 5)], [Line(-1, 5)], [Line(0, 5), Line(0, 5)]])
def test_U16_a_place_that_is_not_there_or_named_twice_is_refused(lines: list[Line]) -> None:
    with pytest.raises(ValueError, match=r"\["):
        arranged(AGENDA, lines)

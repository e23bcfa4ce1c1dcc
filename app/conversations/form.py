"""The form (D1): two sides, and the five questions of the method in their order."""

from typing import Annotated, Final, Literal, get_args

from app.engine.text import validated

Side = Literal["employee", "leader"]
Question = Literal["tasks", "weeks", "challenges", "change", "again"]

#: The employee's comments stand to the left, on every screen and paper.
SIDES: Final[tuple[Side, ...]] = get_args(Side)
QUESTIONS: Final[tuple[Question, ...]] = get_args(Question)
#: What the next form begins with: the tasks seldom change between two conversations.
CARRIED: Final[Question] = "tasks"

ANSWER_GRAPHEMES = 3000
ANSWER_BYTES = 9000

#: An answer; it may be empty.
Answer = Annotated[str, validated(ANSWER_GRAPHEMES, lines=True, empty=True, most=ANSWER_BYTES)]


def other(side: Side) -> Side:
    """The other side."""
    return "leader" if side == "employee" else "employee"

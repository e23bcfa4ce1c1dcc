"""Agendas to make a workshop from. They can be rearranged afterwards (P2.9); here they follow the method.

Texts stand in the locales: a template's title and about under `method.template.<id>`, an item's title and
question under `method.item.<text>` and `method.question.<text>`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from app.board.agenda import Item
from app.locales import Words
from app.method.phases import Phase

Kind = Literal["notes", "clustering", "influence", "priority"]
#: Which question: what draws us to work, and what can make the day hard.
Question = Literal["draws", "hard"]

#: Seconds people get to finish their sentence when the time is up (E6).
FINISH_SECONDS = 20
#: Free notes have the paper of their question.
_PAPER = {"draws": "korn", "hard": "fjord"}


@dataclass(frozen=True)
class Plan:
    """One item of a template. `about` names the question it asks, or whose notes it goes on with."""

    kind: Kind
    minutes: int
    about: Question | None = None

    @property
    def text(self) -> str:
        """The last part of its locale keys."""
        return f"{self.kind}_{self.about}" if self.about else self.kind


@dataclass(frozen=True)
class Template:
    """An agenda by name."""

    id: str
    phase: Phase
    items: tuple[Plan, ...]

    @property
    def minutes(self) -> int:
        """F4: its time budget."""
        return sum(item.minutes for item in self.items)


_DRAWS = (Plan("notes", 20, "draws"), Plan("clustering", 10, "draws"))
_HARD = (Plan("notes", 20, "hard"), Plan("clustering", 10, "hard"))
_CHOOSE = (Plan("influence", 30), Plan("priority", 30))

TEMPLATES: tuple[Template, ...] = (
    # P2.1, P2.4, P2.6, P2.9: steps 1 and 2 in one meeting, half an hour each.
    Template("well_being", Phase.WELL_BEING, (*_DRAWS, *_HARD)),
    # P3.1-P3.3: all themes of the process that lie there already.
    Template("choose", Phase.CHOOSE, _CHOOSE),
    # Both in one afternoon, for a small group.
    Template("main_meeting", Phase.WELL_BEING, (*_DRAWS, *_HARD, *_CHOOSE)),
)


def template(id: str) -> Template | None:
    """The template by its id."""
    return next((found for found in TEMPLATES if found.id == id), None)


def title(plan: Plan, say: Words) -> str:
    """What the agenda calls the item."""
    return say(f"method.item.{plan.text}")


def items(of: Template, workshop: str, say: Words, new_id: Callable[[], str]) -> list[Item]:
    """The agenda as records, in the workshop's language, each going on with what it takes up (F1)."""
    ids = [new_id() for _ in of.items]
    asked = {
        plan.about: id for plan, id in zip(of.items, ids, strict=True) if plan.kind == "notes" and plan.about
    }
    return [
        Item(
            id=id,
            workshop=workshop,
            activity=plan.kind,
            title=title(plan, say),
            minutes=plan.minutes,
            position=float(n),
            settings=_settings(plan, say, asked),
        )
        for n, (plan, id) in enumerate(zip(of.items, ids, strict=True), start=1)
    ]


def _settings(plan: Plan, say: Words, asked: dict[Question, str]) -> dict[str, JsonValue]:
    match plan.kind:
        case "notes":
            assert plan.about is not None
            return {
                "question": say(f"method.question.{plan.about}"),
                "paper": _PAPER[plan.about],
                "mode": "anonymous",
                "finish_seconds": FINISH_SECONDS,
            }
        case "clustering":
            assert plan.about is not None
            return {"of": asked[plan.about]}
        case "influence":
            # P3.1: mostly the themes of question 2; without a question of its own, all there are.
            return {"of": [asked["hard"]] if "hard" in asked else []}
        case "priority":
            return {}

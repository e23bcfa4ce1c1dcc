"""Agendas to make a workshop from. They can be rearranged afterwards (P2.9); here they follow the method.

A template is data: which kinds of activity there are, it does not know. Texts stand in the locales: a
template's title and about under `method.template.<id>`, an item's title under `method.item.<name>`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias, cast

from pydantic import JsonValue

from app.board.agenda import Item
from app.locales import Words
from app.method.phases import Phase

#: Seconds people get to finish their sentence when the time is up (E6).
FINISH_SECONDS = 20


@dataclass(frozen=True)
class Text:
    """A setting that is said in the workshop's language."""

    key: str


@dataclass(frozen=True)
class Earlier:
    """A setting that holds the id of an earlier item, which it goes on with (F1)."""

    name: str


@dataclass(frozen=True)
class Round:
    """A setting that holds the id of a question's latest round in an earlier meeting (P2.6), by its paper."""

    paper: str


Setting: TypeAlias = JsonValue | Text | Earlier | Sequence[Earlier] | Round


@dataclass(frozen=True)
class Plan:
    """One item of a template; `name` is its own within the template, and the last part of its locale key."""

    kind: str
    minutes: int
    name: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    #: As somebody has written it, in a company's own template.
    title: str = ""


@dataclass(frozen=True)
class Template:
    """An agenda by name. A company's own has the name it was given; the others have theirs in the locales."""

    id: str
    phase: Phase
    items: tuple[Plan, ...]
    name: str = ""
    #: It is held by itself, whatever else is open; any other opens with the open actions (P4.7).
    alone: bool = False

    @property
    def minutes(self) -> int:
        """F4: its time budget."""
        return sum(item.minutes for item in self.items)


PAPERS = {"draws": "korn", "hard": "fjord"}


def _asked(name: str, minutes: int) -> Plan:
    """P2.1, P2.4: a question."""
    settings: dict[str, Setting] = {
        "question": Text(f"method.question.{name}"),
        "paper": PAPERS[name],
        "mode": "anonymous",
        "finish_seconds": FINISH_SECONDS,
    }
    return Plan("notes", minutes, f"notes_{name}", settings)


def _gathered(name: str, minutes: int, of: Setting) -> Plan:
    """P2.6: its answers become themes."""
    return Plan("clustering", minutes, f"clustering_{name}", {"of": of})


_DRAWS = (_asked("draws", 20), _gathered("draws", 10, Earlier("notes_draws")))
_HARD = (_asked("hard", 20), _gathered("hard", 10, Earlier("notes_hard")))
_PRIORITY = Plan("priority", 30, "priority")
_ACTION_PLAN = Plan("action_plan", 60, "action_plan")
# P5.1: which theme is asked when it begins; by link it is open until a day that is set.
_PULSE = Plan("pulse", 10, "pulse", {"theme": None, "open_until": None, "threshold": 5})
#: P4.7: a later meeting opens with the open actions of the plan; there is one for the whole process.
SINCE_LAST = Plan("action_plan", 20, "since_last", {"view": "status"})

_WHY = Plan("why", 5, "why")
# P4.3: which theme, and with which of the two tools, is asked when it begins.
_POSTERS = Plan("stop_more_new", 30, "posters", {"theme": None, "finish_seconds": FINISH_SECONDS})

TEMPLATES: tuple[Template, ...] = (
    # P1.1, P1.2: the leader and the working group, before anybody is asked.
    Template("why", Phase.WHY, (Plan("why", 30, "why_write"),), alone=True),
    # P1.3 opens it. P2.1, P2.4, P2.6, P2.9: steps 1 and 2 in one meeting, half an hour each.
    Template("well_being", Phase.WELL_BEING, (_WHY, *_DRAWS, *_HARD)),
    # P2.1-P2.3, P2.4: the steps one by one, half an hour each.
    Template("step_1", Phase.WELL_BEING, (_WHY, _asked("draws", 25))),
    Template("step_2", Phase.WELL_BEING, (_asked("hard", 30),)),
    # P2.9: the variation: both questions in one meeting, gathered afterwards.
    Template("both_questions", Phase.WELL_BEING, (_WHY, _asked("draws", 30), _asked("hard", 30))),
    # P2.6: between the meetings the working group gathers what lies on the board.
    Template(
        "gathering",
        Phase.WELL_BEING,
        (_gathered("draws", 30, Round(PAPERS["draws"])), _gathered("hard", 30, Round(PAPERS["hard"]))),
        alone=True,
    ),
    # P2.7: step 3, at the next meeting: question 1, then question 2, from what lies on the board.
    Template("results", Phase.WELL_BEING, (_WHY, Plan("presentation", 25, "presentation"))),
    # P3.1-P3.3: all themes of the process that lie there already.
    Template("choose", Phase.CHOOSE, (Plan("influence", 30, "influence"), _PRIORITY)),
    # Both in one afternoon, for a small group. P3.1: mostly the themes of question 2.
    Template(
        "main_meeting",
        Phase.WELL_BEING,
        (*_DRAWS, *_HARD, Plan("influence", 30, "influence", {"of": [Earlier("notes_hard")]}), _PRIORITY),
    ),
    # P4.1-P4.5: posters for the first of the chosen themes, then the plan; the others follow later.
    Template("work", Phase.WORK, (_POSTERS, _ACTION_PLAN)),
    # P4.1: the next theme, at the group's own pace; the plan alone.
    Template("further_theme", Phase.WORK, (_POSTERS,)),
    Template("plan", Phase.WORK, (_ACTION_PLAN,)),
    # P5.3, P5.4: the working group looks back at the plan, at what came of it, and chooses what comes next.
    Template("follow_up", Phase.FOLLOW_UP, (SINCE_LAST, Plan("reflection", 40, "reflection"))),
    # P5.1, P5.2: a meeting of its own, so that it can be answered by link for some days.
    Template("pulse", Phase.FOLLOW_UP, (_PULSE,), alone=True),
    # P4.7: how far the actions are, and what comes now.
    Template("status", Phase.FOLLOW_UP, (SINCE_LAST, Plan("action_plan", 40, "action_plan"))),
)


def template(id: str) -> Template | None:
    """The template by its id."""
    return next((found for found in TEMPLATES if found.id == id), None)


def title(plan: Plan, say: Words) -> str:
    """What the agenda calls the item."""
    return plan.title or say(f"method.item.{plan.name}")


def gathers(plan: Plan) -> str | None:
    """P2.6: the paper of the earlier round that the item goes on with, if it does."""
    return next((setting.paper for setting in plan.settings.values() if isinstance(setting, Round)), None)


def items(
    of: Template,
    workshop: str,
    say: Words,
    new_id: Callable[[], str],
    rounds: Mapping[str, str] = MappingProxyType({}),
) -> list[Item]:
    """The agenda as records, in the workshop's language.

    `rounds`: for each paper the item that asked last on it; what would gather a round that never was is left
    out.
    """
    plans = [plan for plan in of.items if (paper := gathers(plan)) is None or paper in rounds]
    ids = {plan.name: new_id() for plan in plans}

    def settled(setting: Setting) -> JsonValue:
        match setting:
            case Text(key):
                return say(key)
            case Earlier(name):
                return ids[name]
            case Round(paper):
                return rounds[paper]
            case [Earlier(), *_]:
                return [settled(each) for each in setting]
            case _:
                return cast("JsonValue", setting)

    return [
        Item(
            id=ids[plan.name],
            workshop=workshop,
            activity=plan.kind,
            title=title(plan, say),
            minutes=plan.minutes,
            position=float(n),
            settings={key: settled(setting) for key, setting in plan.settings.items()},
        )
        for n, plan in enumerate(plans, start=1)
    ]

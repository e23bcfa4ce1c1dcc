"""Agendas to make a workshop from. They can be rearranged afterwards (P2.9); here they follow the method.

A template is data; it does not know which kinds of activity exist. Texts stand in the locales: a template's
title and about under `method.template.<id>`, an item's title under `method.item.<name>`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeAlias, cast

from pydantic import JsonValue

from app.engine.agenda import Item
from app.locales import Words
from app.method.phases import Phase
from app.parts.notes.messages import FINISH_SECONDS


@dataclass(frozen=True)
class Text:
    """A setting whose text is in the workshop's language."""

    key: str


@dataclass(frozen=True)
class Earlier:
    """A setting that holds the id of an earlier item it builds on (F1)."""

    name: str


@dataclass(frozen=True)
class Round:
    """A setting that holds the id of a question's latest round in an earlier meeting (P2.6), by its paper."""

    paper: str


@dataclass(frozen=True)
class InDays:
    """A setting that holds a day, counted in days after the meeting."""

    many: int


Setting: TypeAlias = JsonValue | Text | Earlier | Sequence[Earlier] | Round | InDays


@dataclass(frozen=True)
class Plan:
    """One item of a template; `name` is its own within the template, and the last part of its locale key."""

    kind: str
    minutes: int
    name: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    #: As somebody has written it, in a company's own template.
    title: str = ""
    #: The paper of an earlier round, without which it has nothing to show.
    after: str | None = None


@dataclass(frozen=True)
class Template:
    """An agenda by name. A company's own has the name it was given; the others have theirs in the locales."""

    id: str
    phase: Phase
    items: tuple[Plan, ...]
    name: str = ""
    #: It is independent; any other agenda opens with the open actions (P4.7).
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
        "about": name,
        "mode": "anonymous",
        "finish_seconds": FINISH_SECONDS,
    }
    return Plan("notes", minutes, f"notes_{name}", settings)


def _gathered(name: str, minutes: int, of: Setting) -> Plan:
    """P2.6: its answers become themes."""
    return Plan("clustering", minutes, f"clustering_{name}", {"of": of})


_DRAWS = (_asked("draws", 20), _gathered("draws", 10, Earlier("notes_draws")))
#: P5.1, W11: how long a link stays open by default.
BY_LINK = InDays(7)


def _by_link(plan: Plan) -> Plan:
    """P5.1, W11: phones answer it by link, for the late shift and those who are away."""
    return replace(plan, settings={**plan.settings, "open_until": BY_LINK})


_HARD = (_asked("hard", 20), _gathered("hard", 10, Earlier("notes_hard")))
_INFLUENCE = Plan("influence", 30, "influence")
_PRIORITY = Plan("priority", 30, "priority")
# W5: phase 3 opens with the strengths; only demands are sorted then.
_STAND = Plan("presentation", 5, "stand", {"show": "stand"})
_STAND_AGAIN = replace(_STAND, after=PAPERS["draws"])
#: F4: in a meeting that takes an afternoon.
_PAUSE = Plan("free", 15, "pause", {"what": "pause"})
_ACTION_PLAN = Plan("action_plan", 60, "action_plan")
# P5.1: which theme is asked when it begins.
_PULSE = Plan("pulse", 10, "pulse", {"theme": None})
#: P4.7: a later meeting opens with the open actions of the plan; there is one for the whole process.
SINCE_LAST = Plan("action_plan", 20, "since_last", {"view": "status"})

_WHY = Plan("why", 5, "why")
# P4.3: which theme, and with which of the two tools, is asked when it begins.
_POSTERS = Plan("stop_more_new", 30, "posters", {"theme": None, "finish_seconds": FINISH_SECONDS})
_NEXT_POSTERS = replace(_POSTERS, name="next_posters")

TEMPLATES: tuple[Template, ...] = (
    # P1.1, P1.2: the leader and the working group, before anybody is asked.
    Template("why", Phase.WHY, (Plan("why", 30, "why_write", {"write": True}),), alone=True),
    # W8: the method's own three half hours come first. P2.1-P2.3; P1.3 opens every first meeting.
    Template("step_1", Phase.WELL_BEING, (_WHY, _asked("draws", 25))),
    # P2.4.
    Template("step_2", Phase.WELL_BEING, (_asked("hard", 30),)),
    # P2.6: between the meetings the working group groups the notes on the board.
    Template(
        "gathering",
        Phase.WELL_BEING,
        (_gathered("draws", 30, Round(PAPERS["draws"])), _gathered("hard", 30, Round(PAPERS["hard"]))),
        alone=True,
    ),
    # P2.7: step 3, at the next meeting: question 1, then question 2, from the notes on the board.
    Template("results", Phase.WELL_BEING, (_WHY, Plan("presentation", 25, "presentation"))),
    # P2.9: the variation: both questions in one meeting, gathered afterwards.
    Template("both_questions", Phase.WELL_BEING, (_WHY, _asked("draws", 30), _asked("hard", 30))),
    # W11: for the late shift and those who are away; turned over and gathered when people meet.
    Template("notes_by_link", Phase.WELL_BEING, (_by_link(_DRAWS[0]), _DRAWS[1]), alone=True),
    # P2.1, P2.4, P2.6: both questions, gathered by everybody as they are answered.
    Template("well_being", Phase.WELL_BEING, (_WHY, *_DRAWS, *_HARD)),
    # Phases 2 and 3 in one afternoon, for a small group.
    Template(
        "main_meeting", Phase.WELL_BEING, (_WHY, *_DRAWS, *_HARD, _PAUSE, _STAND, _INFLUENCE, _PRIORITY)
    ),
    # P3.1-P3.3: all themes of the process that lie there already.
    Template("choose", Phase.CHOOSE, (_STAND_AGAIN, _INFLUENCE, _PRIORITY)),
    # P3.4: by the working group alone, between the meetings.
    Template("group_choose", Phase.CHOOSE, (_STAND_AGAIN, _INFLUENCE, _PRIORITY), alone=True),
    # P4.1-P4.5: posters for the first of the chosen themes, then the plan; the others follow later.
    Template("work", Phase.WORK, (_POSTERS, _ACTION_PLAN)),
    # P4.1: the next theme, at the group's own pace; the plan alone.
    Template("further_theme", Phase.WORK, (_NEXT_POSTERS,)),
    Template("plan", Phase.WORK, (_ACTION_PLAN,)),
    # P5.3, P5.4: the working group reflects on the plan and its results, and chooses what comes next.
    Template(
        "follow_up", Phase.FOLLOW_UP, (replace(SINCE_LAST, minutes=10), Plan("reflection", 20, "reflection"))
    ),
    # P5.1, P5.2: a meeting of its own, so that it can be answered by link for some days.
    Template("pulse", Phase.FOLLOW_UP, (_PULSE,), alone=True),
    Template("pulse_by_link", Phase.FOLLOW_UP, (_by_link(_PULSE),), alone=True),
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
    """P2.6: the paper of the earlier round that the item continues, if it does."""
    return next((setting.paper for setting in plan.settings.values() if isinstance(setting, Round)), None)


def items(
    of: Template,
    workshop: str,
    say: Words,
    new_id: Callable[[], str],
    rounds: Mapping[str, str] = MappingProxyType({}),
    day: date | None = None,
) -> list[Item]:
    """The agenda as records, in the workshop's language.

    `rounds` maps each paper to the item that last used it; items that build on a missing round are left out.
    `day` is the meeting's; without it nothing is answered by link.
    """
    plans = [plan for plan in of.items if (paper := plan.after or gathers(plan)) is None or paper in rounds]
    ids = {plan.name: new_id() for plan in plans}

    def settled(setting: Setting) -> JsonValue:
        match setting:
            case Text(key):
                return say(key)
            case Earlier(name):
                return ids[name]
            case Round(paper):
                return rounds[paper]
            case InDays(many):
                return (day + timedelta(days=many)).isoformat() if day else None
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

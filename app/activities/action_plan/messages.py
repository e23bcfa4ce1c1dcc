"""What the action plan keeps, and what can be asked of it."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from app.engine.activity import Part, Settings
from app.engine.commands import Base, Command, DriverCommand, NewId, Secret
from app.engine.records import Id
from app.engine.text import Brief, Line, Name, Prose
from app.parts.plan import ActionStatus

#: The most people who can be responsible for one action.
MOST_RESPONSIBLE = 12


class ActionPlanSettings(Settings):
    """`view`: the plan as it is made, or "status", the open actions first, to open the next meeting with."""

    view: Literal["plan", "status"] = "plan"


action_plan = Part("action_plan")
action_plan.publish(ACTION_STATUSES=get_args(ActionStatus))

#: A day, ISO; that it is in the calendar is checked by the rule (B68).
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class PlanCommand(DriverCommand):
    """A driver's command to one item with the plan."""

    activity: Id


class AddAction(PlanCommand):
    """A new row, last."""

    type: Literal["action_plan.add"]
    action: NewId
    theme: Id | None
    text: Brief


class MakeAction(PlanCommand):
    """A new row made from a picked proposal: theme, action and the way of doing it come from there."""

    type: Literal["action_plan.make"]
    action: NewId
    note: Id


class ChangeAction(PlanCommand):
    """Other contents for the fields that are given; a `day` that is given is not read from the phrase."""

    type: Literal["action_plan.change"]
    action: Id
    base: Base
    theme: Id | None = None
    text: Brief | None = None
    responsible: Annotated[list[Line], Field(max_length=MOST_RESPONSIBLE)] | None = None
    who: Brief | None = None
    how: Prose | None = None
    when: Name | None = None
    day: Day | None = None


class SetStatus(PlanCommand):
    """P4.7: how far the action is."""

    type: Literal["action_plan.status"]
    action: Id
    base: Base
    status: ActionStatus


class MoveAction(PlanCommand):
    """A row before another, or to the end."""

    type: Literal["action_plan.move"]
    action: Id
    base: Base
    before: Id | None


class RemoveAction(PlanCommand):
    """Take a row out of the plan."""

    type: Literal["action_plan.remove"]
    action: Id
    base: Base


class OpenSignUp(PlanCommand):
    """Let people sign up for an action, or no longer."""

    type: Literal["action_plan.open_sign_up"]
    action: Id
    base: Base
    open: bool


class StrikeName(PlanCommand):
    """Take a name off an action, when its owner asks for it."""

    type: Literal["action_plan.strike"]
    sign_up: Id


class SignMeUp(Command):
    """P4.6: I take part, by name. The same id, secret and words are the same sign-up again (E2)."""

    type: Literal["action_plan.sign_up"]
    sign_up: NewId
    secret: Secret
    action: Id
    name: Line


class Withdraw(Command):
    """P4.6: I take my name off again."""

    type: Literal["action_plan.withdraw"]
    sign_up: NewId
    secret: Secret

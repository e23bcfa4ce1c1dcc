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
    """`view`: the plan being made, or "status" for the start of the next meeting, open actions first."""

    view: Literal["plan", "status"] = "plan"


action_plan = Part("action_plan")
action_plan.publish(ACTION_STATUSES=get_args(ActionStatus))

#: A day, ISO; that it is in the calendar is checked by the rule (B68).
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class PlanCommand(DriverCommand):
    """A driver's command to one item with the plan."""

    activity: Id


class AddAction(PlanCommand):
    """Add a row at the end."""

    type: Literal["action_plan.add"]
    action: NewId
    theme: Id | None
    text: Brief


class MakeAction(PlanCommand):
    """Add a row from a picked proposal, which gives it theme, action and method."""

    type: Literal["action_plan.make"]
    action: NewId
    note: Id


class ChangeAction(PlanCommand):
    """Change the given fields; a given `day` is not read from the phrase."""

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
    """P4.7: set the status of an action."""

    type: Literal["action_plan.status"]
    action: Id
    base: Base
    status: ActionStatus


class MoveAction(PlanCommand):
    """Move a row before another, or to the end."""

    type: Literal["action_plan.move"]
    action: Id
    base: Base
    before: Id | None


class RemoveAction(PlanCommand):
    """Remove a row from the plan."""

    type: Literal["action_plan.remove"]
    action: Id
    base: Base


class OpenSignUp(PlanCommand):
    """Open or close an action for sign-ups."""

    type: Literal["action_plan.open_sign_up"]
    action: Id
    base: Base
    open: bool


class StrikeName(PlanCommand):
    """Remove a name from an action, at its owner's request."""

    type: Literal["action_plan.strike"]
    sign_up: Id


class SignMeUp(Command):
    """P4.6: sign up by name. The same id, secret and text is a repeat (E2)."""

    type: Literal["action_plan.sign_up"]
    sign_up: NewId
    secret: Secret
    action: Id
    name: Line


class Withdraw(Command):
    """P4.6: withdraw one's own sign-up."""

    type: Literal["action_plan.withdraw"]
    sign_up: NewId
    secret: Secret

"""P4.5-P4.7: the action plan: action, responsible, participants, method, time and status."""

from app.activities.action_plan import messages, rules as rules
from app.activities.action_plan.dates import dates
from app.activities.action_plan.report import report, titled
from app.activities.action_plan.simulated import simulated
from app.engine.activity import Kind
from app.engine.agenda import Item


def stages(item: Item) -> tuple[str, ...]:
    """P4.7: a meeting that opens with the plan asks about its status."""
    settings = messages.ActionPlanSettings.model_validate(item.settings)
    said = ("status",) if settings.view == "status" else ("start", "fill")
    return tuple(f"action_plan.desk.say.{stage}" for stage in said)


action_plan = Kind(
    part=messages.action_plan,
    settings=messages.ActionPlanSettings,
    phase=4,
    report=report,
    titled=titled,
    dates=dates,
    simulated=simulated,
    stages=stages,
)

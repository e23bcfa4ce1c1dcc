"""P4.5-P4.7: the action plan: what we do, who sees to it, who takes part, how, when, and how far it is."""

from app.activities.action_plan import rules
from app.activities.action_plan.messages import action_plan
from app.activities.action_plan.report import report

action_plan.report, action_plan.phase = report, 4

__all__ = ["action_plan", "rules"]

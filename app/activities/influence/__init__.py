"""P3.1: which themes can be influenced, and which cannot."""

from app.activities.influence import rules
from app.activities.influence.messages import influence
from app.activities.influence.report import report

influence.report, influence.phase = report, 3

__all__ = ["influence", "rules"]

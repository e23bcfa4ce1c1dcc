"""P5.3, P5.4: the working group looks back, chooses what comes next, and draws the way of each theme."""

from app.activities.reflection import rules
from app.activities.reflection.messages import reflection
from app.activities.reflection.report import report

reflection.report, reflection.phase = report, 5

__all__ = ["reflection", "rules"]

"""P3.2, P3.3: what is important, what is urgent, and which two or three themes the group works with."""

from app.activities.priority import rules
from app.activities.priority.messages import priority
from app.activities.priority.report import report

priority.report, priority.phase = report, 3

__all__ = ["priority", "rules"]

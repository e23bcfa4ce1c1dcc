"""P1.1-P1.4, P1.6: why we work with well-being, and the 60 seconds in which it is said."""

from app.activities.why import rules
from app.activities.why.messages import why
from app.activities.why.report import report

why.report, why.phase = report, 1

__all__ = ["rules", "why"]

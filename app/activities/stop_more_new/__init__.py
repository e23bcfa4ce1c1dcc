"""P4.1: for one theme, what to stop, what to do more of, what to do anew."""

from app.activities.stop_more_new import rules
from app.activities.stop_more_new.messages import stop_more_new
from app.activities.stop_more_new.report import report

stop_more_new.report, stop_more_new.phase = report, 4

__all__ = ["rules", "stop_more_new"]

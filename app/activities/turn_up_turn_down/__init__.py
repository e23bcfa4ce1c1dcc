"""P4.2: for one theme, what to turn up, and what to turn down."""

from app.activities.turn_up_turn_down import rules
from app.activities.turn_up_turn_down.messages import turn_up_turn_down
from app.activities.turn_up_turn_down.report import report

turn_up_turn_down.report, turn_up_turn_down.phase = report, 4

__all__ = ["rules", "turn_up_turn_down"]

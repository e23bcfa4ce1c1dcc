"""P5.1, P5.2: a pulse on one theme: two scales and an open question, shown from five answers on."""

from app.activities.pulse import rules
from app.activities.pulse.messages import pulse
from app.activities.pulse.report import report

pulse.report, pulse.phase = report, 5

__all__ = ["pulse", "rules"]

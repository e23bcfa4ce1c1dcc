"""P2.7, P2.2: the results are read aloud, theme by theme, each alone on the wall."""

from app.activities.presentation.messages import presentation
from app.activities.presentation.report import report

presentation.report, presentation.phase = report, 2

__all__ = ["presentation"]

"""Dot voting: each phone lays some dots on themes, and only their sums are ever shown."""

from app.activities.dots import rules
from app.activities.dots.messages import dots
from app.activities.dots.report import report

dots.report, dots.phase = report, 3

__all__ = ["dots", "rules"]

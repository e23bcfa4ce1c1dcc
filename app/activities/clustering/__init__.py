"""P2.6: the notes of a question are gathered into themes, and the group answers four questions."""

from app.activities.clustering import rules
from app.activities.clustering.messages import clustering
from app.activities.clustering.report import report

clustering.report, clustering.phase = report, 2

__all__ = ["clustering", "rules"]

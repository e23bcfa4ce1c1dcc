"""P2.6: the notes of a question are gathered into themes, and the group answers four questions."""

from app.activities.clustering import messages, rules as rules
from app.activities.clustering.report import report, titled
from app.engine.activity import Kind
from app.engine.simulated import looks_up

clustering = Kind(
    part=messages.clustering,
    settings=messages.ClusteringSettings,
    phase=2,
    report=report,
    titled=titled,
    simulated=looks_up,
    stages=lambda _item: (
        "clustering.desk.say.sort",
        "clustering.desk.say.name",
        "clustering.desk.say.answer",
    ),
)

"""P3.2, P3.3: what is important, what is urgent, and which two or three themes the group works with."""

from app.activities.priority import messages, rules
from app.activities.priority.report import report, titled
from app.activities.priority.simulated import simulated
from app.activities.priority.spread import VALUES
from app.engine.activity import Kind
from app.parts.placing import placed

priority = Kind(
    part=messages.priority,
    settings=messages.PrioritySettings,
    phase=3,
    report=report,
    titled=titled,
    simulated=simulated,
    leave=rules.leave,
    finish=rules.finish,
    uses=(placed(VALUES),),
    stages=lambda _item: (
        "priority.desk.say.important",
        "priority.desk.say.urgent",
        "priority.desk.say.choose",
    ),
)

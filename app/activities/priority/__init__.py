"""P3.2, P3.3: what is important, what is urgent, and which two or three themes the group works with."""

from app.activities.priority import messages, rules
from app.activities.priority.report import report, titled
from app.activities.priority.simulated import simulated
from app.activities.priority.spread import VALUES, spread
from app.engine.activity import Kind
from app.parts.placing import Placed, one_of

priority = Kind(
    part=messages.priority,
    settings=messages.PrioritySettings,
    phase=3,
    report=report,
    titled=titled,
    simulated=simulated,
    uses=(
        Placed(
            allows=one_of(VALUES),
            themes=lambda board, _item, cycle: rules.themes_in_play(board, cycle),
            result=messages.Spread,
            made=spread,
        ),
    ),
    stages=lambda _item: (
        "priority.desk.say.important",
        "priority.desk.say.urgent",
        "priority.desk.say.choose",
    ),
)

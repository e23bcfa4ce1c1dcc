"""P3.1: which themes can be influenced, and which cannot."""

from app.activities.influence import messages, rules
from app.activities.influence.report import report, titled
from app.activities.influence.simulated import simulated
from app.engine.activity import Kind
from app.parts.placing import placed

influence = Kind(
    part=messages.influence,
    settings=messages.InfluenceSettings,
    phase=3,
    report=report,
    titled=titled,
    simulated=simulated,
    leave=rules.leave,
    finish=rules.finish,
    uses=(placed(messages.VALUES),),
    stages=lambda _item: (
        "influence.desk.say.place",
        "influence.desk.say.done",
    ),
)

"""P3.1: which themes can be influenced, and which cannot."""

from app.activities.influence import messages, rules
from app.activities.influence.report import report, titled
from app.activities.influence.simulated import simulated
from app.engine.activity import Kind
from app.parts.placing import Placed, one_of

influence = Kind(
    part=messages.influence,
    settings=messages.InfluenceSettings,
    phase=3,
    report=report,
    titled=titled,
    simulated=simulated,
    uses=(
        Placed(
            allows=one_of(messages.VALUES),
            themes=rules.themes_in_play,
            result=messages.InfluenceSpread,
            made=rules.spread,
        ),
    ),
    stages=lambda _item: (
        "influence.desk.say.place",
        "influence.desk.say.done",
    ),
)

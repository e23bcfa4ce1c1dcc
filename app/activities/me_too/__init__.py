"""W12: "that goes for me too": one anonymous tap for each theme or turned note, shown once enough tapped."""

from app.activities.me_too import messages, rules
from app.activities.me_too.report import report, titled
from app.activities.me_too.simulated import simulated
from app.engine.activity import Kind
from app.parts.ballots import Balloted, left

me_too = Kind(
    part=messages.me_too,
    settings=messages.MeTooSettings,
    phase=2,
    report=report,
    titled=titled,
    simulated=simulated,
    enter=rules.taps.enter,
    leave=left,
    finish=rules.taps.finish,
    uses=(Balloted(allows=rules.asks),),
    stages=lambda _item: ("me_too.desk.say.open", "me_too.desk.say.counted"),
)

"""Dot voting: each phone places some dots on themes, and only their sums are ever shown."""

from app.activities.dots import messages, rules
from app.activities.dots.report import report, titled
from app.activities.dots.simulated import simulated
from app.engine.activity import Kind
from app.parts.ballots import Balloted, left

dots = Kind(
    part=messages.dots,
    settings=messages.DotsSettings,
    phase=3,
    report=report,
    titled=titled,
    simulated=simulated,
    enter=rules.vote.enter,
    leave=left,
    finish=rules.vote.finish,
    uses=(Balloted(allows=rules.asks),),
    stages=lambda _item: (
        "dots.desk.say.open",
        "dots.desk.say.counted",
    ),
)

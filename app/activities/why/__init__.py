"""P1.1-P1.4, P1.6: why we work with well-being, and the 60 seconds for telling it."""

from app.activities.why import messages, rules as rules
from app.activities.why.report import report, titled
from app.engine.activity import Kind
from app.engine.simulated import looks_up

why = Kind(
    part=messages.why,
    settings=messages.WhySettings,
    phase=1,
    report=report,
    titled=titled,
    simulated=looks_up,
    stages=lambda item: ("why.desk.say.write" if item.settings.get("write") else "why.desk.say.open",),
)

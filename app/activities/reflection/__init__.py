"""P5.3, P5.4: the working group looks back, chooses what comes next, and charts each theme's progress."""

from app.activities.reflection import messages, rules as rules
from app.activities.reflection.dates import dates
from app.activities.reflection.report import report, titled
from app.engine.activity import Kind
from app.engine.simulated import looks_up

reflection = Kind(
    part=messages.reflection,
    settings=messages.ReflectionSettings,
    phase=5,
    report=report,
    titled=titled,
    dates=dates,
    simulated=looks_up,
    stages=lambda _item: (
        "reflection.desk.say.far",
        "reflection.desk.say.both",
        "reflection.desk.say.next",
    ),
)

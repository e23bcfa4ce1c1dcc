"""F4: a free item of the agenda, such as a pause, a talk, two by two, or a meal."""

from app.activities.free import messages
from app.activities.free.report import report
from app.engine.activity import Kind
from app.engine.simulated import looks_up

free = Kind(
    part=messages.free,
    settings=messages.FreeSettings,
    phase=None,
    report=report,
    simulated=looks_up,
    stages=lambda item: (f"free.desk.say.{item.settings.get('what', 'pause')}",),
)

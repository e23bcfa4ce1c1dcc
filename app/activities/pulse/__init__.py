"""P5.1, P5.2: a pulse on one theme: two scales and an open question, shown once enough have answered."""

from app.activities.pulse import messages, rules
from app.activities.pulse.dates import dates
from app.activities.pulse.measured import measured
from app.activities.pulse.report import report, titled
from app.activities.pulse.simulated import simulated
from app.engine.activity import Kind
from app.engine.agenda import Item
from app.parts.ballots import Balloted
from app.parts.by_link import ByLink, lasts


def stages(item: Item) -> tuple[str, ...]:
    """P5.1: a pulse by link has other stages."""
    asked = "link" if messages.PulseSettings.model_validate(item.settings).open_until else "open"
    return tuple(f"pulse.desk.say.{stage}" for stage in ("choose", asked, "shown"))


pulse = Kind(
    part=messages.pulse,
    settings=messages.PulseSettings,
    phase=5,
    report=report,
    titled=titled,
    dates=dates,
    measured=measured,
    simulated=simulated,
    settle=rules.settle,
    enter=rules.enter,
    leave=rules.leave,
    lasts=lasts,
    uses=(
        Balloted(allows=rules.asks, counts=rules.count),
        ByLink(night_at=rules.night_at, again=rules.again, over=rules.over, for_a_day=True),
    ),
    stages=stages,
)

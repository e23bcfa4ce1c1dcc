"""P2.1-P2.5: a question, and one thought per note, written in silence and turned over together."""

from app.activities.notes import messages, rules as rules
from app.activities.notes.report import report, titled
from app.activities.notes.simulated import simulated
from app.engine.activity import Kind
from app.engine.agenda import Item
from app.parts.by_link import lasts
from app.parts.notes.writing import WRITTEN_BY_LINK, WRITTEN_IN


def stages(item: Item) -> tuple[str, ...]:
    """P2.2, W11: notes told in turn or by link have other stages."""
    settings = messages.NotesSettings.model_validate(item.settings)
    course = ["turn_before", "writing", "turn_telling"]
    if not settings.in_turn:
        before = ["by_link"] if settings.open_until else ["before", "writing"]
        course = [*before, "stopped", "reading", f"turned_{settings.asks}"]
    return tuple(f"notes.desk.say.{stage}" for stage in course)


notes = Kind(
    part=messages.notes,
    settings=messages.NotesSettings,
    phase=2,
    report=report,
    titled=titled,
    simulated=simulated,
    lasts=lasts,
    uses=(WRITTEN_IN, WRITTEN_BY_LINK),
    stages=stages,
)

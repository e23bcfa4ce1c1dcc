"""P2.7, P2.2: the results are read aloud, theme by theme, each alone on the wall."""

from app.activities.presentation import messages
from app.activities.presentation.report import report
from app.engine.activity import Kind
from app.engine.agenda import Item
from app.engine.simulated import looks_up


def stages(item: Item) -> tuple[str, ...]:
    """W5: the strengths are shown as an overview."""
    settings = messages.PresentationSettings.model_validate(item.settings)
    shown = ("stand",) if settings.show == "stand" else ("show", "answers")
    return tuple(f"presentation.desk.say.{stage}" for stage in shown)


presentation = Kind(
    part=messages.presentation,
    settings=messages.PresentationSettings,
    phase=2,
    report=report,
    simulated=looks_up,
    stages=stages,
)

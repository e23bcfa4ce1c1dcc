"""What the two posters say in the summary (P4.2, P4.4): themselves, with their proposals."""

from functools import partial

from app.activities.turn_up_turn_down.messages import TurnUpTurnDownSettings
from app.parts.posters import posters_report, posters_titled

report = partial(posters_report, settings=TurnUpTurnDownSettings)
titled = partial(posters_titled, settings=TurnUpTurnDownSettings)

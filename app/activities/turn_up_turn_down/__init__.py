"""P4.2: for one theme, what to turn up, and what to turn down."""

from functools import partial

from app.activities.turn_up_turn_down import messages
from app.activities.turn_up_turn_down.report import report, titled
from app.engine.activity import Kind
from app.parts.posters import POSTERS, poster_stages
from app.parts.simulated import writes

turn_up_turn_down = Kind(
    part=messages.turn_up_turn_down,
    settings=messages.TurnUpTurnDownSettings,
    phase=4,
    report=report,
    titled=titled,
    simulated=partial(writes, posters=messages.TurnUpTurnDownSettings.posters),
    uses=(POSTERS,),
    stages=lambda _item: ("posters.desk.say.choose", *poster_stages("turn_up_turn_down")),
)

"""P4.1: for one theme, what to stop, what to do more of, what to start doing."""

from functools import partial

from app.activities.stop_more_new import messages
from app.activities.stop_more_new.report import report, titled
from app.engine.activity import Kind
from app.parts.posters import POSTERS, poster_stages
from app.parts.simulated import writes

stop_more_new = Kind(
    part=messages.stop_more_new,
    settings=messages.StopMoreNewSettings,
    phase=4,
    report=report,
    titled=titled,
    simulated=partial(writes, posters=messages.StopMoreNewSettings.posters),
    uses=(POSTERS,),
    stages=lambda _item: ("posters.desk.say.choose", *poster_stages("stop_more_new")),
)

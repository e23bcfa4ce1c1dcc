"""What the three posters say in the summary (P4.1, P4.4): themselves, with their proposals."""

from functools import partial

from app.activities.stop_more_new.messages import StopMoreNewSettings
from app.parts.posters import posters_report, posters_titled

report = partial(posters_report, settings=StopMoreNewSettings)
titled = partial(posters_titled, settings=StopMoreNewSettings)

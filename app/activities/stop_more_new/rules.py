"""P4.1: proposals are written onto the posters in silence, and turned over together."""

from app.activities.stop_more_new.messages import stop_more_new
from app.board.posters import hangs_posters

hangs_posters(stop_more_new)

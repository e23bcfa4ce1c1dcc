"""P4.2: proposals are written onto the posters in silence, and turned over together."""

from app.activities.turn_up_turn_down.messages import turn_up_turn_down
from app.board.posters import hangs_posters

hangs_posters(turn_up_turn_down)

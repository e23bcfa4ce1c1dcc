"""Every kind of activity, a line each."""

from app.activities.action_plan import action_plan
from app.activities.clustering import clustering
from app.activities.dots import dots
from app.activities.influence import influence
from app.activities.notes import notes
from app.activities.presentation import presentation
from app.activities.priority import priority
from app.activities.pulse import pulse
from app.activities.reflection import reflection
from app.activities.stop_more_new import stop_more_new
from app.activities.turn_up_turn_down import turn_up_turn_down
from app.activities.why import why
from app.board.activity import Registry
from app.board.agenda import agenda
from app.board.ballots import ballots
from app.board.ending import ending
from app.board.proposals import proposals
from app.board.shared_records import shared
from app.board.timer import timer
from app.board.undo import undo
from app.board.wall import wall
from app.board.writing import silent

ENGINE = (agenda, ending, timer, wall, undo, shared, silent, proposals, ballots)

ACTIVITIES = (
    notes,
    clustering,
    influence,
    priority,
    presentation,
    why,
    action_plan,
    stop_more_new,
    turn_up_turn_down,
    reflection,
    dots,
    pulse,
)

registry = Registry((*ENGINE, *ACTIVITIES))

"""Every kind of activity, a line each."""

from app.activities.action_plan import action_plan
from app.activities.clustering import clustering
from app.activities.dots import dots
from app.activities.free import free
from app.activities.influence import influence
from app.activities.me_too import me_too
from app.activities.notes import notes
from app.activities.presentation import presentation
from app.activities.priority import priority
from app.activities.pulse import pulse
from app.activities.reflection import reflection
from app.activities.stop_more_new import stop_more_new
from app.activities.turn_up_turn_down import turn_up_turn_down
from app.activities.why import why
from app.engine.agenda import agenda
from app.engine.attendance import attendance
from app.engine.ending import ending
from app.engine.pace import pace
from app.engine.registry import Registry
from app.engine.timer import timer
from app.engine.undo import undo
from app.engine.wall import wall
from app.parts.ballots import ballots
from app.parts.by_link import by_link
from app.parts.factors import factors
from app.parts.notes.writing import notes_part
from app.parts.placing import placing_part
from app.parts.plan import plan
from app.parts.proposals import proposals
from app.parts.themes import themes

ENGINE = (agenda, attendance, ending, timer, wall, pace, undo)
PARTS = (notes_part, themes, proposals, plan, factors, ballots, by_link, placing_part)

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
    me_too,
    pulse,
    free,
)

registry = Registry((*ENGINE, *PARTS), ACTIVITIES)

"""What a simulated phone does while the plan is up (P4.6)."""

from app.activities.action_plan.messages import SignMeUp
from app.engine.agenda import Item
from app.engine.commands import Command
from app.engine.records import Board
from app.engine.simulated import SimulatedPhone
from app.parts.plan import actions_of


def simulated(board: Board, _item: Item, phone: SimulatedPhone) -> Command | None:
    """Some sign up, each for one action, under an invented name."""
    actions = [one for one in actions_of(board) if one.open and one.sign_up and one.text]
    if not actions or phone.nth % 3 or phone.made("sign-up"):
        return None
    name = phone.words("names")
    if not name:
        return None
    made = phone.makes("sign-up")
    return SignMeUp(
        type="action_plan.sign_up",
        sign_up=made["id"],
        secret=made["secret"],
        action=phone.rng.choice(actions).id,
        name=name,
    )

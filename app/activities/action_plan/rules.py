"""P4.5, P4.7: the plan is edited live, a field at a time, by the facilitator."""

from typing import Any

from app.activities.action_plan.messages import (
    AddAction,
    ChangeAction,
    MakeAction,
    MoveAction,
    OpenSignUp,
    PlanCommand,
    RemoveAction,
    SetStatus,
    SignMeUp,
    StrikeName,
    Withdraw,
    action_plan,
)
from app.engine.activity import inverse, never
from app.engine.agenda import Workshop, item_of, next_meeting, position_before, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, Traces, put, remove
from app.engine.proof import hashed, proves
from app.engine.records import Board
from app.parts.notes.records import Note
from app.parts.plan import Action, SignUp, actions_of, next_position
from app.parts.proposals import Picked, chain_under, picked_id
from app.parts.themes import Theme
from app.words.dates import is_day, read

#: P4.5: the longest way of doing it that is taken over from the answers to "how?".
LONGEST_HOW = 1000
#: P4.6: how many people can sign up for one action.
MOST_SIGNED = 100


@action_plan.rule("drive", undo=inverse)
def add(board: Board, cmd: AddAction, asked: Asked) -> Edits:
    """P4.5: an action is written into the plan."""
    _plan_of(board, cmd, asked)
    theme = board.one(Theme, cmd.theme).id if cmd.theme else None
    return put(_new(board, cmd.action, theme=theme, text=cmd.text))


@action_plan.rule("drive", undo=inverse)
def make(board: Board, cmd: MakeAction, asked: Asked) -> Edits:
    """P4.5, P4.4: an action from a chosen proposal; the answers to "how?" are the way of doing it."""
    _plan_of(board, cmd, asked)
    picked = board.one(Picked, picked_id(cmd.note))
    note = board.one(Note, picked.note)
    if any(action.made_from == note.id for action in board.every(Action).values()):
        raise Refused("in_plan")
    theme = picked.theme if picked.theme and board.find(Theme, picked.theme) else None
    how = "\n".join(answer.text for _, answer in chain_under(board, note.id))[:LONGEST_HOW]
    return put(_new(board, cmd.action, theme=theme, text=note.text, how=how, made_from=note.id))


@action_plan.rule("drive", undo=inverse)
def change(board: Board, cmd: ChangeAction, asked: Asked) -> Edits:
    """P4.5: a field of a row gets other contents; a phrase for when is turned into its day, or into none."""
    workshop = _plan_of(board, cmd, asked)
    action = board.at(Action, cmd.action, cmd.base)
    given = cmd.model_fields_set - {"type", "id", "activity", "action", "base"}
    changes: dict[str, Any] = {name: getattr(cmd, name) for name in given}
    if cmd.theme is not None:
        board.one(Theme, cmd.theme)
    if cmd.day is not None and not is_day(cmd.day):
        raise Refused("range")
    if cmd.responsible is not None:
        changes["responsible"] = tuple(dict.fromkeys(cmd.responsible))
    if cmd.when is not None and "day" not in given:
        changes |= _meant(board, cmd.when, workshop, asked)
    elif "day" in given:
        changes["either"] = ()
    nullable = {"theme", "day"}
    return put(action.with_(**{k: v for k, v in changes.items() if v is not None or k in nullable}))


@action_plan.rule("drive", undo=inverse)
def set_status(board: Board, cmd: SetStatus, asked: Asked) -> Edits:
    """P4.7: not started, under way, done or dropped."""
    _plan_of(board, cmd, asked)
    return put(board.at(Action, cmd.action, cmd.base).with_(status=cmd.status))


@action_plan.rule("drive", undo=inverse)
def move(board: Board, cmd: MoveAction, asked: Asked) -> Edits:
    """P4.5: rows are sorted by urgency."""
    _plan_of(board, cmd, asked)
    action = board.at(Action, cmd.action, cmd.base)
    places = [(other.id, other.position) for other in actions_of(board) if other.id != action.id]
    return put(action.with_(position=position_before(places, cmd.before)))


@action_plan.rule("drive", undo=inverse)
def remove_action(board: Board, cmd: RemoveAction, asked: Asked) -> Edits:
    """P4.5: a mistaken row is removed; one that people have signed up for can only be dropped."""
    _plan_of(board, cmd, asked)
    action = board.at(Action, cmd.action, cmd.base)
    if _signed(board, action.id):
        raise Refused("signed_up")
    return remove(action.id)


@action_plan.rule("drive", undo=inverse)
def open_sign_up(board: Board, cmd: OpenSignUp, asked: Asked) -> Edits:
    """P4.6: the facilitator says for which actions people may sign up."""
    _plan_of(board, cmd, asked)
    return put(board.at(Action, cmd.action, cmd.base).with_(sign_up=cmd.open))


@action_plan.rule("drive", undo=never("a name that was taken off must not come back without its owner"))
def strike(board: Board, cmd: StrikeName, asked: Asked) -> Edits:
    """P4.6: for people who have lost the phone they signed up with."""
    _plan_of(board, cmd, asked)
    return remove(board.one(SignUp, cmd.sign_up).id).leaving(Traces.LOG)


@action_plan.rule("named")
def sign_me_up(board: Board, cmd: SignMeUp, asked: Asked) -> Edits:
    """P4.6, F5: by name and voluntarily; nothing links it to what somebody wrote (A3)."""
    workshop_of(board, asked)
    mine = SignUp(id=cmd.sign_up, action=cmd.action, name=cmd.name, secret_hash=hashed(cmd.secret))
    if board.held(mine.id):
        known = board.one(SignUp, mine.id)
        if not proves(cmd.secret, known.secret_hash):
            raise Refused("taken")
        if known != mine:
            raise Refused("stale")
        return NOTHING
    action = board.one(Action, cmd.action)
    if not action.sign_up or action.status in ("done", "dropped"):
        raise Refused("sign_up_closed")
    if len(_signed(board, action.id)) >= MOST_SIGNED:
        raise Refused("too_many")
    return put(mine)


@action_plan.rule("named")
def withdraw(board: Board, cmd: Withdraw, asked: Asked) -> Edits:
    """P4.6: people take their sign-up back with its secret, and the name is gone for good (A5)."""
    workshop_of(board, asked)
    known = board.one(SignUp, cmd.sign_up)
    if not proves(cmd.secret, known.secret_hash):
        raise Refused("not_yours")
    return remove(known.id).leaving(Traces.LOG)


def _signed(board: Board, action: str) -> list[SignUp]:
    return [one for one in board.every(SignUp).values() if one.action == action]


def _plan_of(board: Board, cmd: PlanCommand, asked: Asked) -> Workshop:
    item_of(board, cmd.activity, action_plan.name)
    return workshop_of(board, asked)


def _new(board: Board, id: str, **fields: Any) -> Action:
    if board.held(id):
        raise Refused("taken")
    return Action(id=id, position=next_position(board), **fields)


def _meant(board: Board, phrase: str, workshop: Workshop, asked: Asked) -> dict[str, Any]:
    """The phrase's day and, where it has two readings, both; "the next meeting" is the next one planned."""
    day, either = read(phrase, asked.today, workshop.language, next_meeting(board, asked.today))
    return {"day": day, "either": either}

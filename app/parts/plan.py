"""P4.7: the rows of the action plan, and who signed up for them by name."""

from collections.abc import Container
from typing import ClassVar, Literal, Self

from app.engine.activity import Part, everybody
from app.engine.records import Board, Id, Record, Seen, Viewer
from app.locales import FALLBACK
from app.words.order import by_words

plan = Part("plan")

#: P4.7: the status of an action.
ActionStatus = Literal["not_started", "under_way", "done", "dropped"]


class Action(Record):
    """P4.5: one row of the action plan. Phones see it too: people sign up for it (P4.6)."""

    kind: Literal["action"] = "action"
    theme: Id | None
    text: str
    #: The names of those responsible.
    responsible: tuple[str, ...] = ()
    #: Who takes part, in the group's words: "the morning shift".
    who: str = ""
    how: str = ""
    #: The phrase as it was typed, and the day it means (ISO); None where that is not certain.
    when: str = ""
    day: str | None = None
    #: The days it may mean, if it has two readings.
    either: tuple[str, ...] = ()
    status: ActionStatus = "not_started"
    position: float
    #: The proposal it was made from.
    made_from: Id | None = None
    #: P4.6: whether people may sign up for it.
    sign_up: bool = True

    def without(self, gone: Container[str]) -> Self | None:
        # Agreed actions remain to be done.
        theme = None if self.theme in gone else self.theme
        made_from = None if self.made_from in gone else self.made_from
        left = self.with_(theme=theme, made_from=made_from)
        return self if left == self else left

    @property
    def open(self) -> bool:
        """P4.7: whether there is still something to do."""
        return self.status in ("not_started", "under_way")


class SignUp(Record):
    """P4.6, F5: somebody takes part, by name and voluntarily.

    It refers to an action and to nothing else (A3), and says neither when nor from which phone.
    """

    kind: Literal["sign_up"] = "sign_up"
    guarded: ClassVar[frozenset[str]] = frozenset({"name", "secret_hash"})
    refers: ClassVar[tuple[str, ...]] = ("action",)

    action: Id
    name: str
    #: SHA-256 of the secret on its author's phone, hex; None once the workshop has closed.
    secret_hash: str | None

    def closed(self) -> Self | None:
        return self.with_(secret_hash=None) if self.secret_hash else self


class SeenSignUp(Seen):
    """A sign-up as everybody sees it."""

    kind: Literal["sign_up"] = "sign_up"
    action: Id
    name: str


def sign_up_view(sign_up: SignUp, _viewer: Viewer) -> Seen:
    """P4.6: the name is seen by all; what proves whose it is, by nobody."""
    return SeenSignUp(id=sign_up.id, action=sign_up.action, name=sign_up.name)


plan.record(Action, everybody)
plan.record(SignUp, sign_up_view, shows=(SeenSignUp,))


def signed_up(board: Board, action: str, language: str = FALLBACK) -> list[str]:
    """P4.6: who has signed up for an action, by name, so that the order of sign-ups does not show (A15)."""
    names = [one.name for one in board.every(SignUp).values() if one.action == action]
    return sorted(names, key=by_words(language))


def next_position(board: Board) -> float:
    """The position of a new row: last."""
    rows = actions_of(board)
    return rows[-1].position + 1 if rows else 1.0


def actions_of(board: Board) -> list[Action]:
    """The action plan, by position."""
    return sorted(board.every(Action).values(), key=lambda action: (action.position, action.id))

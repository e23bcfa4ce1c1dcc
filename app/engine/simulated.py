"""Simulated phones, for the demo and rehearsals, which write and answer automatically.

Each kind of activity defines what such a phone does in its items (`Kind.simulated`). It sends the same
commands as real phones, so the same rules apply: it is anonymous (A1), and what it does is shown at ticks.
"""

import random
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.engine.commands import Command, new_id
from app.engine.records import Board

#: What a phone makes, such as "note"; the texts invented for it.
Says = Callable[[str], Sequence[str]]


@dataclass
class SimulatedPhone:
    """One of `many` simulated phones, the `nth` from 0. It keeps its own secrets, as a phone does."""

    nth: int
    many: int
    says: Says
    rng: random.Random
    #: The ids and secrets of what it has made, by a name that the kind chooses.
    own: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _said: Counter[str] = field(default_factory=Counter)

    def makes(self, what: str) -> dict[str, str]:
        """A new id and the secret that proves it is this phone's, kept under that name."""
        made = new_id(), secrets.token_urlsafe(32)
        self.own.setdefault(what, []).append(made)
        return {"id": made[0], "secret": made[1]}

    def made(self, what: str) -> int:
        """How many of these it has made."""
        return len(self.own.get(what, ()))

    def words(self, about: str) -> str:
        """A text about it that no other simulated phone uses; "" when there are none left."""
        said, nth = self.says(about), self.nth + self.many * self._said[about]
        self._said[about] += 1
        return said[nth] if nth < len(said) else ""


#: What a simulated phone does next in the live item of a kind; None: it waits. The item is `Any`, since the
#: agenda is made of kinds itself.
Simulate = Callable[[Board, Any, SimulatedPhone], Command | None]


def looks_up(_board: Board, _item: Any, _phone: SimulatedPhone) -> None:
    """What a phone does where people only look at the wall."""

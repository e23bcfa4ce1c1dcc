"""F1, F4: the five phases of a well-being process, how long each takes, and what to have ready for it.

After the fifth it starts again with the themes left over. Texts are in the locales under
`method.phase.<number>`: its name; `….time`, how its time is spent; `….have.<name>`, a thing to have ready.
"""

from collections.abc import Mapping
from enum import IntEnum


class Phase(IntEnum):
    """A phase, by its number in the circle."""

    WHY = 1
    WELL_BEING = 2
    CHOOSE = 3
    WORK = 4
    FOLLOW_UP = 5


#: F4: minutes of each sitting: half an hour, but an hour for the plan. Work is for one theme.
SITTINGS: Mapping[Phase, tuple[int, ...]] = {
    Phase.WHY: (30,),
    Phase.WELL_BEING: (30, 30, 30),
    Phase.CHOOSE: (30, 30),
    Phase.WORK: (30, 60),
    Phase.FOLLOW_UP: (30,),
}

#: F4: what to have ready.
MATERIALS: Mapping[Phase, tuple[str, ...]] = {
    Phase.WHY: ("room", "seen"),
    Phase.WELL_BEING: ("screen", "phones", "paper", "wall"),
    Phase.CHOOSE: ("themes", "screen", "fixed"),
    Phase.WORK: ("screen", "phones", "calendar"),
    Phase.FOLLOW_UP: ("plan", "phones", "coffee"),
}

"""F1: the five phases of a well-being process. After the fifth it starts again with the themes left over."""

from enum import IntEnum


class Phase(IntEnum):
    """A phase; its name is in the locales under `method.phase.<number>`."""

    WHY = 1
    WELL_BEING = 2
    CHOOSE = 3
    WORK = 4
    FOLLOW_UP = 5

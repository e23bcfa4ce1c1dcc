"""A11: when what phones did is told: at fixed moments, which no act and no later command picks.

What phones do in an item is told at its ticks, and only when enough came together: `TOGETHER` acts, none of
which can then be told from the others. The moments follow from when a driver opened it, from nothing else.
"""

from app.engine.commands import Refused

#: Between two ticks, in ms.
TICK = 10_000
#: Fewer acts of phones than this are not told by a tick; they wait.
TOGETHER = 3


def tick_after(opened_at: int, now: int) -> int:
    """The first tick after `now` of what opened at `opened_at`; server times in ms."""
    return opened_at + (max(0, now - opened_at) // TICK + 1) * TICK


def tick_to_serve(opened_at: int, served: int, now: int) -> int:
    """The last tick up to `now`, in ms; refuses `nothing_due` when there is none after `served`.

    So of two processes that ring at the same tick the second moves nothing, whatever came in between.
    """
    tick = tick_after(opened_at, now) - TICK
    if tick <= max(opened_at, served):
        raise Refused("nothing_due")
    return tick

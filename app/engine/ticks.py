"""A11: what phones did is shown at fixed times, which no act and no later command can choose.

What phones do in an item is shown at its ticks, and only once `TOGETHER` changes have accumulated, so that
none can be told from the others. The ticks depend only on when a driver opened the item.
"""

from app.engine.commands import Refused

#: Between two ticks, in ms.
TICK = 10_000
#: Fewer acts of phones than this wait for a later tick.
TOGETHER = 3


def tick_after(opened_at: int, now: int) -> int:
    """The first tick after `now` of what opened at `opened_at`; server times in ms."""
    return opened_at + (max(0, now - opened_at) // TICK + 1) * TICK


def tick_to_serve(opened_at: int, served: int, now: int) -> int:
    """The last tick up to `now`, in ms; refuses `nothing_due` when there is none after `served`.

    So if two processes ring at the same tick, the second changes nothing, whatever arrived in between.
    """
    tick = tick_after(opened_at, now) - TICK
    if tick <= max(opened_at, served):
        raise Refused("nothing_due")
    return tick

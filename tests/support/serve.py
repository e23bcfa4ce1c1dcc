"""`python -m tests.support.serve serve`: our own server, with ticks every second.

For journeys that check what is told, and not when. The interval of ticks is not a setting, so that no
administrator can make phones easier to tell apart (A11, F14).
"""

import sys

from app.__main__ import main
from app.engine import ticks
from app.live import presence

SHORT_TICKS = (sys.executable, "-m", "tests.support.serve", "serve")

if __name__ == "__main__":
    ticks.TICK = 1_000
    presence.GRID = 1.0
    main()

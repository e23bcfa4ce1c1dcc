"""`python -m tests.support.serve serve`: our own server, in which what is told at ticks is told every second.

For journeys that ask what is told, and not when. How far apart ticks are is no setting, so that nobody who
runs a server can make what phones did easier to tell apart (A11, F14).
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

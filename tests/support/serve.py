"""`python -m tests.support.serve serve`: our own server, with ticks every second that show whatever there is.

For journeys that check what is told, and not when: on a busy machine the last of five phones may act after
the tick that shows the other four, and would wait for company until the end. Neither is a setting, so that
no administrator can make phones easier to tell apart (A11, F14).
"""

import sys

from app.__main__ import main
from app.engine import pace, ticks
from app.live import presence
from app.parts import ballots
from app.parts.notes import waiting

SHORT_TICKS = (sys.executable, "-m", "tests.support.serve", "serve")

if __name__ == "__main__":
    ticks.TICK = 1_000
    for rules in (ticks, pace, ballots, waiting):
        setattr(rules, "TOGETHER", 1)  # noqa: B010 - mypy knows it in the first alone
    presence.GRID = 1.0
    main()

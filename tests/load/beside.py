"""Which checkouts a table is made for: this one, and beside it that of `BESIDE=`, in turn within one run.

A figure alone is one of this machine in this minute; the ratio of two rows of one run can be carried on. The
other checkout must have its pages built (`make app/web/manifest.json`).
"""

import os
from pathlib import Path

from tests.load.rooms import OPEN_LIMITS
from tests.support.server import CHECKOUT, Server


def checkouts() -> dict[str, Path]:
    """By what the rows are called."""
    beside = os.environ.get("BESIDE")
    return ({"before": Path(beside).resolve()} if beside else {}) | {"now": CHECKOUT}


def server_of(checkout: Path, folder: Path) -> Server:
    """The server of a checkout, its limits out of the way."""
    return Server(folder, env=OPEN_LIMITS, cwd=checkout)

"""Which checkouts a table is made for: this one, and beside it that of `BESIDE=`, in turn within one run.

A figure alone is one of this machine in this minute; the ratio of two rows of one run can be carried on. The
other checkout must have its pages built (`make app/web/manifest.json`).
"""

import os
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.load.rooms import OPEN_LIMITS
from tests.support.server import CHECKOUT, Server

#: Whether to take the time for every run (`LONG=1 make bench`).
LONG = bool(os.environ.get("LONG"))


def checkouts() -> dict[str, Path]:
    """By what the rows are called."""
    beside = os.environ.get("BESIDE")
    return ({"before": Path(beside).resolve()} if beside else {}) | {"now": CHECKOUT}


def server_of(checkout: Path, folder: Path) -> Server:
    """The server of a checkout, its limits out of the way."""
    return Server(folder, env=OPEN_LIMITS, cwd=checkout)


def ratio(what: str, figures: Mapping[str, Sequence[float]]) -> str:
    """How our median stands to the other checkout's, for a title; nothing while there is no other."""
    if "before" not in figures:
        return ""
    return (
        f"; {what}: {statistics.median(figures['now']) / statistics.median(figures['before']):.2f} of before"
    )

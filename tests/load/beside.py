"""Which checkouts a table is made for: this one and that of `BESIDE=`, alternating within one run.

A single figure depends on this machine in this minute; the ratio of two rows of one run is comparable. The
other checkout must have its pages built (`make app/web/manifest.json`).
"""

import os
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.load.rooms import OPEN_LIMITS
from tests.support.server import CHECKOUT, Server

#: Whether to do all runs (`LONG=1 make bench`).
LONG = bool(os.environ.get("LONG"))


def checkouts() -> dict[str, Path]:
    """The name of its rows."""
    beside = os.environ.get("BESIDE")
    return ({"before": Path(beside).resolve()} if beside else {}) | {"now": CHECKOUT}


def server_of(checkout: Path, folder: Path) -> Server:
    """The server of a checkout, with its limits disabled."""
    return Server(folder, env=OPEN_LIMITS, cwd=checkout)


def ratio(what: str, figures: Mapping[str, Sequence[float]]) -> str:
    """The ratio of our median to the other checkout's, for a title; nothing without another checkout."""
    if "before" not in figures:
        return ""
    return (
        f"; {what}: {statistics.median(figures['now']) / statistics.median(figures['before']):.2f} of before"
    )

"""A QR code as one SVG path of runs, dark on the white card that the screen puts under it."""

from collections.abc import Sequence
from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4


@dataclass(frozen=True)
class QrPath:
    """`path` on a grid of `size` by `size` modules, the quiet zone included."""

    size: int
    path: str


def draw(text: str) -> QrPath:
    """Level M. Upper-case text fits the smaller alphabet, which saves a version (X10)."""
    size, dark = runs(text)
    return QrPath(size, "".join(f"M{x} {y}h{long}v1h-{long}z" for x, y, long in dark))


def runs(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Its size, and each unbroken stretch of dark modules: where it begins, and how long it is."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return len(rows), [run for y, row in enumerate(rows) for run in _runs(y, row)]


def _runs(y: int, row: Sequence[bool | None]) -> list[tuple[int, int, int]]:
    runs = []
    start = None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append((start, y, x - start))
            start = None
    return runs

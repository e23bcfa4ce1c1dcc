"""P5.2: what the pulses of a process measured, to compare groups: released figures, no words."""

from collections.abc import Iterator

from app.activities.pulse.messages import SCALES, STEPS, Distribution, PulseResult
from app.engine.measured import Measured
from app.engine.records import Board


def measured(board: Board) -> Iterator[Measured]:
    """Each of the two scales of each pulse by itself, since each was released by itself (A12)."""
    for result in board.every(PulseResult).values():
        for of in SCALES:
            scale: Distribution | None = getattr(result, of)
            if scale is not None:
                total = sum(step * many for step, many in zip(STEPS, scale.counts, strict=True))
                yield Measured(of, result.day, total, scale.n)

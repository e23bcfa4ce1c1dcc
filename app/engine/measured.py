"""What was measured in a process and released, to compare groups: each kind gives its own figures."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Measured(NamedTuple):
    """Answers to one question on a day (ISO): their count and their sum."""

    of: str
    day: str
    total: int
    n: int


# What each kind gives the engine, once for the whole process; `Any` is the board, as in reports.
Measures = Callable[[Any], Iterable[Measured]]

"""What the worker loads while nobody waits, so that the first Word file is as quick as the second."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path

BLOCKS = Path(__file__).parents[1] / "blocks"


def names() -> Iterator[str]:
    """The modules needed to make files, the most used first."""
    yield "app.exports.setter"
    yield "app.exports.word"
    yield from sorted(f"app.blocks.{part.parent.name}.word" for part in BLOCKS.glob("*/word.py"))
    yield "app.exports.excel"


def load(wanted: Callable[[], bool], besides: Iterable[str] = ()) -> list[str]:
    """Load them, and those `besides`, one by one until a job is `wanted`; returns the ones loaded."""
    loaded = []
    for name in chain(names(), besides):
        if wanted():
            break
        module = import_module(name)
        # The first page, picture or poster loads the fonts.
        if hasattr(module, "fonts"):
            module.fonts()
        loaded.append(name)
    return loaded

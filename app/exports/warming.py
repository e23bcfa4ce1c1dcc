"""What the worker loads while nobody waits, so that the first file in Word is as quick as the second."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

BLOCKS = Path(__file__).parents[1] / "blocks"


def names() -> Iterator[str]:
    """The modules that files are made with, the most often needed first."""
    yield "app.exports.setter"
    yield "app.exports.word"
    yield from sorted(f"app.blocks.{part.parent.name}.word" for part in BLOCKS.glob("*/word.py"))
    yield "app.exports.excel"


def load(wanted: Callable[[], bool]) -> list[str]:
    """Loads them one by one until a job is `wanted`; which are loaded now."""
    loaded = []
    for name in names():
        if wanted():
            break
        module = import_module(name)
        # The fonts are read with the first page, picture or poster.
        if hasattr(module, "fonts"):
            module.fonts()
        loaded.append(name)
    return loaded

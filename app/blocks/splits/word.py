"""How a group was split, in Word: a row for each theme and question."""

from collections.abc import Callable
from functools import partial

from app.blocks.word import Page, Shown

Cell = Callable[[], None] | str


def word(it: Shown, page: Page) -> None:
    """The theme is in its first row only."""
    rows: list[list[Cell]] = []
    for split in it["splits"]:
        card: list[Cell] = [partial(page.card, split["card"])]
        for bar in split["bars"]:
            rows.append([*(card or [""]), bar["label"], bar["said"]])
            card = []
    page.table(it["columns"], rows, (1.4, 0.8, 1.4))
    page.caption(it["caption"])

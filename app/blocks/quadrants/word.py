"""The quadrants in Word: a table with the names of both ways round it."""

from functools import partial

from app.blocks.word import STRONG, Page, Shown


def word(it: Shown, page: Page) -> None:
    """One way is the header row, the other the first column."""

    def named(row: str) -> None:
        page.runs([(row, STRONG)], "Cell")

    rows = [
        [partial(named, row), *(partial(page.cards, cards, it["empty"]) for cards in cells)]
        for row, cells in zip(it["rows"], it["cells"], strict=True)
    ]
    page.table(["", *it["columns"]], rows, (0.5, 1, 1))
    page.caption(it["caption"])

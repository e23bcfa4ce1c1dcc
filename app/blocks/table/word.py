"""Rows under named columns, in Word."""

from app.blocks.word import Page, Shown


def word(it: Shown, page: Page) -> None:
    """Its subject has more space; the first cell has the edge of its theme's paper."""
    many = len(it["columns"])
    widths = [1.5 if nth in (1, 4) and many > 2 else 1.0 for nth in range(many)]
    rows = it["rows"]
    page.table(it["columns"], [row["cells"] for row in rows], widths, [row["paper"] for row in rows])

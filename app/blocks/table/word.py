"""Rows under named columns, in Word."""

from app.blocks.word import Page, Shown


def word(it: Shown, page: Page) -> None:
    """Its subject has more space; the first cell has the edge of its theme's paper."""
    rows = it["rows"]
    page.table(it["columns"], [row["cells"] for row in rows], it["widths"], [row["paper"] for row in rows])

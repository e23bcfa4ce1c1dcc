"""Fields side by side in Word: a table with a column for each."""

from functools import partial

from app.blocks.word import Page, Shown


def word(it: Shown, page: Page) -> None:
    """The titles are the header row."""
    fields = it["fields"]
    cells = [partial(page.cards, field["cards"], field["empty"]) for field in fields]
    page.table([field["title"] for field in fields], [cells])
    page.caption(it["caption"])

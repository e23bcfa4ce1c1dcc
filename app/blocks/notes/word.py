"""Notes in Word."""

from app.blocks.word import Page, Shown


def word(it: Shown, page: Page) -> None:
    """Each by itself."""
    if it["title"]:
        page.heading(it["title"], 2)
    page.notes(it["notes"], it["paper"])

"""The chosen themes in Word."""

from app.blocks.word import Page, Shown


def word(it: Shown, page: Page) -> None:
    """A line for each."""
    page.cards(it["themes"])

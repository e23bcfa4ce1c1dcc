"""How something has come along, in Word."""

from app.blocks.word import QUIET, Page, Shown


def word(it: Shown, page: Page) -> None:
    """The picture, and what it says: a label that finds no room in it is told all the same."""
    page.theme(it)
    page.picture(it, 440)
    page.lines(it["alt"], QUIET)

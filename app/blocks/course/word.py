"""How something has progressed, in Word."""

from app.blocks.word import QUIET, Page, Shown


def word(it: Shown, page: Page) -> None:
    """The picture, and its contents in words, since some labels may not fit into it."""
    page.theme(it)
    page.picture(it, 440)
    page.lines(it["alt"], QUIET)

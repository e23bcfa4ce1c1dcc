"""Running text in Word."""

from app.blocks.word import LEAD, PLAIN, QUIET, Page, Shown

STYLES = {"text": PLAIN, "lead": LEAD, "question": LEAD, "quiet": QUIET}


def word(it: Shown, page: Page) -> None:
    """In the style of its tone."""
    page.lines(it["text"], STYLES[it["tone"]])

"""Running text in Word."""

from app.blocks.word import LEAD, PLAIN, QUIET, Page, Shown

STYLES = {"text": PLAIN, "lead": LEAD, "question": LEAD, "quiet": QUIET}


def word(it: Shown, page: Page) -> None:
    """In the style of its tone; a question or a remark is never left alone at the foot of a page."""
    page.lines(it["text"], STYLES[it["tone"]], heads=it["tone"] in ("question", "quiet"))

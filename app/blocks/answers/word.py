"""Questions with the group's answers, in Word."""

from app.blocks.word import LABEL, Page, Shown


def word(it: Shown, page: Page) -> None:
    """Each question, and under it the answer."""
    for one in it["answers"]:
        page.lines(one["question"], LABEL)
        page.lines(one["answer"])

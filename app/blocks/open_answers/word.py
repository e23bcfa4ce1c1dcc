"""Answers in people's own words, in Word."""

from app.blocks.word import Page, Shown


def word(it: Shown, page: Page) -> None:
    """The question as a heading, each answer by itself."""
    page.heading(it["question"], 2)
    page.notes(it["answers"], it["paper"])

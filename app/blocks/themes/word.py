"""Themes in Word, each a heading with its notes under it."""

from app.blocks.word import FAINT, MARK, TICK, Page, Shown


def word(it: Shown, page: Page) -> None:
    """A theme's details are next to its name."""
    for theme in it["themes"]:
        tag = f"   {theme['tag']}" if theme["tag"] else ""
        chosen = f"   {TICK}{page.said['chosen']}" if theme["chosen"] else ""
        page.theme(theme, (tag, FAINT), (chosen, MARK), (f"   {theme['count']}", FAINT))
        page.notes(theme["notes"], theme["paper"])

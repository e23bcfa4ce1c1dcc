"""Posters in Word, with the proposals on them and how they are to be done."""

from app.blocks.word import FAINT, MARK, QUIET, STRONG, TICK, Page, Shown

#: Twentieths of a point: how much an answer to an answer is indented.
STEP = 284


def word(it: Shown, page: Page) -> None:
    """The theme, and under it a heading for each poster."""
    page.theme(it["theme"])
    for poster in it["posters"]:
        page.heading(poster["title"], 3)
        if not poster["proposals"]:
            page.lines(poster["empty"], QUIET)
        for one in poster["proposals"]:
            picked = f"  {TICK}{page.said['picked']}" if one["picked"] else ""
            page.runs([(one["text"], STRONG), (picked, MARK)], "Proposal")
            for how in one["hows"]:
                asked = f"{page.said['how']} "
                page.runs([(asked, FAINT), (how["text"], "")], "Proposal", STEP * how["depth"])

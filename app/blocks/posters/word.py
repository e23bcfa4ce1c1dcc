"""Posters in Word, with the proposals on them and how they are to be done."""

from app.blocks.word import FAINT, MARK, QUIET, STRONG, TICK, Page, Shown

#: Twentieths of a point: how much an answer to an answer is indented.
STEP = 284
#: Up to this many answers stay on the page of their proposal.
MOST_HELD = 4


def word(it: Shown, page: Page) -> None:
    """A heading for each poster."""
    for poster in it["posters"]:
        page.heading(poster["title"], 2)
        if not poster["proposals"]:
            page.lines(poster["empty"], QUIET)
        for one in poster["proposals"]:
            picked = f"  {TICK}{page.said['picked']}" if one["picked"] else ""
            hows = one["hows"]
            # A proposal stays with its few answers.
            held = len(hows) if len(hows) <= MOST_HELD else 1
            page.runs([(one["text"], STRONG), (picked, MARK)], "Proposal", heads=held > 0)
            for nth, how in enumerate(hows, 1):
                said = [(f"{page.said['how']} ", FAINT), (how["text"], "")]
                page.runs(said, "Proposal", STEP * how["depth"], heads=nth < held)
